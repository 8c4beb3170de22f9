"""What a file would change: its values beside those that stand, without touching anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from helpers.ingest.numbers import agrees_coarsely
from helpers.ingest.reading import Kind, Reading, Skip, Target, Value
from helpers.ingest.standing import Point, Refused, Standing
from helpers.tables.findings import Finding

Verdict = Literal["added", "changed", "same", "held"]
# Apart by more than these factors, two values of one year, or of neighbouring ones, are a mistake of scale and no revision.
SAME_YEAR, OTHER_YEAR = 100, 1000
COARSE = "to the places that stand"
REPLACED = re.compile(r"\s*Replaces \S+ of \S+\.$")


@dataclass(frozen=True)
class Change:
    """One value of the file beside the one that stands, and what is done about it."""

    verdict: Verdict
    value: Value
    new: str  # as series.csv spells it
    standing: Point | None = None
    why: str = ""

    @property
    def old(self) -> str:
        """The value that stands, as it is spelled; empty where there is none."""
        return self.standing.spelled if self.standing else ""

    @property
    def note(self) -> str:
        """The note of the row that is written: its own, and which value it replaces, so that no vintage goes unrecorded."""
        if self.verdict != "changed" or self.standing is None:
            return self.value.note
        kept = self.value.note or REPLACED.sub("", self.standing.note)
        return f"{kept} Replaces {self.old} of {self.standing.source_id}.".strip()


@dataclass(frozen=True)
class Plan:
    """All changes of one file, what was passed over, and the source that new rows would name."""

    kind: str
    layout: str
    file: str
    accessed: date
    source: dict[str, str]
    changes: tuple[Change, ...]
    skips: tuple[Skip, ...]
    reminders: tuple[str, ...] = ()  # notes of indicators that name years, where new years come in

    @property
    def written(self) -> list[Change]:
        """The changes that go into series.csv."""
        return [change for change in self.changes if change.verdict in ("added", "changed")]

    def count(self, verdict: Verdict) -> int:
        """How many changes have a verdict."""
        return sum(change.verdict == verdict for change in self.changes)


def plan(
    kind: Kind, reading: Reading, standing: Standing, accessed: date, fingerprint: str, partners: Iterable[str] = (), replace: bool = False
) -> Plan:
    """Compare what was read with what stands.

    Raises Refused with all findings: those of the reading, indicators of another compiler or unit, values that contradict
    each other or are out of scale, and a file from which nothing fits.
    """
    wanted = set(partners) or set(standing.countries.partners)
    values = list(_fitting(kind, reading, standing, accessed, wanted))
    findings = [*reading.findings, *_foreign(kind, values, standing), *_contradictions(values, reading.shown)]
    if not findings and not values:
        findings.append(_nothing(kind, reading, standing))
    if not findings:
        findings += _out_of_scale(kind, values, standing, reading.shown)
    if findings:
        raise Refused(sorted(set(findings)))
    unique = {value.key: value for value in reversed(values)}
    changes = tuple(_verdicts(kind, [unique[key] for key in dict.fromkeys(value.key for value in values)], standing, replace))
    skips = tuple(sorted(reading.skips.values(), key=lambda skip: (-skip.count, skip.reason)))
    source = _source(reading, accessed, fingerprint, standing)
    return Plan(kind.name, reading.head.layout.name, reading.shown, accessed, source, changes, skips, tuple(_reminders(changes, standing)))


def _target(kind: Kind, value: Value) -> Target:
    target = kind.target(value.indicator, value.year)
    if target is None:  # a reader that names an indicator it has not declared is a mistake of ours
        raise LookupError(value.indicator)
    return target


def _fitting(kind: Kind, reading: Reading, standing: Standing, accessed: date, wanted: set[str]) -> Iterable[Value]:
    """The values that are asked for and have a place; the others are noted as passed over."""
    for value in reading.values:
        span = standing.span(value.indicator)
        if value.partner not in wanted:
            reading.skip("a partner not asked for", value.line, value.partner)
        elif reading.since is not None and value.year < reading.since:
            reading.skip(f"before {reading.since}", value.line)
        elif value.year >= accessed.year:
            reading.skip(f"a year that had not ended on {accessed}", value.line, str(value.year))
        elif value.indicator not in standing.indicators:
            known = [name for name in standing.compiled_by(_target(kind, value).compiler) if name in kind.targets or _with_year(kind, name)]
            reading.skip(f"no indicator {value.indicator}; there are {', '.join(known) or 'none'}", value.line, value.partner)
        elif span and not span[0] <= value.year <= span[1]:
            label = standing.indicators[value.indicator][1]["label"]
            reading.skip(f'outside the years of {value.indicator}, by its label "{label}"', value.line, str(value.year))
        else:
            yield value


def _with_year(kind: Kind, indicator: str) -> bool:
    return re.sub(r"\d{4}$", "{year}", indicator) in kind.targets


def _foreign(kind: Kind, values: list[Value], standing: Standing) -> Iterable[Finding]:
    """Indicators that are another compiler's or in another unit: two compilers are never joined in one series."""
    targets = {value.indicator: _target(kind, value) for value in values}
    for indicator, target in targets.items():
        line, row = standing.indicators[indicator]
        if target.compiler not in row["compiler"]:
            has = ", ".join(standing.compiled_by(target.compiler)) or "none"
            yield Finding(
                "indicators.csv", line, "compiler", f'{indicator} is compiled by "{row["compiler"]}"', f"{target.compiler}, whose are {has}"
            )
        if row["unit"] != target.unit:
            yield Finding("indicators.csv", line, "unit", f'{indicator} is in "{row["unit"]}"', f'"{target.unit}", as the file is read')
    for (_, indicator, _), point in standing.points.items():
        if indicator in targets and point.file == "series.csv" and targets[indicator].compiler not in standing.compiler_of(point.source_id):
            what = f"{indicator} has a value compiled by {standing.compiler_of(point.source_id) or 'nobody'}"
            yield Finding(
                point.file, point.line, "source_id", what, f"a source of {targets[indicator].compiler}; two compilers make two series"
            )


