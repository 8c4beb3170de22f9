"""Who executes a notebook: a kernel on this machine, or a worker of a Dask cluster."""

from __future__ import annotations

from helpers.execute.run import run
from helpers.limits import CellLimits
from helpers.pipeline.graph import Runner
from helpers.pipeline.jobs import Job


def local(warm_address: str = "", limits: CellLimits | None = None, *, keep: bool = False) -> Runner:
    """Kernels on this machine, forked from the warm parent where there is one; `limits` are those of a cell.

    With `keep`, results are taken from the build before where it computed the same.
    """

    def execute(job: Job) -> None:
        run(job.template, job.output, job.parameters, job.again, job.folder, warm_address, job.log, limits, job.kept if keep else None)

    return execute
