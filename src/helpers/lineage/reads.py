"""Questions that are put to the tables, written down as they are asked.

A notebook is a function of the answers it got. While every recorded question has the same answer as before, running it
again would give the same result; that is all that staleness needs to know.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping

VARIABLE = "BRIEFING_LINEAGE"  # names the file that a kernel of a build writes to; nothing is recorded where it is not set
# ("all", table) · ("keys", table) · ("column", table, column) · ("row", table, key) · ("where", table, column, value, column, value, …)
ORDER = {"partners": "order"}  # tables that are shown in an order of their own, told by this column
Query = tuple[str, ...]
Note = Callable[[Query], None]


class Recorder:
    """Takes note of each question once; with a path, also on disk at once, because a kernel is ended without a word."""

    def __init__(self, path: str = "") -> None:
        self.queries: dict[Query, None] = {}
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if path else -1

    def __call__(self, query: Query) -> None:
        """Note one question."""
        if query not in self.queries:
            self.queries[query] = None
            self._write(list(query))

    def loaded(self, hashes: Mapping[str, str]) -> None:
        """Note the bytes (SHA-256 by table) that the answers come from."""
        self._write(dict(hashes))

    def _write(self, line: object) -> None:
        if self._handle >= 0:
            os.write(self._handle, (json.dumps(line) + "\n").encode())


def active() -> Recorder | None:
    """A recorder where a build asks for one."""
    path = os.environ.get(VARIABLE, "")
    return Recorder(path) if path else None


def parse(text: str) -> tuple[list[dict[str, str]], list[Query]]:
    """What a recorder wrote: the bytes loaded, once for each time, and the questions in order."""
    lines = [json.loads(line) for line in text.splitlines()]
    return [line for line in lines if isinstance(line, dict)], [tuple(line) for line in lines if isinstance(line, list)]
