"""What a build checks before it writes anything: tables, then the prose that names their rows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from helpers.errors import InputError
from helpers.pipeline.paths import Paths
from helpers.tables.findings import Finding

if TYPE_CHECKING:
    from helpers.tables.load import Tables
    from helpers.tables.raw import RawTable


class InputFindings(InputError):
    """The input is wrong; all findings at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings", "", "nothing was written; mend them and run it again")
        self.args = (findings,)
        self.findings = findings


def check(paths: Paths) -> list[Finding]:
    """Every finding about tables and prose."""
    read: dict[str, RawTable] = {}
    with _without_collecting():
        return table_findings(paths, read) or prose_findings(paths, load(paths, read))


def table_findings(paths: Paths, read: dict[str, RawTable]) -> list[Finding]:
    """Every finding about the tables, whose rows are then in `read`."""
    from helpers.tables.check import check_tables

    with _without_collecting():
        return check_tables(paths.data, read)[1]


def load(paths: Paths, read: dict[str, RawTable]) -> Tables:
    """The tables that were read for the check."""
    from helpers.tables.load import load

    return load(paths.data, read)


def prose_findings(paths: Paths, tables: Tables) -> list[Finding]:
    """Every finding about the prose."""
    from helpers.facts.prose import check_prose

    return check_prose(tables, paths.report)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows by the hundred thousand and no cycles among them: collecting would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
