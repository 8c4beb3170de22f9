"""Rows of the long closing tables, as data for the filter.

A register has ten thousand cells. As Markdown each goes word by word through pandoc's reader, the filter and the writer;
as data the filter sets it for its medium at once, which takes a small fraction of the time. Every text in it is text: nothing
in it can be read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from helpers.facts.links import REGISTER, SOURCES, clean, identifier

CLASS = "rows"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKETS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "[]{}<`"}
Inline = str | Mapping[str, str]
Cell = Sequence[Inline]


@dataclass(frozen=True)
class Row:
    """One row: its cells, its anchor, and the data that the page filters it by."""

    cells: Sequence[Cell]
    anchor: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def words(text: str) -> str:
    """A text from a table as it is printed: one line, apostrophes and quotation marks as printers set them (as pandoc's `smart` does)."""
    line = re.sub(r"(^|[\s(\[–—])'(?=\S)", "\\1\N{LEFT SINGLE QUOTATION MARK}", clean(text))
    line = re.sub(r'(^|[\s(\[–—\N{LEFT SINGLE QUOTATION MARK}])"(?=\S)', "\\1\N{LEFT DOUBLE QUOTATION MARK}", line)
    return line.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")


def strong(text: str) -> Inline:
    """A text that stands out."""
    return {"kind": "strong", "text": words(text)}


def emphasis(text: str) -> Inline:
    """A remark of ours on a row."""
    return {"kind": "emph", "text": words(text)}


def code(text: str) -> Inline:
    """A name as it stands in a file."""
    return {"kind": "code", "text": clean(text)}


def grade(letter: str) -> Inline:
    """The mark of a source's reliability."""
    return {"kind": "grade", "text": clean(letter)}


def fact_link(text: str, fact_id: str) -> Inline:
    """A link to a fact's row."""
    key = f"fact-{identifier(fact_id)}"
    return {"kind": "fact", "text": words(text), "page": REGISTER, "to": key}


def again(text: str, where: str, anchor: str = "") -> Inline:
    """A text that a row above has too: print says only where, `where` being that row's name and `anchor` its anchor.

    The page says it again, as a filter may have hidden that row.
    """
    return {"kind": "again", "text": words(text), "where": words(where), "to": anchor}


def source_link(text: str, source_id: str) -> Inline:
    """A link to a source's row."""
    return {"kind": "cite", "text": words(text), "page": SOURCES, "to": f"source-{identifier(source_id)}"}


def web_link(text: str, url: str) -> Inline:
    """A link out of the briefing; in its address no character is left that could end it."""
    return {"kind": "web", "text": words(text), "url": quote(url, safe=":/?#@!$&*+,;=.~%-_")}


def block(header: Sequence[str], rows: Sequence[Row], align: str = "") -> str:
    """A table's head and rows, one a line, in a block of code that the filter takes for a table."""
    head = {"header": list(header), "align": align or "l" * len(header)}
    lines: list[Mapping[str, object]] = [head]
    lines += [{"id": row.anchor, "data": dict(row.data), "cells": [list(cell) for cell in row.cells]} for row in rows]
    return "\n".join([f"```{{.{CLASS}}}", *map(_line, lines), "```"])


def _line(value: Mapping[str, object]) -> str:
    """JSON whose strings hold no bracket or brace: what looks for links, notes or shortcodes in a page finds none in them."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _STRING.sub(lambda found: found[0].translate(_BRACKETS), text)
