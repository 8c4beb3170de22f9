"""The chapters of the book in order: synthesis, partners, closing pages."""

from __future__ import annotations

from pathlib import Path

from helpers.facts.links import escape
from helpers.facts.references import References, render
from helpers.profile import closing
from helpers.stage.book import Chapter
from helpers.stage.outputs import Failure, Part, parts_of
from helpers.tables.load import Tables

CLOSING = {"method": "Method, strengths and limits", "register": "Evidence register", "sources": "Sources", "dictionary": "Data dictionary"}


def collect(tables: Tables, executed: Path, partners: list[str], report: Path, ready: list[Chapter] | None = None) -> list[Chapter]:
    """All chapters, from executed notebooks and from the tables; `ready` are the closing pages where they are made already."""
    chapters = [_notebook(executed / "synthesis.ipynb", "index", "The briefing in brief", "briefing build")]
    chapters += [
        _notebook(executed / f"{code}.ipynb", code.lower(), escape(tables.partners.loc[code, "name"]), f"briefing build --partner {code}")
        for code in partners
    ]
    return [*chapters, *(closing_pages(tables, report) if ready is None else ready)]


def closing_pages(tables: Tables, report: Path, most: int | None = None) -> list[Chapter]:
    """Method, register, sources and dictionary, which wait for no notebook; no register yet where there are more facts than `most`."""
    parts: dict[str, list[Part]] = {
        "method": [],
        "register": closing.register(tables) if most is None or len(tables["facts"]) <= most else [],
        "sources": closing.sources(tables),
        "dictionary": closing.dictionary(tables),
    }
    chapters = []
    for key, title in CLOSING.items():
        path = report / f"{key}.md"
        intro = render(path.read_text("utf-8-sig"), References(tables)).strip() if path.is_file() else ""
        chapters.append(Chapter(key, title, parts[key], intro=intro))
    return chapters


def _notebook(path: Path, key: str, title: str, again: str) -> Chapter:
    if not path.is_file():
        return Chapter(key, title, [], Failure(0, "no notebook", "it could not be started"), again)
    parts, failure = parts_of(path)
    return Chapter(key, title, parts, failure, again)
