"""Do the numbers hold together: rules over several rows at once, rows in, findings out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from helpers.tables.findings import Finding, nearest
from helpers.tables.rules import Row, Rows, number


@dataclass(frozen=True)
class Family:
    """Total, exports and imports of one compiler, and how far the sum may miss the total (a part of the total)."""

    total: str
    exports: str
    imports: str
    tolerance: float


# Chinese customs publishes dollars rounded to a tenth of a billion and revises totals and flows at different times.
PUBLISHED = 0.002
# One table, one rate, and growth rates with one decimal behind 2023: only rounding is left.
CONVERTED = 0.001
# The partner's two returns are added by us, so the sum can miss only by its third decimal; small states have three digits.
RETURNED = 0.001
FAMILIES = (
    Family("trade_total_customs", "china_exports_customs", "china_imports_customs", PUBLISHED),
    Family("trade_total_customs_converted", "china_exports_customs_converted", "china_imports_customs_converted", CONVERTED),
    Family("trade_total_customs_yuan", "china_exports_customs_yuan", "china_imports_customs_yuan", CONVERTED),
    Family("trade_total_comtrade", "exports_to_china_comtrade", "imports_from_china_comtrade", RETURNED),
)
# A sum that misses is let through when the note says why; these words do.
EXPLAINED = re.compile(r"vintage|add up|differ|rounded|revised", re.IGNORECASE)

# Two readings of one compiler agree when they differ by less than this part: facts carry three digits, series more.
AGREE = 0.006
# Farther apart than this they are two measures; in between they are one measure read twice, and the note must say why.
SAME_MEASURE = 0.10

PLANS = {"forecast", "target", "capacity", "contract", "announcement"}
PAST = {"actual", "cumulative", "event"}
# The best grade an outlet of this kind can have: state media speak for their state, a repost stands behind its original.
CEILING = {"state media": "C", "repost": "C", "content farm": "D", "forum or blog": "D"}
USERS = {"facts", "indicators", "instruments", "events", "projects", "series", "memberships", "ties"}
TEXTS = {
    "facts": ("text", "note", "derived_from"),
    "claims": ("why",),
    "instruments": ("note",),
    "projects": ("note",),
    "indicators": ("definition", "note"),
    "series": ("note",),
    "sources": ("note",),
}
KEYS = {
    "facts": "fact_id", "claims": "claim_id", "instruments": "instrument_id", "events": "event_id",
    "projects": "project_id", "sources": "source_id", "indicators": "indicator",
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One value of an indicator, and where it stands."""

    value: float
    file: str
    line: int
    note: str


def points(rows: Rows) -> dict[tuple[str, str, str], Point]:
    """Values by partner, indicator and year, over tagged facts and series together."""
    found: dict[tuple[str, str, str], Point] = {}
    for file, tag in (("facts", "end"), ("series", "year")):
        for line, row in rows.get(file, []):
            if not row.get("indicator"):
                continue
            value = number(row.get("value", ""))
            if value is not None:
                place = Point(value, f"{file}.csv", line, row.get("note", ""))
                found.setdefault((row.get("partner", ""), row["indicator"], row.get(tag, "")[:4]), place)
    return found


def flows_add_up(rows: Rows) -> Iterator[Finding]:
    """Exports and imports of one compiler add up to its total, unless a note explains the gap."""
    known = points(rows)
    for family in FAMILIES:
        for (partner, indicator, year), total in known.items():
            exports, imports = (known.get((partner, flow, year)) for flow in (family.exports, family.imports))
            if indicator != family.total or exports is None or imports is None:
                continue
            summed = exports.value + imports.value
            told = any(EXPLAINED.search(point.note) for point in (total, exports, imports))
            if abs(summed - total.value) > family.tolerance * abs(total.value) and not told:
                what = f"{partner} {year}: exports and imports make {summed:g}, the total is {total.value:g}"
                yield Finding(total.file, total.line, "value", what, f"a gap of at most {family.tolerance:.1%}, or a note that explains it")


def cumulative_rises(rows: Rows) -> Iterator[Finding]:
    """Readings of one running total never fall."""
    readings: dict[tuple[str, str], list[tuple[str, float, int]]] = defaultdict(list)
    for line, row in rows.get("facts", []):
        if row.get("kind") != "cumulative" or not row.get("indicator"):
            continue
        if (value := number(row.get("value", ""))) is not None:
            readings[row.get("partner", ""), row["indicator"]].append((row.get("end", ""), value, line))
    for (partner, indicator), found in readings.items():
        ordered = sorted(found)
        for (before, old, _), (after, new, line) in pairwise(ordered):
            if new < old:
                what = f"{partner} {indicator} falls from {old:g} on {before} to {new:g} on {after}"
                yield Finding("facts.csv", line, "value", what, "a running total that rises")


def shares_in_facts(rows: Rows) -> Iterator[Finding]:
    """A fact whose metric says share lies between 0 and 100."""
    for line, row in rows.get("facts", []):
        if row.get("unit") != "%" or not re.search(r"\bshare\b", row.get("metric", ""), re.I):
            continue
        value = number(row.get("value", ""))
        if value is not None and not 0 <= value <= 100:
            yield Finding("facts.csv", line, "value", f"{row['value']} is no share", "0 to 100")


