"""The command line: help that teaches, exit codes, options that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.cli.build import volumes
from helpers.limits import CellLimits, Limits


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("notebooks/partner.ipynb", "report/_quarto.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", ["Exit codes", "Examples", "briefing check"])
def test_help_teaches(words: str) -> None:
    assert words in CliRunner().invoke(main, ["--help"]).output


@pytest.mark.parametrize("option", ["--data", "--out", "--partner", "--engine", "--jobs", "--force"])
def test_build_has_the_options_of_the_design(option: str) -> None:
    assert option in CliRunner().invoke(main, ["build", "--help"]).output


def test_limits_given_reach_the_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers.pipeline import build as module

    seen = []
    monkeypatch.setattr(module, "build", lambda *_, limits, **__: seen.append(limits) or module.Result(project, "embedded", current=True))
    asked = ["--cell-seconds", "5", "--cell-output", "2", "--register-limit", "100", "--volume-limit", "3"]
    CliRunner().invoke(main, ["build", *asked])
    assert seen == [Limits(facts=100, chapters=3, cell=CellLimits(seconds=5, output=2 << 20))]


def test_pdfs_are_told_in_the_order_of_their_volumes(tmp_path: Path) -> None:
    for name in ("briefing-10.pdf", "briefing.pdf", "briefing-2.pdf"):
        (tmp_path / name).touch()
    got = [path.name for path in volumes(tmp_path)]
    assert got == ["briefing.pdf", "briefing-2.pdf", "briefing-10.pdf"]


def test_a_folder_that_is_not_there_is_exit_2(project: Path) -> None:
    got = CliRunner().invoke(main, ["check", "--data", "nowhere"])
    assert got.exit_code == 2
    assert "not there" in got.output


def test_outside_a_project_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["build"]).exit_code == 2


def test_an_unknown_engine_is_exit_2() -> None:
    assert CliRunner().invoke(main, ["build", "--engine", "latex"]).exit_code == 2


def test_no_jobs_is_exit_2() -> None:
    assert CliRunner().invoke(main, ["build", "--jobs", "0"]).exit_code == 2


def test_quarto_asked_for_and_absent_is_exit_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    got = CliRunner().invoke(main, ["build", "--engine", "quarto"])
    assert got.exit_code == 2
    assert "--engine embedded" in got.output
