"""Executed notebooks, cell by cell."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from helpers.edition.compare_notebook import notebooks
from helpers.edition.difference import Difference

ABOUT = {"kind": "figure", "key": "lao-trade", "data": "year,value\n2024,1\n"}
NOTEBOOK: dict[str, Any] = {
    "metadata": {"papermill": {"parameters": {"partner": "LAO"}}},
    "cells": [
        {
            "cell_type": "code",
            "id": "cell-04",
            "source": "show()",
            "outputs": [{"output_type": "display_data", "data": {"text/markdown": "USD 8.23 bn"}, "metadata": {}}],
        },
        {
            "cell_type": "code",
            "id": "cell-05",
            "source": ["draw()"],
            "outputs": [{"output_type": "display_data", "data": {"image/svg+xml": "<svg>1</svg>"}, "metadata": {"briefing": ABOUT}}],
        },
    ],
}


@pytest.fixture
def other() -> dict[str, Any]:
    return copy.deepcopy(NOTEBOOK)


def test_the_same_notebook_has_no_differences(other: dict[str, Any]) -> None:
    assert notebooks(NOTEBOOK, other) == []


def test_a_number_that_changed_is_told_with_its_cell(other: dict[str, Any]) -> None:
    other["cells"][0]["outputs"][0]["data"]["text/markdown"] = "USD 9.10 bn"
    assert notebooks(NOTEBOOK, other) == [Difference("cell-04, output 1", "USD 8.23 bn", "USD 9.10 bn")]


def test_a_figure_that_changed_is_named(other: dict[str, Any]) -> None:
    other["cells"][1]["outputs"][0]["data"]["image/svg+xml"] = "<svg>2</svg>"
    assert notebooks(NOTEBOOK, other) == [Difference("cell-05, figure lao-trade, drawing")]


def test_data_of_a_figure_that_changed_are_told(other: dict[str, Any]) -> None:
    other["cells"][1]["outputs"][0]["metadata"]["briefing"]["data"] = "year,value\n2024,2\n"
    assert notebooks(NOTEBOOK, other) == [Difference("cell-05, figure lao-trade, 2024, value", "1", "2")]


def test_another_word_about_a_figure_is_told(other: dict[str, Any]) -> None:
    other["cells"][1]["outputs"][0]["metadata"]["briefing"]["alt"] = "Another text"
    assert notebooks(NOTEBOOK, other) == [Difference("cell-05, figure lao-trade, metadata")]


def test_an_output_that_is_gone_is_told(other: dict[str, Any]) -> None:
    other["cells"][0]["outputs"] = []
    assert notebooks(NOTEBOOK, other) == [Difference("cell-04, output 1", "USD 8.23 bn", "")]


def test_a_cell_that_is_gone_is_told(other: dict[str, Any]) -> None:
    del other["cells"][1]
    assert notebooks(NOTEBOOK, other) == [Difference("cell-05 is gone", "draw()", "")]


def test_another_source_is_told(other: dict[str, Any]) -> None:
    other["cells"][0]["source"] = "show(1)"
    assert notebooks(NOTEBOOK, other) == [Difference("cell-04, source", "show()", "show(1)")]


def test_another_parameter_is_told(other: dict[str, Any]) -> None:
    other["metadata"]["papermill"]["parameters"]["partner"] = "CUB"
    assert notebooks(NOTEBOOK, other) == [Difference("parameter partner", "LAO", "CUB")]


def test_an_error_in_place_of_an_output_is_told(other: dict[str, Any]) -> None:
    other["cells"][0]["outputs"] = [{"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}]
    assert notebooks(NOTEBOOK, other)[0].after == "KeyError: x"