def readings_agree(rows: Rows) -> Iterator[Finding]:
    """A fact close to a series point of the same compiler, year, unit and dimension equals it, or its note says why not."""
    indicators = {row.get("indicator"): row for _, row in rows.get("indicators", [])}
    compilers = {row.get("source_id"): _compilers(row) for _, row in rows.get("sources", [])}
    series: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
    for _, row in rows.get("series", []):
        about, value = indicators.get(row.get("indicator")), number(row.get("value", ""))
        if about is None or value is None:
            continue
        for compiler in compilers.get(row.get("source_id"), ()):
            key = (row.get("partner", ""), row.get("year", ""), about.get("unit", ""), about.get("dimension", ""), compiler)
            series[key].append((row.get("indicator", ""), value))
    for line, row in rows.get("facts", []):
        value = number(row.get("value", ""))
        if not value or row.get("indicator") or row.get("kind") in PLANS or row.get("note") or not row.get("end", "").endswith("-12-31"):
            continue
        for compiler in compilers.get(row.get("source_id"), ()):
            key = (row.get("partner", ""), row["end"][:4], row.get("unit", ""), row.get("dimension", ""), compiler)
            close = sorted((abs(point / value - 1), name, point) for name, point in series[key])
            if close and AGREE < close[0][0] < SAME_MEASURE:
                what = f"{row['value']} stands beside {close[0][2]:g} in {close[0][1]}, from the same compiler"
                yield Finding("facts.csv", line, "value", what, "the same value, or a note that says why they differ")
                break


def _compilers(source: Row) -> tuple[str, ...]:
    """Who stands behind a source: its compilers, else its publisher."""
    return tuple((source.get("compiler") or source.get("publisher", "")).split("; "))


def sources_used(rows: Rows) -> Iterator[Finding]:
    """Every source is used by a row of another table; founding articles are known by their claims."""
    if not rows.keys() >= USERS:  # a table that could not be read has its own finding, and may have used them
        return
    used = {row.get("source_id") for table in rows if table != "sources" for _, row in rows[table]}
    for line, row in rows.get("sources", []):
        if row.get("source_id") not in used and row.get("kind") != "founding article":
            yield Finding("sources.csv", line, "source_id", f"nothing uses {row.get('source_id')}", "a source of some row, or no row here")


def outcomes_in_series(rows: Rows) -> Iterator[Finding]:
    """A plan, forecast or contract is no point of a series, unless the indicator is one of such values."""
    indicators = {row.get("indicator"): f"{row.get('label')} {row.get('definition')}".lower() for _, row in rows.get("indicators", [])}
    for line, row in rows.get("facts", []):
        kind = row.get("kind", "")
        if row.get("indicator") and kind in PLANS and kind not in indicators.get(row["indicator"], ""):
            what = f"a {kind} is a point of {row['indicator']}"
            yield Finding("facts.csv", line, "indicator", what, "an outcome, or a definition that says so")


def successors_measure_the_same(rows: Rows) -> Iterator[Finding]:
    """A reading and the one that replaces it are in the same unit."""
    facts = {row.get("fact_id"): row for _, row in rows.get("facts", [])}
    for line, row in rows.get("facts", []):
        later = facts.get(row.get("superseded_by", ""))
        if later is not None and later.get("unit") != row.get("unit"):
            what = f"{row['superseded_by']} is in {later.get('unit') or 'words'}, this fact in {row.get('unit') or 'words'}"
            yield Finding("facts.csv", line, "superseded_by", what, "a later reading of the same measure")


def named_rows_exist(rows: Rows) -> Iterator[Finding]:
    """A row that a note names by its key is there."""
    codes = [row.get("partner", "").lower() for _, row in rows.get("partners", []) if row.get("group") in {"core", "preferred"}]
    if not codes or not rows.keys() >= KEYS.keys():  # a table that could not be read has its own finding
        return
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, codes))})-[a-z0-9][a-z0-9-]*[a-z0-9]\b")
    known = {row.get(key, "") for table, key in KEYS.items() for _, row in rows.get(table, [])}
    for table, columns in TEXTS.items():
        for line, row in rows.get(table, []):
            for column in columns:
                for name in named.findall(row.get(column, "")):
                    if name not in known:
                        yield Finding(f"{table}.csv", line, column, f"there is no row {name}", "the key of a row", nearest(name, known))


def grades(rows: Rows) -> Iterator[Finding]:
    """No outlet is graded above what its kind allows, and a link that is withheld is not printed."""
    for line, row in rows.get("sources", []):
        best = CEILING.get(row.get("kind", ""))
        if best and row.get("grade", "D") < best:
            yield Finding("sources.csv", line, "grade", f"{row['grade']} is too good for {row['kind']}", f"{best} at best")
        if row.get("url") and "link withheld" in row.get("note", "").lower():
            yield Finding("sources.csv", line, "url", "the note says that this link is withheld", "no address")


def nothing_after(rows: Rows, cut_off: str) -> Iterator[Finding]:
    """Nothing that is told as having happened lies after the cut-off (YYYY-MM-DD)."""
    for line, row in rows.get("facts", []):
        if row.get("kind") in PAST and row.get("end", "") > cut_off:
            yield Finding("facts.csv", line, "end", f"{row['end']} is after the cut-off, told as {row['kind']}", f"at most {cut_off}")
    for line, row in rows.get("events", []):
        if row.get("start", "")[: len(cut_off)] > cut_off:
            yield Finding("events.csv", line, "start", f"{row['start']} is after the cut-off", f"at most {cut_off}")
    for table, column in (("series", "year"), ("ties", "year"), ("world", "year"), ("instruments", "signed"), ("sources", "published")):
        for line, row in rows.get(table, []):
            if row.get(column, "")[: len(cut_off)] > cut_off[: len(row.get(column, ""))]:
                yield Finding(f"{table}.csv", line, column, f"{row[column]} is after the cut-off", f"at most {cut_off}")


CONSISTENCY: tuple[Callable[[Rows], Iterator[Finding]], ...] = (
    flows_add_up,
    cumulative_rises,
    shares_in_facts,
    readings_agree,
    sources_used,
    outcomes_in_series,
    successors_measure_the_same,
    named_rows_exist,
    grades,
)
