"""One notebook again: its parameters, and what its cells show against the edition's."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from helpers.edition.rerun import compared, rerun, typed
from helpers.errors import InputError
from helpers.pipeline.paths import Paths

TEMPLATE = Path(__file__).parents[2] / "notebooks" / "synthesis.ipynb"
SHOWN = {"output_type": "display_data", "data": {"text/markdown": "USD 8.23 bn"}, "metadata": {}}
NOTEBOOK: dict[str, Any] = {
    "cells": [
        {"cell_type": "markdown", "id": "cell-00", "source": "# Words"},
        {"cell_type": "code", "id": "cell-01", "source": "x = 1", "outputs": []},
        {"cell_type": "code", "id": "cell-02", "source": "# What\nshow(x)", "outputs": [SHOWN]},
    ]
}


@pytest.fixture
def other() -> dict[str, Any]:
    return copy.deepcopy(NOTEBOOK)


def test_only_cells_that_show_something_are_compared(other: dict[str, Any]) -> None:
    got = [(item.cell, item.source, item.status) for item in compared(NOTEBOOK, other)]
    assert got == [("cell-02", "show(x)", "same")]


def test_a_cell_that_shows_something_else_differs(other: dict[str, Any]) -> None:
    other["cells"][2]["outputs"][0]["data"]["text/markdown"] = "USD 9.10 bn"
    got = compared(NOTEBOOK, other)[0]
    assert (got.status, got.differences[0].after) == ("differs", "USD 9.10 bn")


def test_a_cell_that_shows_nothing_any_more_is_missing(other: dict[str, Any]) -> None:
    other["cells"][2]["outputs"] = []
    assert compared(NOTEBOOK, other)[0].status == "missing"


def test_a_cell_that_is_gone_is_missing(other: dict[str, Any]) -> None:
    del other["cells"][2]
    assert compared(NOTEBOOK, other)[0].status == "missing"


def test_text_stays_as_it_is() -> None:
    assert typed(TEMPLATE, {"data": "2024"}) == {"data": "2024"}


def test_anything_else_is_read_as_declared() -> None:
    assert typed(TEMPLATE, {"weights": "{trade: 2}"}) == {"weights": {"trade": 2}}


@pytest.mark.parametrize("value", ["2", "[", "trade"])
def test_a_value_of_another_type_is_refused(value: str) -> None:
    with pytest.raises(InputError, match="weights"):
        typed(TEMPLATE, {"weights": value})


def test_the_edition_is_never_written_to(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "out")
    with pytest.raises(InputError, match="would change the edition"):
        rerun(paths, "LAO", {}, tmp_path / "out" / "notebooks" / "LAO.ipynb")
