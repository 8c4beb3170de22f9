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
            if "".join(row.values()).isascii():
                continue
            for column, cell in row.items():
                for mark in lacking(cell):
                    name = unicodedata.name(mark, f"U+{ord(mark):04X}").lower()
                    yield Finding(
                        f"{table}.csv",
                        line,
                        column,
                        f"the fonts lack {mark!r} ({name})",
                        "Latin, Greek or Cyrillic letters; transcribe or translate",
                    )
