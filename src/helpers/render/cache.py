"""Converted pieces of the book, kept from build to build: only what changed goes through pandoc again.

A piece is the start of a chapter or one of its second-level sections. What stands in it, in the charts that it shows, and in
everything that converts it (filters, pandoc, options) makes up its key; the pieces are put together as pandoc would have
written the whole book at once. All that is stale is converted in one or two runs, because starting pandoc costs more than a page.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import fontTools
import pypandoc

from helpers.errors import RenderError
from helpers.files import write_whole
from helpers.render import fonts
from helpers.render.book import Book, Chapter

BREAK = "PIECEBREAKQ7X"  # stands between pieces on their way through pandoc; letters and digits only, so that no writer escapes it
KEPT_SECONDS = 14 * 24 * 3600  # pieces not used for two weeks are dropped
_HEADING = re.compile(r"(#{1,6}) .*?(?:\{ ?#([\w.-]+)[^}]*\})?\s*$")
_FIGURE = re.compile(r"[\w./-]*figures/[\w.-]+")
# What numbers or collects across chapters would come out otherwise piece by piece.
_ACROSS = re.compile(r"\[\^|^\(@|^\[[^\]]+\]:", re.MULTILINE)

BATCH = 2_000_000  # characters in one run of pandoc, which holds all of them in memory as a tree

TYPST, HTML = ".typ", ".html"


@dataclass(frozen=True)
class Writers:
    """Markdown to pandoc's tree, and from there to both media."""

    parse: Callable[[str], str]
    typst: Callable[[str], str]
    html: Callable[[str], str]


@dataclass(frozen=True)
class Piece:
    """Part of a chapter: its text, and the id of its heading; `first` for the one that opens the chapter."""

    text: str
    name: str
    first: bool


def pieces(book: Book) -> list[Piece] | None:
    """The book in pieces; None where it has to be converted whole: a heading without an id, notes, numbered examples, our own mark."""
    found: list[Piece] = []
    charts = (path.read_text(encoding="utf-8") for path in (book.stage / "figures").glob("*.svg"))
    if any(BREAK in text for text in (*(chapter.text for chapter in book.chapters), *charts)):
        return None
    for chapter in book.chapters:
        if _ACROSS.search(chapter.text):
            return None
        parts = list(_parts(chapter))
        if not parts or any(not piece.name for piece in parts) or not parts[0].first:
            return None
        found += parts
    return found


def convert(book: Book, found: list[Piece], folder: Path, options: str, writers: Writers) -> tuple[str, Callable[[], str]]:
    """Typst of the whole book, and a function that gives its HTML, from pieces kept in `folder` and those converted now.

    HTML comes later, because Typst, which takes longest of all, waits for its source and not for the page. `options`
    describes how pieces are converted; it is part of every key, as are the stage's filters and pandoc itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shared = _digest(options, pypandoc.get_pandoc_version(), *(part for pair in _machinery(book.stage) for part in pair))
    paths = {piece: folder / _key(piece, shared, book.stage) for piece in found}
    typst, html = ({piece: _read(paths[piece].with_suffix(kind)) for piece in found} for kind in (TYPST, HTML))
    stale = [piece for piece in found if typst[piece] is None or html[piece] is None]
    batches = _batches(stale)
    with ThreadPoolExecutor(2) as both:
        parsed = list(both.map(lambda batch: _to_typst(batch, writers, typst), batches))

    def rest() -> str:
        for batch, tree in zip(batches, parsed, strict=True):
            _to_html(batch, writers.html(tree), html)
        for piece in stale:
            for kind, texts in ((TYPST, typst), (HTML, html)):
                write_whole(paths[piece].with_suffix(kind), texts[piece] or "")
        _tidy(folder, {path.with_suffix(kind) for path in paths.values() for kind in (TYPST, HTML)})
        return _nested([(piece, html[piece] or "") for piece in found])

    return "".join(typst[piece] or "" for piece in found).rstrip("\n"), rest


def kept(folder: Path | None, key: str, make: Callable[[], str]) -> str:
    """A text that is costly to make, by its key."""
    path = folder / f"{_digest(key)}.txt" if folder else None
    if path and path.is_file():
        path.touch()
        return path.read_text(encoding="utf-8")
    text = make()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return text


def font_key(book: Book) -> str:
    """What the subsets of the fonts depend on: the characters of the book, the fonts, and how they are cut."""
    faces = sorted((book.stage / "fonts").glob("*"))
    return _digest(
        "".join(sorted(fonts.characters(book))),
        fontTools.version,
        Path(fonts.__file__).read_text("utf-8"),
        *(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in faces),
    )


def filled(shell: str, parts: Mapping[str, str]) -> str:
    """A shell with each mark replaced by its part; the longest mark first, because one may begin another.

    Raises RenderError where a mark does not stand there exactly once.
    """
    for mark in sorted(parts, key=len, reverse=True):
        if shell.count(mark) != 1:
            raise RenderError(
                f"the template has {shell.count(mark)} places for {mark}", "theme/page.html", "it takes $toc$ and $body$ once each"
            )
    pattern = re.compile("|".join(map(re.escape, sorted(parts, key=len, reverse=True))))
    return pattern.sub(lambda found: parts[found[0]], shell)


def headings(book: Book) -> str:
    """The headings alone, which is all that a table of contents needs."""
    lines = [line for chapter in book.chapters for line, inside in _lines(chapter.text) if not inside and _HEADING.fullmatch(line)]
    return "\n\n".join(lines) + "\n"


def _parts(chapter: Chapter) -> Iterator[Piece]:
    block: list[str] = []
    name, first = "", True
    for line, inside in _lines(chapter.text):
        heading = None if inside else _HEADING.fullmatch(line)
        if heading and len(heading[1]) <= 2:
            if block and "".join(block).strip():
                yield Piece("\n".join(block) + "\n", name, first)
            block, name, first = [], heading[2] or "", len(heading[1]) == 1
        elif heading and not heading[2]:
            name = ""  # pandoc would make an id up that has to differ from all others of the book
        block.append(line)
    if block:
        yield Piece("\n".join(block) + "\n", name, first)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Lines, and whether each stands inside a fenced division or code."""
    depth, code = 0, False
    for line in text.splitlines():
        if line.startswith("```"):
            code = not code
        elif not code and line.startswith(":::"):
            depth += 1 if line.strip(": ") else -1
        yield line, code or depth > 0


