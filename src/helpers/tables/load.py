"""Tables as pandas frames, in the order of the files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from helpers.errors import InputError
from helpers.tables.package import Package, read_package
from helpers.tables.raw import read_rows

NUMBERS = {"number", "integer", "year"}


@dataclass(frozen=True)
class Tables:
    """All tables of one data folder.

    Each frame has the declared columns; numbers are floats (NaN where empty), everything else is text ("" where
    empty), dates as ISO text, booleans as true or false. The frames are shared: take a copy before changing one.
    """

    package: Package
    frames: dict[str, pd.DataFrame]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Facts by `fact_id`."""
        return self.frames["facts"].set_index("fact_id", drop=False)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Sources by `source_id`."""
        return self.frames["sources"].set_index("source_id", drop=False)

    @cached_property
    def partners(self) -> pd.DataFrame:
        """Partners and comparison countries by code, in chapter order."""
        return self.frames["partners"].sort_values("order", kind="stable").set_index("partner", drop=False)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators by key."""
        return self.frames["indicators"].set_index("indicator", drop=False)

    @property
    def chapters(self) -> list[str]:
        """Codes of the partners that have a chapter, in order."""
        partners = self.partners
        return list(partners.index[partners["group"] != "comparison"])

    def of(self, table: str, partner: str) -> pd.DataFrame:
        """The rows of one partner."""
        frame = self.frames[table]
        return frame[frame["partner"] == partner]


def load(folder: str | Path) -> Tables:
    """Load every table of a data folder that `briefing check` has passed.

    Raises InputError when the folder, the package or a table cannot be read.
    """
    package = read_package(within_project(folder))
    return Tables(package, {name: _frame(package, name) for name in package.resources})


def within_project(folder: str | Path) -> Path:
    """A folder as given, or, where it is relative and not here, as seen from a folder further up.

    So a notebook finds the tables from wherever it is opened inside the project.
    """
    path = Path(folder)
    if path.is_absolute() or path.is_dir():
        return path
    return next((parent / path for parent in Path.cwd().parents if (parent / path).is_dir()), path)


def _frame(package: Package, name: str) -> pd.DataFrame:
    fields = package.fields(name)
    table, findings = read_rows(package.path(name), [field["name"] for field in fields], package.path(name).name)
    if findings:
        raise InputError(str(findings[0]), str(package.folder), "run briefing check for all findings")
    frame = pd.DataFrame(table.rows, columns=table.header, dtype=object)
    for field in fields:
        if field["type"] in NUMBERS:
            frame[field["name"]] = pd.to_numeric(frame[field["name"]].replace("", None)).astype(float)
        elif field["type"] == "boolean":  # spreadsheet programs write TRUE
            frame[field["name"]] = frame[field["name"]].str.lower().replace({"1": "true", "0": "false"})
    return frame
