"""What the tables hold already: partners, indicators, sources, and the values that stand in series.csv and facts.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from helpers.errors import InputError
from helpers.ingest.countries import Countries
from helpers.ingest.numbers import number
from helpers.tables.findings import Finding
from helpers.tables.package import Package, read_package
from helpers.tables.raw import read_rows
from helpers.tables.rules import Row, Rows, named

NEEDED = ("partners", "countries", "indicators", "sources", "series", "facts")
# A label that ends in a year or a span names the years it is about: "UN voting agreement with China, 2010-2019".
SPAN = re.compile(r"\b((?:19|20)\d{2})(?:\s*[-–]\s*((?:19|20)\d{2}))?$")


class Refused(InputError):
    """The file, or the tables it would go into, are wrong; all findings at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings", "", "nothing was written")
        self.args = (findings,)
        self.findings = findings


@dataclass(frozen=True)
class Point:
    """A value that stands: where, from which source, with which note."""

    value: Decimal
    spelled: str
    file: str
    line: int
    source_id: str
    note: str


@dataclass(frozen=True)
class Standing:
    """The tables that a plan of changes is made against."""

    package: Package
    rows: Rows

    @cached_property
    def countries(self) -> Countries:
        """Partners and countries by their names."""
        return Countries.of([row for _, row in self.rows["partners"]], [row for _, row in self.rows["countries"]])

    @cached_property
    def indicators(self) -> dict[str, tuple[int, Row]]:
        """Rows of indicators.csv with their lines, by key."""
        return {row["indicator"]: (line, row) for line, row in self.rows["indicators"]}

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Rows of sources.csv by key."""
        return {row["source_id"]: row for _, row in self.rows["sources"]}

    @cached_property
    def points(self) -> dict[tuple[str, str, str], Point]:
        """Values by partner, indicator and year; a fact tagged with an indicator is a point of it."""
        found: dict[tuple[str, str, str], Point] = {}
        for table, when in (("facts", "end"), ("series", "year")):
            for line, row in self.rows[table]:
                value = number(row["value"])
                if row["indicator"] and value is not None:
                    key = (row["partner"], row["indicator"], row[when][:4])
                    found[key] = Point(value, row["value"], f"{table}.csv", line, row["source_id"], row["note"])
        return found

    @cached_property
    def years(self) -> dict[str, frozenset[int]]:
        """The years that series.csv has of each indicator."""
        found: dict[str, set[int]] = {}
        for _, row in self.rows["series"]:
            if row["year"].isdecimal():
                found.setdefault(row["indicator"], set()).add(int(row["year"]))
        return {indicator: frozenset(years) for indicator, years in found.items()}

    @cached_property
    def by_series(self) -> dict[tuple[str, str], list[tuple[int, Point]]]:
        """Values by partner and indicator, with their years."""
        found: dict[tuple[str, str], list[tuple[int, Point]]] = {}
        for (partner, indicator, year), point in self.points.items():
            if year.isdecimal():
                found.setdefault((partner, indicator), []).append((int(year), point))
        return found

    def nearest(self, partner: str, indicator: str, year: int) -> Point | None:
        """The value of a series in the year nearest to one."""
        points = self.by_series.get((partner, indicator), [])
        return min(points, key=lambda dated: abs(dated[0] - year))[1] if points else None

    def span(self, indicator: str) -> tuple[int, int] | None:
        """The years that the label of an indicator confines it to."""
        match = SPAN.search(self.indicators[indicator][1]["label"]) if indicator in self.indicators else None
        return (int(match[1]), int(match[2] or match[1])) if match else None

    def compiled_by(self, word: str) -> list[str]:
        """The indicators of a compiler."""
        return [key for key, (_, row) in self.indicators.items() if word in row["compiler"]]

    def compiler_of(self, source_id: str) -> str:
        """Who stands behind a source: its compiler, else its publisher."""
        source = self.sources.get(source_id, {})
        return source.get("compiler") or source.get("publisher", "")


def read_standing(folder: Path) -> Standing:
    """The tables of a folder.

    Raises InputError when a table is not there, and Refused with all findings when one cannot be read.
    """
    package = read_package(folder)
    missing = [name for name in NEEDED if name not in package.resources]
    if missing:
        raise InputError(f"the data package has no table {', '.join(missing)}", str(folder), "restore datapackage.json")
    tables, findings = {}, []
    for name in NEEDED:
        path = package.path(name)
        if not path.is_file():
            findings.append(Finding(path.name, 0, "", "this table is missing", f"a file {path.name} in {folder}"))
            continue
        tables[name], found = read_rows(path, [field["name"] for field in package.fields(name)], path.name)
        findings += found
    if findings:
        raise Refused(findings)
    return Standing(package, named(tables))