def _to_typst(batch: list[Piece], writers: Writers, texts: dict[Piece, str | None]) -> str:
    """Read pieces in one run and write them for Typst; returns what was read."""
    tree = writers.parse("".join(f"{piece.text}\n\n{BREAK}\n\n" for piece in batch))
    parts = writers.typst(tree).split(BREAK)[:-1]
    texts |= {
        piece: part.lstrip("\n") for piece, part in zip(batch, parts, strict=True)
    }  # how far apart blocks stand depends on what they are
    return tree


def _to_html(batch: list[Piece], html: str, texts: dict[Piece, str | None]) -> None:
    """Take the HTML of one run to pieces."""
    html = html.replace(f"<p>{BREAK}</p>\n", "")
    starts = [html.index(f'<section id="{piece.name}" class="level') for piece in batch]
    texts |= {piece: html[start:end].strip("\n") for piece, start, end in zip(batch, starts, [*starts[1:], len(html)], strict=True)}


def _batches(stale: list[Piece], most: int = BATCH) -> list[list[Piece]]:
    """Two batches of about the same length, for two cores, or more where they are long: pandoc holds all of one in memory.

    Sections stand before chapters in each, so that none ends up inside another.
    """
    count = max(2, -(-sum(len(piece.text) for piece in stale) // most))
    batches: list[list[Piece]] = [[] for _ in range(count)]
    lengths = [0] * count
    for piece in sorted(stale, key=lambda piece: -len(piece.text)):
        place = lengths.index(min(lengths))
        batches[place].append(piece)
        lengths[place] += len(piece.text)
    return [sorted(batch, key=lambda piece: piece.first) for batch in batches if batch]


def _nested(parts: list[tuple[Piece, str]]) -> str:
    """HTML of the chapters: each section goes inside the one that opens its chapter."""
    chapters: list[str] = []
    for piece, html in parts:
        chapters.append(html) if piece.first else chapters.append(f"{chapters.pop().removesuffix('</section>')}{html}\n</section>")
    return "\n".join(chapters)


def _key(piece: Piece, shared: str, stage: Path) -> str:
    found = _FIGURE.findall(piece.text) if "figures/" in piece.text else []  # the pattern is slow where nothing fits, as in a register
    shown = [stage / name for name in sorted(set(found))]
    return _digest(shared, piece.text, str(piece.first), *(path.read_text(encoding="utf-8") for path in shown if path.is_file()))


def _machinery(stage: Path) -> list[tuple[str, str]]:
    """Filters, templates and configuration in the stage, with their hashes."""
    paths = [path for folder in ("_extensions", "theme") for path in sorted((stage / folder).rglob("*")) if path.is_file()]
    named = [*paths, *(path for path in (stage / "_quarto.yml",) if path.is_file())]
    return [(path.relative_to(stage).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in named]


def _read(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    path.touch()
    return text


def _tidy(folder: Path, used: set[Path]) -> None:
    for path in folder.iterdir():
        if path not in used and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
