"""The build on a real Dask cluster: two workers over TCP on loopback, one of them killed half-way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.projects import BRIEFING, briefing, small_project, snapshot

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dask")]


@pytest.fixture(scope="module")
def client() -> Iterator[distributed.Client]:
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(protocol="tcp://", **options) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two real partners, built on this machine."""
    folder = small_project(tmp_path_factory.mktemp("local"))
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def project(local: Path, tmp_path: Path) -> Path:
    shutil.copytree(local, tmp_path / "project", ignore=shutil.ignore_patterns(".build", "_output"))
    return tmp_path / "project"


def address(client: distributed.Client) -> str:
    return str(client.scheduler.address)


def test_a_cluster_gives_the_same_bytes(client: distributed.Client, local: Path, project: Path) -> None:
    done = briefing(project, "build", "--engine", "embedded", "--scheduler", address(client))
    assert done.returncode == 0, done.stderr
    assert snapshot(project / "report" / "_output") == snapshot(local / "report" / "_output")


def test_what_workers_read_makes_the_next_build_incremental(client: distributed.Client, project: Path) -> None:
    assert briefing(project, "build", "--engine", "embedded", "--scheduler", address(client)).returncode == 0
    assert "Nothing would run." in briefing(project, "why", "--engine", "embedded").stdout


def test_nothing_is_lost_with_a_worker(client: distributed.Client, local: Path, project: Path) -> None:
    process = subprocess.Popen(
        [str(BRIEFING), "build", "--engine", "embedded", "--scheduler", address(client)],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        busy = next(filter(None, polled(lambda: [worker for worker, tasks in client.processing().items() if tasks])))
        os.kill(client.run(os.getpid, workers=[busy[0]])[busy[0]], signal.SIGKILL)
        said, _ = process.communicate(timeout=180)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert snapshot(project / "report" / "_output") == snapshot(local / "report" / "_output")


def test_a_failing_cell_comes_back_with_its_number(client: distributed.Client, project: Path) -> None:
    prose = project / "report" / "partners" / "CUB.md"
    prose.write_text(prose.read_text("utf-8").replace("chart: bars", "chart: bars\n    since: nineteen", 1), "utf-8")
    done = briefing(project, "build", "--engine", "embedded", "--scheduler", address(client))
    assert done.returncode == 1
    assert "CUB failed" in done.stderr and "cell" in done.stderr


def test_no_scheduler_is_exit_2_and_writes_nothing(project: Path) -> None:
    done = briefing(project, "build", "--engine", "embedded", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no scheduler answers" in done.stderr
    assert not (project / "report" / "_output").exists()


def polled(look: object, seconds: float = 90) -> Iterator[object]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield look()
        time.sleep(0.05)
