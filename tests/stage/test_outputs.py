"""What the stage takes from an executed notebook, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pypandoc
import pytest

from helpers.errors import StageError
from helpers.stage.outputs import Failure, Part, exhibit, failure_box, parts_of

FIGURE = {
    "key": "alp-trade",
    "title": "Trade *grew*",
    "subtitle": "billion dollars",
    "source": "Source: x.",
    "alt": 'Line "chart" \\ end',
    "data": "a\n1\n",
}
TABLE = {"key": "alp-law", "title": "Law", "subtitle": "", "source": "", "widths": [60, 40], "size": "small", "classes": "ledger wide"}


def shown(about: dict[str, Any], **data: str) -> nbformat.NotebookNode:
    """One displayed block."""
    return nbformat.v4.new_output("display_data", data=data or {"text/plain": "x"}, metadata={"briefing": about})


def executed(path: Path, *outputs: list[nbformat.NotebookNode], count: int | None = 1) -> Path:
    """A notebook with one code cell for each list of outputs."""
    cells = [nbformat.v4.new_code_cell("show()", outputs=found, execution_count=count) for found in outputs]
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), *cells]), path)
    return path


def test_parts_come_in_order(tmp_path: Path) -> None:
    path = executed(
        tmp_path / "a.ipynb",
        [shown({"kind": "text", "markdown": "One"})],
        [shown({"kind": "figure", **FIGURE}, **{"image/svg+xml": "<svg/>"}), shown({"kind": "table", **TABLE, "markdown": "| a |"})],
    )
    got, failure = parts_of(path)
    assert [(part.kind, part.body) for part in got] == [("text", "One"), ("figure", "<svg/>"), ("table", "| a |")]
    assert failure is None


def test_caption_and_other_outputs_are_left_out(tmp_path: Path) -> None:
    stream = nbformat.v4.new_output("stream", text="noise")
    got, _ = parts_of(
        executed(
            tmp_path / "a.ipynb", [shown({"kind": "caption"}), stream, nbformat.v4.new_output("display_data", data={"text/html": "<b>"})]
        )
    )
    assert got == []


def test_unexecuted_notebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="has not been executed"):
        parts_of(executed(tmp_path / "a.ipynb", [], [], count=None))


@pytest.mark.parametrize("name", ["partner", "synthesis"])
def test_template_is_refused(root: Path, name: str) -> None:
    with pytest.raises(StageError, match="has not been executed"):
        parts_of(root / "notebooks" / f"{name}.ipynb")


def test_failure_keeps_what_ran_before_it(tmp_path: Path) -> None:
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="bad\nvalue", traceback=[])
    got = parts_of(executed(tmp_path / "a.ipynb", [shown({"kind": "text", "markdown": "One"})], [error]))
    assert got == ([Part("text", "One", {"kind": "text", "markdown": "One"})], Failure(2, "ValueError", "bad value"))


def test_failure_box_names_cell_error_and_command() -> None:
    got = failure_box(Failure(3, "KeyError", "<b> {x} *y*"), "briefing build --partner ALP")
    exp = ["Code cell 3", "KeyError: \\<b\\> \\{x\\} \\*y\\*", "`briefing build --partner ALP`", "::: {.failed}"]
    assert [part for part in exp if part not in got] == []


def test_exhibit_of_a_figure() -> None:
    got = exhibit(Part("figure", "<svg/>", {"kind": "figure", **FIGURE}), "Figure 2.1").splitlines()
    assert got[0] == '::::: {#exhibit-alp-trade .exhibit kind="figure" number="Figure 2.1" data-csv="data/figures/alp-trade.csv"}'
    assert "Trade \\*grew\\*" in got
    assert '![](figures/alp-trade.svg){fig-alt="Line \\"chart\\" \\\\ end"}' in got
    assert got[-1] == ":::::"


def test_exhibit_of_a_table() -> None:
    got = exhibit(Part("table", "| a |", {"kind": "table", **TABLE}), "Table 2.1").splitlines()
    assert got[0] == '::::: {#exhibit-alp-law .exhibit .ledger .wide kind="table" number="Table 2.1" widths="60 40" size="small"}'
    assert "| a |" in got


def test_exhibit_without_subtitle_and_source_has_neither() -> None:
    got = exhibit(Part("table", "| a |", {"kind": "table", **TABLE}), "Table 2.1")
    assert [name for name in (".subtitle", ".source") if name in got] == []


def test_alt_text_with_quotes_and_backslashes_reaches_the_page_as_it_is() -> None:
    part = Part("figure", "<svg/>", {"kind": "figure", **FIGURE, "alt": 'A "b" \\ {c} $d$ *e* </x>'})
    got = pypandoc.convert_text(exhibit(part, "Figure 2.1"), "json", format="markdown")
    assert '["fig-alt","A \\"b\\" \\\\ {c} $d$ *e* </x>"]' in got
