"""The notebooks of a build, and what is done meanwhile: prose is read while kernels work, the book staged when the last has ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from helpers.errors import BriefingError
from helpers.pipeline.checking import InputFindings, load, prose_findings
from helpers.pipeline.jobs import plan
from helpers.pipeline.paths import Paths

if TYPE_CHECKING:
    from helpers.pipeline.graph import Runner  # brings pytask; not needed where nothing changed
    from helpers.tables.findings import Finding
    from helpers.tables.load import Tables
    from helpers.tables.raw import RawTable

Staged = TypeVar("Staged")
Listener = Callable[[str, str], None]


def run_and_stage(
    paths: Paths,
    codes: list[str],
    runner: Callable[[], tuple[Runner, int]],
    listen: Listener,
    read: dict[str, RawTable],
    staging: Callable[[Tables], Callable[[], Staged]],
    *,
    force: bool = False,
) -> tuple[dict[str, BriefingError], Staged]:
    """Run what is stale, read the prose meanwhile, and stage the book from the tables that both rest on; the failures by key.

    `staging` does what waits for no notebook, and returns what is to be done when the last has ended.

    Raises InputFindings for what is wrong in the prose; what has run by then is kept for the next build.
    """
    from helpers.execute.guard import STOP  # these bring papermill and pytask
    from helpers.pipeline.graph import run_jobs

    STOP.clear()  # of a build before in this process, as in a preview: where nothing is stale, nothing else clears it
    begun, ended = threading.Event(), threading.Event()
    findings: list[Finding] = []

    def heard(key: str, what: str) -> None:
        if what == "start":
            begun.set()  # not sooner: two threads of this process share one core
        listen(key, what)

    def alongside() -> Staged:
        begun.wait()
        tables = load(paths, read)
        findings.extend(prose_findings(paths, tables))
        if findings:
            STOP.set()
            raise InputFindings(findings)
        listen("check", "done")
        import helpers.execute.copies
        import helpers.render.embedded
        import helpers.stage.chapters  # noqa: F401  # so that they are there when the last notebook has ended

        stage = staging(tables)
        ended.wait()  # pytask looks only once a second whether it has
        if STOP.is_set():
            raise KeyboardInterrupt
        return stage()

    with ThreadPoolExecutor(1) as beside:
        staged = beside.submit(alongside)
        try:
            execute, at_once = runner()
            failures = run_jobs(plan(paths, codes), paths, at_once, heard, execute, force=force, ended=ended.set)
        except KeyboardInterrupt:
            if findings:
                raise InputFindings(findings) from None
            raise
        finally:
            begun.set()
            ended.set()
        return failures, staged.result()
