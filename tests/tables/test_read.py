"""What spreadsheet programs save is read without a word, and means the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from helpers.errors import InputError
from helpers.tables.load import Tables, load, within_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project


def quoted(data: bytes) -> bytes:
    """Every field in quotes, as LibreOffice saves with "quote all text cells"."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(data.decode())))
    return out.getvalue().encode()


def reordered(data: bytes) -> bytes:
    """The last column first."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row[-1], *row[:-1]] for row in csv.reader(io.StringIO(data.decode())))
    return out.getvalue().encode()


SAVED = {
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "quoted": quoted,
    "trailing lines": lambda data: data + b"\n\n,,,\n",
    "trailing columns": lambda data: data.replace(b"\n", b",,\n"),
    "no last newline": lambda data: data.rstrip(b"\n"),
    "blank lines": lambda data: data.replace(b"\n", b"\n\n"),
    "spaces": lambda data: data.replace(b",", b", "),
    "columns moved": reordered,
    "all of it": lambda data: b"\xef\xbb\xbf" + quoted(data).replace(b"\n", b",,\r\n") + b",,\r\n\r\n",
}


@pytest.mark.parametrize("way", SAVED)
def test_saved_by_a_spreadsheet_reads_the_same(project: Project, small_tables: Tables, way: str) -> None:
    for table in ("facts", "partners", "events"):
        path = project.path(table)
        path.write_bytes(SAVED[way](path.read_bytes()))
    findings = project.findings()
    got, exp = load(project.data)["facts"], small_tables["facts"]
    assert findings == []
    pd.testing.assert_frame_equal(got[exp.columns], exp)


@pytest.mark.parametrize("written", ["TRUE", "True", "true", "1"])
def test_booleans_of_spreadsheets_are_read_as_true(project: Project, written: str) -> None:
    project.set("events", 2, "after_articles", written)
    got = (project.findings(), load(project.data)["events"]["after_articles"].iloc[0])
    assert got == ([], "true")


def test_a_field_may_hold_commas_quotes_and_line_breaks(project: Project) -> None:
    exp = 'Called "iron", firm\nand lasting'
    project.set("facts", 2, "note", exp)
    got = (project.findings(), load(project.data)["facts"]["note"].iloc[0])
    assert got == ([], exp)


def test_finding_below_a_field_with_line_breaks_has_the_line_of_the_editor(project: Project) -> None:
    project.set("facts", 2, "note", "two\nlines")
    project.set("facts", 3, "value", "x")
    got = project.findings()
    assert got == ['facts.csv:4:value: "x" is not a number']


def test_numbers_are_floats_and_empty_is_nan(small_tables: Tables) -> None:
    got = small_tables.facts.loc["alp-formula", "value"], small_tables.facts.loc["alp-trade-2024", "value"]
    assert (pd.isna(got[0]), got[1]) == (True, 25.5)


def test_empty_text_is_no_nan(small_tables: Tables) -> None:
    got = small_tables.facts.loc["alp-trade-2024", "note"]
    assert got == ""


def test_chapters_follow_the_order_column(project: Project) -> None:
    project.set("partners", 2, "order", "3")
    got = load(project.data).chapters
    assert got == ["BET", "ALP"]


def test_a_comparison_country_has_no_chapter(project: Project) -> None:
    project.add("partners", partner="CMP", name="Compland", group="comparison", order="3")
    got = load(project.data).chapters
    assert got == ["ALP", "BET"]


def test_load_refuses_a_table_with_findings(project: Project) -> None:
    project.path("events").write_bytes(b"")
    with pytest.raises(InputError, match=r"events\.csv: the file is empty"):
        load(project.data)


def test_a_relative_folder_is_found_from_further_down(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    below: Path = project.root / "notebooks"
    monkeypatch.chdir(below)
    got = within_project("data").resolve()
    assert got == project.data.resolve()


def test_rows_of_one_partner(small_tables: Tables) -> None:
    got = list(small_tables.of("events", "BET")["event_id"])
    assert got == ["bet-visit"]
