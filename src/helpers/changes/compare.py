"""Everything that changed between two sides, in one object that the terminal, JSON and the page of a briefing show."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.changes import contents, sides
from helpers.changes.contents import About, Contents
from helpers.changes.figures import FigureChange, Figures, figure_changes
from helpers.changes.numbers import NumberChange, number_changes
from helpers.changes.ranks import RankChange, VerdictChange, rank_changes, verdict_changes
from helpers.changes.rendered import OPENING
from helpers.changes.rows import Change, TableChange, table_changes
from helpers.changes.sides import Side
from helpers.tables.package import DESCRIPTOR


@dataclass(frozen=True)
class Changes:
    """What changed, most important first in each list; `notes` say what could not be compared.

    `ranked` says whether both sides have a ranking, so that no rank in the list means that none moved.
    """

    old: About
    new: About
    tables: list[TableChange]
    numbers: list[NumberChange]
    ranks: list[RankChange]
    verdicts: list[VerdictChange]
    figures: list[FigureChange]
    notes: list[str]
    ranked: bool = True

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.tables or self.numbers or self.ranks or self.verdicts or self.figures)

    def rows(self, change: Change) -> int:
        """How many rows of all tables were added, removed or changed."""
        return sum(table.count(change) for table in self.tables)


def between(old: str, new: str, root: Path, data: Path) -> Changes:
    """Compare two folders or revisions, seen from the project at `root` with its tables in `data`.

    Two editions are compared as they were published. Otherwise the tables of both sides are read with prose: a side that has
    none, such as an edition or a folder of tables alone, borrows the other's, or the project's.
    Raises InputError when a side is no folder or revision, or does not parse.
    """
    with ExitStack() as stack:
        first, second = (sides.open_side(name, root, data, stack) for name in (old, new))
        if first.edition and second.edition:
            return compare(contents.of_edition(first), contents.of_edition(second))
        own = root / "report" if (root / "report" / "partners").is_dir() else None
        reports = (first.report or second.report or own, second.report or first.report or own)
        packages = [sides.package_of(side) for side in (first, second)]
        if (data / DESCRIPTOR).is_file():
            packages.append(sides.package_of(Side(str(data), "tables", data)))
        before, after = (contents.of_tables(side, report, packages) for side, report in zip((first, second), reports, strict=True))
        borrowed = [
            f"{side.name} has no prose of its own and is read with that of {other.name if other.report else 'the project'}"
            for side, other in ((first, second), (second, first))
            if side.report is None and reports[0]
        ]
        compared = compare(before, after)
        return replace(compared, notes=[*compared.notes, *borrowed])


def compare(old: Contents, new: Contents) -> Changes:
    """What changed from one side to the other; chapters that only one side has are named in the notes."""
    shared = set(old.chapters) & set(new.chapters)
    notes = [f"{side.about.name}: {note}" for side in (old, new) for note in side.notes]
    for side, other in ((old, new), (new, old)):
        alone = [key.upper() if len(key) == 3 else key for key in side.chapters if key not in other.chapters]
        if alone:
            notes.append(f"only {side.about.name} has the chapter{'' if len(alone) == 1 else 's'} {', '.join(alone)}")
    if unranked := [side.about.name for side in (old, new) if side.ranking is None]:
        notes.append(f"{' and '.join(unranked)} {'has' if len(unranked) == 1 else 'have'} no ranking, so ranks are not compared")
    return Changes(
        old.about,
        new.about,
        table_changes(old.tables, new.tables),
        number_changes(old.statements, new.statements),
        rank_changes(old.ranking, new.ranking),
        verdict_changes(old.tables.get("claims"), new.tables.get("claims")),
        figure_changes(_of_chapters(old.figures, shared), _of_chapters(new.figures, shared)),
        notes,
        old.ranking is not None and new.ranking is not None,
    )


def _of_chapters(figures: Figures, chapters: set[str]) -> Figures:
    """Exhibits of chapters that both sides have whole; those of a chapter that is gone are no news of their own."""
    return Figures({key: frame for key, frame in figures.frames.items() if chapter_of(key) in chapters}, figures.titles)


def chapter_of(exhibit: str) -> str:
    """Key of the chapter in which an exhibit stands."""
    first = exhibit.partition("-")[0]
    return OPENING if first == "synthesis" else first
