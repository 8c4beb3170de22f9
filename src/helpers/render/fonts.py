"""Fonts of the pages: faces cut down to the characters of the book, inside the stylesheet."""

from __future__ import annotations

import base64
import io
import string
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from helpers.errors import RenderError
from helpers.render.book import Book

# family, file, style, weight: what the stylesheets ask for
FACES = (
    ("Source Sans Pro", "SourceSansPro-Regular", "normal", 400),
    ("Source Sans Pro", "SourceSansPro-It", "italic", 400),
    ("Source Sans Pro", "SourceSansPro-Semibold", "normal", 600),
    ("Source Sans Pro", "SourceSansPro-Bold", "normal", 700),
    ("Source Serif Pro", "SourceSerifPro-Regular", "normal", 400),
    ("Source Serif Pro", "SourceSerifPro-It", "italic", 400),
    ("Source Serif Pro", "SourceSerifPro-Semibold", "normal", 600),
)
# characters that the pages add to those of the chapters: ASCII, typographic quotes and dashes, spaces
ALWAYS = set(string.printable) - set("\t\n\r\x0b\x0c") | set("\u00a0\u00ad\u200b\u2009\u202f–—‘’“”…•·−×→↗↑↓›")
# invisible in every font: line breaks, joiners, byte order mark
INVISIBLE = set("\t\n\r\u200b\u200c\u200d\u2060\ufeff\u00ad")


def characters(book: Book) -> set[str]:
    """Every character that the pages can show: chapters, charts and front matter."""
    found = set(ALWAYS) | set(str(book.metadata))
    for chapter in book.chapters:
        found |= set(chapter.text)
    for chart in sorted((book.stage / "figures").glob("*.svg")):
        found |= set(chart.read_text(encoding="utf-8"))
    return found - set("\t\n\r")


def check_glyphs(book: Book) -> None:
    """Refuse characters that the fonts cannot show; PDF/UA-1 forbids empty boxes.

    Raises RenderError that names file, line and character.
    """
    covered = set(map(chr, _cmap(_face(book, "SourceSerifPro-Regular")) & _cmap(_face(book, "SourceSansPro-Regular")))) | INVISIBLE
    texts = [(chapter.name, chapter.text) for chapter in book.chapters]
    texts += [(f"figures/{path.name}", path.read_text(encoding="utf-8")) for path in sorted((book.stage / "figures").glob("*.svg"))]
    texts += [("_quarto.yml", str(book.metadata))]
    findings = []
    for name, text in texts:
        if set(text) <= covered:
            continue
        for place, line in enumerate(text.splitlines(), 1):
            findings += [f"{name}:{place}: {mark} (U+{ord(mark):04X})" for mark in sorted(set(line) - covered)]
    if findings:
        raise RenderError(
            "the fonts lack characters:\n  " + "\n  ".join(findings),
            str(book.stage),
            "transcribe them into Latin, Greek or Cyrillic letters",
        )


def stylesheet(book: Book) -> str:
    """@font-face rules with the faces as data addresses; the same book gives the same text."""
    wanted = frozenset(characters(book))
    rules = []
    for family, stem, style, weight in FACES:
        data = base64.b64encode(_cut(_face(book, stem), wanted)).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(rules) + "\n"


def _face(book: Book, stem: str) -> Path:
    for suffix in (".ttf", ".otf"):
        path = book.stage / "fonts" / f"{stem}{suffix}"
        if path.is_file():
            return path
    raise RenderError(
        f"there is no font {stem}",
        str(book.stage / "fonts"),
        "stage the book again; the wheels font-source-sans-pro and font-source-serif-pro bring it",
    )


@cache
def _cmap(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _cut(path: Path, wanted: frozenset[str]) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk", "locl", "tnum", "lnum"], notdef_outline=True)
    options.recalc_timestamp = False
    font = subset.load_font(str(path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted)))
    cutter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return buffer.getvalue()
