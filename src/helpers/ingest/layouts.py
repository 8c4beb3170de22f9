"""What a downloaded file looks like: the columns a layout must have, and where in the file its header stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from helpers.tables.findings import Finding, nearest

DELIMITERS = (",", ";", "\t")
MOST_FINDINGS = 1000
# Every known layout has its header within the first dozen lines; a preamble may grow.
HEAD = 60


@dataclass(frozen=True)
class Layout:
    """One layout of a publisher: a name with its year, and the columns that tell it from all others."""

    name: str
    columns: tuple[str, ...]
    refused: str = ""  # why it is not taken, and what to download instead
    footer: tuple[str, ...] = ()  # what the lines below the data start with
    latin: bool = False  # whether the publisher writes Windows-1252, a superset of Latin-1, where others write UTF-8
    breaks: bool = False  # whether line breaks stand in cells without quotation marks

    @property
    def keys(self) -> frozenset[str]:
        """The columns as they are compared."""
        return frozenset(fold(column) for column in self.columns)


@dataclass(frozen=True)
class Head:
    """The header of a file: its layout, its columns as written, and what stands above it."""

    layout: Layout
    columns: tuple[str, ...]
    delimiter: str
    line: int
    preamble: tuple[str, ...]


def fold(text: str) -> str:
    """A column name as it is compared: publishers change capitals and blanks between releases."""
    return " ".join(text.split()).casefold()


def split(line: str, delimiter: str) -> list[str]:
    """Cells of one physical line; what the CSV reader refuses is no header."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return trimmed([cell.strip() for cell in cells])


def trimmed(cells: list[str]) -> list[str]:
    """Cells without the empty ones at the end; the SIPRI export also ends each line with a semicolon."""
    while cells and not cells[-1].strip("; "):
        cells = cells[:-1]
    return [*cells[:-1], cells[-1].rstrip(";")] if cells else []


def recognise(lines: Sequence[str], layouts: Sequence[Layout]) -> Head | None:
    """The header among the first lines of a file, with the layout it belongs to; None when no layout fits.

    Of several that fit, the one with the most columns is meant: the columns of the World Bank, say, are also among those of DOTS.
    """
    for number, line in enumerate(lines[:HEAD], 1):
        for delimiter in DELIMITERS:
            cells = split(line, delimiter)
            known = {fold(cell) for cell in cells}
            fitting = [layout for layout in layouts if layout.keys <= known]
            if fitting:
                return Head(max(fitting, key=lambda layout: len(layout.keys)), tuple(cells), delimiter, number, tuple(lines[: number - 1]))
    return None


def not_recognised(lines: Sequence[str], layouts: Sequence[Layout], shown: str) -> list[Finding]:
    """What the file lacks to be of a layout: the columns missing from the line that comes closest, or what was expected at all."""
    best: tuple[int, int, Layout, list[str]] | None = None
    for number, line in enumerate(lines[:HEAD], 1):
        for delimiter in DELIMITERS:
            cells = split(line, delimiter)
            known = {fold(cell) for cell in cells}
            for layout in layouts:
                met = len(layout.keys & known)
                if met and met * 2 >= len(layout.keys) and (best is None or met > best[0]):
                    best = (met, number, layout, cells)
    if best is None:
        wanted = " or ".join(f"{layout.name} ({', '.join(layout.columns)})" for layout in layouts if not layout.refused)
        return [Finding(shown, 1, "", "no known layout", wanted)]
    _, number, layout, cells = best
    spelled = {fold(cell): cell for cell in cells}
    free = [name for key, name in spelled.items() if key not in layout.keys]
    return [
        Finding(shown, number, column, "this column is missing", f"the columns of {layout.name}", nearest(column, free))
        for column in layout.columns
        if fold(column) not in spelled
    ]


def duplicates(head: Head, shown: str) -> list[Finding]:
    """Columns that stand twice: which one holds the value cannot be known."""
    folded = [fold(column) for column in head.columns]
    twice = [column for column in dict.fromkeys(head.columns) if fold(column) and folded.count(fold(column)) > 1]
    return [Finding(shown, head.line, column, "this column stands twice", "each column once") for column in twice]


@dataclass(frozen=True)
class Row:
    """One row of a native file: the line it starts on, and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(fold(column), "").strip()


def rows(lines: Iterable[str], head: Head, shown: str, findings: list[Finding]) -> Iterator[Row]:
    """Rows below the header, each with its line; ragged and unreadable ones become findings.

    `lines` are all lines of the file from the first; empty lines are passed over, and a footer ends the data. After a
    thousand findings the rest is not read.
    """
    keys = [fold(column) for column in head.columns]
    read = _cells(lines, head, shown, findings)
    for line, cells in _joined(read, len(keys)) if head.layout.breaks else read:
        if len(cells) < len(keys) or any(cell.strip("; ") for cell in cells[len(keys) :]):
            findings.append(Finding(shown, line, "", f"{len(cells)} cells in this row", f"{len(keys)}"))
            if len(findings) >= MOST_FINDINGS:
                return
            continue
        if cells[len(keys) - 1].endswith(";"):
            cells[len(keys) - 1] = cells[len(keys) - 1].rstrip(";")
        yield Row(line, dict(zip(keys, cells, strict=False)))
        if len(findings) >= MOST_FINDINGS:  # of whoever reads the row
            return


def _cells(lines: Iterable[str], head: Head, shown: str, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that is not empty, with the line it starts on; what is no CSV is a finding and the end."""
    below = (line for number, line in enumerate(lines, 1) if number > head.line)
    reader = csv.reader(_until(below, head.layout.footer), delimiter=head.delimiter, strict=True)
    previous = 0
    try:
        for cells in reader:
            line, previous = head.line + previous + 1, reader.line_num
            if any(cell.strip("; ") for cell in cells):
                yield line, cells
    except csv.Error as error:  # what stands below the fault is not known
        findings.append(Finding(shown, head.line + previous + 1, "", f"not readable as CSV: {error}", "fields quoted with double quotes"))


def _joined(read: Iterable[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows, with two short ones joined where they make a whole one: a cell held a line break that nobody quoted."""
    begun: tuple[int, list[str]] | None = None
    for line, cells in read:
        if begun and len(begun[1]) + len(cells) == width + 1:
            yield begun[0], [*begun[1][:-1], f"{begun[1][-1]} {cells[0]}", *cells[1:]]
            begun = None
            continue
        if begun:
            yield begun
        begun = (line, cells) if len(cells) < width else None
        if not begun:
            yield line, cells
    if begun:
        yield begun


def _until(lines: Iterator[str], footer: tuple[str, ...]) -> Iterator[str]:
    if not footer:
        return lines
    starts = re.compile("|".join(rf'"?{re.escape(text)}' for text in footer), re.IGNORECASE)
    return takewhile(lambda line: not starts.match(line.lstrip()), lines)


def years(head: Head) -> dict[int, str]:
    """Columns that are calendar years, as the wide layouts have them: `1990`, `X1990` or `1990 [YR1990]`."""
    found = {}
    for column in head.columns:
        match = re.fullmatch(r"(?:X)?([12]\d{3})(?:\s*\[YR\1\])?", column.strip(), re.ASCII)
        if match:
            found[int(match[1])] = column
    return found


def parts_of_years(head: Head) -> list[str]:
    """Columns that are months or quarters: `2024M01`, `2024-M01`, `2024Q1`, `2024-Q1`."""
    return [column for column in head.columns if re.fullmatch(r"[12]\d{3}-?[MQ]\d{1,2}", column.strip(), re.ASCII)]
