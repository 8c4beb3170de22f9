"""Bytes to rows: what spreadsheet programs save is read without a word, what cannot be read is located."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from helpers.tables.findings import Finding, nearest

csv.field_size_limit(1 << 20)


@dataclass
class RawTable:
    """A table as text: header, rows, and the line on which each row starts."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int] = field(default_factory=list)


def decode(path: Path, shown: str) -> tuple[str, list[Finding]]:
    """The text of a file, without its BOM; findings when it is not UTF-8 text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return "", [Finding(shown, 0, "", f"cannot be read: {error.strerror}", "a readable file")]
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return "", [Finding(shown, 0, "", "the file is empty", "a header line and rows")]
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        return "", [Finding(shown, line, "", "NUL bytes in the file", "plain text in UTF-8; save it as CSV UTF-8 again")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wrong = data[error.start : error.start + 1].decode("latin-1")
        return "", [Finding(shown, line, "", f"not UTF-8 (the byte for {wrong!r} looks like Latin-1)", "CSV UTF-8")]


def read_rows(path: Path, columns: list[str], shown: str) -> tuple[RawTable, list[Finding]]:
    """Read one CSV file against its declared columns.

    Returns the rows that have the right width and every finding: unreadable bytes, a missing or unknown
    column, semicolons for commas, ragged rows. Empty trailing lines and columns are passed over.
    """
    text, findings = decode(path, shown)
    if findings:
        return RawTable([], []), findings
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table = RawTable([], [])
    previous = 0
    same: dict[str, str] = {}  # codes, units and dates repeat in every row: one text for all takes a third of the memory
    one = same.setdefault
    try:
        for cells in reader:
            line, previous = previous + 1, reader.line_num
            cells = [one(cell, cell) for cell in map(str.strip, cells)]
            if not any(cells):
                continue
            if not table.header:
                table.header = cells
                while table.header and not table.header[-1]:
                    table.header.pop()
                continue
            if len(cells) < len(table.header) or any(cells[len(table.header) :]):
                findings.append(Finding(shown, line, "", f"{len(cells)} cells in this row", f"{len(table.header)}"))
                continue
            table.rows.append(cells[: len(table.header)])
            table.lines.append(line)
    except csv.Error as error:
        findings.append(Finding(shown, previous + 1, "", f"not readable as CSV: {error}", "fields quoted with double quotes"))
        findings += _header_findings(table.header, columns, shown)
        return RawTable([], []), sorted(findings)  # what stands below the fault is not known
    findings += _header_findings(table.header, columns, shown)
    return table, sorted(findings)


def _header_findings(header: list[str], columns: list[str], shown: str) -> list[Finding]:
    if len(header) == 1 and ";" in header[0]:
        return [Finding(shown, 1, "", "semicolons divide the columns", "commas; save it as CSV with commas")]
    found = [
        Finding(shown, 1, name, "this column is missing", "the columns of datapackage.json", nearest(name, set(header) - set(columns)))
        for name in columns
        if name not in header
    ]
    found += [
        Finding(shown, 1, name, "unknown column", "a column of datapackage.json", nearest(name, set(columns) - set(header)))
        for name in header
        if name not in columns
    ]
    found += [Finding(shown, 1, name, "this column stands twice", "each column once") for name in set(header) if header.count(name) > 1]
    return found
