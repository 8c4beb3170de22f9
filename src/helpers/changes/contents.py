"""What one side holds, in a form in which both sides can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.changes import figures, pages, ranks, rendered, sides
from helpers.changes.figures import Figures
from helpers.changes.sides import Side, SideTable
from helpers.changes.texts import Statement, statements
from helpers.errors import InputError, StageError
from helpers.facts import format as fmt
from helpers.stage.book import Chapter, assemble
from helpers.stage.outputs import parts_of
from helpers.tables.load import Tables
from helpers.tables.package import Package

FROM_TABLES = ("register", "sources", "dictionary", "changes")  # pages that repeat the tables


@dataclass(frozen=True)
class About:
    """How a side calls itself: as it was asked for, and by edition and cut-off."""

    name: str
    kind: str
    edition: str
    cut_off: str


@dataclass(frozen=True)
class Contents:
    """Tables, statements with numbers, ranking and exhibits of one side; `chapters` are those that are whole."""

    about: About
    tables: dict[str, SideTable]
    statements: list[Statement]
    chapters: tuple[str, ...]
    ranking: pd.DataFrame | None
    figures: Figures
    notes: list[str] = field(default_factory=list)


def of_tables(side: Side, report: Path | None, others: Sequence[Package] = ()) -> Contents:
    """A data folder or revision, with the words of `report` over its tables; `others` declare what it may lack."""
    package = sides.package_of(side)
    raw = sides.read_tables(side, package)
    tables = sides.typed(side, others)
    texts, notes = rendered.chapters(tables, report) if report else ([], ["there is no prose beside the tables"])
    try:
        shown = figures.behind(tables, report)
    except (LookupError, ValueError, TypeError):  # tables of a revision that today's exhibits cannot read
        shown = Figures({}, {})
        notes.append("its exhibits cannot be read by this version, so they are not compared")
    return Contents(
        _about(side, package),
        raw,
        statements(texts),
        tuple(chapter.key for chapter in texts),
        ranks.computed(tables),
        shown,
        notes,
    )


def of_edition(side: Side) -> Contents:
    """An edition as it was published: its tables, executed notebooks, method page and the data of its exhibits.

    Raises InputError when one of them cannot be read.
    """
    folder = side.edition or side.data
    package = sides.package_of(side)
    chapters = [_of_notebook(path, side.name) for path in sorted((folder / "notebooks").glob("*.ipynb"))]
    if not chapters:
        raise InputError("this edition has no executed notebooks", side.name, "expected an edition as it was built")
    chapters += pages.method(folder)
    whole, notes = _whole(chapters)
    titles = {part.about["key"]: str(part.about.get("title", "")) for chapter in chapters for part in chapter.parts if "key" in part.about}
    return Contents(
        _about(side, package),
        sides.read_tables(side, package),
        statements(whole),
        tuple(chapter.key for chapter in whole),
        ranks.published(folder),
        Figures(figures.published(folder / "data" / "figures"), titles),
        notes,
    )


def of_build(tables: Tables, chapters: Sequence[Chapter], name: str) -> Contents:
    """The edition that a build is about to set, from its chapters."""
    side = Side(name, "edition", tables.package.folder)
    own = [chapter for chapter in chapters if chapter.key not in FROM_TABLES]
    whole, notes = _whole(own)
    data = assemble(list(chapters)).data
    titles = {part.about["key"]: str(part.about.get("title", "")) for chapter in own for part in chapter.parts if "key" in part.about}
    return Contents(
        _about(side, tables.package),
        sides.read_tables(side, tables.package),
        statements(whole),
        tuple(chapter.key for chapter in whole),
        ranks.shown_in(data.get("synthesis-ranks")),
        Figures({key: figures.read(text, key) for key, text in data.items()}, titles),
        notes,
    )


def _about(side: Side, package: Package) -> About:
    edition = package.edition
    return About(side.name, side.kind, edition["edition"], _day(edition["cut_off"]))


def _day(text: str) -> str:
    try:
        return fmt.day(text)
    except (ValueError, IndexError):
        return text


def _of_notebook(path: Path, name: str) -> Chapter:
    try:
        parts, failure = parts_of(path)
    except (StageError, ValueError, LookupError, AttributeError, TypeError, OSError, RecursionError) as error:
        raise InputError("this is no executed notebook", f"{name}: notebooks/{path.name}", "expected an edition as it was built") from error
    key = rendered.OPENING if path.stem == "synthesis" else path.stem.lower()
    return Chapter(key, key, parts, failure)


def _whole(chapters: Sequence[Chapter]) -> tuple[list[Chapter], list[str]]:
    """Chapters whose notebook ran to its end, and a note on each other."""
    return (
        [chapter for chapter in chapters if not chapter.failure],
        [f"the notebook of {chapter.key} failed, so its text and exhibits are not compared" for chapter in chapters if chapter.failure],
    )
