"""Characters that the fonts of the PDF lack: a finding where they stand, before anything is built."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from fontTools.ttLib import TTFont

from helpers.charts.faces import font_files
from helpers.facts.links import clean
from helpers.tables.findings import Finding
from helpers.tables.rules import Rows

FACES = ("SourceSansPro-Regular", "SourceSerifPro-Regular")
# These tables are read by programs and not printed.
UNPRINTED = {"conversions"}


@cache
def covered() -> frozenset[str]:
    """Every character that both families can show (PDF/UA-1 forbids empty boxes)."""
    maps = [set(TTFont(path, lazy=True).getBestCmap()) for path in font_files() if path.stem in FACES]
    return frozenset(chr(number) for number in set.intersection(*maps))


def lacking(text: str) -> list[str]:
    """Characters of a text that would print as empty boxes, each once; what is dropped when printed does not count."""
    return [] if text.isascii() else sorted(set(clean(text)) - covered())


def printable(rows: Rows) -> Iterator[Finding]:
    """Every cell can be printed in the PDF."""
    for table, content in rows.items():
        if table in UNPRINTED:
            continue
        for line, row in content:
            together = "".join(row.values())
            if together.isascii() and together.isprintable():
                continue
            for column, cell in row.items():
                if cell and not clean(cell):
                    yield Finding(f"{table}.csv", line, column, "holds nothing that can be seen", "letters, or an empty cell")
                yield from (unprintable(mark, f"{table}.csv", line, column) for mark in lacking(cell))


def unprintable(mark: str, file: str, line: int, column: str = "") -> Finding:
    """The finding about a character that the fonts lack."""
    name = unicodedata.name(mark, f"U+{ord(mark):04X}").lower()
    return Finding(file, line, column, f"the fonts lack {mark!r} ({name})", "Latin, Greek or Cyrillic letters; transcribe or translate")


def in_prose(text: str) -> Iterator[tuple[int, str]]:
    """Characters of a prose text that would print as empty boxes, with their lines; control characters are not dropped there."""
    for line, words in enumerate(text.split("\n"), 1):
        controls = {mark for mark in words if unicodedata.category(mark) == "Cc" and mark not in "\t\r"}
        yield from ((line, mark) for mark in sorted({*controls, *lacking(words)}))
