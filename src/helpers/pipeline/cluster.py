"""Notebooks on a Dask cluster that is there already: the same tasks, executed by its workers.

A worker needs this package in the same version and nothing else, no shared folder: what notebooks read travels with each
task, the executed notebook and what it asked come back. A task whose worker is lost is given to another by Dask.
"""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.errors import BriefingError, InputError
from helpers.execute.forked import WarmParent, why_cold
from helpers.execute.guard import LOOK_SECONDS, STOP
from helpers.execute.run import CellFailure, run
from helpers.files import Scratch, scratch
from helpers.limits import CellLimits
from helpers.pipeline import fingerprint
from helpers.pipeline.graph import Runner
from helpers.pipeline.jobs import Job
from helpers.pipeline.paths import Paths

CONNECT_SECONDS = 15
RETRIES = 3  # of a task whose worker was lost while it ran


@dataclass(frozen=True)
class Done:
    """What comes back from a worker: the executed notebook, what it asked, and the failure that ended it."""

    notebook: bytes
    reads: str
    failure: tuple[Any, ...] | None


@contextmanager
def cluster(address: str, paths: Paths, limits: CellLimits | None = None) -> Iterator[tuple[Runner, int]]:
    """A runner on the cluster at `address`, and how many notebooks its workers take at once.

    Raises InputError where distributed is not installed, nobody answers, or a worker has other code than this project.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "the package distributed is not installed", "--scheduler", "pip install '.[dask]', here and on the workers"
        ) from error
    if not paths.data.is_relative_to(paths.root):
        raise InputError(
            "the tables lie outside the project", "--scheduler", "put them into a folder of the project, so that workers find them"
        )
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(f"no scheduler answers at {address}: {error}", "--scheduler", "an address such as tcp://host:8786") from error
    try:
        seen = client.run(identity)
        wrong = [worker for worker, found in seen.items() if found != identity()]
        if wrong or not seen:
            what = f"{', '.join(wrong)} has other code or packages than this project" if wrong else "the cluster has no workers"
            raise InputError(what, "--scheduler", "install the same version of the project on every worker")
        packed = pack(paths)

        def execute(job: Job) -> None:
            spec = (str(job.template.relative_to(paths.root)), job.output.name, job.parameters, job.again, limits)
            future = client.submit(work, packed, *spec, pure=False, retries=RETRIES)
            while not future.done():
                if STOP.wait(LOOK_SECONDS):
                    future.cancel(force=True)
                    raise BriefingError("the build was interrupted", job.key, job.again)
            done: Done = future.result()
            job.output.parent.mkdir(parents=True, exist_ok=True)
            job.output.write_bytes(done.notebook)
            job.log.write_text(done.reads, "utf-8")
            if done.failure:
                raise CellFailure(*done.failure)

        yield execute, sum(client.nthreads().values())
    finally:
        client.close()


def identity() -> str:
    """One hash over code and packages; the same on every machine that gives the same outputs."""
    return fingerprint.digest(fingerprint.code(), fingerprint.versions())


def pack(paths: Paths) -> bytes:
    """Everything a notebook reads, as a zip file; the same project gives the same bytes."""
    files = [
        *paths.notebooks.glob("*.ipynb"),
        *paths.report.glob("*.md"),
        *paths.report.glob("partners/*.md"),
        paths.report / "_quarto.yml",
    ]
    files += [path for path in paths.data.rglob("*") if path.is_file()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path.relative_to(paths.root).as_posix()), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def work(packed: bytes, template: str, name: str, parameters: dict[str, str], again: str, limits: CellLimits | None = None) -> Done:
    """On a worker: execute one notebook in a copy of the project that all its notebooks share."""
    with _unpacked(packed) as root, scratch() as folder:
        output, reads = folder / name, folder / "reads"
        failure = None
        try:
            run(root / template, output, parameters, again, root, _warm(), reads, limits)
        except CellFailure as error:
            failure = error.args
        return Done(output.read_bytes(), reads.read_text("utf-8") if reads.is_file() else "", failure)


_lock = threading.Lock()
_parents: dict[int, WarmParent | None] = {}


def _warm() -> str:
    """The warm parent of this worker process; it ends when the process does."""
    with _lock:
        if os.getpid() not in _parents:
            parent = None if why_cold() else WarmParent().__enter__()
            _parents[os.getpid()] = parent if parent and parent.ready() else None
        parent = _parents[os.getpid()]
        return parent.address if parent else ""


_projects: dict[tuple[int, str], Scratch] = {}  # by process, for one that was forked has none of its own, and by content
_working: Counter[tuple[int, str]] = Counter()


@contextmanager
def _unpacked(packed: bytes) -> Iterator[Path]:
    """The project that was sent, unpacked once in this worker process and kept until another one comes or the process ends."""
    key = (os.getpid(), hashlib.sha256(packed).hexdigest())
    with _lock:
        for other in [other for other in _projects if other != key and other[0] == key[0] and not _working[other]]:
            _projects.pop(other).close()
        if key not in _projects:
            made = Scratch()
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(made.path / "project")
            _projects[key] = made
        _working[key] += 1
    try:
        yield _projects[key].path / "project"
    finally:
        with _lock:
            _working[key] -= 1
