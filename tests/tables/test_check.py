"""What the check says about a whole folder: bad input is located, several faults are told at once."""

from __future__ import annotations

import csv
import io
import shutil
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


@pytest.mark.parametrize("profile", ["/etc/passwd", "https://example.org/profile.json", ["x"], 5])
def test_a_profile_that_a_schema_names_is_not_looked_for(project: Project, profile: object) -> None:
    project.describe(lambda descriptor: descriptor["resources"][0]["schema"].update({"$schema": profile}))
    project.set("partners", 2, "order", "first")
    assert project.findings() == ['partners.csv:2:order: "first" is not a whole number']


# Each on a row of its own, so that one check finds them all.
CELLS = [
    ("facts", 2, "value", "24o.1", 'value: "24o.1" is not a number'),
    ("facts", 3, "value", "1,000", 'value: "1,000" is not a number'),
    ("facts", 4, "end", "31.12.2024", 'end: "31.12.2024" is not a date like 2024-03-28'),
    ("facts", 5, "end", "2023-02-30", 'end: "2023-02-30" is not a date like 2024-03-28'),
    ("facts", 6, "partner", "ALQ", "partner: \"ALQ\" is unknown; expected a partner of partners.csv; nearest is 'ALP'"),
    ("facts", 7, "source_id", "dayly", "source_id: \"dayly\" is unknown; expected a source_id of sources.csv; nearest is 'daily'"),
    ("facts", 8, "unit", "shipz", "unit: \"shipz\" is unknown; expected a unit of units.csv; nearest is 'ships'"),
    ("facts", 10, "indicator", "alp_rail_passenger", "nearest is 'alp_rail_passengers'"),
    ("facts", 11, "kind", "cumulated", 'kind: "cumulated" is not allowed; expected one of actual, cumulative'),
    ("facts", 11, "confidence", "hgih", "nearest is 'high'"),
    ("facts", 12, "superseded_by", "bet-trade-2042", "nearest is 'bet-trade-2024'"),
    ("facts", 14, "metric", "", "metric: is empty"),
    ("facts", 15, "fact_id", "Bet Plan", 'fact_id: "Bet Plan" does not have the right form'),
    ("series", 2, "year", "2024.0", 'year: "2024.0" is not a year like 2024'),
    ("series", 3, "year", "9999", "year: 9999 is after the cut-off; expected at most"),
    ("series", 4, "year", "0000", 'year: "0000" is not in the calendar'),
    ("ties", 2, "year", "2100", "year: 2100 is after the cut-off"),
    ("instruments", 3, "signed", "9999-12-31", "signed: 9999-12-31 is after the cut-off"),
    ("sources", 3, "published", "2099", "published: 2099 is after the cut-off"),
    ("series", 8, "year", "2023", "partner, indicator, year: this key stands in an earlier row too"),
    ("partners", 3, "order", "one", 'order: "one" is not a whole number'),
    ("partners", 2, "order", "0", 'order: "0" is out of bounds; expected minimum 1'),
    ("events", 2, "after_articles", "perhaps", 'after_articles: "perhaps" is not true or false'),
    ("events", 4, "start", "May 2019", 'start: "May 2019" does not have the right form'),
    ("claims", 2, "fact_id", "alp-trade-2042", "nearest is 'alp-trade-2024'"),
    ("ties", 3, "partner_b", "BTE", "partner_b: \"BTE\" is unknown; expected a partner of partners.csv, or CHN; nearest is 'BET'"),
    ("instruments", 2, "obligations", "defense", 'obligations: "defense" does not have the right form'),
    ("sources", 2, "url", "ftp://example.org", 'url: "ftp://example.org" does not have the right form'),
]


@pytest.fixture(scope="module")
def all_wrong(tmp_path_factory: pytest.TempPathFactory, small_root: Path) -> list[str]:
    """Findings of one folder with every wrong cell in it."""
    data = tmp_path_factory.mktemp("wrong") / "data"
    shutil.copytree(small_root / "data", data)
    for table, line, column, value, _ in CELLS:
        path = data / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        rows[line - 1][rows[0].index(column)] = value
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path.write_text(out.getvalue(), "utf-8")
    return [str(finding) for finding in check_tables(data)[1]]


@pytest.mark.parametrize(("table", "line", "column", "value", "exp"), CELLS, ids=lambda part: str(part)[:20])
def test_wrong_cell_is_found_on_its_line(all_wrong: list[str], table: str, line: int, column: str, value: str, exp: str) -> None:
    got = [finding for finding in all_wrong if finding.startswith(f"{table}.csv:{line}:")]
    assert any(exp in finding for finding in got), got


def test_right_rows_have_no_finding(all_wrong: list[str]) -> None:
    got = {
        finding.split(": ")[0] for finding in all_wrong if finding.startswith(("facts.csv:9:", "facts.csv:13:", "series.csv:5:", "units"))
    }
    assert got == set()


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
