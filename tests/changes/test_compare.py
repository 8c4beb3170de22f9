"""Two sides compared as a whole: prose over tables, borrowed prose, JSON and terminal."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from helpers.changes.compare import Changes, between
from helpers.changes.records import as_json, counts
from helpers.changes.terminal import as_group
from helpers.changes.words import summary
from helpers.cli import main
from tests.conftest import Project, write_small

HOSTILE = "[red]<script>alert(1)</script>[/red] {{ x }} $y$ | =SUM(A1) \x1b[31m\u202e"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Project, Project]:
    return Project(write_small(tmp_path / "old")), Project(write_small(tmp_path / "new"))


def compared(pair: tuple[Project, Project]) -> Changes:
    old, new = pair
    return between(str(old.root), str(new.root), new.root, new.data)


def printed(changes: Changes, most: int = 15) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(as_group(changes, most))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_nothing_differs_between_a_project_and_itself(pair: tuple[Project, Project]) -> None:
    got = compared(pair)
    assert got.same
    assert summary(got).startswith("Nothing differs")


def test_a_changed_value_is_told_as_row_as_words_and_as_points(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    got = compared(pair)
    assert [row.key for table in got.tables for row in table.rows] == [("alp-trade-2024",)]
    assert {(item.old.replace("\N{NO-BREAK SPACE}", " "), item.new.replace("\N{NO-BREAK SPACE}", " ")) for item in got.numbers} == {
        ("USD 25.5 bn", "USD 26.5 bn"),
        ("USD 25.5 bn (2024)", "USD 26.5 bn (2024)"),
        ("down 15%", "down 12%"),
    }
    assert [(item.key, row.key[-1]) for item in got.figures for row in item.points] == [("alp-trade", "2024-12-31")]


def test_a_verdict_that_moved_is_told(pair: tuple[Project, Project]) -> None:
    pair[1].set("claims", 2, "verdict", "imprecise")
    got = compared(pair)
    assert [(item.claim, item.old, item.new) for item in got.verdicts] == [("s0-alp-trade", "contradicted", "imprecise")]


def test_tables_without_prose_borrow_that_of_the_other_side(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    shutil.rmtree(pair[0].report)
    got = compared(pair)
    assert len(got.numbers) == 3
    assert any("no prose of its own" in note for note in got.notes)


def test_prose_that_names_what_a_side_lacks_is_counted(pair: tuple[Project, Project]) -> None:
    (pair[0].report / "partners" / "ALP.md").write_text(
        '## trade\nIt is {{ fact("gone") }}.\n\nNow {{ fact("alp-trade-2024") }}.\n', "utf-8"
    )
    got = compared(pair)
    assert any("1 paragraph of alp named what these tables do not have" in note for note in got.notes)


def test_json_tells_everything_that_the_counts_count(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    pair[1].add("events", event_id="bet-new", partner="BET", start="2025", kind="visit", title="Visit", source_id="daily")
    changes = compared(pair)
    got = json.loads(json.dumps(as_json(changes)))
    assert got["counts"] == counts(changes)
    assert sum(len(table["rows"]) for table in got["tables"]) == 2
    assert got["tables"][0]["rows"][0]["cells"] == {"value": ["25.5", "26.5"]}


def test_text_from_tables_prints_as_itself(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 6, "note", HOSTILE)
    got = printed(compared(pair))
    assert "[red]<script>alert(1)</script>[/red] {{ x }} $y$ | =SUM(A1)" in " ".join(got.split())
    assert "\x1b[31m" not in got
    assert "\u202e" not in got


def test_what_is_left_out_is_counted(pair: tuple[Project, Project]) -> None:
    for number in range(5):
        pair[1].add("events", event_id=f"bet-{number}", partner="BET", start="2025", kind="visit", title="Visit", source_id="daily")
    changes = compared(pair)
    assert "and 3 more" in printed(changes, 2)
    assert "more" not in printed(changes, 0)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["diff", *arguments])
    return done.exit_code, done.output


def test_exit_code_is_0_with_and_without_a_difference(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    assert run(str(pair[0].root), str(pair[1].root))[0] == 0


@pytest.mark.parametrize(("value", "exp"), [("25.5", 0), ("26.5", 1)])
def test_exit_code_as_in_git_when_asked_for(pair: tuple[Project, Project], value: str, exp: int) -> None:
    pair[1].set("facts", 4, "value", value)
    assert run(str(pair[0].root), str(pair[1].root), "--exit-code")[0] == exp


def test_json_of_the_command_is_json(pair: tuple[Project, Project]) -> None:
    code, output = run(str(pair[0].root), str(pair[1].root), "--json")
    assert (code, json.loads(output)["same"]) == (0, True)


@pytest.mark.parametrize("name", ["nowhere", "HEAD~999", "."])
def test_bad_input_is_exit_2_and_says_what_was_expected(
    pair: tuple[Project, Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    code, output = run(name, str(pair[1].root))
    assert code == 2
    assert "expected" in output


def test_a_side_that_does_not_parse_is_exit_2_with_its_findings(pair: tuple[Project, Project]) -> None:
    pair[0].set("facts", 2, "value", "24o.1")
    code, output = run(str(pair[0].root), str(pair[1].root))
    assert code == 2
    assert 'facts.csv:2:value: "24o.1" is not a number' in output


def test_new_is_the_project_unless_given(pair: tuple[Project, Project], monkeypatch: pytest.MonkeyPatch) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    monkeypatch.chdir(pair[1].root)
    code, output = run(str(pair[0].root), "--exit-code")
    assert (code, "26.5" in output) == (1, True)


def test_a_side_without_a_column_of_today_is_read(pair: tuple[Project, Project]) -> None:
    rows = pair[0].rows("indicators")
    place = rows[0].index("kind")
    pair[0].write("indicators", [row[:place] + row[place + 1 :] for row in rows])
    path = pair[0].data / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "indicators":
            resource["schema"]["fields"] = [item for item in resource["schema"]["fields"] if item["name"] != "kind"]
    path.write_text(json.dumps(package), "utf-8")
    got = compared(pair)
    assert [(table.table, table.columns_added, table.rows) for table in got.tables] == [("indicators", ("kind",), ())]
    assert (got.numbers, got.figures, got.notes[1:]) == ([], [], [])
