"""Rules of the domain that a schema cannot say, one function each: rows in, findings out."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from helpers.tables.findings import Finding
from helpers.tables.raw import RawTable

Row = dict[str, str]
Rows = dict[str, list[tuple[int, Row]]]
HUGE = 1e15  # no quantity of the briefing is as large in its unit, and no axis of a chart reaches as far
_PLAIN = re.compile(r"(-?\d{1,15}(\.\d+)?)?", re.ASCII)  # nearly every number, and an empty cell: finite beyond doubt
PARTIAL_DATES = {"formula_since", "published", "signed", "in_force", "until", "start", "end", "since"}


def named(tables: dict[str, RawTable]) -> Rows:
    """Rows as dictionaries with their line, by table."""
    return {
        name: [(line, dict(zip(table.header, row, strict=True))) for line, row in zip(table.lines, table.rows, strict=True)]
        for name, table in tables.items()
    }


def columns_of(content: list[tuple[int, Row]], wanted: Iterable[str]) -> list[str]:
    """Those of some columns that a table has, told by its first row."""
    return [column for column in wanted if content and column in content[0][1]]


def number(text: str) -> float | None:
    """A finite float, or None; text that is no number is the schema's finding and not repeated here."""
    if not text:  # most cells; raising for each would cost more than all the rules together
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _parses(text: str) -> bool:
    """Whether Python reads the text as a float; what it does not read is the schema's finding."""
    if not text:
        return False
    try:
        float(text)
    except ValueError:
        return False
    return True


def finite(rows: Rows) -> Iterator[Finding]:
    """No infinity, no NaN, nothing beyond all quantities, and no digits that only some programs read (1_000, Arabic-Indic digits)."""
    for table in rows:
        columns = columns_of(rows[table], ("value", "low", "high", "year", "order"))
        for line, row in rows[table]:
            for column in columns:
                text = row[column]
                if _PLAIN.fullmatch(text) or not _parses(text):
                    continue
                value = number(text)
                if value is None or not text.isascii() or "_" in text:
                    yield Finding(f"{table}.csv", line, column, f'"{text}" is not a finite number in plain digits', "a number")
                elif abs(value) >= HUGE:
                    yield Finding(
                        f"{table}.csv", line, column, f'"{text}" is larger than any quantity', f"less than {HUGE:g}; a larger unit"
                    )


def periods(rows: Rows) -> Iterator[Finding]:
    """A period ends on or after the day it starts."""
    pairs = (("start", "end"), ("signed", "until"), ("in_force", "until"), ("since", "until"))
    for table in rows:
        there = [pair for pair in pairs if len(columns_of(rows[table], pair)) == 2]
        for line, row in rows[table]:
            for first, last in there:
                start, end = row[first], row[last]
                width = min(len(start), len(end))
                if width and start[:width] > end[:width]:
                    yield Finding(f"{table}.csv", line, last, f"{end} is before {first} {start}", "a period that ends after it starts")


def real_years(rows: Rows) -> Iterator[Finding]:
    """No year 0, which no calendar has."""
    for table in rows:
        for line, row in rows[table] if columns_of(rows[table], ("year",)) else ():
            if row["year"] and not row["year"].strip("0"):
                yield Finding(f"{table}.csv", line, "year", f'"{row["year"]}" is not in the calendar', "a year that exists")


def real_dates(rows: Rows) -> Iterator[Finding]:
    """Dates of the form YYYY-MM(-DD) that no calendar has."""
    for table in rows:
        columns = columns_of(rows[table], sorted(PARTIAL_DATES))
        days: set[str] = set()  # those that were found good
        for line, row in rows[table]:
            for column in columns:
                if row[column] in days:
                    continue
                parts = row[column].split("-")
                if len(parts) < 2 or not all(part.isdigit() for part in parts):
                    continue
                if table == "facts" and [len(part) for part in parts] != [4, 2, 2]:
                    yield Finding("facts.csv", line, column, f'"{row[column]}" is not a date like 2024-03-28')
                    continue
                try:
                    date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
                except ValueError:
                    yield Finding(f"{table}.csv", line, column, f'"{row[column]}" is not in the calendar', "a day that exists")
                else:
                    days.add(row[column])


def ranges(rows: Rows) -> Iterator[Finding]:
    """A value lies inside its low–high range."""
    for line, row in rows.get("facts", []):
        value, low, high = (number(row.get(column, "")) for column in ("value", "low", "high"))
        if low is not None and high is not None and low > high:
            yield Finding("facts.csv", line, "low", f"{row['low']} is above high {row['high']}", "low ≤ high")
        elif value is None:
            continue
        elif (low is not None and value < low) or (high is not None and value > high):
            yield Finding("facts.csv", line, "value", f"{row['value']} is outside {row['low']}–{row['high']}", "low ≤ value ≤ high")


def worded(rows: Rows) -> Iterator[Finding]:
    """A fact has a value with a unit, or says in words what it is."""
    for line, row in rows.get("facts", []):
        if not row.get("value") and not row.get("text"):
            yield Finding("facts.csv", line, "text", "neither a value nor a text", "a value with its unit, or a sentence")
        if row.get("value") and not row.get("unit"):
            yield Finding("facts.csv", line, "unit", "a value without a unit", "a unit of units.csv")


