"""Many builds in one process: no memory, open file, temporary file or process is kept. BRIEFING_LONG sets how many."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.execute.forked import WarmParent
from helpers.pipeline import build as building
from helpers.pipeline.build import build
from helpers.pipeline.paths import find
from tests.end_to_end.projects import header, read, write
from tests.faults.killing import Yard

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]
BUILDS = int(os.environ.get("BRIEFING_LONG", "3"))
WARM = 2  # builds of each sort after which everything that is kept on purpose is there
GROWTH = 1.0  # MiB a build, more than which is a leak: an edition has ten times that


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each build with a parent of kernels of its own, as always."""

    @contextmanager
    def own(listen: object, data: Path) -> Iterator[WarmParent]:
        with WarmParent() as parent:
            yield parent

    monkeypatch.setattr(building, "_kernels", own)


def memory() -> float:
    """Resident memory of this process in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.fixture
def place(built: Yard, plain: None, monkeypatch: pytest.MonkeyPatch) -> Yard:
    """A yard whose temporary files are those of this process too."""
    monkeypatch.setattr(tempfile, "tempdir", str(built.temporary))
    monkeypatch.setenv("TMPDIR", str(built.temporary))
    return built


@dataclass(frozen=True)
class Kept:
    """What there is after a build: memory in MiB, open files, files that nobody needs, processes."""

    memory: float
    files: int
    left: int
    processes: int


def many(place: Yard, builds: int, turn: Callable[[int], bool]) -> list[Kept]:
    """What each of many builds leaves; `turn` makes the input of each, and says whether there is something to build."""
    paths, seen = find(start=place.root), []
    for number in range(builds):
        stale = turn(number)
        result = build(paths, [], "embedded", 2, lambda key, event: None)
        assert (result.failures, result.current) == ({}, not stale)
        seen.append(Kept(memory(), len(os.listdir("/proc/self/fd")), len(place.left()), len(children())))  # noqa: PTH208
        if log := os.environ.get("BRIEFING_FAULTS_LOG"):
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{number} {seen[-1]}\n")
    return seen


def grown(seen: list[Kept], first: int) -> dict[str, object]:
    """What there is more at the end than after the build by which everything is there that is kept on purpose."""
    before, after = seen[first], seen[-1]
    most = GROWTH * max(len(seen) - first, 10)
    return {
        "left": [one.left for one in seen if one.left],
        "files": [one.files for one in seen] if after.files > before.files + 2 else [],
        "processes": [one.processes for one in seen] if after.processes > before.processes else [],
        "memory": [round(one.memory) for one in seen] if after.memory - before.memory > most else [],
    }


NOTHING: dict[str, object] = {"left": [], "files": [], "processes": [], "memory": []}


def test_builds_in_a_row_keep_nothing(place: Yard) -> None:
    def every_other(number: int) -> bool:
        if number % 2 == 0:
            place.turn(1 - place.state)
        return number % 2 == 0

    seen = many(place, BUILDS, every_other)
    assert grown(seen, min(2 * WARM, len(seen) - 1)) == NOTHING


def test_builds_of_ever_new_tables_keep_nothing(place: Yard) -> None:
    data = place.root / "data"
    good = {name: read(data / f"{name}.csv") for name in ("facts", "sources")}

    def anew(number: int) -> bool:
        for name, column in (("facts", "metric"), ("sources", "title")):
            rows = [{**row, column: f"{row[column]} {number}"} for row in good[name]]
            write(data / f"{name}.csv", rows, header(data / f"{name}.csv"))
        return True

    try:
        seen = many(place, max(BUILDS, WARM + 3), anew)
    finally:
        for name, rows in good.items():
            write(data / f"{name}.csv", rows, header(data / f"{name}.csv"))
    assert grown(seen, WARM) == NOTHING
