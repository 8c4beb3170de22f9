"""The tables as they go out with an edition: as they are, but no cell is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

from helpers.stage.book import FORMULA

# What may be such a cell: nearly no table has one, and those are not taken apart.
_SUSPECT = re.compile(r'(?:^|[,\n\r])[" ]*(?:[=+@\t]|-(?!\d*\.?\d*(?:["\n\r,]|$)))')

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")  # as a spreadsheet takes it: inf would be a name there


def copy_tables(data: Path, target: Path) -> None:
    """Copy a data folder; a cell that starts like a formula and is no number gets an apostrophe before it, and only then."""
    shutil.copytree(data, target, ignore=shutil.ignore_patterns("*.md", ".*"))
    for path in target.rglob("*.csv"):
        text = path.read_bytes().decode("utf-8-sig")
        if _SUSPECT.search(text) and (safe := without_formulas(text)) is not None:
            path.write_bytes(safe.encode())


def without_formulas(text: str) -> str | None:
    """A table in which no cell is read as a formula; None where it has none."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    made = [[f"'{cell}" if _formula(cell) else cell for cell in row] for row in rows]
    if made == rows:
        return None
    out = io.StringIO()
    csv.writer(out).writerows(made)  # with both marks of a line's end, so that a cell with either is quoted
    return out.getvalue()


def _formula(cell: str) -> bool:
    return bool(FORMULA.match(cell.lstrip(" ")) and not _NUMBER.fullmatch(cell.strip()))
