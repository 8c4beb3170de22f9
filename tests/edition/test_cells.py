"""The canonical outputs of an executed notebook."""

from __future__ import annotations

from typing import Any

from helpers.edition import cells


def notebook(*outputs: dict[str, Any], count: int = 1) -> dict[str, Any]:
    return {
        "metadata": {"papermill": {"parameters": {"partner": "LAO"}}},
        "cells": [
            {"cell_type": "markdown", "id": "cell-00", "source": "# Words"},
            {"cell_type": "code", "id": "cell-01", "source": "show()", "execution_count": count, "outputs": list(outputs)},
        ],
    }


def text(words: str | list[str]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/markdown": words}, "metadata": {}}


def figure(svg: str) -> dict[str, Any]:
    about = {"briefing": {"kind": "figure", "key": "lao-trade", "data": "year,value\n2024,1\n"}}
    return {"output_type": "display_data", "data": {"image/svg+xml": svg}, "metadata": about}


def test_words_stored_as_lines_are_the_same_words() -> None:
    got = cells.describe(notebook(text(["one\n", "two"])))["outputs"]
    exp = cells.describe(notebook(text("one\ntwo")))["outputs"]
    assert got == exp


def test_the_count_of_executions_does_not_matter() -> None:
    assert cells.describe(notebook(text("one"), count=7)) == cells.describe(notebook(text("one")))


def test_other_words_are_another_hash() -> None:
    assert cells.describe(notebook(text("one")))["outputs"] != cells.describe(notebook(text("two")))["outputs"]


def test_each_cell_with_outputs_has_a_hash() -> None:
    got = set(cells.describe(notebook(text("one")))["cells"])
    assert got == {"cell-01"}


def test_a_figure_has_a_hash_by_its_key() -> None:
    got = cells.describe(notebook(figure("<svg/>")))["figures"]
    assert got == {"lao-trade": cells.digest("<svg/>")}


def test_parameters_are_kept() -> None:
    assert cells.describe(notebook())["parameters"] == {"partner": "LAO"}


def test_a_traceback_with_paths_does_not_matter() -> None:
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "x"}
    got = cells.describe(notebook({**failed, "traceback": ["/srv/one/x.py"]}))["outputs"]
    exp = cells.describe(notebook({**failed, "traceback": ["/srv/other/x.py"]}))["outputs"]
    assert got == exp