def superseded(rows: Rows) -> Iterator[Finding]:
    """`superseded_by` points at a later fact, and not round in a circle."""
    facts = {row.get("fact_id", ""): row for _, row in rows.get("facts", [])}
    for line, row in rows.get("facts", []):
        later = facts.get(row.get("superseded_by", ""))
        if later is None or not row.get("superseded_by"):
            continue
        if later is row or later.get("end", "") < row.get("end", ""):
            yield Finding(
                "facts.csv", line, "superseded_by", f"{row['superseded_by']} is not later", f"a fact that ends after {row.get('end')}"
            )
        elif later.get("superseded_by") == row.get("fact_id"):
            yield Finding("facts.csv", line, "superseded_by", f"{row['superseded_by']} is superseded by this fact", "no circle")


def series_points(rows: Rows) -> Iterator[Finding]:
    """One value for each partner, indicator and date, over facts and series together, in the indicator's unit."""
    indicators = {row.get("indicator", ""): row for _, row in rows.get("indicators", [])}
    seen: dict[tuple[str, str, str], str] = {}
    for line, row in rows.get("facts", []):
        indicator = indicators.get(row.get("indicator", ""))
        if not row.get("indicator") or indicator is None:
            continue
        if row.get("unit") != indicator.get("unit"):
            yield Finding("facts.csv", line, "unit", f'"{row.get("unit")}" differs from {row["indicator"]}', f"{indicator.get('unit')}")
        annual = indicator.get("frequency") != "dated"
        key = (row.get("partner", ""), row["indicator"], row.get("end", "")[:4] if annual else row.get("end", ""))
        if key in seen:
            yield Finding("facts.csv", line, "indicator", f"a second point of {' '.join(key)}, after {seen[key]}", "one value a date")
        seen[key] = f"facts.csv:{line}"
        if indicator.get("frequency") == "annual" and (row.get("start", "")[4:], row.get("end", "")[4:]) != ("-01-01", "-12-31"):
            yield Finding("facts.csv", line, "start", "not a calendar year", f"{row['indicator']} is annual")
    for line, row in rows.get("series", []):
        key = (row.get("partner", ""), row.get("indicator", ""), row.get("year", ""))
        if key in seen and seen[key].startswith("facts"):
            yield Finding("series.csv", line, "year", f"this point stands in {seen[key]} already", "facts or series, not both")


def shares(rows: Rows) -> Iterator[Finding]:
    """Shares in a series lie between 0 and 100; shares of something larger say so by their unit."""
    units = {row.get("indicator", ""): row for _, row in rows.get("indicators", [])}
    for line, row in rows.get("series", []):
        indicator, value = units.get(row.get("indicator", "")), number(row.get("value", ""))
        if indicator is None or value is None or indicator.get("unit") != "%" or "GDP" in indicator.get("label", ""):
            continue
        if not 0 <= value <= 100:
            yield Finding("series.csv", line, "value", f"{row['value']} is no share", "0 to 100")


def settled(rows: Rows) -> Iterator[Finding]:
    """Every claim is settled by a fact or marked unverifiable."""
    for line, row in rows.get("claims", []):
        if not row.get("fact_id") and row.get("verdict") != "unverifiable":
            yield Finding("claims.csv", line, "fact_id", f"no fact settles this {row.get('verdict')} claim", "a fact_id, or unverifiable")


def supported(rows: Rows) -> Iterator[Finding]:
    """Instruments, events and projects name a fact or a source."""
    for table in ("instruments", "events", "projects"):
        for line, row in rows.get(table, []):
            if not row.get("fact_id") and not row.get("source_id"):
                yield Finding(f"{table}.csv", line, "source_id", "neither a fact nor a source", "one of the two")


def evidence_only(rows: Rows) -> Iterator[Finding]:
    """A founding article is under test and carries no fact."""
    articles = {row.get("source_id") for _, row in rows.get("sources", []) if row.get("kind") == "founding article"}
    for line, row in rows.get("facts", []):
        if row.get("source_id") in articles:
            yield Finding("facts.csv", line, "source_id", f"{row['source_id']} is a founding article", "a source that is not under test")


def known_parties(rows: Rows) -> Iterator[Finding]:
    """Every chapter has its instruments, and parties are country codes."""
    have = Counter(row.get("partner") for _, row in rows.get("instruments", []))
    for line, row in rows.get("partners", []):
        if row.get("group") in {"core", "preferred"} and not have[row.get("partner")]:
            yield Finding(
                "partners.csv",
                line,
                "partner",
                f"{row.get('partner')} has no instrument",
                "a row in instruments.csv, or one that says none was found",
            )
    for line, row in rows.get("instruments", []):
        wrong = [code for code in row.get("parties", "").split() if not (len(code) == 3 and code.isupper())]
        if wrong:
            yield Finding("instruments.csv", line, "parties", f"{wrong[0]!r} is not a country code", "codes like CHN RUS")


def some_chapter(rows: Rows) -> Iterator[Finding]:
    """Somebody has a chapter."""
    if "partners" in rows and all(row.get("group") == "comparison" for _, row in rows["partners"]):
        yield Finding("partners.csv", 1, "group", "no partner has a chapter", "at least one row that is no comparison")


def chapter_order(rows: Rows) -> Iterator[Finding]:
    """No two partners share a place in the order."""
    places = defaultdict(list)
    for line, row in rows.get("partners", []):
        places[row.get("order")].append((line, row.get("partner")))
    for order, found in places.items():
        for line, code in found[1:]:
            yield Finding("partners.csv", line, "order", f"{code} has the order {order} of {found[0][1]}", "an order of its own")


RULES: tuple[Callable[[Rows], Iterator[Finding]], ...] = (
    finite,
    periods,
    real_years,
    real_dates,
    ranges,
    worded,
    superseded,
    series_points,
    shares,
    settled,
    supported,
    evidence_only,
    known_parties,
    some_chapter,
    chapter_order,
)
