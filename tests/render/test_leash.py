"""A program on the leash says what it says, and ends with whoever holds it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.render import leash

TWO = "sleep 600 & echo $! > pids.new; echo $$ >> pids.new; mv pids.new pids; sleep 600"  # a program, and one that it starts
HOLDER = "import sys; from pathlib import Path; from helpers.render import leash; leash.run(['sh', '-c', sys.argv[1]], Path.cwd())"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], seconds: float = 30) -> bool:
    limit = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(alive, pids))


def test_what_a_program_says_and_how_it_ends_are_told(tmp_path: Path) -> None:
    got = leash.run(["sh", "-c", "pwd; echo wrong >&2; exit 3"], tmp_path)
    assert (got.stdout, got.stderr, got.returncode) == (f"{tmp_path}\n", "wrong\n", 3)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGPIPE])
def test_a_signal_that_ends_a_program_is_told(tmp_path: Path, number: int) -> None:
    assert leash.run(["sh", "-c", f"kill -{number} $$"], tmp_path).returncode == -number


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    got = leash.run([str(tmp_path / "absent")], tmp_path)
    assert (got.returncode, "No such file" in got.stderr) == (leash.NOT_STARTED, True)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_all_that_was_started_ends_with_the_holder(tmp_path: Path, number: int) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, TWO], cwd=tmp_path, stderr=subprocess.DEVNULL)
    while not (tmp_path / "pids").is_file() and holder.poll() is None:
        time.sleep(0.02)
    pids = [int(line) for line in (tmp_path / "pids").read_text().split()]
    before = [alive(pid) for pid in pids]
    os.kill(holder.pid, number)
    holder.wait()
    assert (before, gone(pids)) == ([True, True], True)


def test_what_a_program_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    got = leash.run(["sh", "-c", "sleep 600 > /dev/null 2>&1 & echo $!"], tmp_path)
    assert gone([int(got.stdout)])


def test_no_pipe_is_left_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    leash.run(["true"], tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
