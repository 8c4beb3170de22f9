"""A printed table as CSV: the words of its cells without Markdown."""

from __future__ import annotations

import csv
import io
import re

_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)(?:\{[^}]*\})?")
_SPAN = re.compile(r"\[((?:\\.|[^\]\\])*)\]\{[^}]*\}")
_STRESS = re.compile(r"(?<!\\)\*+")
_ESCAPE = re.compile(r"\\([^\w\s])")


def plain(cell: str) -> str:
    """The words of one cell."""
    text = _SPAN.sub(r"\1", _LINK.sub(r"\1", cell))
    return _ESCAPE.sub(r"\1", _STRESS.sub("", text)).strip()


def table_csv(pipe: str) -> str:
    """A pipe table as CSV, header first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, line in enumerate(pipe.splitlines()):
        if number != 1:  # the line of dashes
            writer.writerow([plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]])
    return out.getvalue()
