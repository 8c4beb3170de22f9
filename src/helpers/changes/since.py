"""A previous edition given to a build: its hash for the manifest, and the page on what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import InputError

if TYPE_CHECKING:  # a build that has nothing to do imports none of it
    from helpers.changes.sides import Side
    from helpers.stage.book import Chapter
    from helpers.tables.load import Tables

BEFORE = "method"  # the page is the first of the closing pages
READ = ("data/**/*", "notebooks/*.ipynb", "index.html", "method.html")
NAMES = ("the last edition", "this edition")  # no path of a machine comes into a page


def previous(folder: Path, out: Path) -> Side:
    """The edition before; raises InputError for a folder that is none, or that the build would replace."""
    from helpers.changes.sides import Side, of_folder

    if not folder.is_dir():
        raise InputError("this folder is not there", str(folder), "give the folder of the last edition with --since")
    side = of_folder(folder, str(folder))
    if side.edition is None:
        raise InputError("these are tables and no edition", str(folder), "give the output folder of an earlier build with --since")
    if side.edition == out.resolve():
        raise InputError("this edition would be replaced by the build", str(folder), "copy it, or build with --out into another folder")
    return Side(NAMES[0], side.kind, side.data, edition=side.edition)


def stamp(folder: Path | None, out: Path) -> dict[str, str]:
    """What the manifest notes of the previous edition: one hash over all that the page is made from; nothing without one."""
    if folder is None:
        return {}
    from helpers.pipeline import fingerprint

    edition = previous(folder, out).edition or folder
    return {"since": fingerprint.digest(*(fingerprint.tree(edition, pattern) for pattern in READ))}


def with_page(chapters: Sequence[Chapter], tables: Tables, folder: Path | None, out: Path) -> list[Chapter]:
    """The chapters with the page as the first of the closing ones; as they are without a previous edition."""
    if folder is None:
        return list(chapters)
    from helpers.changes import contents
    from helpers.changes.compare import compare
    from helpers.changes.page import page

    new = contents.of_build(tables, chapters, NAMES[1])
    changes = compare(contents.of_edition(previous(folder, out)), new)
    place = next((number for number, chapter in enumerate(chapters) if chapter.key == BEFORE), len(chapters))
    return [*chapters[:place], page(changes, tables, frozenset(new.figures.frames)), *chapters[place:]]
