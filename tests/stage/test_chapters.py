"""The chapters of a book in order, whatever of them could be run."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from helpers.stage.chapters import CLOSING, collect
from helpers.tables.load import Tables


def executed(folder: Path, *names: str) -> Path:
    """Executed notebooks that show one line."""
    output = nbformat.v4.new_output("display_data", data={}, metadata={"briefing": {"kind": "text", "markdown": "Line."}})
    for name in names:
        cell = nbformat.v4.new_code_cell("show()", outputs=[output], execution_count=1)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{name}.ipynb")
    return folder


def test_order_is_synthesis_partners_closing(tmp_path: Path, small_tables: Tables, small_root: Path) -> None:
    got = [
        chapter.key
        for chapter in collect(small_tables, executed(tmp_path, "synthesis", "ALP", "BET"), ["ALP", "BET"], small_root / "report")
    ]
    assert got == ["index", "alp", "bet", *CLOSING]


def test_missing_notebook_is_a_failed_chapter_with_its_command(tmp_path: Path, small_tables: Tables, small_root: Path) -> None:
    chapters = collect(small_tables, executed(tmp_path, "synthesis"), ["ALP"], small_root / "report")
    got = next(chapter for chapter in chapters if chapter.key == "alp")
    assert got.failure is not None
    assert (got.parts, got.again) == ([], "briefing build --partner ALP")


def test_closing_page_takes_its_prose_with_references(tmp_path: Path, small_tables: Tables, small_root: Path) -> None:
    report = tmp_path / "report"
    shutil.copytree(small_root / "report", report)
    (report / "method.md").write_text('Trade was {{ fact("alp-trade-2024") }}.', "utf-8")
    chapters = collect(small_tables, executed(tmp_path, "synthesis"), [], report)
    got = next(chapter for chapter in chapters if chapter.key == "method")
    assert got.intro.startswith("Trade was [USD")