def _contradictions(values: list[Value], shown: str) -> Iterable[Finding]:
    """Two different values for one partner, indicator and year."""
    first: dict[tuple[str, str, str], Value] = {}
    for value in values:
        other = first.setdefault(value.key, value)
        if other.value != value.value:
            what = f"a second value for {' '.join(value.key)}: {value.value:f}"
            yield Finding(shown, value.line, value.column, what, f"{other.value:f}, as on line {other.line}")


def _nothing(kind: Kind, reading: Reading, standing: Standing) -> Finding:
    """Nothing in the file fits: say what was passed over, and what the tables have."""
    reasons = "; ".join(f"{skip.count} × {skip.reason}" for skip in sorted(reading.skips.values(), key=lambda skip: -skip.count)[:3])
    known = [name for name in standing.indicators if name in kind.targets or _with_year(kind, name)]
    return Finding(
        reading.shown,
        reading.head.line,
        "",
        f"no value for the tables ({reasons or 'no rows'})",
        f"values of {', '.join(known) or kind.title}",
    )


def _out_of_scale(kind: Kind, values: list[Value], standing: Standing, shown: str) -> Iterable[Finding]:
    """Money and people many times what stands of the same series in the same year, or else in the nearest."""
    for value in values:
        point, most = standing.points.get(value.key), SAME_YEAR
        if point is None:
            point, most = standing.nearest(value.partner, value.indicator, value.year), OTHER_YEAR
        if point is None or _target(kind, value).unit not in ("USD bn", "people") or not point.value or not value.value:
            continue
        if not point.value <= value.value * most or not value.value <= point.value * most:
            what = f"{' '.join(value.key)} would be {value.value:.6g}, beside {point.spelled} in {point.file}:{point.line}"
            yield Finding(shown, value.line, value.column, what, "a value of the same scale")


def _verdicts(kind: Kind, values: list[Value], standing: Standing, replace: bool) -> Iterable[Change]:
    """Each value's verdict; a series whose values differ takes nothing unless it is replaced, so that no vintages are mixed."""
    first = [(value, standing.points.get(value.key), _target(kind, value).rounding) for value in values]
    differing = {
        (value.partner, value.indicator)
        for value, point, rounding in first
        if point is not None and not rounding.agrees(value.value, point.value) and not agrees_coarsely(value.value, point.value)
    }
    for value, point, rounding in first:
        new = rounding.spelled(value.value)
        other = (value.partner, value.indicator) in differing and not replace
        if point is None:
            yield Change("held" if other else "added", value, new, None, "the file is another vintage of this series" if other else "")
        elif rounding.agrees(value.value, point.value):
            yield Change("same", value, new, point, f"in {point.file}:{point.line}" if point.file == "facts.csv" else "")
        elif agrees_coarsely(value.value, point.value) and not replace:
            yield Change("same", value, new, point, COARSE)
        elif point.file == "facts.csv":
            yield Change("held", value, new, point, f"stands as a fact in facts.csv:{point.line}; change it there")
        else:
            yield Change("changed" if replace else "held", value, new, point, "" if replace else "differs from what stands")


def _reminders(changes: Iterable[Change], standing: Standing) -> Iterable[str]:
    """Notes that are written by hand and may no longer hold: of indicators that name a year and get a new one."""
    new: dict[str, set[int]] = {}
    for change in changes:
        if change.verdict == "added" and change.value.year not in standing.years.get(change.value.indicator, ()):
            new.setdefault(change.value.indicator, set()).add(change.value.year)
    for indicator, years in new.items():
        line, row = standing.indicators[indicator]
        if re.search(r"\b(19|20)\d{2}\b", row["note"]):
            told = f'gets {", ".join(map(str, sorted(years)))}; see whether "{row["note"]}" still holds'
            yield f"indicators.csv:{line}:note: {indicator} {told}"


def _source(reading: Reading, accessed: date, fingerprint: str, standing: Standing) -> dict[str, str]:
    """The row of sources.csv for this download; a second one of the same day has a number."""
    told = reading.publisher
    if told is None:
        raise LookupError("a reader that read values must name its publisher")
    source = {
        "title": told.title,
        "publisher": told.publisher,
        "compiler": told.compiler,
        "author": "",
        "published": reading.published,
        "url": told.url,
        "kind": told.kind,
        "grade": "A",
        "grade_reason": "downloaded from the compiler" if not told.compiler else "the compiler's own file",
        "note": f"Accessed {accessed}; file {fingerprint[:12]} (SHA-256). {told.licence}".strip(),
    }
    name, number = f"{told.slug}-{accessed}", 1
    while name in standing.sources and {**standing.sources[name], "source_id": ""} != {**source, "source_id": ""}:
        number += 1
        name = f"{told.slug}-{accessed}-{number}"
    return {"source_id": name, **source}
