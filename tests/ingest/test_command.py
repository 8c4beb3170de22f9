"""The command: what it shows, its exit codes, and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from helpers.cli import main
from helpers.ingest.run import KINDS
from tests.conftest import Project
from tests.ingest.files import comtrade, gdp, worldbank

Run = Callable[..., Result]
TEXT = worldbank([gdp("Alpland", "ALP", "55123456789", "60000000000", "61000000000"), gdp("Betland", "BET", "4000000000", "", "")])


def test_without_write_nothing_is_written(run: Run, house: Project) -> None:
    before = house.path("series").read_bytes()
    got = run("worldbank", TEXT)
    assert got.exit_code == 0, got.output
    assert "1 added, 0 changed, 1 held back, 2 same" in got.output
    assert "ALP gdp 2023" in got.output
    assert "--write puts 1 rows in, from the source worldbank-ny-gdp-mktp-cd-2026-05-04" in got.output
    assert house.path("series").read_bytes() == before


def test_with_write_rows_and_source_go_in_and_the_project_stays_sound(run: Run, house: Project) -> None:
    got = run("worldbank", TEXT, "--write")
    assert got.exit_code == 0, got.output
    assert "Wrote 1 rows" in got.output
    assert "ALP,gdp,2023,61,worldbank-ny-gdp-mktp-cd-2026-05-04,\n" in house.path("series").read_text("utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_second_time_there_is_nothing_to_write(run: Run) -> None:
    run("worldbank", TEXT, "--write")
    assert "Nothing to write." in run("worldbank", TEXT, "--write").output


def test_findings_are_exit_2_and_located(run: Run) -> None:
    got = run("comtrade", comtrade({"primaryValue": "x"}))
    assert got.exit_code == 2
    assert ":2:primaryValue: " in got.output
    assert "1 finding; nothing was written." in got.output


def test_findings_as_json(run: Run) -> None:
    got = run("comtrade", comtrade({"primaryValue": "x"}), "--json")
    assert got.exit_code == 2
    finding = json.loads(got.stdout)["findings"][0]
    assert (finding["line"], finding["column"]) == (2, "primaryValue")


def test_a_plan_as_json(run: Run) -> None:
    got = json.loads(run("worldbank", TEXT, "--json").stdout)
    assert got["counts"] == {"added": 1, "changed": 0, "held": 1, "same": 2}
    assert got["source"]["source_id"] == "worldbank-ny-gdp-mktp-cd-2026-05-04"
    assert got["written"] == []
    change = next(change for change in got["changes"] if change["verdict"] == "added")
    assert (change["partner"], change["year"], change["old"], change["new"], change["line"]) == ("ALP", 2023, "", "61", 6)


def test_partner_and_since_narrow_the_plan(run: Run) -> None:
    got = json.loads(run("worldbank", TEXT, "--json", "--partner", "alp", "--since", "2022").stdout)
    assert {(change["partner"], change["year"]) for change in got["changes"]} == {("ALP", 2022), ("ALP", 2023)}


@pytest.mark.parametrize(
    "options", [("--partner", "ZZZ"), ("--since", "12"), ("--accessed", "yesterday"), ("--scale", "dozens"), ("--scale", "units")]
)
def test_wrong_options_are_exit_2(run: Run, options: tuple[str, str]) -> None:
    assert run("worldbank", TEXT, *options).exit_code == 2


def test_a_long_list_is_cut_and_counted(run: Run) -> None:
    years = range(1960, 2021)
    text = worldbank([gdp("Alpland", "ALP", *(str(year * 10**7) for year in years))], years=",".join(map(str, years)))
    assert "and 21 more" in run("worldbank", text, "--since", "1900").output


def test_every_kind_is_in_the_help() -> None:
    got = CliRunner().invoke(main, ["ingest", "--help"]).output
    assert all(f"  {kind} " in got for kind in KINDS)


def test_the_command_and_the_readers_name_the_same_kinds() -> None:
    from helpers.cli.ingest import KINDS as named

    assert tuple(KINDS) == named


def test_a_kind_there_is_not_is_exit_2() -> None:
    assert CliRunner().invoke(main, ["ingest", "oecd", "x.csv"]).exit_code == 2


def test_markup_in_a_file_prints_as_itself(run: Run) -> None:
    text = worldbank([gdp("[bold red]x[/]", "ZZZ", "1", "1", "1"), gdp("Alpland", "ALP", "", "", "61000000000")])
    assert "[bold red]x[/]" in run("worldbank", text).output
