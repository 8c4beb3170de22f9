"""Where a command finds itself: streams that are closed or full, terminals of other kinds, homes that cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.cli.shared import NARROWEST, console, legible
from helpers.errors import BriefingError, InputError
from helpers.execute.forked import WarmParent, call, spare, why_cold
from helpers.execute.guard import STOP
from helpers.pipeline.paths import find
from tests.conftest import Project
from tests.end_to_end.projects import BRIEFING, ROOT
from tests.faults.killing import PATIENCE, Yard, holds

CLOSED = {"out": ">&-", "errors": "2>&-", "all": ">&- 2>&- <&-"}


def shell(root: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line in a project; `briefing` is the one of these tests."""
    command = line.replace("briefing", f'"{BRIEFING}"', 1)
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.parametrize("streams", CLOSED.values(), ids=CLOSED)
def test_streams_that_are_closed_are_empty_ones(tmp_path: Path, streams: str) -> None:
    (tmp_path / "click.py").write_text(  # which the program reads first
        "import os\nos.write(1, b'1')\nos.write(2, b'2')\nopen('told', 'w').write(str(os.open('.', 0)))\nos._exit(0)\n", "utf-8"
    )
    got = shell(tmp_path, f"briefing check {streams}", PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT / "src")]))
    assert (got.returncode, int((tmp_path / "told").read_text()) > 2) == (0, True), got


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
@pytest.mark.parametrize("streams", CLOSED.values(), ids=CLOSED)
def test_a_build_without_standard_streams_is_a_whole_one(built: Yard, streams: str) -> None:
    got = shell(built.root, f"briefing build --engine embedded --force {streams}", TMPDIR=str(built.temporary))
    assert (got.returncode, holds(built.out), built.left()) == (0, [], []), got
    assert '"failed": {}' in (built.out / "manifest.json").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["check", "--help", "build --help", "why --json"])
def test_words_that_cannot_be_written_are_told_as_that(small_project: Path, command: str) -> None:
    got = shell(small_project, f"briefing {command} > /dev/full")
    exp = "Error: standard output: what the command says cannot be written: no space left on device (what it does, it has done)\n"
    assert (got.returncode, got.stderr) == (1, exp)


@pytest.mark.parametrize(("value", "exp"), [("1", False), ("", True)])
def test_no_color_is_heeded(small_project: Path, monkeypatch: pytest.MonkeyPatch, value: str, exp: bool) -> None:
    monkeypatch.chdir(small_project)
    monkeypatch.setenv("NO_COLOR", value)
    got = CliRunner().invoke(main, ["check", "--data", "nowhere"], color=True)
    assert ("\x1b[31m" in got.output, got.exit_code) == (exp, 2)


@pytest.mark.parametrize(("columns", "exp"), [("20", NARROWEST), ("5", NARROWEST), ("100", 100)])
def test_a_table_is_no_narrower_than_it_can_be_read(monkeypatch: pytest.MonkeyPatch, columns: str, exp: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console().width == exp


def test_a_folder_whose_name_is_no_text_is_refused(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = os.fsdecode(os.fsencode(small_project.parent) + b"/na\xefve")
    small_project.rename(folder)
    monkeypatch.chdir(folder)
    with pytest.raises(InputError, match=r"na\\udcefve: the name of this folder is not in UTF-8"):
        find()
    got = subprocess.run([str(BRIEFING), "build"], cwd=folder, capture_output=True, text=True, check=False)
    assert (got.returncode, "Traceback" in got.stderr, "na\\udcefve" in got.stderr) == (2, False, True), got.stderr


def test_a_name_that_is_no_text_is_shown_all_the_same(project: Project) -> None:
    shutil.copytree(project.data, os.fsdecode(os.fsencode(project.root) + b"/na\xefve"))
    command = [os.fsencode(BRIEFING), b"diff", b"na\xefve", b"data"]
    got = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert (got.returncode, "na\\udcefve" in got.stdout) == (0, True), got


@pytest.mark.skipif(bool(why_cold()), reason="plain kernels here")
def test_a_home_that_cannot_be_written_costs_no_word_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    for name in ("MPLCONFIGDIR", "IPYTHONDIR"):
        monkeypatch.delenv(name, raising=False)
    with WarmParent() as warm:
        assert warm.ready()
        got = call(warm.address, "matplotlib:get_configdir", [], STOP, {})()
        assert Path(got).parent == Path(warm.address).parent
    assert (Path(got).exists(), (tmp_path / "nowhere").exists()) == (False, False)


def test_a_home_that_can_be_written_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert spare(tmp_path) == {}


def test_a_pipe_that_is_closed_early_ends_in_silence(small_project: Path) -> None:
    (small_project / "data" / "units.csv").write_text("x\n" * 3, "utf-8")
    got = shell(small_project, "briefing check 2>&1 >/dev/null | true")
    assert (got.stdout, got.stderr) == ("", "")


def test_what_a_terminal_obeys_is_shown_in_errors(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_project)
    got = CliRunner().invoke(main, ["check", "--data", "a\x1b[2Jb"])
    assert (got.exit_code, "\x1b" in got.output, "a\\x1b[2Jb: this folder is not there" in got.output) == (2, False, True)


def test_an_error_of_several_lines_keeps_them() -> None:
    assert legible(BriefingError("first\nsecond\x07")) == "first\nsecond\\x07"
