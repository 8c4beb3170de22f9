"""What the tables answer to a recorded question, as a hash; read straight from the files, without pandas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from helpers.lineage.reads import ORDER, Query
from helpers.tables.package import Package
from helpers.tables.raw import RawTable, read_rows

ABSENT = "absent"


@dataclass(frozen=True)
class Stored:
    """One table with its rows hashed once: `rows` in the order of the file."""

    table: RawTable
    key: tuple[str, ...]

    @cached_property
    def rows(self) -> list[str]:
        """Hash of each row."""
        head = "\x1e".join(self.table.header)
        return [_hash([head, *row]) for row in self.table.rows]

    @cached_property
    def keys(self) -> list[str]:
        """Primary key of each row, its parts joined by a slash."""
        if not self.key:
            return [str(place) for place in range(len(self.table.rows))]
        places = [self.table.header.index(name) for name in self.key]
        return ["/".join(row[place] for place in places) for row in self.table.rows]

    @cached_property
    def places(self) -> dict[str, int]:
        """Row number by key."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def _columns(self) -> dict[str, dict[str, list[int]]]:
        return {}

    def matching(self, column: str, value: str) -> list[int]:
        """Numbers of the rows whose cell is this value."""
        if column not in self._columns:
            place, found = self.table.header.index(column), defaultdict(list)
            for number, row in enumerate(self.table.rows):
                found[row[place]].append(number)
            self._columns[column] = dict(found)
        return self._columns[column].get(value, [])


class Answers:
    """Answers of one data folder."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._stored: dict[str, Stored] = {}

    def stored(self, name: str) -> Stored:
        """One table; without rows where it cannot be read."""
        if name not in self._stored:
            columns = [field["name"] for field in self.package.fields(name)]
            table, findings = read_rows(self.package.path(name), columns, name)
            key = self.package.resources[name]["schema"].get("primaryKey", [])
            parts = (key,) if isinstance(key, str) else tuple(key)
            self._stored[name] = Stored(RawTable([], []), ()) if findings else Stored(table, parts)
        return self._stored[name]

    def rows(self, query: Query) -> list[int]:
        """Numbers of the rows that a question is about."""
        kind, name, *rest = query
        stored = self.stored(name)
        if kind == "row":
            return stored.matching(stored.key[0], rest[0]) if stored.key else []
        if kind == "where":
            found = [set(stored.matching(column, value)) for column, value in zip(rest[::2], rest[1::2], strict=True)]
            return sorted(set.intersection(*found))
        return list(range(len(stored.table.rows)))

    def digest(self, query: Query) -> str:
        """Hash of the answer; a table, column or key that is gone has an answer too."""
        kind, name, *rest = query
        if name not in self.package.resources:
            return ABSENT
        stored = self.stored(name)
        header = stored.table.header
        if kind == "keys":
            order = header.index(ORDER[name]) if ORDER.get(name) in header else None
            return _hash([*stored.keys, *(row[order] for row in stored.table.rows if order is not None)])
        columns = rest if kind == "column" else rest[::2] if kind == "where" else []
        if not set(columns) <= set(header):
            return ABSENT
        if kind == "column":
            place = header.index(rest[0])
            return _hash([row[place] for row in stored.table.rows])
        rows = self.rows(query)
        return _hash([stored.rows[place] for place in rows]) if rows else ABSENT


def _hash(parts: list[str]) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
