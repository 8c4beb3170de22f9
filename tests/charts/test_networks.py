"""Networks share one layout and show who has no tie."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.alignment.network import graph, positions
from helpers.charts import networks

CODES = ["ALP", "BET", "GAM"]
NAMES = {"ALP": "Alpland", "BET": "Betland", "GAM": "Gamland"}


@pytest.fixture
def graphs() -> dict[str, nx.Graph]:
    return {
        "Arms": graph(CODES, pd.DataFrame([("ALP", "BET", 4.0)], columns=["a", "b", "value"])),
        "Trade": graph(CODES, pd.DataFrame(columns=["a", "b", "value"])),
    }


def test_every_panel_names_every_country(graphs: dict[str, nx.Graph]) -> None:
    figure = networks.panels(graphs, positions(CODES), NAMES, {})
    got = [sorted(text.get_text() for text in axes.texts) for axes in figure.axes[:2]]
    plt.close(figure)
    assert got == [sorted(NAMES.values())] * 2


def test_the_first_country_is_at_the_top() -> None:
    got = positions(CODES)["ALP"]
    assert got == pytest.approx((0, 1))


def test_the_layout_does_not_depend_on_ties() -> None:
    assert positions(CODES) == positions(CODES)
