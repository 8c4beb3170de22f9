"""SIPRI Arms Transfers Database: volume of major arms delivered, in millions of trend-indicator values (TIV).

Layouts: the register with one row per deal and year of delivery (`SIPRI AT Database ID, Supplier, Recipient, … Delivery year, … TIV
delivery values`, since 2024; eleven lines above the header, each line ended by a semicolon; UTF-8 or ASCII), and the register with one
row per deal (`Recipient, Supplier, Year of order, … Year(s) of delivery, … SIPRI TIV of delivered weapons`, as the site still gave it
in 2026; in Latin-1, without semicolons, and with line breaks in comments that are not quoted: seen in exports of 2024 and 2025). The
second adds deliveries over the years asked for, so it is taken for one year, or for five: the windows of the indicators. What was
asked for stands in the first line ("from All countries to All countries … year range '1995' to '2025'"), which therefore must be kept.
The TIV tables ("Volume of transfers", formerly "TIV of arms exports") are refused: they are rounded to the million, the indicators are
not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from helpers.ingest.countries import CHINA, RUSSIA, USA
from helpers.ingest.layouts import Layout, Row
from helpers.ingest.numbers import Rounding, year
from helpers.ingest.reading import Kind, Publisher, Reading, Target, Value

DELIVERIES = Layout(
    "SIPRI register by year of delivery, 2024 and later", ("Supplier", "Recipient", "Delivery year", "TIV delivery values"), latin=True
)
DEALS = Layout(
    "SIPRI trade register by deal",
    ("Recipient", "Supplier", "Year of order", "Year(s) of delivery", "SIPRI TIV of delivered weapons"),
    latin=True,
    breaks=True,
)
ROUNDED = "the TIV tables are rounded to the million and the indicators are not; download the trade register of the same transfers"
TABLE_BY_SUPPLIER = Layout("SIPRI TIV table by supplier", ("Supplier", "Percentage of total"), refused=ROUNDED)
TABLE_BY_RECIPIENT = Layout("SIPRI TIV table by recipient", ("Recipient", "Percentage of total"), refused=ROUNDED)

COMPILER = "Stockholm International Peace Research Institute"
TITLE = re.compile(
    r"from\s+(?P<suppliers>.+?)\s+to\s+(?P<recipients>.+?)\s*\.\s.*?year range '(?P<first>[^']*)' to '(?P<last>[^']*)'", re.IGNORECASE
)
GENERATED = re.compile(r"Data generated:\s*(\d{1,2} [A-Za-z]{3} \d{4})")
ALL = "all countries"
WINDOW = 5
TINY = Decimal(50)
TINY_NOTE = "Tiny base: fewer than 50 million TIV from all suppliers."
VOLUME, SHARE = Target("TIV m", Rounding(places=2), COMPILER), Target("%", Rounding(places=3), COMPILER)
ANNUAL = {"arms_from_china": CHINA, "arms_from_russia": RUSSIA}
SHARES = {"arms_share_china_5y": CHINA, "arms_share_russia_5y": RUSSIA, "arms_share_usa_5y": USA}

Volumes = dict[tuple[str, str, int], Decimal]  # supplier, recipient, year (the last one of a window)


@dataclass(frozen=True)
class Query:
    """What a download was asked for: names of suppliers and recipients, and the years of delivery (None where not specified)."""

    suppliers: str
    recipients: str
    first: int | None
    last: int | None

    def whole(self, text: str) -> bool:
        """Whether one side of the query was left open."""
        return text.strip().casefold() == ALL


def query(preamble: Iterable[str]) -> Query | None:
    """The query that the first line of an export states; None when that line is not there."""
    for line in preamble:
        match = TITLE.search(line)
        if match:
            return Query(match["suppliers"].strip(), match["recipients"].strip(), year(match["first"]), year(match["last"]))
    return None


def read(rows: Iterable[Row], reading: Reading) -> None:
    """Volumes by pair and year, added up, and what the indicators make of them."""
    asked = query(reading.head.preamble)
    if asked is None:
        what = "the title line of the export is missing: whose transfers, of which years"
        reading.wrong(1, "", what, "\"Transfers of major conventional arms from … to … year range '…' to '…'\" above the header")
        return
    generated = next((match[1] for line in reading.head.preamble if (match := GENERATED.search(line))), "")
    reading.published = _date(generated)
    reading.publisher = Publisher(
        "sipri-register",
        f"SIPRI Arms Transfers Database, trade register, {asked.suppliers[:60]} to {asked.recipients[:60]}",
        "Stockholm International Peace Research Institute",
        "",
        "https://www.sipri.org/databases/armstransfers",
        "dataset",
        "Licence: copyright SIPRI; non-commercial use free if credited, larger extracts on request.",
    )
    if reading.head.layout is DELIVERIES:
        volumes, lines = _deliveries(rows, reading)
        _annual(volumes, lines, asked, reading)
        _windows(volumes, lines, asked, reading)
    else:
        _deals(rows, asked, reading)


def _date(text: str) -> str:
    try:
        return datetime.strptime(text, "%d %b %Y").date().isoformat()
    except ValueError:
        return ""


def _party(name: str, reading: Reading) -> str:
    """The code of a state; a body that is none keeps its name, since its deliveries count in totals."""
    return reading.countries.find(name=name) or name


def _deliveries(rows: Iterable[Row], reading: Reading) -> tuple[Volumes, dict[str, int]]:
    volumes: Volumes = defaultdict(Decimal)
    lines: dict[str, int] = {}
    for row in rows:
        delivered = year(row["Delivery year"])
        if delivered is None:
            reading.wrong(row.line, "Delivery year", f'"{row["Delivery year"][:40]}" is not a year', "a year like 2024")
            continue
        value = reading.number(row, "TIV delivery values")
        if value is not None:
            supplier, recipient = _party(row["Supplier"], reading), _party(row["Recipient"], reading)
            volumes[supplier, recipient, delivered] += value
            lines.setdefault(recipient, row.line)
            lines.setdefault(supplier, row.line)
    return volumes, lines


def _annual(volumes: Volumes, lines: dict[str, int], asked: Query, reading: Reading) -> None:
    """One year's volumes: from China and Russia, to China, and in all; years without a delivery have no row."""
    totals: Volumes = defaultdict(Decimal)
    for (supplier, recipient, delivered), value in volumes.items():
        for indicator, of in ANNUAL.items():
            if supplier == of and recipient != of:
                _add(indicator, recipient, delivered, value, lines, reading)
        if recipient == CHINA:
            _add("arms_to_china", supplier, delivered, value, lines, reading)
        totals["", recipient, delivered] += value
    if not asked.whole(asked.suppliers):
        reading.skip(f"no totals and shares: the file holds the deliveries of {asked.suppliers[:40]} alone", reading.head.line)
        return
    for (_, recipient, delivered), value in totals.items():
        _add("arms_total", recipient, delivered, value, lines, reading)


