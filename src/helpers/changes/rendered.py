"""What the prose of a data folder shows: its references resolved, chapter by chapter, without running a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.errors import BriefingError, ReferenceProblem
from helpers.facts.links import escape
from helpers.facts.prose import Prose, read_prose
from helpers.facts.references import References, render
from helpers.profile import synthesis
from helpers.stage.book import Chapter
from helpers.stage.outputs import Part
from helpers.tables.load import Tables

OPENING = "index"  # the chapter that synthesis.md and thesis.md are part of


def chapters(tables: Tables, report: Path) -> tuple[list[Chapter], list[str]]:
    """Chapters with the words of `report` and the numbers of `tables`, and what could not be read.

    A paragraph whose references these tables do not back is left out and counted: a revision may have been written for
    other functions.
    """
    found: list[Chapter] = []
    notes: list[str] = []
    pieces = {OPENING: (_opening(report, notes), ""), "method": (_paragraphs(_text(report / "method.md")), "")}
    for code in tables.chapters:
        try:
            pieces[code.lower()] = (_of_partner(read_prose(report, code)), code)
        except (BriefingError, UnicodeDecodeError) as error:
            notes.append(f"the words on {code} cannot be read: {error}")
    for key, (texts, partner) in pieces.items():
        references = References(tables, partner)
        parts, lost = [], 0
        for text in texts:
            try:
                parts.append(Part("text", render(text, references)))
            except ReferenceProblem:
                lost += 1
        if lost:
            notes.append(f"{lost} {'paragraph' if lost == 1 else 'paragraphs'} of {key} named what these tables do not have")
        found.append(Chapter(key, key, parts))
    return found, notes


def exhibits(tables: Tables, report: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every exhibit that prose declares: key, partner, and the entry of the front matter."""
    for code in tables.chapters:
        try:
            prose = read_prose(report, code)
        except (BriefingError, UnicodeDecodeError):
            continue
        for item in prose.exhibits:
            yield f"{code.lower()}-{item.get('id')}", code, item


def _of_partner(prose: Prose) -> list[str]:
    """Headline, key figures, sections and words on exhibits, as Markdown with references in it."""
    found = [prose.headline] if prose.headline else []
    found += [f"{item.get('label', '')}: {_call(item.get('fact'))}" for item in prose.glance]
    for section in prose.sections.values():
        found += [section.heading, *_paragraphs(section.body)]
    for item in prose.exhibits:
        found += [str(item.get(name)) for name in ("title", "note") if item.get(name)]
        shown = [fact for fact in item.get("facts") or [] if isinstance(fact, dict)]
        found += [f"{fact.get('label', '')}: {_call(fact.get('fact'))}" for fact in shown]
    return found


def _opening(report: Path, notes: list[str]) -> list[str]:
    """Paragraphs of the opening chapter; facts that its lists of clashes and disagreements name count as shown."""
    try:
        head, _ = synthesis.read(report / "synthesis.md")
    except (BriefingError, UnicodeDecodeError) as error:
        notes.append(f"the opening chapter cannot be read: {error}")
        return []
    found = [str(item.get("says", "")) for item in head.get("clashes") or [] if isinstance(item, dict)]
    for item in head.get("disagreements") or []:
        if isinstance(item, dict):
            found.append(f"{escape(str(item.get('measure', '')))}: {_call(item.get('a'))} against {_call(item.get('b'))}")
    for name in ("synthesis.md", "thesis.md"):
        text = _text(report / name)
        found += _paragraphs(text.partition("\n---\n")[2] if text.startswith("---\n") else text)
    return found


def _call(fact: object) -> str:
    """A reference to a fact; the name is checked when it is looked up, and quotes cannot end it."""
    return '{{ fact("' + re.sub(r"[^\w.-]", "", str(fact)) + '") }}'


def _paragraphs(text: str) -> list[str]:
    """Paragraphs, and items of lists each on their own, so that one that fails takes no other with it."""
    return [part for part in re.split(r"\n\n+|\n(?=\s*[-*] )", text) if part.strip()]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig") if path.is_file() else ""
    except UnicodeDecodeError:
        return ""
