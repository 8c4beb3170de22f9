"""The notebooks of a build, and what is done meanwhile: prose is read while kernels work, the book staged when the last has ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from helpers import kept
from helpers.errors import BriefingError
from helpers.pipeline import reading
from helpers.pipeline.checking import InputFindings, load
from helpers.pipeline.jobs import plan
from helpers.pipeline.paths import Paths

if TYPE_CHECKING:
    from helpers.pipeline.graph import Runner  # brings pytask; not needed where nothing changed
    from helpers.stage.book import Chapter
    from helpers.tables.load import Tables
    from helpers.tables.raw import RawTable

Staged = TypeVar("Staged")
Listener = Callable[[str, str], None]


def run_and_stage(
    paths: Paths,
    codes: list[str],
    runner: Callable[[], tuple[Runner, int, str]],
    listen: Listener,
    read: dict[str, RawTable],
    facts: int,
    stage: Callable[[Tables, list[Chapter]], Staged],
    *,
    force: bool = False,
) -> tuple[Callable[[], dict[str, BriefingError]], Staged]:
    """Run what is stale, read the prose meanwhile, and stage the book from the tables that both rest on.

    `runner` says who executes notebooks, how many at once, and the address of the warm parent ("" for none); `facts` is the most that
    the register holds; `stage` takes the tables and the closing pages when the last notebook has ended. Returns what it returns, and
    before it a function that gives the failures by key: pytask looks only once a second whether the last notebook has ended, and
    rendering need not wait for it.

    Raises InputFindings for what is wrong in the prose; what has run by then is kept for the next build. Raises KeyboardInterrupt
    when it is interrupted, and what `run_jobs` raises; so does the function, for what pytask says last.
    """
    from helpers.execute.guard import STOP, interruptible  # these bring papermill and pytask
    from helpers.pipeline.graph import run_jobs

    begun, ended = threading.Event(), threading.Event()
    address, told = "", dict[str, str]()

    def heard(key: str, what: str) -> None:
        if what == "start":
            begun.set()  # not sooner: two threads of this process share one core
        listen(key, what)

    def run() -> dict[str, BriefingError]:
        nonlocal address, told
        execute, at_once, address = runner()
        planned = plan(paths, codes)
        told = {} if force else {kept.VARIABLE: str(planned.jobs[0].kept)}  # the synthesis shares its study with the prose
        return run_jobs(planned, paths, at_once, heard, execute, force=force, ended=ended.set)

    def over(_: Future[dict[str, BriefingError]]) -> None:
        begun.set()
        ended.set()

    def alongside() -> tuple[Tables, list[Chapter]]:
        begun.wait()
        prose = reading.begin(paths, facts, address, told)
        tables = load(paths, read)
        import helpers.render.embedded
        import helpers.stage.chapters  # noqa: F401  # so that they are there when the last notebook has ended

        found = prose(tables)
        if found.findings:
            raise InputFindings(found.findings)
        listen("check", "done")
        return tables, found.closing

    beside = ThreadPoolExecutor(1)
    with interruptible():
        running = beside.submit(run)
        running.add_done_callback(over)
        beside.shutdown(wait=False)
        try:
            ready = alongside()
            ended.wait()
        except BaseException:
            STOP.set()
            running.exception()  # the kernels end before this does
            STOP.clear()
            raise
    if running.done():  # there was nothing to run, or the graph could not be
        running.result()
    try:
        return running.result, stage(*ready)
    except Exception:
        running.result()  # what kept a notebook from being written says more than that it is not there
        raise
