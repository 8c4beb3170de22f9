"""One build from tables to edition: check, run, stage, render, swap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import kept
from helpers.changes import since as previous
from helpers.edition import manifest
from helpers.errors import BriefingError, InputError
from helpers.execute.forked import WarmParent, why_cold
from helpers.limits import USUAL, CellLimits, Limits, stamp
from helpers.pipeline.checking import InputFindings, check, table_findings
from helpers.pipeline.jobs import KEPT, SYNTHESIS
from helpers.pipeline.lock import free, locked
from helpers.pipeline.notebooks import Listener, run_and_stage
from helpers.pipeline.paths import Paths
from helpers.pipeline.swap import beside, clear, guard, left, recover, swap
from helpers.render.choice import Engine, choose
from helpers.tables.findings import nearest
from helpers.tables.package import read_used

if TYPE_CHECKING:
    from helpers.pipeline.graph import Runner  # brings pytask; not needed where nothing changed
    from helpers.stage.book import Chapter
    from helpers.tables.load import Tables
    from helpers.tables.raw import RawTable


@dataclass
class Result:
    """What a build did."""

    out: Path
    engine: str
    current: bool = False
    failures: dict[str, BriefingError] = field(default_factory=dict)


def build(
    paths: Paths,
    partners: list[str],
    engine: Engine,
    workers: int,
    listen: Listener,
    *,
    force: bool = False,
    scheduler: str = "",
    since: Path | None = None,
    limits: Limits = USUAL,
) -> Result:
    """Build an edition into `paths.out`; with `scheduler`, the notebooks run on the Dask cluster at that address.

    With `since`, the folder of a previous edition, a page says what changed. `limits` bound what a cell takes and what is printed.

    Raises InputError (InputFindings with all of them) when the input is wrong, RenderError when the book does not
    render; the edition that was there before then stays as it is.
    """
    chosen = choose(engine)
    guard(paths)
    codes = chapters_asked(paths, partners)
    if left(paths.out):  # by a build that was killed, or that runs now
        with free(paths.work) as alone:
            if alone:
                recover(paths.out)
    described = manifest.inputs(paths, codes, chosen) | previous.stamp(since, paths.out) | stamp(limits)
    if not force and manifest.is_current(paths.out, described):
        return Result(paths.out, chosen, current=True)
    with locked(paths.work, listen) as waited:
        if waited:  # the one before may have built just this, or from something else
            described = manifest.inputs(paths, codes, chosen) | previous.stamp(since, paths.out) | stamp(limits)
            if not force and manifest.is_current(paths.out, described):
                return Result(paths.out, chosen, current=True)
        with _runner(
            paths, workers, scheduler, listen, limits.cell, keep=not force
        ) as runner:  # kernels import their libraries while the tables are checked
            listen("check", "start")
            read: dict[str, RawTable] = {}
            if findings := table_findings(paths, read):
                raise InputFindings(findings)
            failing, (data, copied) = run_and_stage(
                paths, codes, runner, listen, read, limits.facts, _staging(paths, codes, listen, since, limits.facts, runner), force=force
            )
            fresh = beside(paths.out, "new")
            recover(paths.out)
            fresh.mkdir(parents=True)
            try:
                listen("render", "start")
                _write_edition(paths, codes, chosen, fresh, data, limits.chapters, copied)
                failures = failing()
                listen("render", "done")
                manifest.write(fresh, described, {key: str(error) for key, error in failures.items()}, paths)
                swap(fresh, paths.out)
            finally:
                clear(fresh)
    return Result(paths.out, chosen, failures=failures)


def chapters_asked(paths: Paths, partners: list[str]) -> list[str]:
    """Codes of the chapters to build, in order; raises InputError for one that is no partner."""
    from helpers.tables.raw import read_rows

    package = read_used(paths.data)
    table, findings = read_rows(package.path("partners"), [item["name"] for item in package.fields("partners")], "partners.csv")
    if findings:
        raise InputFindings(check(paths) or findings)
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    rows = sorted((row for row in rows if row["group"] != "comparison"), key=lambda row: int(row["order"]) if row["order"].isdigit() else 0)
    known = [row["partner"] for row in rows]
    if not known:
        raise InputFindings(check(paths))
    wrong = [code for code in partners if code not in known]
    if wrong:
        advice = "; ".join(f'"{code}": the nearest is {nearest(code, known) or known[0]!r}' for code in wrong)
        raise InputError(f"unknown partner {', '.join(wrong)}", "--partner", f"{advice}; known are {', '.join(known)}")
    return [code for code in known if not partners or code in partners]


def _staging(
    paths: Paths, codes: list[str], listen: Listener, since: Path | None, facts: int, runner: Callable[[], tuple[Runner, int, str]]
) -> Callable[..., tuple[dict[str, str], Callable[[], None]]]:
    """What stages the book from tables and closing pages; it gives the data of its exhibits, by key, and what waits for HTML copies."""

    def stage(tables: Tables, closing: list[Chapter]) -> tuple[dict[str, str], Callable[[], None]]:
        from helpers.facts.format import day
        from helpers.pipeline import copying
        from helpers.stage import book, chapters
        from helpers.stage.printed import with_register

        listen("stage", "start")
        copied = copying.begin(paths, [SYNTHESIS, *codes], runner()[2])
        collected = chapters.collect(tables, paths.executed, codes, paths.report, closing)
        staged = book.assemble(with_register(previous.with_page(collected, tables, since, paths.out), tables, facts))
        edition = tables.package.edition
        book.write(staged, paths.report, paths.stage, {**edition, "cut_off_words": day(edition["cut_off"])})
        listen("stage", "done")
        return staged.data, copied

    return stage


def _write_edition(
    paths: Paths, codes: list[str], engine: Engine, fresh: Path, data: dict[str, str], chapters: int, copied: Callable[[], None]
) -> None:
    from helpers.render import render

    def meanwhile() -> None:
        copied()
        _write_notebooks(paths, codes, engine, fresh)
        kept.tidy(paths.work / KEPT)

    render(paths.stage, fresh, engine, paths.work / "pieces", meanwhile, chapters)
    _write_data(paths, data, fresh)


def _write_notebooks(paths: Paths, codes: list[str], engine: Engine, fresh: Path) -> None:
    """Executed notebooks and their HTML copies; a copy is made again only for a notebook that changed."""
    from helpers.execute.copies import kept_copy

    (fresh / "notebooks").mkdir()
    for key in [SYNTHESIS, *codes]:
        notebook = paths.executed / f"{key}.ipynb"
        copy = kept_copy(notebook)
        text = copy.read_text("utf-8")
        if engine == "quarto":  # the site has a page per chapter where the embedded page has one
            for page, start in (("register", "fact-"), ("sources", "source-")):
                text = text.replace(f"../index.html#{start}", f"../{page}.html#{start}")
            text = text.replace(f'../index.html#{key.lower()}"', f'../{key.lower()}.html"')
        shutil.copy(notebook, fresh / "notebooks" / notebook.name)
        (fresh / "notebooks" / copy.name).write_text(text, "utf-8")


def _write_data(paths: Paths, figures: dict[str, str], fresh: Path) -> None:
    """The tables, and what each figure shows."""
    from helpers.stage.tables import copy_tables

    copy_tables(paths.data, fresh / "data" / "tables")
    (fresh / "data" / "figures").mkdir()
    for key, text in figures.items():
        (fresh / "data" / "figures" / f"{key}.csv").write_text(text, "utf-8")


@contextmanager
def _runner(
    paths: Paths, workers: int, scheduler: str, listen: Listener, cell: CellLimits, *, keep: bool
) -> Iterator[Callable[[], tuple[Runner, int, str]]]:
    """Who executes notebooks, how many at once, and the address of the warm parent, to be asked for when the tables are checked."""
    if scheduler:
        from helpers.pipeline.cluster import cluster

        with cluster(scheduler, paths, cell) as there:
            yield lambda: (*there, "")
        return
    with _kernels(listen, paths.data) as parent:
        from helpers.pipeline.runners import local

        @cache
        def asked() -> tuple[Runner, int, str]:
            address = parent.address if parent and parent.ready() else ""
            return local(address, cell, keep=keep), workers, address

        yield asked


@contextmanager
def _kernels(listen: Listener, data: Path) -> Iterator[WarmParent | None]:
    """A warm parent to fork kernels from; None, and said so, where fork is not safe."""
    if reason := why_cold():
        listen(f"plain kernels, for {reason}", "told")
        yield None
        return
    with WarmParent(data) as parent:
        yield parent
