"""A small project that is built again and again, and what must hold after every fault."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from helpers.cli import main
from helpers.pipeline.fingerprint import file_hash
from tests.end_to_end.projects import BRIEFING, change, small_project, snapshot

PATIENCE = 900.0  # seconds; nothing here measures speed, and the machine may be paused
STATES = ("strategic partnership", "another formula")


@dataclass
class Yard:
    """A project of one partner with a folder of its own for temporary files; `whole` holds the bytes of each state's edition."""

    root: Path
    temporary: Path
    whole: list[dict[str, bytes]] = field(default_factory=list)
    state: int = 0

    @property
    def out(self) -> Path:
        return self.root / "report" / "_output"

    def turn(self, state: int) -> None:
        """Put the tables into a state; the partner's notebook, the synthesis and the book are stale then."""
        self.state = state
        change(self.root / "data" / "partners.csv", "partner", "CUB", formula=STATES[state])

    def start(self, *options: str) -> subprocess.Popen[str]:
        """A build in a session of its own."""
        return subprocess.Popen(
            [str(BRIEFING), "build", "--engine", "embedded", *options],
            cwd=self.root,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def build(self, *options: str) -> tuple[int, str]:
        """A build to its end: exit code and all that it said."""
        process = self.start(*options)
        said, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, said

    def running(self) -> list[int]:
        """Processes that work with this yard's temporary folder."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                mine = f"TMPDIR={self.temporary}".encode() in (entry / "environ").read_bytes().split(b"\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mine and state != "Z" and int(entry.name) != os.getpid():
                found.append(int(entry.name))
        return found

    def left(self) -> list[str]:
        """What nobody should find when no build runs: temporary files, and folders beside the edition."""
        beside = [path.name for path in self.out.parent.glob("_output*") if path != self.out]
        return [*beside, *(path.name for path in self.temporary.iterdir() if not probe(path))]

    def quiet(self, seconds: float = 60) -> bool:
        """Whether every process ends of itself."""
        return wait(lambda: not self.running(), seconds)


def probe(path: Path) -> bool:
    """Whether a file is one that Python's tempfile writes and removes to find out where it may write: a kill may come between."""
    return len(path.name) == 8 and path.is_file() and path.stat().st_size <= len(b"blat")


@contextmanager
def yard(folder: Path) -> Iterator[Yard]:
    """A yard that has been built once in each state."""
    temporary = short()
    try:
        made = Yard(small_project(folder / "project", ("CUB",)), temporary)
        for state in (1, 0):
            made.turn(state)
            got = inside(made.root)
            assert got.exit_code == 0, got.output
            made.whole.insert(0, snapshot(made.out))
        yield made
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def short() -> Path:
    """A temporary folder with a short name, as sockets need."""
    return Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))


def inside(root: Path, *options: str) -> Result:
    """A build in this process, with what it said and how it ended."""
    here = Path.cwd()
    os.chdir(root)
    try:
        return CliRunner().invoke(main, ["build", "--engine", "embedded", *options])
    finally:
        os.chdir(here)


def wait(ready: object, seconds: float) -> bool:
    """Whether something becomes true within a time."""
    limit = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def holds(out: Path) -> list[str]:
    """Files of an edition that are not as its manifest says; all of it where there is no manifest."""
    try:
        told = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]
    except (OSError, ValueError, KeyError) as error:
        return [f"manifest.json: {error}"]
    made = {path.relative_to(out).as_posix(): file_hash(path) for path in out.rglob("*") if path.is_file() and path.name != "manifest.json"}
    return sorted(name for name in {*told, *made} if told.get(name) != made.get(name))


def stop(process: subprocess.Popen[str], number: int, whole_group: bool = False) -> str:
    """Send a signal to a build, or to all of its session; returns what it said."""
    with suppress(ProcessLookupError):
        (os.killpg if whole_group else os.kill)(process.pid, number)
    said, _ = process.communicate(timeout=PATIENCE)
    return said
