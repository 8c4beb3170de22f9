"""What is asked of the tables is noted as narrowly as it is asked, and never missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.lineage.reads import VARIABLE, Recorder, parse
from helpers.profile.points import points
from helpers.tables.load import Tables, load


@pytest.fixture
def tables(small_root: Path) -> Tables:
    loaded = load(small_root / "data")
    return Tables(loaded.package, {name: dict.__getitem__(loaded.frames, name) for name in loaded.frames}, Recorder())


def asked(tables: Tables) -> list[tuple[str, ...]]:
    return list(tables.note.queries)


def test_one_row(tables: Tables) -> None:
    assert tables.facts.loc["alp-ships", "value"] == 8
    assert asked(tables) == [("row", "facts", "alp-ships")]


def test_several_rows(tables: Tables) -> None:
    tables.sources.loc[["daily", "blog"]]
    assert asked(tables) == [("row", "sources", "daily"), ("row", "sources", "blog")]


def test_a_key_that_is_not_there_is_a_question_too(tables: Tables) -> None:
    assert "nowhere" not in tables.facts.index
    assert asked(tables) == [("row", "facts", "nowhere")]


def test_rows_of_one_partner(tables: Tables) -> None:
    tables.of("events", "ALP")
    assert asked(tables) == [("where", "events", "partner", "ALP")]


def test_rows_of_one_partner_are_numbered_anew(tables: Tables) -> None:
    assert list(tables.of("events", "BET").index) == [0]


def test_points_of_one_partner(tables: Tables) -> None:
    points(tables, "trade_total_customs", ["ALP"])
    exp = {("where", name, "indicator", "trade_total_customs", "partner", "ALP") for name in ("facts", "series")}
    got = set(asked(tables))
    assert {query for query in got if query[1] != "indicators"} == exp  # the kind of a series is told by its indicator


def test_a_question_about_numbers_reads_the_table(tables: Tables) -> None:
    tables.where("series", year="2024")
    assert asked(tables) == [("all", "series")]


def test_all_keys(tables: Tables) -> None:
    list(tables.indicators.index)
    assert asked(tables) == [("keys", "indicators")]


def test_a_column(tables: Tables) -> None:
    tables.partners["name"]
    assert asked(tables) == [("keys", "partners"), ("column", "partners", "name")]


@pytest.mark.parametrize(
    "take",
    [
        lambda tables: tables["facts"],
        lambda tables: tables.frames["facts"],
        lambda tables: tables.frames.get("facts"),
        lambda tables: tables.facts.query("value > 3"),
        lambda tables: tables.facts.loc[:],
        lambda tables: tables.facts.loc[[True] * len(tables.frames["facts"])],
        lambda tables: tables.facts.iloc[0],
        lambda tables: tables.facts[["value"]],
    ],
)
def test_anything_else_reads_the_table(tables: Tables, take: object) -> None:
    take(tables)
    assert ("all", "facts") in asked(tables)


def test_a_build_gets_it_on_disk_at_once(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "log"))
    load(small_root / "data").of("facts", "ALP")
    loaded, queries = parse((tmp_path / "log").read_text())
    assert queries == [("where", "facts", "partner", "ALP")]
    assert len(loaded) == 1 and len(loaded[0]["facts"]) == 64


def test_nothing_is_written_outside_a_build(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    load(small_root / "data")["facts"]
    assert list(tmp_path.iterdir()) == []


def test_a_log_is_json_lines(tmp_path: Path) -> None:
    recorder = Recorder(str(tmp_path / "log"))
    recorder(("row", "facts", 'a"b'))
    recorder(("row", "facts", 'a"b'))
    assert [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()] == [["row", "facts", 'a"b']]
