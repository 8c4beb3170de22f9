"""A clone on another path verifies the manifest that is committed with the project."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.edition import manifest
from helpers.pipeline.paths import find
from tests.end_to_end.projects import ROOT, briefing, change, small_project, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("clone")]


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the manifest of its edition, as `make manifest` leaves it."""
    folder = small_project(tmp_path_factory.mktemp("published"), ("CUB",))
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    (folder / "report" / "manifest.json").unlink(missing_ok=True)
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    shutil.copy(folder / "report" / "_output" / "manifest.json", folder / "report")
    git(folder, "init")
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "edition")
    return folder


@pytest.fixture
def clone(published: Path, tmp_path: Path) -> Path:
    """A clone further down, made where git writes the line ends of Windows."""
    folder = tmp_path / "elsewhere" / "a clone"
    folder.parent.mkdir()
    subprocess.run(["git", "clone", "--config", "core.autocrlf=true", str(published), str(folder)], check=True, capture_output=True)
    return folder


def test_a_clone_verifies_the_committed_manifest_and_stays_as_it_is(clone: Path) -> None:
    before = snapshot(clone)
    done = briefing(clone, "verify", "--jobs", "3", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["same"], told["inputs"]) == (0, True, []), done.stderr
    assert {"briefing.pdf", "index.html", "notebooks/CUB.ipynb"} <= {item["name"] for item in told["artefacts"]}
    assert snapshot(clone) == before


def test_words_of_the_committed_manifest_that_nobody_built_are_found(clone: Path) -> None:
    path = clone / "report" / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("First edition", "Second edition"), "utf-8")
    done = briefing(clone, "verify", "--json")
    got = [(item["name"], item["differences"][0]["where"]) for item in json.loads(done.stdout)["artefacts"] if item["status"] != "same"]
    assert (done.returncode, got) == (1, [("manifest.json", "edition.edition")]), done.stdout


def test_a_row_that_changed_in_the_clone_is_found(clone: Path) -> None:
    change(clone / "data" / "partners.csv", "partner", "CUB", role="another role")
    done = briefing(clone, "verify", "--json")
    assert (done.returncode, [item["where"] for item in json.loads(done.stdout)["inputs"]]) == (1, ["data/partners.csv"])


def test_the_manifest_that_is_committed_here_is_of_these_tables_and_this_prose() -> None:
    paths = find(start=ROOT)
    known = manifest.read(paths.report)
    assert known is not None
    now = manifest.inputs(paths, known["inputs"]["partners"], known["inputs"]["engine"])
    parts = ("data", "report", "notebooks")
    got = manifest.input_changes({part: known["inputs"][part] for part in parts}, {part: now[part] for part in parts})
    assert got == {}
