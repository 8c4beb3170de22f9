"""Builds after an edit: only what the edit reaches runs, and the result is that of a build from nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.projects import briefing, change, read, small_project, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("incremental")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("incremental"))
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def stale(folder: Path) -> dict[str, list[str]]:
    told = json.loads(briefing(folder, "why", "--engine", "embedded", "--json").stdout)
    return {item["key"]: [reason["what"] for reason in item["reasons"]] for item in told if item["stale"]}


def edit_a_note(folder: Path) -> str:
    """Change the note of a fact of Laos; returns its key."""
    row = next(row for row in read(folder / "data" / "facts.csv") if row["partner"] == "LAO" and not row["indicator"] and row["note"])
    change(folder / "data" / "facts.csv", "fact_id", row["fact_id"], note=f"{row['note']} Read twice.")
    return str(row["fact_id"])


def test_nothing_changed_is_nothing_to_run(project: Path) -> None:
    assert stale(project) == {}


def test_a_row_of_one_partner_is_named_and_leaves_the_other_alone(project: Path) -> None:
    key = edit_a_note(project)
    got = stale(project)
    assert set(got) == {"LAO", "synthesis", "edition"}
    assert got["LAO"] == [f"facts.csv: {key}"]


def test_why_tells_people_in_a_table(project: Path) -> None:
    key = edit_a_note(project)
    assert f"facts.csv: {key} changed" in briefing(project, "why", "--engine", "embedded").stdout


def test_why_writes_nothing(project: Path) -> None:
    edit_a_note(project)
    before = snapshot(project)
    briefing(project, "why", "--engine", "embedded")
    assert snapshot(project) == before


def test_an_edit_gives_the_bytes_of_a_build_from_nothing(project: Path) -> None:
    edit_a_note(project)
    prose = project / "report" / "partners" / "LAO.md"
    prose.write_text(prose.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert "CUB (unchanged)" in done.stderr
    after = snapshot(project / "report" / "_output")
    shutil.rmtree(project / ".build")
    shutil.rmtree(project / "report" / "_output")
    assert briefing(project, "build", "--engine", "embedded").returncode == 0
    assert snapshot(project / "report" / "_output") == after


def test_a_notebook_touched_by_hand_runs_again(project: Path) -> None:
    notebook = project / ".build" / "notebooks" / "CUB.ipynb"
    notebook.write_text(notebook.read_text("utf-8") + " ", "utf-8")
    change(project / "data" / "partners.csv", "partner", "LAO", formula="another formula")
    assert stale(project)["CUB"] == ["the executed notebook"]
