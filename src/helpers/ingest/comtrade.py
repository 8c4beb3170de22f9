"""UN Comtrade: a partner's own annual returns of goods traded with China.

Layout: the CSV of comtradeplus.un.org and of API v1 with descriptions (`includeDesc=True`), in use since 2023: one row per reporter,
flow, partner, commodity and year, `typeCode, freqCode, refYear, … reporterISO … flowCode … partnerISO … cmdCode … primaryValue`, values
in US dollars, imports with freight and insurance (cifvalue), exports without (fobvalue). The site writes each cell in quotation marks,
names in Latin-1, and a comma at the end of each row (downloads of 2022 to 2025). Downloads leave reporterISO empty where the codes were
not asked to be explained; then the UN's number of the country is read. The layout of the database before 2023 is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from helpers.ingest.countries import CHINA, COMTRADE
from helpers.ingest.layouts import Layout, Row
from helpers.ingest.numbers import Rounding, year
from helpers.ingest.reading import Kind, Publisher, Reading, Target, Value

CURRENT = Layout(
    "UN Comtrade, 2023 and later",
    ("freqCode", "refYear", "reporterISO", "reporterCode", "flowCode", "partnerISO", "partnerCode", "cmdCode", "primaryValue"),
    latin=True,
)
LEGACY = Layout(
    "UN Comtrade before 2023",
    ("Classification", "Year", "Trade Flow", "Reporter ISO", "Partner ISO", "Commodity Code", "Trade Value (US$)"),
    refused="the legacy database closed in 2023 and its figures are not revised; download the rows again from comtradeplus.un.org",
)
COMPILER = "UN Comtrade"
BILLION = Decimal(10) ** 9
DERIVED = "Derived: exports plus imports."
FLOWS = {"X": "exports_to_china_comtrade", "M": "imports_from_china_comtrade"}
TOTAL = "trade_total_comtrade"
# A total is broken down by customs procedure, transport and second partner; these codes are "all of them".
WHOLE = {"partner2Code": ("", "0"), "partner2ISO": ("", "W00"), "customsCode": ("", "C00"), "motCode": ("", "0")}
DOLLARS = Target("USD bn", Rounding(places=3), COMPILER)


def read(rows: Iterable[Row], reading: Reading) -> None:
    """Annual totals that a partner reports with China, in billions of US dollars, and their sum."""
    reading.publisher = Publisher(
        "comtrade",
        "UN Comtrade, annual goods trade as reported",
        "United Nations Statistics Division",
        "UN Comtrade",
        "https://comtradeplus.un.org/",
        "official statistics",
        "Terms: UN Comtrade asks for citation, and for permission before its data are passed on.",
    )
    flows: dict[tuple[str, int], dict[str, Value]] = {}
    for row in rows:
        found = _value(row, reading)
        if found is not None:
            reading.values.append(found)
            flows.setdefault((found.partner, found.year), {})[found.indicator] = found
    for (partner, of_year), pair in flows.items():
        if len(pair) == len(FLOWS):
            line = max(part.line for part in pair.values())
            total = sum((part.value for part in pair.values()), Decimal(0))
            reading.values.append(Value(partner, TOTAL, of_year, total, line, "primaryValue", DERIVED))
        else:
            reading.skip("no total: exports or imports alone", next(iter(pair.values())).line, f"{partner} {of_year}")


def _value(row: Row, reading: Reading) -> Value | None:
    """The value of one row, or None when it is passed over or wrong."""
    reason = _passed_over(row)
    if reason:
        reading.skip(reason, row.line)
        return None
    reporter = reading.countries.find(row["reporterISO"], row["reporterDesc"], row["reporterCode"], COMTRADE)
    partner = reading.countries.find(row["partnerISO"], row["partnerDesc"], row["partnerCode"], COMTRADE)
    if partner != CHINA:
        reading.skip("trade with another partner than China", row.line, row["partnerISO"] or row["partnerDesc"])
        return None
    if reporter == CHINA:
        reading.skip("China's returns: the indicators hold the partners' own", row.line)
        return None
    if reporter not in reading.countries.partners:
        reading.skip(reading.countries.said(reporter), row.line, row["reporterISO"] or row["reporterDesc"])
        return None
    of_year = year(row["refYear"])
    if of_year is None:
        reading.wrong(row.line, "refYear", f'"{row["refYear"][:40]}" is not a year', "a year like 2024")
        return None
    value = reading.number(row, "primaryValue")
    if value is None:
        return None
    if value < 0:
        reading.wrong(row.line, "primaryValue", f"{value} is below zero", "a value in US dollars")
        return None
    return Value(reporter, FLOWS[row["flowCode"].upper()], of_year, value / BILLION, row.line, "primaryValue")


def _passed_over(row: Row) -> str:
    if row["typeCode"].upper() not in ("", "C"):
        return "services and no goods"
    if row["freqCode"].upper() != "A":
        return "monthly data"
    if row["flowCode"].upper() not in FLOWS:
        return "re-exports, re-imports and other flows"
    if row["cmdCode"].upper() != "TOTAL":
        return "a single commodity"
    if any(row[column] not in codes for column, codes in WHOLE.items()):
        return "part of a total: one customs procedure, transport or second partner"
    return ""


KIND = Kind(
    "comtrade",
    "UN Comtrade CSV: partners' returns of trade with China",
    (CURRENT, LEGACY),
    {TOTAL: DOLLARS, **dict.fromkeys(FLOWS.values(), DOLLARS)},
    read,
)