def _add(indicator: str, partner: str, of_year: int, value: Decimal, lines: dict[str, int], reading: Reading, note: str = "") -> None:
    line = lines.get(partner, 0)
    if partner not in reading.countries.partners:
        reading.skip("not a partner of partners.csv", line, partner)
    elif of_year < reading.start(indicator):
        reading.skip("before the first year of the series", line)
    elif value == 0 and indicator in {*ANNUAL, "arms_total", "arms_to_china"}:
        reading.skip("a delivery of no volume", line, f"{partner} {of_year}")
    else:
        reading.values.append(Value(partner, indicator, of_year, value, line, "TIV delivery values", note))


def _windows(volumes: Volumes, lines: dict[str, int], asked: Query, reading: Reading) -> None:
    """Five years ending in each year for which the tables have windows, and in each later one that the file covers."""
    if not asked.whole(asked.suppliers) or not volumes:
        return
    first = asked.first or min(delivered for *_, delivered in volumes)
    last = max(delivered for *_, delivered in volumes)
    for end in range(first + WINDOW - 1, last + 1):
        summed: Volumes = defaultdict(Decimal)
        for (supplier, recipient, delivered), value in volumes.items():
            if end - WINDOW < delivered <= end:
                summed[supplier, recipient, end] += value
        _window(summed, end, lines, reading)


def _window(summed: Volumes, end: int, lines: dict[str, int], reading: Reading) -> None:
    """Totals, volumes from China, and shares of one window, for each recipient with any delivery."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for (_, recipient, _), value in summed.items():
        totals[recipient] += value
    for recipient, total in totals.items():
        if total == 0:
            continue
        note = TINY_NOTE if total < TINY else ""
        _add_window("arms_total_5y", recipient, end, total, lines, reading)
        _add_window("arms_from_china_5y", recipient, end, summed.get((CHINA, recipient, end), Decimal(0)), lines, reading)
        for indicator, supplier in SHARES.items():
            if supplier != recipient:
                share = summed.get((supplier, recipient, end), Decimal(0)) / total * 100
                _add_window(indicator, recipient, end, share, lines, reading, note)


def _add_window(indicator: str, partner: str, end: int, value: Decimal, lines: dict[str, int], reading: Reading, note: str = "") -> None:
    """Windows overlap, so the tables have every fifth: those that stand, and what is later, are taken."""
    standing = reading.standing.get(indicator, frozenset())
    if standing and end not in standing and end < max(standing):
        reading.skip("a window between those of the tables", lines.get(partner, 0))
    else:
        _add(indicator, partner, end, value, lines, reading, note)


def _deals(rows: Iterable[Row], asked: Query, reading: Reading) -> None:
    """The register by deal: volumes over the years asked for, which must be one or a window of five."""
    span = 0 if asked.first is None or asked.last is None else asked.last - asked.first + 1
    if span not in (1, WINDOW):
        what = f"deliveries of {span or 'an open range of'} years are added up in one number"
        reading.wrong(1, "", what, f"a year range of one year or of {WINDOW}, or the register by year of delivery")
        return
    end = asked.last or 0
    volumes: Volumes = defaultdict(Decimal)
    lines: dict[str, int] = {}
    for row in rows:
        value = reading.number(row, "SIPRI TIV of delivered weapons")
        if value is not None:
            supplier, recipient = _party(row["Supplier"], reading), _party(row["Recipient"], reading)
            volumes[supplier, recipient, end] += value
            lines.setdefault(recipient, row.line)
            lines.setdefault(supplier, row.line)
    if span == 1:
        _annual(volumes, lines, asked, reading)
    elif asked.whole(asked.suppliers):
        _window(volumes, end, lines, reading)
    else:
        reading.skip(f"no totals and shares: the file holds the deliveries of {asked.suppliers[:40]} alone", reading.head.line)


KIND = Kind(
    "sipri",
    "SIPRI trade register CSV: arms from and to China",
    (DELIVERIES, DEALS, TABLE_BY_SUPPLIER, TABLE_BY_RECIPIENT),
    {
        **dict.fromkeys((*ANNUAL, "arms_total", "arms_to_china", "arms_total_5y", "arms_from_china_5y"), VOLUME),
        **dict.fromkeys(SHARES, SHARE),
    },
    read,
    {"TIV of arms": ROUNDED, "Volume of transfers of major arms": ROUNDED},
)
