"""Hostile and broken tables, made from the small project's by edits that Hypothesis draws."""

# ruff: noqa: E501  # lists of texts

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from helpers.tables.package import DESCRIPTOR

# Texts that mean something to whoever is careless: each must print as itself or be refused where it stands.
NASTY = [
    # HTML and JavaScript
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea></title><svg/onload=alert(1)>", "&lt;b&gt; &amp; &#65;",
    "<!-- x -->", "javascript:alert(1)", "]]>", '" onmouseover="alert(1)', "<style>*{display:none}</style>", "<iframe src=//example.org>",
    # Markdown and pandoc
    "# heading", "**bold** _it_ `code`", "[a](javascript:x)", "![a](http://example.org/x.png)", "```{=html}\n<b>\n```", "::: {.failed}", "{#id .x}",
    "[x]{.absent}", "| a | b |", "---", "$$x^2$$", "@cite", "^[note]", "1. one", "\\", "\\newpage", "PIECEBREAKQ7X", "&nbsp;", "~~~", "> quote",
    # Typst, Jinja, LaTeX
    "#panic(1)", "#read(\"/etc/passwd\")", "$ sum $", "<label>", "#let x = 1", "{{ fact('x') }}", "{% raw %}", "{{ ''.__class__ }}", "{# x #}",
    "\\input{/etc/passwd}", "\\write18{id}", "%s %n {0}", "${x}",
    # formulas of spreadsheets
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://example.org\")", "=cmd|' /C calc'!A0", "\t=1", "-", "+",
    # paths
    "../../etc/passwd", "/etc/passwd", "C:\\windows", "..", ".", "~", "file:///etc/passwd", "a/b", "CON", "https://example.org/\"><b>",
    # characters
    "\u202eabc", "\u200f\u05d0", "\x1b[31m", "\x07", "\u0000", "\ufeff", "\u2028", "\x85", "a\nb", "a\r\nb", "a\rb", "\u00a0", "\u0301", "\U0001f600",
    "\ufffe", "\u0663", "\u00bd", "²", "Ⅷ", "中文", "x" * 5000, "a " * 800, "'", '"', '""', "'; DROP TABLE facts", ",", ";", "\t", " ",
    # numbers and dates
    "1e999", "-1e999", "nan", "NaN", "inf", "-inf", "1_000", "0x10", "1e5", "1E-400", "9" * 40, "-0", "00", "+5", "1,5", "1.", ".5", "--1", "true",
    "0000-00-00", "9999-12-31", "10000-01-01", "2024-13-01", "2024-02-30", "2024-02-29", "2023-02-29", "0001-01-01", "-001-01-01", "2024", "0",
    "2024-1-1", "99999", "2024-06", "2024-00",
    # what the tables themselves say
    "ALP", "BET", "CHN", "alp-trade-2024", "daily", "None", "null", "NULL", "",
]  # fmt: skip
TEXT = st.sampled_from(NASTY) | st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace").decode("utf-8"))
PLACE = st.integers(0, 1 << 16)
KINDS = [*["cell"] * 12, "row", "header", "drop column", "double column", "double row", "drop row", "turn", "swap", "cut", "bytes", "gone", "empty",
         "semicolons", "bom", "utf-16", "returns", "folder"]  # fmt: skip
