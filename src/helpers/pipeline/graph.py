"""The graph of notebooks, run by pytask: incremental by content, in parallel, one failure never stopping the others."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast

import pytask
from pytask import Product, PythonNode, task

from helpers.errors import BriefingError
from helpers.execute.run import CellFailure, canonical, run
from helpers.pipeline import fingerprint
from helpers.pipeline.paths import Paths

SYNTHESIS = "synthesis"
Listener = Callable[[str, str], None]


@dataclass(frozen=True)
class Job:
    """One notebook to run: its key, template, parameters, and the hash of everything it reads."""

    key: str
    template: Path
    output: Path
    parameters: dict[str, str]
    inputs: str
    folder: Path

    @property
    def again(self) -> str:
        """The command that runs this notebook alone."""
        return f"briefing build --partner {self.key}" if self.key != SYNTHESIS else "briefing build"


def jobs(paths: Paths, partners: list[str]) -> list[Job]:
    """The notebooks of a build: the synthesis and one per partner."""
    data = fingerprint.tree(paths.data)
    shared = fingerprint.digest(data, fingerprint.code(), fingerprint.versions())
    found = []
    for key in [SYNTHESIS, *partners]:
        name = SYNTHESIS if key == SYNTHESIS else "partner"
        template = paths.notebooks / f"{name}.ipynb"
        prose = paths.report / "synthesis.md" if key == SYNTHESIS else paths.report / "partners" / f"{key}.md"
        own = fingerprint.digest(shared, fingerprint.file_hash(template), fingerprint.file_hash(prose) if prose.is_file() else "")
        parameters = {"data": _relative(paths.data, paths.root), "report": "report"}
        parameters |= {} if key == SYNTHESIS else {"partner": key}
        found.append(Job(key, template, paths.executed / f"{key}.ipynb", parameters, own, paths.root))
    return found


def run_jobs(
    todo: list[Job], paths: Paths, workers: int, listen: Listener, *, force: bool = False, warm_address: str = ""
) -> dict[str, BriefingError]:
    """Run what is stale; returns the failures by key.

    The executed notebook of a failed job is kept up to the cell that raised. `listen` is told (key, "start" | "done" |
    "failed" | "current").
    """
    failures: dict[str, BriefingError] = {}
    ran: set[str] = set()
    paths.work.mkdir(parents=True, exist_ok=True)
    config = paths.work / "pytask.toml"
    config.write_text("[tool.pytask.ini_options]\n", "utf-8")
    tasks = [_task(job, listen, failures, ran, warm_address) for job in todo]
    pytask.console.quiet = True
    try:
        # One thread a kernel: the work is in the kernels, which are processes of their own.
        session = pytask.build(
            tasks=tasks,
            config=config,
            paths=[paths.work],
            n_workers=workers,
            parallel_backend="threads",
            verbose=0,
            capture="no",
            force=force,
        )
    finally:
        pytask.console.quiet = False
    if session.exit_code == pytask.ExitCode.COLLECTION_FAILED or not session.execution_reports:
        raise BriefingError("the graph of notebooks could not be collected", str(paths.work), "remove the folder .build and build again")
    for report in session.execution_reports:
        key = report.task.name.rpartition("[")[2].rstrip("]")
        if report.outcome == pytask.TaskOutcome.FAIL and report.exc_info and key not in failures:
            listen(key, "failed")
            failures[key] = BriefingError(f"{type(report.exc_info[1]).__name__}: {report.exc_info[1]}", key, "run briefing build again")
    for job in todo:
        if job.key not in ran and job.key not in failures:
            listen(job.key, "current")
    return failures


def _task(job: Job, listen: Listener, failures: dict[str, BriefingError], ran: set[str], warm_address: str) -> Callable[..., None]:
    """One pytask task: depends on the hash of what the notebook reads, produces the executed notebook."""

    @task(name=f"notebook[{job.key}]", kwargs={"inputs": PythonNode(value=job.inputs, hash=True), "produces": job.output})
    def execute(inputs: str, produces: Annotated[Path, Product]) -> None:
        listen(job.key, "start")
        ran.add(job.key)
        try:
            run(job.template, produces, job.parameters, job.again, job.folder, warm_address)
        except CellFailure as failure:
            failures[job.key] = failure
            listen(job.key, "failed")
            raise
        finally:
            if produces.is_file():
                canonical(produces)
        listen(job.key, "done")

    return cast("Callable[..., None]", execute)


def _relative(path: Path, root: Path) -> str:
    """A path as the notebooks see it: relative to the project where it lies inside, so that outputs are the same anywhere."""
    return os.path.relpath(path, root) if path.is_relative_to(root) else str(path)
