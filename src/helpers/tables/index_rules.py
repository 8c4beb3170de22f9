"""Is the alignment index well founded: rules over the framework and the readings it rests on, rows in, findings out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from helpers.tables.findings import Finding, nearest
from helpers.tables.rules import Rows, number

LEAST_COUNTRIES = 10  # a rank among fewer says nothing, and a deviation is no scale

Place = tuple[str, int, float]  # file, line and value of a reading


def places(rows: Rows) -> dict[tuple[str, str], dict[str, Place]]:
    """Readings of the framework's indicators by indicator and year, then by country, over the world table, series and tagged facts."""
    wanted = {row["indicator"] for _, row in rows.get("framework", []) if row.get("indicator")}
    found: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for table, country, tag in (("facts", "partner", "end"), ("series", "partner", "year"), ("world", "country", "year")):
        for line, row in rows.get(table, []):
            if row.get("indicator") not in wanted or row.get(country) in ("CHN", "WLD"):
                continue
            value = number(row.get("value", ""))
            if value is not None:
                found[row["indicator"], row.get(tag, "")[:4]].setdefault(row.get(country, ""), (f"{table}.csv", line, value))
    return found


def enough_countries(rows: Rows) -> Iterator[Finding]:
    """An indicator of the index has readings for at least ten countries in its year."""
    found = places(rows)
    for line, row in rows.get("framework", []):
        count = len(found.get((row.get("indicator", ""), row.get("year", "")), {}))
        if count < LEAST_COUNTRIES:
            yield Finding(
                "framework.csv",
                line,
                "indicator",
                f"{row.get('indicator')} has readings for {count} countries in {row.get('year')}",
                f"at least {LEAST_COUNTRIES} countries, in world.csv or series.csv",
            )


def not_constant(rows: Rows) -> Iterator[Finding]:
    """An indicator of the index differs between countries."""
    found = places(rows)
    for line, row in rows.get("framework", []):
        values = {value for _, _, value in found.get((row.get("indicator", ""), row.get("year", "")), {}).values()}
        if len(values) == 1:
            shown = f"{values.pop():g}"
            yield Finding(
                "framework.csv", line, "indicator", f"{row.get('indicator')} is {shown} for every country", "readings that differ"
            )


def above_zero(rows: Rows) -> Iterator[Finding]:
    """A reading on a log scale is above zero."""
    found = places(rows)
    for _, row in rows.get("framework", []):
        if row.get("scale") == "log":
            for file, line, value in found.get((row.get("indicator", ""), row.get("year", "")), {}).values():
                if value <= 0:
                    yield Finding(file, line, "value", f"{value:g} has no place on the log scale of {row['indicator']}", "a number above 0")


def directed(rows: Rows) -> Iterator[Finding]:
    """An indicator of the index says whether more of it means closer."""
    directions = {row.get("indicator"): row.get("direction") for _, row in rows.get("indicators", [])}
    for line, row in rows.get("framework", []):
        if directions.get(row.get("indicator")) == "none":
            yield Finding("framework.csv", line, "indicator", f"{row['indicator']} has no direction", "closer or farther in indicators.csv")


def named_indicators(rows: Rows) -> Iterator[Finding]:
    """Bases and American counterparts are indicators, and a base comes with its least value."""
    known = {row.get("indicator", "") for _, row in rows.get("indicators", [])}
    for line, row in rows.get("framework", []):
        for column in ("base", "usa"):
            if row.get(column) and row[column] not in known:
                what = f'"{row[column]}" is unknown'
                yield Finding("framework.csv", line, column, what, "an indicator of indicators.csv", nearest(row[column], known))
        if bool(row.get("base")) != bool(row.get("least")):
            yield Finding("framework.csv", line, "least", "a base without its least value, or the reverse", "both or neither")


def once(rows: Rows) -> Iterator[Finding]:
    """A point of the world table stands in no other table."""
    elsewhere: dict[tuple[str, str, str], str] = {}
    for table, tag in (("facts", "end"), ("series", "year")):
        for line, row in rows.get(table, []):
            elsewhere[row.get("partner", ""), row.get("indicator", ""), row.get(tag, "")[:4]] = f"{table}.csv:{line}"
    for line, row in rows.get("world", []):
        key = (row.get("country", ""), row.get("indicator", ""), row.get("year", ""))
        if key in elsewhere:
            yield Finding("world.csv", line, "country", f"this point stands in {elsewhere[key]} already", "each point in one table")


INDEX: tuple[Callable[[Rows], Iterator[Finding]], ...] = (
    enough_countries,
    not_constant,
    above_zero,
    directed,
    named_indicators,
    once,
)