BYTES = st.sampled_from(
    [b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe9", b"\xf4\x90\x80\x80", b'"', b"\n", b"\r", b",", b"\xef\xbb\xbf", b"PK\x03\x04", b"\x1a"]
) | st.binary(max_size=8)
EDIT = st.tuples(st.sampled_from(KINDS), PLACE, PLACE, PLACE, TEXT, BYTES)
EDITS = st.lists(EDIT, min_size=1, max_size=4)
Files = dict[str, bytes]


def base(data: Path) -> Files:
    """The files of a data folder."""
    return {path.name: path.read_bytes() for path in sorted(data.iterdir()) if path.is_file()}


def edited(files: Files, edits: list[tuple[str, int, int, int, str, bytes]]) -> tuple[Files, set[str]]:
    """The files after some edits, and names of those that are folders now; a file that is gone is not there."""
    made, folders = dict(files), set[str]()
    names = [name for name in files if name.endswith(".csv")]
    for kind, which, one, two, text, raw in edits:
        name = names[which % len(names)]
        content = made.get(name)
        if content is None:
            continue
        if kind == "gone":
            made.pop(name)
        elif kind == "folder":
            made.pop(name)
            folders.add(name)
        elif kind == "swap":
            other = names[one % len(names)]
            made[name], made[other] = made.get(other, b""), content
        elif kind in ("cut", "bytes", "empty", "semicolons", "bom", "utf-16", "returns"):
            made[name] = _bytes(kind, content, one, two, raw)
        else:
            made[name] = _rows(kind, content, one, two, text)
    return {name: content for name, content in made.items() if name not in folders}, folders


def _bytes(kind: str, content: bytes, one: int, two: int, raw: bytes) -> bytes:
    at = one % (len(content) + 1)
    changed = {
        "cut": content[:at],
        "bytes": content[:at] + raw + content[at + two % 3 :],
        "empty": b"",
        "semicolons": content.replace(b",", b";"),
        "bom": b"\xef\xbb\xbf" * (1 + two % 2) + content,
        "utf-16": content.decode("utf-8", "replace").encode("utf-16"),
        "returns": content.replace(b"\n", (b"\r", b"\r\n", b"\n\n")[two % 3]),
    }
    return changed[kind]


def _rows(kind: str, content: bytes, one: int, two: int, text: str) -> bytes:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    except csv.Error:
        return content
    if not rows:
        return content
    at = one % len(rows)
    wide = max(len(rows[at]), 1)
    if kind == "cell" and len(rows) > 1:
        at = 1 + one % (len(rows) - 1)
        if rows[at]:
            rows[at][two % len(rows[at])] = text
    elif kind == "row":
        rows.append([text if place == two % len(rows[0]) else "" for place in range(len(rows[0]))] if rows[0] else [text])
    elif kind == "header" and rows[0]:
        rows[0][two % len(rows[0])] = text
    elif kind == "drop column":
        rows = [row[: two % wide] + row[two % wide + 1 :] for row in rows]
    elif kind == "double column":
        rows = [[*row, *row[two % wide : two % wide + 1]] for row in rows]
    elif kind == "double row":
        rows.append(list(rows[at]))
    elif kind == "drop row":
        del rows[at]
    elif kind == "turn":
        rows[1:] = rows[:0:-1]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def put(files: Files, folders: set[str], data: Path) -> None:
    """Write a data folder anew."""
    for path in data.iterdir():
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        (data / name).write_bytes(content)
    for name in folders:
        (data / name).mkdir()


OTHERS = [None, 0, -1, 1.5, True, "", "x", "../x", "/etc/passwd", [], {}, [1], {"a": 1}, "http://example.org/x.csv", "\u0000", "a" * 300]
VALUES = st.sampled_from(OTHERS)
GONE = object()
RULES = ["required", "enum", "pattern", "minimum", "maximum", "unique", "minLength", "jsonSchema"]


def bent(descriptor: bytes, places: list[int], value: Any, drop: bool) -> bytes:
    """A data package in which one value, found by walking down `places`, is another or gone."""
    content = json.loads(descriptor)
    here = content
    for step in places:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = keys[step % len(keys)]
        last = step is places[-1] or not (isinstance(here[key], dict | list) and here[key])
        if last:
            if drop:
                del here[key]
            else:
                here[key] = value
            break
        here = here[key]
    return json.dumps(content).encode()


def every_bend(descriptor: bytes) -> Iterator[tuple[str, bytes]]:
    """A place of each shape in a data package with every other value, and every constraint on a column of each type; what, and the package."""
    content = json.loads(descriptor)
    places: dict[tuple[str, ...], list[Any]] = {}
    types: dict[str, list[Any]] = {}
    for path, value in _places(content):
        places.setdefault(tuple("*" if isinstance(step, int) else step for step in path), path)
        if path[-1] == "type":
            types.setdefault(value, path[:-1])
    for path in places.values():
        for value in [*OTHERS, [[]], [{}], 10**400, float("nan"), GONE]:
            yield f"{path} {value!r:.40}", _with(content, path, value)
    for kind, path in types.items():
        for rule in RULES:
            for value in [*OTHERS, ["x"], "2024-01-01", 10**400, float("inf")]:
                yield f"{kind} {rule} {value!r:.40}", _with(content, [*path, "constraints"], {rule: value})


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[list[Any], Any]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield [*path, key], value
        yield from _places(value, (*path, key))


def _with(content: Any, path: list[Any], value: Any) -> bytes:
    copied = json.loads(json.dumps(content))
    here = copied
    for step in path[:-1]:
        here = here[step]
    if value is GONE:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return json.dumps(copied).encode()


__all__ = ["DESCRIPTOR", "EDITS", "NASTY", "PLACE", "VALUES", "Files", "base", "bent", "edited", "every_bend", "put"]
