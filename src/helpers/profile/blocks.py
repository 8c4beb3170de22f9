"""Blocks: what a notebook displays and the stage takes up again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure  # not needed where blocks are only read


@dataclass(frozen=True)
class Text:
    """Markdown that flows."""

    markdown: str


@dataclass(frozen=True)
class Table:
    """A table with a title that states its finding; cells are Markdown already."""

    key: str
    title: str
    header: list[str]
    rows: list[list[str]]
    widths: list[int]
    subtitle: str = ""
    source: str = ""
    size: str = "small"
    classes: str = ""
    align: str = ""


@dataclass(frozen=True)
class Chart:
    """A figure with title, alt text and the data it shows; `drawing` draws it when it is shown."""

    key: str
    title: str
    drawing: partial[Figure]
    alt: str
    data: pd.DataFrame
    subtitle: str = ""
    source: str = ""


Block = Text | Table | Chart


@dataclass
class Page:
    """One chapter: its key, its title, and its blocks by section, in order."""

    key: str
    title: str
    sections: dict[str, list[Block]] = field(default_factory=dict)

    def add(self, section: str, *blocks: Block) -> None:
        """Append blocks to a section."""
        self.sections.setdefault(section, []).extend(blocks)


def pipe_table(table: Table) -> str:
    """A Markdown pipe table; the dashes carry alignment, the exhibit around it the widths."""
    marks = {"l": ":---", "r": "---:", "c": ":---:"}
    align = table.align or "l" * len(table.header)
    lines = [_row(table.header), "|" + "|".join(marks[mark] for mark in align) + "|"]
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", " ") or " " for cell in cells) + " |"


def metadata(block: Block) -> dict[str, Any]:
    """What the stage has to know of a displayed block; it travels in the metadata of the notebook's output."""
    if isinstance(block, Text):
        return {"kind": "text"}
    common = {"key": block.key, "title": block.title, "subtitle": block.subtitle, "source": block.source}
    if isinstance(block, Chart):
        return {"kind": "figure", **common, "alt": block.alt, "data": block.data.to_csv(index=False, lineterminator="\n")}
    return {"kind": "table", **common, "widths": block.widths, "size": block.size, "classes": block.classes}
