"""Many builds in one process: no memory, open file, temporary file or process is kept. BRIEFING_LONG sets how many."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.execute.forked import WarmParent
from helpers.pipeline import build as building
from helpers.pipeline.build import build
from helpers.pipeline.paths import find
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


def test_builds_in_a_row_keep_nothing(built: Yard, plain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    place = built
    monkeypatch.setattr(tempfile, "tempdir", str(place.temporary))
    monkeypatch.setenv("TMPDIR", str(place.temporary))
    paths = find(start=place.root)
    seen: list[tuple[float, int, int, int]] = []
    for number in range(BUILDS):
        if number % 2 == 0:
            place.turn(1 - place.state)
        result = build(paths, [], "embedded", 2, lambda key, event: None)
        assert (result.failures, result.current) == ({}, number % 2 == 1)
        seen.append((memory(), len(os.listdir("/proc/self/fd")), len(place.left()), len(children())))  # noqa: PTH208
        if log := os.environ.get("BRIEFING_FAULTS_LOG"):
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{number} {seen[-1]}\n")
    settled = seen[min(2 * WARM, len(seen) - 1) :]
    assert [left for _, _, left, _ in seen if left] == []
    assert settled[-1][1] <= settled[0][1] + 2, [item[1] for item in seen]
    assert settled[-1][3] <= settled[0][3], [item[3] for item in seen]
    assert settled[-1][0] - settled[0][0] <= GROWTH * max(len(settled), 10), [round(item[0]) for item in seen]
