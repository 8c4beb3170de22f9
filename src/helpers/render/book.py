"""The staged book as data: its configuration, its chapters, its ids and the links between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import RenderError

# ids as the stage writes them, at the end of an attribute block's first word; links as [text](file.qmd#id)
# and in rows that come as data "id":"id" and "page":"file.qmd","to":"id"
_ID = re.compile(r'(?:(?<!\\)\{#|^\{"id":")([A-Za-z][\w.:-]*)', re.MULTILINE)
_LINK = re.compile(r"\]\(([\w.-]*\.qmd)?(#[^)\s]*)?\)")
_ROW_LINK = re.compile(r'"page":"([\w.-]*\.qmd)","to":"([^"]*)"')
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Chapter:
    """One file of the book."""

    name: str
    text: str

    @cached_property
    def ids(self) -> list[str]:
        """Ids that the chapter defines, in order."""
        return _ID.findall(self.text)


@dataclass(frozen=True)
class Book:
    """A staged folder that Quarto could render."""

    stage: Path
    config: dict[str, Any]
    chapters: tuple[Chapter, ...]

    @property
    def metadata(self) -> dict[str, Any]:
        """What the templates print, with the names that Quarto gives it."""
        book = self.config["book"]
        pdf = self.config.get("format", {}).get("briefing-typst", {})
        found = {"title": book["title"], "subtitle": book.get("subtitle"), "description": book.get("description")}
        found |= {name: self.config.get(name) for name in ("edition", "cut-off", "lang")}
        found |= {"keywords": pdf.get("keywords"), "by-author": [{"name": {"literal": pdf["author"]}}] if "author" in pdf else None}
        return {name: value for name, value in found.items() if value}


def read_book(stage: Path) -> Book:
    """The book staged in a folder.

    Raises RenderError where the folder holds none.
    """
    path = stage / "_quarto.yml"
    if not path.is_file():
        raise RenderError("there is no _quarto.yml", str(stage), "stage the book first")
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = list(chapter_names(config["book"]["chapters"]))
    missing = [name for name in names if not (stage / name).is_file()]
    if missing:
        raise RenderError(f"chapters are missing: {', '.join(missing)}", str(stage), "stage the book again")
    return Book(stage, config, tuple(Chapter(name, (stage / name).read_text(encoding="utf-8")) for name in names))


def chapter_names(entries: list[Any]) -> list[str]:
    """Files in reading order, those inside parts too."""
    names: list[str] = []
    for entry in entries:
        if isinstance(entry, str):
            names.append(entry)
        else:
            names += [entry["file"]] if "file" in entry else []
            names += chapter_names(entry.get("chapters", []))
    return names


def check(book: Book) -> None:
    """Refuse a book with ids that are not unique, links that lead nowhere, or images that are not there.

    Raises RenderError with every finding.
    """
    findings = [*doubled_ids(book), *dangling_links(book), *missing_images(book)]
    if findings:
        raise RenderError(
            "the book does not hold together:\n  " + "\n  ".join(findings),
            str(book.stage),
            "correct the table or the prose named, then build again",
        )


def doubled_ids(book: Book) -> list[str]:
    """Ids that two places of the book claim."""
    seen: dict[str, str] = {}
    findings = []
    for chapter in book.chapters:
        for name in chapter.ids:
            if name in seen:
                findings.append(f'{chapter.name}: the id "{name}" is also in {seen[name]}')
            seen.setdefault(name, chapter.name)
    return findings


def dangling_links(book: Book) -> list[str]:
    """Links whose file or id is not in the book."""
    ids = {chapter.name: set(chapter.ids) for chapter in book.chapters}
    findings = []
    for chapter in book.chapters:
        for line, found in _matches(_LINK, chapter.text):
            file, anchor = found[1] or chapter.name, (found[2] or "")[1:]
            if not found[1] and not found[2]:
                continue
            if anchor not in ids.get(file, ()):
                findings.append(f"{chapter.name}:{line}: the link to {file}#{anchor} leads nowhere")
        for line, found in _matches(_ROW_LINK, chapter.text):
            if found[2] not in ids.get(found[1], ()):
                findings.append(f"{chapter.name}:{line}: the link to {found[1]}#{found[2]} leads nowhere")
    return findings


def missing_images(book: Book) -> list[str]:
    """Images that the stage did not bring."""
    findings = []
    for chapter in book.chapters:
        for line, found in _matches(_IMAGE, chapter.text):
            if not (book.stage / found[1]).is_file():
                findings.append(f"{chapter.name}:{line}: there is no image {found[1]}")
    return findings


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Matches with their lines, counted on from match to match: a register has thousands."""
    line, last = 1, 0
    for found in pattern.finditer(text):
        line, last = line + text.count("\n", last, found.start()), found.start()
        yield line, found
