"""Frames that tell which of their rows are read.

A `Keyed` frame stands for a data frame indexed by its key. What it can narrow down (a row, some rows, whether a key is
there, a column) it notes as such; whatever else is done with it counts as reading the whole table, so that nothing can
be read unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from helpers.lineage.reads import Note


class Frames(dict[str, pd.DataFrame]):
    """Frames by name; taking one out counts as reading all of it."""

    def __init__(self, frames: dict[str, pd.DataFrame], note: Note) -> None:
        super().__init__(frames)
        self._note = note

    def __getitem__(self, table: str) -> pd.DataFrame:
        frame = super().__getitem__(table)
        self._note(("all", table))
        return frame

    def get(self, table: str, default: Any = None) -> Any:
        """A frame, or the default."""
        if table not in self:
            return default
        return self[table]

    def values(self) -> Any:
        """All frames."""
        return [self[table] for table in self]

    def items(self) -> Any:
        """All frames with their names."""
        return [(table, self[table]) for table in self]


class Keyed:
    """A frame by key that notes what is read of it."""

    def __init__(self, frame: pd.DataFrame, table: str, note: Note) -> None:
        self._frame, self._table, self._note = frame, table, note

    @property
    def loc(self) -> _Rows:
        """Rows by key."""
        return _Rows(self._frame, self._table, self._note)

    @property
    def index(self) -> _Keys:
        """The keys."""
        return _Keys(self._frame.index, self._table, self._note)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, str):
            for query in (("keys", self._table), ("column", self._table, item)):
                self._note(query)
        else:
            self._note(("all", self._table))
        return self._frame[item]

    def __contains__(self, column: str) -> bool:
        return column in self._frame.columns  # the columns are declared in the data package

    def __len__(self) -> int:
        self._note(("keys", self._table))
        return len(self._frame)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._note(("all", self._table))
        return getattr(self._frame, name)


class _Rows:
    def __init__(self, frame: pd.DataFrame, table: str, note: Note) -> None:
        self._frame, self._table, self._note = frame, table, note

    def __getitem__(self, item: Any) -> Any:
        wanted = item[0] if isinstance(item, tuple) else item
        if isinstance(wanted, str):
            self._note(("row", self._table, wanted))
        elif isinstance(wanted, list | pd.Index) and all(isinstance(key, str) for key in wanted):
            for key in wanted:
                self._note(("row", self._table, key))
        else:
            self._note(("all", self._table))
        return self._frame.loc[item]


class _Keys:
    def __init__(self, index: pd.Index, table: str, note: Note) -> None:
        self._index, self._table, self._note = index, table, note

    def __contains__(self, key: object) -> bool:
        self._note(("row", self._table, str(key)))
        return key in self._index

    def intersection(self, keys: Iterable[str]) -> pd.Index:
        """Those of the keys that are there, in the order given."""
        return pd.Index([key for key in dict.fromkeys(keys) if key in self], dtype=object)

    def __iter__(self) -> Iterator[Any]:
        self._note(("keys", self._table))
        return iter(self._index)

    def __len__(self) -> int:
        self._note(("keys", self._table))
        return len(self._index)

    def __getitem__(self, item: Any) -> Any:
        self._note(("keys", self._table))
        return self._index[item]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._note(("keys", self._table))
        return getattr(self._index, name)
