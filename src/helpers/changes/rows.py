"""Rows that were added, removed or changed, table by table, matched by primary key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from helpers.changes.sides import SideTable
from helpers.tables.load import NUMBERS

Change = Literal["added", "removed", "changed"]
# What a reader asks for first; tables that are not named come last, in the order of the data package.
ORDER = ("facts", "claims", "partners", "instruments", "events", "projects", "indicators", "series", "ties", "memberships", "sources")
VALUES = ("value", "low", "high", "unit", "verdict", "superseded_by", "start", "end", "kind", "status", "obligations")
# A table handed out for spreadsheets may carry an apostrophe before what would be read as a formula.
_GUARD = r"^'(?=[=+@\t\r-])"
_TURN = "occurrence"


@dataclass(frozen=True)
class Cell:
    """One cell before and after, as the files spell it."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """One row that is not as it was; a row that is new or gone has its filled cells, with the other side empty."""

    key: tuple[str, ...]
    change: Change
    cells: tuple[Cell, ...]

    @property
    def weight(self) -> int:
        """Rank among the rows of a table: a value that changed, another cell, a new row, one that is gone."""
        if self.change == "changed":
            return 0 if any(cell.column in VALUES for cell in self.cells) else 1
        return 2 if self.change == "added" else 3


@dataclass(frozen=True)
class TableChange:
    """What changed in one table: rows, most important first, and columns that only one side has."""

    table: str
    rows: tuple[Row, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

    def count(self, change: Change) -> int:
        """How many rows were added, removed or changed."""
        return sum(row.change == change for row in self.rows)


@dataclass(frozen=True)
class Matched:
    """Two frames of text with the same index levels, in the order of their rows; `columns` are those to be compared."""

    old: pd.DataFrame
    new: pd.DataFrame
    columns: list[str] = field(default_factory=list)


def table_changes(old: Mapping[str, SideTable], new: Mapping[str, SideTable]) -> list[TableChange]:
    """What changed in every table that changed, most important table first."""
    names = sorted({*old, *new}, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), [*new, *old].index(name)))
    found = [one_table(name, old.get(name), new.get(name)) for name in names]
    return [change for change in found if change.rows or change.columns_added or change.columns_removed]


def one_table(name: str, old: SideTable | None, new: SideTable | None) -> TableChange:
    """What changed in one table; None is a table that a side does not have.

    Rows are matched by the key that the new side declares where the old one has its columns. A column that only one side
    has is named, and its cells are no changes.
    """
    known = new or old
    if known is None:
        return TableChange(name)
    empty = SideTable(known.columns, known.key, known.types, known.frame.iloc[:0])
    old, new = old or empty, new or empty
    shared = [column for column in new.columns if column in old.columns]
    key = new.key if new.key and set(new.key) <= set(shared) else shared
    matched = match(old.frame, new.frame, key, [column for column in shared if column not in key])
    rows = differences(matched, {column: new.types[column] for column in shared}) if key else every_row(matched)
    return TableChange(
        name,
        tuple(sorted(rows, key=lambda row: row.weight)),
        tuple(column for column in new.columns if column not in old.columns),
        tuple(column for column in old.columns if column not in new.columns),
    )


def match(old: pd.DataFrame, new: pd.DataFrame, key: list[str], columns: list[str]) -> Matched:
    """Index both frames by key; rows that share one are told apart by their turn, so that nothing is lost."""
    return Matched(_indexed(old, key), _indexed(new, key), columns)


def differences(matched: Matched, types: Mapping[str, str]) -> list[Row]:
    """Rows that differ: changed ones and new ones in the order of the new frame, then those that are gone."""
    old, new = matched.old, matched.new
    both = new.index[new.index.isin(old.index)]
    before, after = old.loc[both], new.loc[both]
    marks = {column: differs(before[column], after[column], types.get(column, "string")) for column in matched.columns}
    changed: dict[int, list[Cell]] = {}
    for column, mark in marks.items():
        for place in mark.to_numpy().nonzero()[0]:
            changed.setdefault(int(place), []).append(Cell(column, str(before[column].iloc[place]), str(after[column].iloc[place])))
    rows = [Row(_key(both[place]), "changed", tuple(cells)) for place, cells in sorted(changed.items())]
    rows += _whole(new[~new.index.isin(old.index)], "added")
    return rows + _whole(old[~old.index.isin(new.index)], "removed")


def every_row(matched: Matched) -> list[Row]:
    """All rows as new and gone, where the sides share no column to match them by."""
    return _whole(matched.new, "added") + _whole(matched.old, "removed")


def differs(old: pd.Series, new: pd.Series, kind: str) -> pd.Series:
    """Where two columns of text differ in what they say: 2 and 2.0 are one number, TRUE and true one answer."""
    mark = old.str.replace(_GUARD, "", regex=True) != new.str.replace(_GUARD, "", regex=True)
    if kind in NUMBERS:
        mark &= pd.to_numeric(old, errors="coerce") != pd.to_numeric(new, errors="coerce")
    elif kind == "boolean":
        mark &= old.str.lower().replace({"1": "true", "0": "false"}) != new.str.lower().replace({"1": "true", "0": "false"})
    return mark


def _indexed(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    turn = frame.groupby(key, sort=False).cumcount() if key and len(frame) else pd.Series(range(len(frame)), dtype=int)
    levels = [frame[column].astype(str) for column in key]
    return frame.set_index(pd.MultiIndex.from_arrays([*levels, turn.astype(str)], names=[*key, _TURN]))


def _whole(frame: pd.DataFrame, change: Change) -> list[Row]:
    columns = list(frame.columns)
    found = []
    for key, values in zip(frame.index, frame.to_numpy().tolist(), strict=True):
        cells = (Cell(column, *(("", value) if change == "added" else (value, ""))) for column, value in zip(columns, values, strict=True))
        found.append(Row(_key(key), change, tuple(cell for cell in cells if cell.old or cell.new)))
    return found


def _key(levels: tuple[str, ...]) -> tuple[str, ...]:
    """The key without the turn, which is told only from the second row on."""
    *key, turn = levels
    return tuple(key) if turn == "0" else (*key, f"row {int(turn) + 1}")
