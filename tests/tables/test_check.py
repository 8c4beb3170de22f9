"""What the check says about a whole folder: bad input is located, several faults are told at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.errors import InputError
from helpers.tables.check import check_tables

if TYPE_CHECKING:
    from tests.conftest import Project


def test_the_small_project_has_no_finding(project: Project) -> None:
    assert project.findings() == []


def test_the_data_of_the_briefing_has_no_finding(root: Path) -> None:
    got = [str(finding) for finding in check_tables(root / "data")[1]]
    assert got == []


CELLS = [
    ("facts", 2, "value", "24o.1", 'facts.csv:2:value: "24o.1" is not a number'),
    ("facts", 2, "value", "1,000", 'facts.csv:2:value: "1,000" is not a number'),
    ("facts", 2, "end", "31.12.2022", 'facts.csv:2:end: "31.12.2022" is not a date like 2024-03-28'),
    ("facts", 2, "end", "2022-02-30", 'facts.csv:2:end: "2022-02-30" is not a date like 2024-03-28'),
    ("facts", 2, "partner", "ALQ", "facts.csv:2:partner: \"ALQ\" is unknown; expected a partner of partners.csv; nearest is 'ALP'"),
    ("facts", 2, "source_id", "custom", "nearest is 'customs'"),
    ("facts", 2, "unit", "USD mn", "facts.csv:2:unit: \"USD mn\" is unknown; expected a unit of units.csv; nearest is 'USD bn'"),
    ("facts", 2, "indicator", "trade_total_custom", "nearest is 'trade_total_customs'"),
    ("facts", 2, "kind", "actuals", 'facts.csv:2:kind: "actuals" is not allowed; expected one of actual, cumulative'),
    ("facts", 2, "metric", "", "facts.csv:2:metric: is empty"),
    ("facts", 2, "fact_id", "Alp Trade", 'facts.csv:2:fact_id: "Alp Trade" does not have the right form'),
    ("facts", 12, "superseded_by", "bet-trade-2042", "nearest is 'bet-trade-2024'"),
    ("series", 2, "year", "2024.0", 'series.csv:2:year: "2024.0" is not a year like 2024'),
    ("series", 3, "year", "2021", "series.csv:3:partner, indicator, year: this key stands in an earlier row too"),
    ("partners", 3, "order", "one", 'partners.csv:3:order: "one" is not a whole number'),
    ("partners", 3, "order", "0", 'partners.csv:3:order: "0" is out of bounds; expected minimum 1'),
    ("events", 2, "after_articles", "perhaps", 'events.csv:2:after_articles: "perhaps" is not true or false'),
    ("claims", 2, "fact_id", "alp-trade-2042", "nearest is 'alp-trade-2024'"),
    (
        "ties",
        3,
        "partner_b",
        "BTE",
        "ties.csv:3:partner_b: \"BTE\" is unknown; expected a partner of partners.csv, or CHN; nearest is 'BET'",
    ),
    ("instruments", 2, "obligations", "defense", 'instruments.csv:2:obligations: "defense" does not have the right form'),
    ("sources", 2, "url", "ftp://example.org", 'sources.csv:2:url: "ftp://example.org" does not have the right form'),
]


@pytest.mark.parametrize(("table", "line", "column", "value", "exp"), CELLS)
def test_wrong_cell_is_found(project: Project, table: str, line: int, column: str, value: str, exp: str) -> None:
    project.set(table, line, column, value)
    got = project.findings()
    assert any(exp in finding and finding.startswith(f"{table}.csv:{line}:") for finding in got), got


def test_duplicate_key_is_found_on_the_later_line(project: Project) -> None:
    line = project.add("sources", source_id="daily", title="Again", publisher="Daily", kind="press", grade="B", grade_reason="x")
    got = project.findings()
    assert got == [f"sources.csv:{line}:source_id: this key stands in an earlier row too, or is empty; expected each key once"]


def test_several_faults_in_several_tables_are_told_at_once(project: Project) -> None:
    project.set("facts", 2, "value", "many")
    project.set("facts", 4, "kind", "wish")
    project.set("events", 3, "partner", "XXX")
    project.path("memberships").unlink()
    project.path("projects").write_bytes(b"")
    got = {finding.split(": ")[0] for finding in project.findings()}
    exp = {"facts.csv:2:value", "facts.csv:4:kind", "events.csv:3:partner", "memberships.csv", "projects.csv"}
    assert got == exp


@pytest.mark.parametrize("table", ["facts", "partners", "ties", "conversions"])
def test_missing_table_is_one_finding(project: Project, table: str) -> None:
    project.path(table).unlink()
    got = [finding.split(";")[0] for finding in project.findings()]
    assert got == [f"{table}.csv: this table is missing"]


@pytest.mark.parametrize(("table", "column"), [("facts", "fact_id"), ("partners", "partner"), ("series", "note")])
def test_missing_column_is_one_finding(project: Project, table: str, column: str) -> None:
    rows = project.rows(table)
    place = rows[0].index(column)
    project.write(table, [row[:place] + row[place + 1 :] for row in rows])
    got = [finding.split(";")[0] for finding in project.findings()]
    assert got == [f"{table}.csv:1:{column}: this column is missing"]


def test_misspelt_column_names_the_nearest(project: Project) -> None:
    rows = project.rows("facts")
    rows[0][rows[0].index("confidence")] = "confidense"
    project.write("facts", rows)
    got = project.findings()
    exp = [
        "facts.csv:1:confidence: this column is missing; expected the columns of datapackage.json; nearest is 'confidense'",
        "facts.csv:1:confidense: unknown column; expected a column of datapackage.json; nearest is 'confidence'",
    ]
    assert got == exp


BYTES = [
    (lambda data: b"", "events.csv: the file is empty"),
    (lambda data: b"\xef\xbb\xbf\r\n", "events.csv: the file is empty"),
    (lambda data: data.replace(b"State", b"St\x00te"), "events.csv:2: NUL bytes in the file"),
    (lambda data: data.decode().encode("utf-16"), "events.csv:1: NUL bytes in the file"),
    (lambda data: data.replace(b"Naval", b"Mar\xe9e"), "events.csv:3: not UTF-8"),
    (lambda data: data.replace(b",", b";"), "events.csv:1: semicolons divide the columns"),
    (lambda data: data + b"bet-gift,BET\n", "events.csv:5: 2 cells in this row"),
    (lambda data: data + b"bet-gift,BET,2020,,visit,Gift,,daily,false,more\n", "events.csv:5: 10 cells in this row"),
    (lambda data: data.replace(b"State visit", b'"State" visit'), "events.csv:2: not readable as CSV"),
    (lambda data: data.replace(b"Naval", b'"Naval'), "events.csv:3: not readable as CSV"),
    (lambda data: data.replace(b"title", b"kind"), "events.csv:1:kind: this column stands twice"),
]


@pytest.mark.parametrize(("change", "exp"), BYTES)
def test_unreadable_bytes_are_located_on_their_line(project: Project, change, exp: str) -> None:
    path = project.path("events")
    path.write_bytes(change(path.read_bytes()))
    got = project.findings()
    assert any(finding.startswith(exp) for finding in got), got


@pytest.mark.parametrize("fault", [b"\x00", b"\xe9", b'"x" y'])
def test_unreadable_table_causes_no_finding_in_the_tables_that_point_to_it(project: Project, fault: bytes) -> None:
    path = project.path("facts")
    path.write_bytes(path.read_bytes().replace(b"Ships delivered", fault))
    got = {finding.partition(":")[0] for finding in project.findings()}
    assert got == {"facts.csv"}


def test_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not there"):
        check_tables(tmp_path / "nowhere")
