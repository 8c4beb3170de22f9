"""Characters the fonts lack are found where they stand."""

from __future__ import annotations

import pytest

from helpers.tables.glyphs import lacking, printable


@pytest.mark.parametrize("text", ["plain", "Žižek, Đorđe", "Россия", "Ελλάς", "– ‘quoted’ … €"])
def test_letters_of_the_fonts_pass(text: str) -> None:
    assert lacking(text) == []


@pytest.mark.parametrize(("text", "exp"), [("中", ["中"]), ("ایران", ["ا", "ر", "ن", "ی"]), ("a 中 b 中", ["中"])])
def test_other_scripts_are_named_once_each(text: str, exp: list[str]) -> None:
    assert lacking(text) == exp


def test_the_finding_has_line_and_column() -> None:
    got = [(finding.file, finding.line, finding.column) for finding in printable({"sources": [(7, {"title": "中", "note": ""})]})]
    assert got == [("sources.csv", 7, "title")]


def test_tables_that_are_not_printed_may_hold_anything() -> None:
    assert list(printable({"conversions": [(2, {"reason": "中"})]})) == []


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u2066", "\x01"])
def test_a_cell_in_which_nothing_can_be_seen_is_found(text: str) -> None:
    got = [(str(finding.what), finding.line, finding.column) for finding in printable({"partners": [(3, {"name": text, "role": "x"})]})]
    assert got == [("holds nothing that can be seen", 3, "name")]
