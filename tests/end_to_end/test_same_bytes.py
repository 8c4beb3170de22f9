"""The same input gives the same bytes: in another folder, with other settings of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.projects import BRIEFING, small_project, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("same-bytes")]
ONE = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "jobs": "1", "umask": "022"}
OTHER = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "jobs": "3", "umask": "077"}


def built(folder: Path, settings: dict[str, str]) -> dict[str, bytes]:
    environment = {**os.environ, **{name: settings[name] for name in ("TZ", "LC_ALL", "PYTHONHASHSEED")}}
    command = [str(BRIEFING), "build", "--engine", "embedded", "--jobs", settings["jobs"]]
    done = subprocess.run(
        command, cwd=folder, env=environment, umask=int(settings["umask"], 8), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return snapshot(folder / "report" / "_output")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    base = tmp_path_factory.mktemp("bytes")
    other = base / "another folder, further down" / "Über" / "project"
    shutil.copytree(small_project(base / "one"), other)
    return built(base / "one", ONE), built(other, OTHER)


def test_the_same_files_are_made(both: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    assert set(both[0]) == set(both[1])


@pytest.mark.parametrize("ending", [".pdf", ".html", ".ipynb", ".csv", ".json", ".py"])
def test_files_of_a_kind_have_the_same_bytes(both: tuple[dict[str, bytes], dict[str, bytes]], ending: str) -> None:
    names = [name for name in both[0] if name.endswith(ending)]
    assert names
    assert [name for name in names if both[0][name] != both[1][name]] == []


def test_nothing_names_the_folder_of_the_build(both: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    got = [name for name, content in both[1].items() if b"further down" in content]
    assert got == []
