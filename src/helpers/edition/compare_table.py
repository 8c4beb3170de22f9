"""Two CSV files, cell by cell; two JSON files, entry by entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from helpers.edition.difference import Difference

Row = list[str]


def tables(before: str, after: str) -> list[Difference]:
    """Cells that differ, rows added and removed; rows are told apart by their first column where it names each once."""
    old, new = list(csv.reader(io.StringIO(before))), list(csv.reader(io.StringIO(after)))
    header, other = (old or [[]])[0], (new or [[]])[0]
    if header != other:
        return [Difference("header", ", ".join(header), ", ".join(other))]
    was, now = _keyed(old[1:]), _keyed(new[1:])
    if not (_unique(old[1:]) and _unique(new[1:])):
        was, now = ({f"row {place}": row for place, row in enumerate(rows[1:], 1)} for rows in (old, new))
    found = [difference for key in was if key in now for difference in _cells(key, header, was[key], now[key])]
    found += [Difference(f"row {key} is gone", ", ".join(was[key])) for key in was if key not in now]
    found += [Difference(f"row {key} is new", "", ", ".join(now[key])) for key in now if key not in was]
    if not found and old != new:
        found.append(Difference("order of the rows"))
    return found


def entries(before: str, after: str) -> list[Difference]:
    """Entries of two JSON texts that differ, by their path."""
    return list(_entries("", json.loads(before), json.loads(after)))


def _entries(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _entries(f"{path}.{key}" if path else str(key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (was, now) in enumerate(zip(old, new, strict=True)):
            yield from _entries(f"{path}[{place}]", was, now)
    elif old != new:
        yield Difference(path, _said(old), _said(new))


def _said(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _keyed(rows: list[Row]) -> dict[str, Row]:
    return {row[0]: row for row in rows if row}


def _unique(rows: list[Row]) -> bool:
    return len(_keyed(rows)) == len(rows)


def _cells(key: str, header: Row, old: Row, new: Row) -> Iterator[Difference]:
    names = [*header, *(f"column {place + 1}" for place in range(len(header), max(len(old), len(new))))]
    for place, name in enumerate(names):
        was, now = (row[place] if place < len(row) else "" for row in (old, new))
        if was != now:
            yield Difference(f"{key}, {name}", was, now)
