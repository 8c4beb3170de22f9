"""Charts of ranks and intervals show what the frame holds."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.charts import intervals

NAMED = pd.DataFrame(
    {
        "label": ["Alpland", "Betland", "Gamland"],
        "group": ["Defence", "None", "None"],
        "main": [True, True, False],
        "low": [1, 2, 30],
        "median": [5, 9, 40],
        "high": [20, 15, 60],
    }
)
OTHERS = pd.DataFrame({"group": ["None"] * 4, "median": [3, 50, 51, 70]})


@pytest.fixture(autouse=True)
def close() -> object:
    yield
    plt.close("all")


def test_every_row_is_named() -> None:
    got = [text.get_text() for text in intervals.ranked(NAMED).axes[0].get_yticklabels()]
    assert got == ["Alpland", "Betland", "Gamland"]


def test_partners_are_told_from_the_others_by_weight_of_type_too() -> None:
    got = [text.get_fontweight() for text in intervals.ranked(NAMED).axes[0].get_yticklabels()]
    assert got == ["semibold", "semibold", "normal"]


def test_the_median_stands_at_the_end_of_each_bar() -> None:
    got = [text.get_text() for text in intervals.ranked(NAMED).axes[0].texts]
    assert got == ["5", "9", "40"]


def test_a_gap_sets_rows_apart() -> None:
    got = list(intervals.ranked(NAMED.assign(gap=[False, True, False])).axes[0].get_yticks())
    assert got[1] - got[0] > got[2] - got[1]


def test_groups_carry_their_number_of_countries() -> None:
    axes = intervals.by_group(NAMED, OTHERS, ["Defence", "None", "Empty"]).axes[0]
    got = [text.get_text() for text in axes.texts if "(" in text.get_text()]
    assert got == ["Defence (1)", "None (6)"]


def test_every_other_country_has_a_dot() -> None:
    axes = intervals.by_group(NAMED, OTHERS, ["Defence", "None"]).axes[0]
    got = sum(len(collection.get_offsets()) for collection in axes.collections)
    assert got == len(OTHERS)


def test_both_indices_of_a_factor_are_drawn() -> None:
    frame = pd.DataFrame(
        {"factor": ["weights", "scale"], "first": [0.2, 0.1], "first_error": 0.02, "total": [0.5, 0.3], "total_error": 0.03}
    )
    axes = intervals.indices(frame).axes[0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["on its own", "with all its interactions"]


def test_a_strip_marks_the_median_of_its_group() -> None:
    frame = pd.DataFrame({"group": ["A"] * 3 + ["B"], "median": [1, 2, 9, 7], "series": "China"})
    axes = intervals.strips(frame, {"China": "#000000"}).axes[0]
    assert [text.get_text() for text in axes.texts] == ["2", "7"]


def test_a_band_names_its_lines_and_events() -> None:
    band = pd.DataFrame({"x": [2010, 2011], "low": [0.1, 0.2], "median": [0.4, 0.5], "high": [0.8, 0.9]})
    lines = pd.DataFrame({"x": [2010, 2011] * 2, "value": [0.1, 0.2, 0.7, 0.6], "label": ["Alpland"] * 2 + ["Betland"] * 2})
    axes = intervals.band(band, lines, "#000000", {2010.5: "a war"}).axes[0]
    got = {text.get_text() for text in axes.texts}
    assert got == {"median partner", "median country", "Alpland", "Betland", "a war"}
