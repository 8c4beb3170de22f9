"""The graph of notebooks, run by pytask: incremental by content, in parallel, one failure never stopping the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, cast

import pytask
from pytask import Product, PythonNode, task

from helpers.errors import BriefingError
from helpers.execute.guard import STOP
from helpers.execute.run import CellFailure, canonical
from helpers.lineage.record import learn, write
from helpers.pipeline import fingerprint
from helpers.pipeline.jobs import SYNTHESIS, Job, Plan
from helpers.pipeline.paths import Paths

Listener = Callable[[str, str], None]
# Executes one notebook into its output and writes what its kernel asked into its log.
Runner = Callable[[Job], None]


@dataclass
class _Run:
    """What one pass over the graph has found out so far."""

    plan: Plan
    execute: Runner
    listen: Listener
    places: threading.Semaphore
    ended: Callable[[], None]
    left: int
    failures: dict[str, BriefingError] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def one(self, job: Job) -> None:
        """Execute one notebook when a place is free; one is kept for the synthesis, which takes longest and would end alone."""
        if job.key != SYNTHESIS:
            self.places.acquire()
        try:
            self._one(job)
        finally:
            self.places.release()
            with self.lock:
                self.left -= 1
                last = not self.left
            if last:
                self.ended()

    def _one(self, job: Job) -> None:
        """Execute one notebook; its record is written only when it succeeds, so that a failed one runs again."""
        if STOP.is_set():
            raise BriefingError("the build was interrupted before it ran", job.key, job.again)
        self.listen(job.key, "start")
        self.ran.add(job.key)
        job.record.parent.mkdir(parents=True, exist_ok=True)
        for path in (job.record, job.log):
            path.unlink(missing_ok=True)
        try:
            self.execute(job)
        except CellFailure as failure:
            self.failures[job.key] = failure
            self.listen(job.key, "failed")
            raise
        finally:
            if job.output.is_file():
                canonical(job.output)
        self._remember(job)
        self.listen(job.key, "done")

    def _remember(self, job: Job) -> None:
        log = job.log.read_text("utf-8") if job.log.is_file() else ""
        with self.lock:
            record = learn(job.stamp, job.own, log, self.plan.answers, self.plan.hashes, fingerprint.file_hash(job.output))
            if record is not None and self.plan.unchanged():  # else the answers may be newer than the output
                write(job.record, record)


def run_jobs(
    plan: Plan,
    paths: Paths,
    workers: int,
    listen: Listener,
    execute: Runner,
    *,
    force: bool = False,
    ended: Callable[[], None] = lambda: None,
) -> dict[str, BriefingError]:
    """Run what is stale; returns the failures by key.

    The executed notebook of a failed job is kept up to the cell that raised. `listen` is told (key, "start" | "done" |
    "failed" | "current"); `ended` is called as soon as the last one has.
    """
    paths.work.mkdir(parents=True, exist_ok=True)
    config = paths.work / "pytask.toml"
    config.write_text("[tool.pytask.ini_options]\n", "utf-8")
    stale = [job for job in plan.jobs if force or job.reasons]
    places = threading.Semaphore(workers - any(job.key == SYNTHESIS for job in stale))
    run = _Run(plan, execute, listen, places, ended, len(stale))
    for job in plan.jobs:
        if job not in stale:
            listen(job.key, "current")
    if not stale:
        return {}
    tasks = [_task(job, run) for job in stale]
    pytask.console.quiet = True
    try:
        # One thread a kernel: the work is in the kernels, which are processes of their own.
        session = pytask.build(
            tasks=tasks,
            config=config,
            paths=[paths.work],
            n_workers=len(tasks),  # all wait for a place: pytask looks only once a second for one that has become free
            parallel_backend="threads",
            verbose=0,
            capture="no",
            force=True,  # what is stale is told from what each notebook read, and wherever the project lies
        )
    finally:
        pytask.console.quiet = False
    if session.exit_code == pytask.ExitCode.COLLECTION_FAILED or not session.execution_reports:
        raise BriefingError("the graph of notebooks could not be collected", str(paths.work), "remove the folder .build and build again")
    for report in session.execution_reports:
        if report.exc_info and isinstance(report.exc_info[1], OSError):  # a full disk is no fault of a notebook
            raise report.exc_info[1]
        key = report.task.name.rpartition("[")[2].rstrip("]")
        if report.outcome == pytask.TaskOutcome.FAIL and report.exc_info and key not in run.failures:
            listen(key, "failed")
            run.failures[key] = BriefingError(f"{type(report.exc_info[1]).__name__}: {report.exc_info[1]}", key, "run briefing build again")
    return run.failures


def _task(job: Job, run: _Run) -> Callable[..., None]:
    """One pytask task: depends on the stamp of what the notebook reads, produces the executed notebook."""

    @task(name=f"notebook[{job.key}]", kwargs={"inputs": PythonNode(value=job.stamp, hash=True), "produces": job.output})
    def execute(inputs: str, produces: Annotated[Path, Product]) -> None:
        run.one(job)

    return cast("Callable[..., None]", execute)
