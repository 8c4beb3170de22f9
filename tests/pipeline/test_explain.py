"""`briefing why` with a previous edition or limits: the same as the build is given, others, or none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from helpers.changes import since
from helpers.cli import main
from helpers.edition import manifest
from helpers.limits import USUAL, Limits, stamp
from helpers.lineage.record import Reason
from helpers.pipeline.explain import Explained, as_table
from helpers.pipeline.paths import Paths, find

ANOTHER = ["the previous edition, which a page compares this one with, is another or none"]


@pytest.fixture
def project(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose edition was built with the previous one in last/."""
    monkeypatch.chdir(small_project)
    shutil.copytree(small_project / "data", small_project / "last" / "data" / "tables")
    paths = find()
    paths.out.mkdir()
    built(paths, since.stamp(small_project / "last", paths.out))
    return small_project


def built(paths: Paths, *asked: dict[str, object]) -> None:
    """Leave the manifest of an edition that was asked for in a certain way."""
    described = manifest.inputs(paths, ["ALP", "BET"], "embedded")
    for stamped in asked:
        described |= stamped
    manifest.write(paths.out, described, {})


def reasons(*options: str) -> list[str]:
    """Why the edition would be made again."""
    got = CliRunner().invoke(main, ["why", "--engine", "embedded", "--json", *options])
    assert got.exit_code == 0, got.output
    return [reason["what"] for reason in json.loads(got.output)[-1]["reasons"]]


def test_with_the_same_previous_edition_it_is_current(project: Path) -> None:
    assert reasons("--since", "last") == []


def test_without_the_previous_edition_it_is_not(project: Path) -> None:
    assert reasons() == ANOTHER


def test_with_another_previous_edition_it_is_not(project: Path) -> None:
    (project / "last" / "data" / "tables" / "facts.csv").write_text("another\n", "utf-8")
    assert reasons("--since", "last") == ANOTHER


@pytest.mark.parametrize(("folder", "exp"), [("nowhere", "not there"), ("data", "no edition"), ("report/_output", "no tables here")])
def test_a_folder_that_is_no_previous_edition_is_exit_2(project: Path, folder: str, exp: str) -> None:
    got = CliRunner().invoke(main, ["why", "--engine", "embedded", "--since", folder])
    assert (got.exit_code, exp in got.output) == (2, True), got.output


@pytest.mark.parametrize(
    ("before", "options", "exp"),
    [
        (USUAL, ["--register-limit", "20"], ["--register-limit is 20, and was 5000"]),
        (Limits(facts=20), [], ["--register-limit is 5000, and was 20"]),
        (Limits(facts=20, chapters=3), ["--register-limit", "30", "--volume-limit", "3"], ["--register-limit is 30, and was 20"]),
        (Limits(chapters=3), ["--register-limit", "20"], ["--register-limit is 20, and was 5000", "--volume-limit is 12, and was 3"]),
        (Limits(facts=20), ["--register-limit", "20"], []),
        (USUAL, ["--cell-seconds", "1", "--cell-output", "1"], []),
    ],
)
def test_limits_that_change_what_is_printed_are_told(project: Path, before: Limits, options: list[str], exp: list[str]) -> None:
    built(find(), stamp(before))
    assert reasons(*options) == exp


def test_tables_that_cannot_be_read_are_findings_and_no_rows_that_are_gone(project: Path) -> None:
    with (project / "data" / "units.csv").open("a") as file:
        file.write("half a row\n")
    got = CliRunner().invoke(main, ["why", "--engine", "embedded"])
    assert (got.exit_code, "units.csv:8: 1 cells in this row" in got.output, "removed" in got.output) == (2, True, False), got.output


def test_a_reason_is_told_as_it_stands_and_whole(project: Path) -> None:
    name = f"[red]{'x' * 70}[/b].md"
    reason = Explained("edition", (Reason("edition", f"report/{name} changed", ""),))
    with (project / "told").open("w") as file:
        Console(file=file, width=60).print(as_table([reason]))
    got = "".join((project / "told").read_text().split())
    assert name in got.replace("pages,PDFandHTML", "")
