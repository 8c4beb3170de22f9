"""A CSV table changed in place: rows that are not meant stay byte for byte as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Record:
    """One row as text, with its line end, and its cells."""

    text: str
    cells: list[str]


@dataclass
class Table:
    """A table as its records: what stands above the rows, the columns, and the rows."""

    head: str
    columns: list[str]
    records: list[Record]
    newline: str

    def row(self, record: Record) -> dict[str, str]:
        """The cells of a record by column."""
        return dict(zip(self.columns, (cell.strip() for cell in record.cells), strict=False))

    def spelled(self, row: Mapping[str, str]) -> Record:
        """A row as this table writes it: its columns, its line ends, quotes only where needed."""
        cells = [row.get(column, "") for column in self.columns]
        return Record(",".join(map(_quoted, cells)) + self.newline, cells)

    def text(self) -> str:
        """The whole table."""
        return self.head + "".join(record.text for record in self.records)


def _quoted(cell: str) -> str:
    """A cell as CSV; the writer of the standard library leaves a carriage return bare, which then ends the row."""
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def parse(text: str) -> Table:
    """A table that can be read (its findings are those of `briefing check`) as records; a BOM stays in the head."""
    newline = "\r\n" if "\r\n" in text else "\n"
    head = ""
    columns: list[str] = []
    records: list[Record] = []
    for physical, cells in _records(text):
        if not columns:
            head += physical
            columns = [cell.strip().lstrip("\ufeff") for cell in cells] if any(cell.strip() for cell in cells) else []
        else:
            records.append(Record(physical, cells))
    if records and not records[-1].text.endswith(("\n", "\r")):
        records[-1] = Record(records[-1].text + newline, records[-1].cells)
    elif columns and not head.endswith(("\n", "\r")):
        head += newline
    while columns and not columns[-1]:
        columns.pop()
    return Table(head, columns, records, newline)


def _records(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each record's physical text with its cells."""
    lines = io.StringIO(text, newline="").readlines()  # str.splitlines would also split at characters that a cell may hold
    reader = csv.reader(iter(lines))
    start = 0
    for cells in reader:
        yield "".join(lines[start : reader.line_num]), cells
        start = reader.line_num


def last_place(table: Table) -> int:
    """The place after the last row that holds anything: spreadsheet programs leave empty lines behind."""
    filled = [place for place, record in enumerate(table.records) if any(cell.strip() for cell in record.cells)]
    return filled[-1] + 1 if filled else 0


def sorted_place(table: Table, column: str, value: str) -> int:
    """Where a row belongs in a table sorted by a column; the end where it is not sorted."""
    keys: Sequence[str] = [table.row(record).get(column, "") for record in table.records[: last_place(table)]]
    if list(keys) != sorted(keys):
        return last_place(table)
    return next((place for place, key in enumerate(keys) if key > value), last_place(table))
