"""Tables as pandas frames, in the order of the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, cast

import pandas as pd

from helpers.errors import InputError
from helpers.lineage.keyed import Frames, Keyed
from helpers.lineage.reads import ORDER, Note, Recorder, active
from helpers.tables.package import Package, read_used
from helpers.tables.raw import RawTable, read_rows

NUMBERS = {"number", "integer", "year"}
_READY: dict[str, dict[str, pd.DataFrame]] = {}  # frames that were read before the kernel was forked, by what they were read from


@dataclass(frozen=True)
class Tables:
    """All tables of one data folder.

    Each frame has the declared columns; numbers are floats (NaN where empty), everything else is text ("" where
    empty), dates as ISO text, booleans as true or false. The frames are shared: take a copy before changing one.
    """

    package: Package
    frames: dict[str, pd.DataFrame]
    note: Note = field(default_factory=Recorder, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "frames", Frames(dict(self.frames), self.note))

    def __getitem__(self, table: str) -> pd.DataFrame:
        """A whole table; a notebook that takes one is stale whenever any of its rows changes, so prefer `of` and `where`."""
        return self.frames[table]

    @cached_property
    def facts(self) -> Any:
        """Facts by `fact_id`, as a frame that notes which rows are read."""
        return self._keyed("facts", "fact_id")

    @cached_property
    def sources(self) -> Any:
        """Sources by `source_id`."""
        return self._keyed("sources", "source_id")

    @cached_property
    def partners(self) -> Any:
        """Partners and comparison countries by code, in chapter order."""
        return self._keyed("partners", "partner")

    @cached_property
    def indicators(self) -> Any:
        """Indicators by key."""
        return self._keyed("indicators", "indicator")

    @cached_property
    def chapters(self) -> list[str]:
        """Codes of the partners that have a chapter, in order."""
        group = self.partners["group"]
        return list(group.index[group != "comparison"])

    def columns(self, table: str) -> list[str]:
        """Declared columns of a table."""
        return [str(item["name"]) for item in self.package.fields(table)]

    def of(self, table: str, partner: str) -> pd.DataFrame:
        """The rows of one partner."""
        return self.where(table, partner=partner)

    def where(self, table: str, **cells: str) -> pd.DataFrame:
        """The rows whose cells have these values, numbered anew; only they count as read.

        Columns of numbers and booleans are not compared as the file spells them, so a question about one reads the table.
        """
        if cells and cells.keys() <= self._spelled(table):
            pairs = sorted(cells.items())
            self.note(("where", table, *(part for pair in pairs for part in pair)))
            places = self._places(table, tuple(column for column, _ in pairs))
            key = tuple(value for _, value in pairs) if len(pairs) > 1 else pairs[0][1]
            return dict.__getitem__(self.frames, table).take(places.get(key, [])).reset_index(drop=True)
        frame = self.frames[table]
        for column, value in cells.items():
            frame = frame[frame[column] == value]
        return frame.reset_index(drop=True)

    def first(self, chapters: int) -> Tables:
        """These tables as if only the first partners had a chapter; itself where no more do."""
        others = self.chapters[chapters:]
        if not others:
            return self
        partners = dict.__getitem__(self.frames, "partners")
        return Tables(self.package, {**dict(self.frames), "partners": partners[~partners["partner"].isin(others)]}, self.note)

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What has been worked out from these tables before, by what was asked."""
        return {}

    def _spelled(self, table: str) -> set[str]:
        """Columns that are compared as the file spells them."""
        key = ("spelled", table)
        if key not in self.memory:
            self.memory[key] = {item["name"] for item in self.package.fields(table) if item["type"] not in {*NUMBERS, "boolean"}}
        return cast("set[str]", self.memory[key])

    def _places(self, table: str, columns: tuple[str, ...]) -> dict[Any, Any]:
        """Row numbers by the values of some columns: many questions are asked of the same ones."""
        key = ("places", table, columns)
        if key not in self.memory:
            self.memory[key] = (
                dict.__getitem__(self.frames, table).groupby(list(columns) if len(columns) > 1 else columns[0], sort=False).indices
            )
        return cast("dict[Any, Any]", self.memory[key])

    def _keyed(self, table: str, key: str) -> Keyed:
        frame = dict.__getitem__(self.frames, table)
        if table in ORDER:
            frame = frame.sort_values(ORDER[table], kind="stable")
        return Keyed(frame.set_index(key, drop=False), table, self.note)


def load(folder: str | Path, read: Mapping[str, RawTable] | None = None, package: Package | None = None) -> Tables:
    """Load every table of a data folder that `briefing check` has passed; `read` holds those that were read just before.

    With `package`, as for an older state of the tables, nothing needs to be declared there that the helpers of today use.

    Raises InputError when the folder, the package or a table cannot be read.
    """
    package = package or read_used(within_project(folder))
    recorder = active() or Recorder()
    hashes = _hashes(package)
    recorder.loaded(hashes)
    ready = _READY.get(_key(package, hashes)) if _READY else None
    return Tables(package, ready or {name: _frame(package, name, (read or {}).get(name)) for name in package.resources}, recorder)


def preload(folder: str | Path) -> None:
    """Read the tables for kernels that are forked from this process: one that loads the very same bytes shares these frames.

    Raises InputError as `load` does.
    """
    package = read_used(Path(folder))
    hashes = _hashes(package)
    _READY[_key(package, hashes)] = {name: _frame(package, name, None) for name in package.resources}


def _hashes(package: Package) -> dict[str, str]:
    """SHA-256 of each table's file."""
    found = {}
    for name in package.resources:
        if package.path(name).is_file():
            with package.path(name).open("rb") as file:
                found[name] = file_digest(file, "sha256").hexdigest()
    return found


def _key(package: Package, hashes: Mapping[str, str]) -> str:
    """What frames are made from: the bytes of the tables, and what the data package says of them."""
    return sha256(json.dumps([package.descriptor, hashes], sort_keys=True).encode()).hexdigest()


def within_project(folder: str | Path) -> Path:
    """A folder as the project sees it, where it is relative and the work goes on further down; as given elsewhere.

    So a notebook finds the tables from wherever it is opened inside the project; an edition has a folder `data` of its own.
    """
    path, here = Path(folder), Path.cwd()
    root = next((place for place in (here, *here.parents) if (place / "report" / "_quarto.yml").is_file()), here)
    return root / path if root != here and (root / path).is_dir() else path


def _frame(package: Package, name: str, read: RawTable | None) -> pd.DataFrame:
    fields = package.fields(name)
    columns = [item["name"] for item in fields]
    table, findings = (read, []) if read else read_rows(package.path(name), columns, package.path(name).name)
    if findings:
        raise InputError(str(findings[0]), str(package.folder), "run briefing check for all findings")
    frame = pd.DataFrame(table.rows, columns=table.header, dtype=object)
    for item in fields:
        if item["type"] in NUMBERS:
            frame[item["name"]] = pd.to_numeric(frame[item["name"]].replace("", None)).astype(float)
        elif item["type"] == "boolean":  # spreadsheet programs write TRUE
            frame[item["name"]] = frame[item["name"]].str.lower().replace({"1": "true", "0": "false"})
    return frame
