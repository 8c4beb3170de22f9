"""What is read from a native file: values for indicators, what was passed over and why, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from helpers.ingest.countries import Countries
from helpers.ingest.layouts import Head, Layout, Row
from helpers.ingest.numbers import Rounding, missing, number
from helpers.tables.findings import Finding

EXAMPLES = 4


@dataclass(frozen=True)
class Target:
    """An indicator that a kind fills: the unit its values have once they are read, their rounding, and whose they are."""

    unit: str
    rounding: Rounding
    compiler: str  # words that the indicator's compiler contains: two compilers are never joined in one series


@dataclass(frozen=True)
class Publisher:
    """What sources.csv says of a download: who publishes, who compiles, where, under what terms."""

    slug: str
    title: str
    publisher: str
    compiler: str
    url: str
    kind: str
    licence: str


@dataclass(frozen=True)
class Value:
    """One value for an indicator, in its unit and not yet rounded, with the place it was read from."""

    partner: str
    indicator: str
    year: int
    value: Decimal
    line: int = 0
    column: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Partner, indicator and year, as series.csv spells them."""
        return self.partner, self.indicator, str(self.year)


@dataclass
class Skip:
    """Rows or cells passed over for one reason."""

    reason: str
    count: int = 0
    line: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """A file as it was read; `publisher` and `published` go into its source."""

    shown: str
    head: Head
    countries: Countries
    standing: Mapping[str, frozenset[int]]  # the years that the tables have of each indicator
    since: int | None = None
    scale: str = ""
    publisher: Publisher | None = None
    published: str = ""
    values: list[Value] = field(default_factory=list)
    skips: dict[str, Skip] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def skip(self, reason: str, line: int = 0, example: str = "", count: int = 1) -> None:
        """Note that something was passed over."""
        found = self.skips.setdefault(reason, Skip(reason, 0, line))
        found.count += count
        if example and example not in found.examples and len(found.examples) < EXAMPLES:
            found.examples.append(example)

    def wrong(self, line: int, column: str, what: str, expected: str = "", nearest: str = "") -> None:
        """Note a finding at a place of the file."""
        self.findings.append(Finding(self.shown, line, column, what, expected, nearest))

    def start(self, indicator: str) -> int:
        """The first year taken of an indicator: the one asked for, else the first that the tables have."""
        return self.since if self.since is not None else min(self.standing.get(indicator, frozenset()), default=0)

    def number(self, row: Row, column: str) -> Decimal | None:
        """The number in a cell; None where there is none, which is skipped, or where the cell is no number, which is a finding."""
        text = row[column]
        if missing(text):
            self.skip("no value", row.line)
            return None
        value = number(text)
        if value is None:
            self.wrong(row.line, column, f'"{text[:40]}" is not a number', "a number in plain digits, with a point for decimals")
        return value


Reader = Callable[[Iterable[Row], Reading], None]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its layouts, the indicators it can fill, and the function that reads it.

    `targets` is told the years that may occur by `{year}` in a name: one indicator a year.
    """

    name: str
    title: str
    layouts: tuple[Layout, ...]
    targets: Mapping[str, Target]
    read: Reader
    telltales: Mapping[str, str] = field(default_factory=dict)  # words of a preamble whose file is refused, and why

    def target(self, indicator: str, year: int) -> Target | None:
        """What is known of an indicator, by its own name or by the pattern with the year."""
        if indicator in self.targets:
            return self.targets[indicator]
        return self.targets.get(indicator.replace(str(year), "{year}"))
