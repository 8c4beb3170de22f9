"""The prose of a build: checked, and made into the closing pages, beside the notebooks; in a fork of the warm parent where there is one.

Numbers in prose rest on the study of all countries, and so on libraries that the parent has imported already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from helpers.pipeline.checking import prose_findings
from helpers.pipeline.paths import Paths

if TYPE_CHECKING:
    from helpers.stage.book import Chapter
    from helpers.tables.findings import Finding
    from helpers.tables.load import Tables


@dataclass(frozen=True)
class Prose:
    """What is wrong in the prose, or, where nothing is, the closing pages."""

    findings: list[Finding]
    closing: list[Chapter] = field(default_factory=list)


def read(paths: Paths, tables: Tables, facts: int) -> Prose:
    """Check the prose and make the closing pages, with at most so many `facts` in the register (see `closing_pages`)."""
    from helpers.stage.chapters import closing_pages

    if findings := prose_findings(paths, tables):
        return Prose(findings)
    return Prose([], closing_pages(tables, paths.report, facts))


def begin(paths: Paths, facts: int, address: str, environment: dict[str, str]) -> Callable[[Tables], Prose]:
    """Begin to read in a fork of the warm parent at `address`, with this `environment`; returns what waits for the result, and is
    given the tables for the case that there is no parent or its fork was killed.

    Raises what reading raises, and KeyboardInterrupt where the build is interrupted meanwhile.
    """
    if not address:
        return lambda tables: read(paths, tables, facts)
    from helpers.execute.forked import Lost, call
    from helpers.execute.guard import STOP

    answer = call(address, f"{__name__}:in_fork", [str(paths.root), str(paths.data), str(paths.out), facts], STOP, environment)

    def wait(tables: Tables) -> Prose:
        try:
            return cast("Prose", answer())
        except Lost:
            return read(paths, tables, facts)

    return wait


def in_fork(root: str, data: str, out: str, facts: int) -> Prose:
    """As `read`, of the tables as the process that this one was forked from has read them."""
    from helpers.tables.load import load

    paths = Paths(Path(root), Path(data), Path(out))
    return read(paths, load(paths.data), facts)
