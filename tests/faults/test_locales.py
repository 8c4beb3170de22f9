"""Names and texts in other letters, under a locale that has none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.pipeline.fingerprint import file_hash
from tests.end_to_end.projects import BRIEFING, small_project
from tests.faults.killing import PATIENCE, holds

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NAME = "Zhōngguó 中国 é"


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False, timeout=PATIENCE)


def test_the_program_starts_again_with_its_arguments(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "import sys\nfrom helpers.cli import utf8\nutf8.ensure()\nprint(sys.flags.utf8_mode, *sys.argv[1:])\n", "utf-8"
    )
    got = run(tmp_path, sys.executable, "program.py", NAME, "--force", **ASCII)
    assert got.stdout.decode() == f"1 {NAME} --force\n"


def test_a_program_in_utf_8_goes_on(tmp_path: Path) -> None:
    got = run(
        tmp_path, sys.executable, "-X", "utf8", "-c", "from helpers.cli import utf8; utf8.ensure(); import sys; print(sys.orig_argv[1:3])"
    )
    assert got.stdout.decode() == "['-X', 'utf8']\n"


@pytest.mark.parametrize("command", [[str(BRIEFING)], [sys.executable, "-m", "helpers.cli"]])
def test_a_folder_in_other_letters_is_told_as_it_is_called(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / NAME).mkdir()
    got = run(tmp_path / NAME, *command, "check", **ASCII)
    assert (got.returncode, f"{NAME}: no briefing project here" in got.stderr.decode()) == (2, True), got.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_a_project_in_a_folder_of_other_letters_gives_the_same_bytes_under_any_locale(tmp_path: Path) -> None:
    made = []
    for name, environment in ((NAME, ASCII), ("plain", {})):
        root = small_project(tmp_path / name, ("CUB",))
        got = run(root, str(BRIEFING), "build", "--engine", "embedded", **environment)
        assert got.returncode == 0, got.stderr.decode()
        out = root / "report" / "_output"
        made.append({path.name: file_hash(path) for path in out.iterdir() if path.is_file()})
        assert holds(out) == []
    assert made[0] == made[1]
