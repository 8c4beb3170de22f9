"""Disks that are full, folders that may not be written or are in use, two builds at once, clocks that are wrong."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import helpers
from helpers.cli import main
from helpers.cli.shared import unwritable
from helpers.errors import InputError
from helpers.files import HELD, Scratch, scratch, sweep, write_whole
from helpers.pipeline import swap
from helpers.pipeline.lock import locked
from helpers.pipeline.paths import Paths
from tests.faults.killing import Yard, holds, inside, stop, wait


def edition(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    (path / "manifest.json").write_text("{}")
    return path


def paths(root: Path, out: Path | None = None) -> Paths:
    for name in ("data", "report", "notebooks", ".build"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return Paths(root, root / "data", out or root / "report" / "_output")


# Kills its process before the call of a number that is the first argument, counting those of some functions.
COUNTED = """
import os, shutil, signal, sys
from pathlib import Path
left = int(sys.argv[1])
def counted(call):
    def wrapper(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return wrapper
def count(*functions):
    for owner, name in functions:
        setattr(owner, name, counted(getattr(owner, name)))
"""

# Every step of putting an edition in place, each with a kill before it.
STEPS = f"""{COUNTED}
from helpers.pipeline import swap
if sys.argv[3] == "plain":
    swap._exchange = lambda one, other: False
count((Path, "rename"), (shutil, "rmtree"), (os, "unlink"), (os, "rmdir"), (swap, "_exchange"))
out = Path(sys.argv[2])
swap.swap(swap.beside(out, "new"), out)
os._exit(0)
"""


@pytest.mark.parametrize("way", ["exchange", "plain"])
@pytest.mark.parametrize("step", range(10))
def test_a_kill_at_any_step_of_the_swap_leaves_a_whole_edition(tmp_path: Path, step: int, way: str) -> None:
    edition(tmp_path / "out", "old")
    edition(tmp_path / "out.new", "new")
    subprocess.run([sys.executable, "-c", STEPS, str(step), str(tmp_path / "out"), way], check=False)
    if way == "exchange":  # at every moment there is one
        assert (tmp_path / "out" / "index.html").read_text() in ("old", "new")
    swap.recover(tmp_path / "out")
    assert (tmp_path / "out" / "index.html").read_text() in ("old", "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_folder_of_somebody_elses_beside_the_edition_stays(tmp_path: Path) -> None:
    edition(tmp_path / "out", "now")
    (tmp_path / "out.old").mkdir()
    (tmp_path / "out.old" / "thesis.txt").write_text("years of work")
    swap.recover(tmp_path / "out")
    assert (tmp_path / "out.old" / "thesis.txt").read_text() == "years of work"


def test_an_output_folder_with_other_things_in_it_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "documents"
    own.mkdir()
    (own / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="something else than an edition"):
        swap.guard(paths(tmp_path / "project", own))


@pytest.mark.parametrize("name", [".", "data", "data/inside", "report", "notebooks", ".build", ".."])
def test_an_output_folder_that_would_cost_the_input_is_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / "project"
    with pytest.raises(InputError, match="take the place of its own input"):
        swap.guard(paths(root, (root / name).resolve()))


@pytest.mark.parametrize("name", ["report/_output", "trial", ".build/preview", "../elsewhere"])
def test_a_folder_of_its_own_is_taken(tmp_path: Path, name: str) -> None:
    swap.guard(paths(tmp_path / "project", (tmp_path / "project" / name).resolve()))


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputError, match="this is a file"):
        swap.guard(paths(tmp_path / "project", tmp_path / "out"))


def test_what_reads_the_old_edition_goes_on_reading_it(tmp_path: Path) -> None:
    old = edition(tmp_path / "out", "old")
    with (old / "index.html").open() as reader:
        inside = subprocess.Popen(["sleep", "60"], cwd=old)
        try:
            swap.swap(edition(tmp_path / "out.new", "new"), old)
            assert (reader.read(), (old / "index.html").read_text()) == ("old", "new")
            assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
        finally:
            inside.kill()
            inside.wait()


def test_a_text_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "piece.html"
    write_whole(path, "old")
    real = Path.write_text

    def half(self: Path, text: str, *given: str, **named: str) -> int:
        real(self, text[: len(text) // 2], *given, **named)
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "the new text")
    assert path.read_text() == "old"


def test_a_temporary_folder_whose_process_is_gone_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = "import os, signal; from helpers.files import Scratch; Scratch(); os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    gone = list(tmp_path.iterdir())
    mine = Scratch()
    (tmp_path / "briefing-other").mkdir()  # of somebody who holds nothing: not ours to remove
    sweep()
    assert (len(gone), gone[0].exists(), (mine.path / HELD).exists(), (tmp_path / "briefing-other").exists()) == (1, False, True, True)
    mine.close()
    assert not mine.path.exists()


STOPPED = f"""{COUNTED}
from helpers import files
count((Path, "rename"), (Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree"), (os, "open"), (files.fcntl, "flock"))
made = files.Scratch()
(made.path / "copy").mkdir()
(made.path / "a").write_text("x")
made.close()
os._exit(0)
"""


def test_a_kill_at_any_step_of_a_temporary_folder_leaves_nothing_that_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    got = {}
    for step in range(16):
        done = subprocess.run([sys.executable, "-c", STOPPED, str(step)], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
        sweep()
        got[step] = (done.returncode, list(tmp_path.iterdir()))
    ended = next(step for step, (code, _) in got.items() if code == 0)
    assert ended > 6
    assert got == {step: (-9 if step < ended else 0, []) for step in got}


def test_a_folder_that_a_sweep_takes_before_it_is_held_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made, real = [], tempfile.mkdtemp

    def swept(**named: str) -> str:
        made.append(real(**named))
        if len(made) == 1:
            sweep()
        return made[-1]

    monkeypatch.setattr("tempfile.mkdtemp", swept)
    with scratch() as got:
        assert (str(got), [path.name for path in tmp_path.iterdir()]) == (made[1], [Path(made[1]).name])


@pytest.mark.parametrize("command", ["verify", "ingest", "diff"])
def test_every_copy_of_the_tables_lies_in_a_folder_that_is_swept(command: str) -> None:
    module = {"verify": "edition/verify", "ingest": "ingest/write", "diff": "changes/sides"}[command]
    text = (Path(helpers.__file__).parent / f"{module}.py").read_text("utf-8")
    assert ("scratch()" in text, "tempfile" in text) == (True, False)


def test_a_second_build_says_whose_end_it_waits_for(tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []
    done = threading.Event()

    def second() -> None:
        with locked(tmp_path, lambda *event: said.append(event)) as waited:
            said.append(("waited", str(waited)))
        done.set()

    with locked(tmp_path, lambda *event: said.append(event)) as waited:
        assert not waited
        other = threading.Thread(target=second)
        other.start()
        assert wait(lambda: said, 30)
        assert said == [(f"waiting for process {os.getpid()}, which builds in this project", "told")]
        assert not done.is_set()
    other.join(30)
    assert said[1:] == [("waited", "True")]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device", "/x/y"), PermissionError(13, "Permission denied", "/x/y"), OSError("odd")]
)
def test_what_the_system_refuses_is_told_with_its_place(error: OSError) -> None:
    got = str(unwritable(error))
    assert (error.strerror or "odd").lower() in got
    assert "the last edition is as it was" in got


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A small disk of its own in a folder; skips where this user may not mount."""
    folder.mkdir(parents=True, exist_ok=True)
    if (
        not shutil.which("mount")
        or subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], capture_output=True, check=False).returncode
    ):
        pytest.skip("this user may not mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def told(place: Yard, *options: str) -> tuple[int, str]:
    """A build in this process: exit code and what it said, which is never a traceback."""
    got = inside(place.root, *options)
    assert got.exception is None or isinstance(got.exception, SystemExit), got.exc_info
    assert "Traceback" not in got.output
    return got.exit_code, got.output


slow = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@pytest.mark.parametrize("room", [pytest.param(size, marks=slow) for size in ("1500k",)])
def test_a_full_disk_is_told_and_leaves_the_last_edition(built: Yard, tmp_path: Path, room: str) -> None:
    with mounted(tmp_path / "disk", "-o", f"size={room}") as disk:
        (disk / "_output").mkdir()
        (disk / "_output" / "manifest.json").write_text("{}")
        code, said = told(built, "--out", str(disk / "_output"))
        assert (code, "no space left on device" in said) == (1, True), said
        assert [path.name for path in disk.iterdir()] == ["_output"]
        assert (disk / "_output" / "manifest.json").read_text() == "{}"
    assert built.left() == []


@pytest.mark.parametrize("wrong", [pytest.param("read-only", marks=slow), pytest.param("mount point", marks=slow)])
def test_a_folder_that_cannot_be_replaced_is_told(built: Yard, tmp_path: Path, wrong: str) -> None:
    with mounted(tmp_path / "disk") as disk:
        out = disk / "_output" if wrong == "read-only" else disk
        if wrong == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code, said = told(built, "--out", str(out))
        assert (code, "the last edition is as it was" in said) == (1, True), said
    assert built.left() == []


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_dates_of_files_mean_nothing(built: Yard) -> None:
    far = 4_000_000_000  # the year 2096: the clock was set back since
    for path in built.root.rglob("*"):
        os.utime(path, (far, far), follow_symlinks=False)
    code, said = told(built)
    assert (code, "Nothing changed" in said, holds(built.out)) == (0, True, [])


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_two_builds_at_once_give_one_whole_edition(built: Yard) -> None:
    built.turn(1 - built.state)
    first, second = built.start(), built.start()
    said = [process.communicate(timeout=900)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert any(f"waiting for process {process.pid}" in text for process, text in zip((second, first), said, strict=True)), said
    assert any("is current" in text for text in said), said
    assert (holds(built.out), built.left()) == ([], [])


QUARTO = """#!/bin/sh
if [ "$1" = "--version" ]; then echo 1.9.38; exit 0; fi
{then}
"""


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
@pytest.mark.parametrize(
    "then", ['rm -- "$0"; echo "ERROR: lost" >&2; exit 1', "kill -9 $$", "mkdir -p _book; echo half > _book/index.html; exit 0"]
)
def test_a_quarto_that_fails_half_way_is_told_and_leaves_the_last_edition(
    built: Yard, tmp_path: Path, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "quarto"
    program.write_text(QUARTO.replace("{then}", then))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    before = (built.out / "manifest.json").read_bytes()
    code, said = told(built, "--engine", "quarto")
    assert (code, "Quarto could not render the book" in said) == (1, True), said
    assert ((built.out / "manifest.json").read_bytes() == before, holds(built.out), built.left()) == (True, [], [])


def test_a_quarto_that_is_gone_when_it_is_called_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers.errors import RenderError
    from helpers.render import quarto

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(quarto, "check", lambda book: None)
    monkeypatch.setattr(quarto, "read_book", lambda stage: None)
    monkeypatch.setattr(quarto, "check_glyphs", lambda book: None)
    monkeypatch.setattr(quarto, "stylesheet", lambda book: "")
    (tmp_path / "theme").mkdir()
    with pytest.raises(RenderError, match="Quarto could not be started"):
        quarto.render(tmp_path, tmp_path / "out")


def test_a_zip_is_no_folder_of_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_root: Path) -> None:
    shutil.make_archive(str(tmp_path / "tables"), "zip", small_root / "data")
    monkeypatch.chdir(small_root)
    got = CliRunner().invoke(main, ["check", "--data", str(tmp_path / "tables.zip")])
    assert (got.exit_code, "this folder is not there" in got.output) == (2, True)


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_no_quarto_goes_on_writing_when_its_build_is_killed(built: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "quarto"  # in the middle of its work, with a program of its own that works too
    program.write_text(
        QUARTO.replace("{then}", "while :; do echo x >> orphan; sleep 0.02; done &\nwhile :; do echo x >> orphan; sleep 0.02; done")
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    written = built.root / ".build" / "stage" / "orphan"
    before = (built.out / "manifest.json").read_bytes()
    process = built.start("--engine", "quarto")
    assert wait(written.is_file, 900)
    stop(process, signal.SIGKILL)
    assert built.quiet()
    size = written.stat().st_size
    time.sleep(0.5)
    assert (written.stat().st_size, (built.out / "manifest.json").read_bytes() == before, holds(built.out)) == (size, True, [])
    monkeypatch.undo()
    assert (told(built)[0], built.left()) == (0, [])


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_a_parent_of_kernels_that_is_killed_is_told_and_the_next_build_is_whole(built: Yard) -> None:
    built.turn(1 - built.state)
    process = built.start("--force")

    def parents() -> list[int]:
        return [pid for pid in built.running() if b"helpers.execute.warm" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    assert wait(lambda: len(parents()) > 1, 900)  # the parent, and a kernel that it forked
    for pid in parents():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    said, _ = process.communicate(timeout=900)
    assert (process.returncode, "Traceback" in said, holds(built.out)) == (1, False, []), said
    code, said = built.build()
    assert (code, holds(built.out), built.left()) == (0, [], []), said
