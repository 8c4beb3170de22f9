"""IMF, International Trade in Goods by partner country (IMTS; Direction of Trade Statistics, DOTS, until 2025).

Layouts: the CSV of data.imf.org since 2025, wide (`SERIES_CODE, COUNTRY, INDICATOR, COUNTERPART_COUNTRY, FREQUENCY, SCALE, …` and a
column per year, quarter or month) or long (`…, TIME_PERIOD, OBS_VALUE`), with names, codes (COUNTRY.ID and so on) or both, and with as
many columns as the download was asked for: a series code, CHN.XG_FOB_USD.RUS.A, stands for four of them. And the DOTS bulk CSV of the
old site (`Country Name, Country Code, Indicator Name, Indicator Code, Counterpart Country Name, …, Attribute, 1948 …`). A file without
a column for the scale is taken with `--scale`. Only exports, free on board, are read. As indicators.csv defines them, imports are
the exporters' reports, a total is the sum over the countries reported, and a share has that sum below it; so totals, shares and ranks
need every counterpart. The row for the World tells whether they are there: the countries must add up to it but for two percent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from helpers.ingest.countries import CHINA, RUSSIA, USA
from helpers.ingest.layouts import Layout, Row, fold, parts_of_years, years
from helpers.ingest.numbers import Rounding
from helpers.ingest.reading import Kind, Publisher, Reading, Target, Value

PORTAL = Layout("IMF data portal, IMTS, 2025 and later", ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "SCALE"))
PORTAL_IDS = Layout(
    "IMF data portal, IMTS with codes, 2025 and later",
    ("COUNTRY.ID", "INDICATOR.ID", "COUNTERPART_COUNTRY.ID", "FREQUENCY.ID", "SCALE.ID"),
)
PORTAL_SERIES = Layout("IMF data portal, IMTS by series code, 2025 and later", ("SERIES_CODE", "COUNTRY.ID", "COUNTERPART_COUNTRY.ID"))
PORTAL_LONG = Layout(
    "IMF data portal, IMTS with periods in rows, 2025 and later",
    ("COUNTRY.ID", "INDICATOR.ID", "COUNTERPART_COUNTRY.ID", "TIME_PERIOD", "OBS_VALUE"),
)
PORTAL_LONG_NAMES = Layout(
    "IMF data portal, IMTS with names and periods in rows, 2025 and later",
    ("DATASET", "COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE"),
)
DOTS = Layout(
    "IMF Direction of Trade Statistics, bulk CSV, until 2025",
    ("Country Name", "Country Code", "Indicator Code", "Counterpart Country Name", "Counterpart Country Code", "Attribute"),
)
API_REFUSED = "its values are not in the scale that it states; choose a CSV download on data.imf.org"
API = Layout(
    "IMF API, one row a value",
    ("DATAFLOW", "COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD", "OBS_VALUE"),
    refused=API_REFUSED,
)
API_TWO = Layout(
    "IMF API, SDMX-CSV 2, one row a value",
    ("STRUCTURE_ID", "COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD", "OBS_VALUE"),
    refused=API_REFUSED,
)
PANEL = Layout(
    "IMF Direction of Trade Statistics, panel CSV, until 2025",
    ("Country Name", "Country Code", "Counterpart Country Name", "Counterpart Country Code", "Time Period"),
    refused="the columns of this form differ with each query; the bulk CSV has time series in rows and years in columns",
)
COMPILER = "International Monetary Fund"
WORLD = "*"
WORLD_CODES = {"G001", "W00", "WLD", "1W"}
EXPORTS = {"XG_FOB_USD", "TXG_FOB_USD"}
SCALES = {"units": 0, "thousands": 3, "millions": 6, "billions": 9}
BILLION = Decimal(10) ** 9
COMPLETE = Decimal("0.02")
LONG = {"time_period", "obs_value"}  # columns of a file with one value a row
SCALED = {"scale", "scale.id"}
DOLLARS = Target("USD bn", Rounding(places=4), COMPILER)
SHARE, RANK = Target("%", Rounding(places=4), COMPILER), Target("rank", Rounding(places=0), COMPILER)
NAMES = {CHINA: "china", USA: "usa", RUSSIA: "russia"}

Flows = dict[tuple[str, str, int], tuple[Decimal, int]]  # exporter, importer, year: billions of US dollars, and the line


def read(rows: Iterable[Row], reading: Reading) -> None:
    """Exports by pair of countries and year, and what the indicators make of them."""
    reading.publisher = Publisher(
        "imf-imts",
        "International Trade in Goods by partner country (IMTS)",
        "International Monetary Fund",
        "",
        "https://data.imf.org/",
        "official statistics",
        "Licence: IMF terms, free with attribution.",
    )
    columns = years(reading.head)
    named = {fold(column) for column in reading.head.columns}
    if not columns and not named >= LONG:
        kept = "quarters or months alone" if parts_of_years(reading.head) else "no year among the columns"
        reading.wrong(reading.head.line, "", kept, "annual columns like 2024: choose the annual frequency")
        return
    if not SCALED & named and not reading.scale:
        reading.wrong(reading.head.line, "", "this file states no scale", f"--scale {'|'.join(SCALES)}")
        return
    start = min(reading.start(indicator) for indicator in KIND.targets)
    flows: Flows = {}
    for row in rows:
        periods = columns or _period(row, reading)
        _row(row, {of: name for of, name in periods.items() if of >= start}, flows, reading)
    for of_year in sorted({of_year for *_, of_year in flows}):
        _year(of_year, {(one, other): found for (one, other, of), found in flows.items() if of == of_year}, reading)


def _period(row: Row, reading: Reading) -> dict[int, str]:
    """The year of a row that holds one value, and the column of that value."""
    period = row["TIME_PERIOD"]
    if not re.fullmatch(r"[12]\d{3}", period, re.ASCII):
        if not re.fullmatch(r"[12]\d{3}-?[MQS]\d{1,2}", period, re.ASCII):
            reading.wrong(row.line, "TIME_PERIOD", f'"{period[:40]}" is no period', "a year like 2024")
        return {}
    return {int(period): "OBS_VALUE"}


def _row(row: Row, columns: Mapping[int, str], flows: Flows, reading: Reading) -> None:
    series = row["SERIES_CODE"].split(".")
    series = series if len(series) == 4 else ["", "", "", ""]
    if not _annual_exports(row, series, reading):
        return
    exporter = _area(reading, row["COUNTRY.ID"] or series[0], row["COUNTRY"] or row["COUNTRY.Name"] or row["Country Name"])
    importer = _area(
        reading,
        row["COUNTERPART_COUNTRY.ID"] or series[2],
        row["COUNTERPART_COUNTRY"] or row["COUNTERPART_COUNTRY.Name"] or row["Counterpart Country Name"],
    )
    if exporter == importer != "":
        reading.skip("a country with itself", row.line)
        return
    if not exporter or not importer:
        reading.skip("an aggregate, or a country unknown to countries.csv", row.line)
        return
    scale = _scale(row, reading)
    if scale is None:
        return
    for of_year, column in columns.items():
        value = reading.number(row, column)
        if value is None:
            continue
        key = (exporter, importer, of_year)
        in_billions = value * Decimal(10) ** scale / BILLION
        if value < 0:
            reading.wrong(row.line, column, f"{value} is below zero", "the value of goods exported")
        elif key in flows and flows[key][0] != in_billions:
            reading.wrong(row.line, column, f"a second value of {exporter} to {importer}", f"one value, as on line {flows[key][1]}")
        else:
            flows[key] = (in_billions, row.line)


def _annual_exports(row: Row, series: list[str], reading: Reading) -> bool:
    frequency = row["FREQUENCY.ID"] or row["FREQUENCY"] or series[3] or "A"
    if frequency.casefold() not in ("a", "annual"):
        reading.skip("monthly or quarterly data", row.line)
        return False
    if row["Attribute"] and row["Attribute"].casefold() != "value":
        reading.skip("a row of marks and no values", row.line)
        return False
    code = (row["INDICATOR.ID"] or series[1] or row["Indicator Code"]).upper()
    label = row["INDICATOR"] if not code else ""
    if code not in EXPORTS and not re.search(r"exports.*(fob|free on board).*us dollar", label, re.IGNORECASE):
        reading.skip("imports and balances: the indicators rest on exports, free on board", row.line, code or label[:40])
        return False
    return True


def _area(reading: Reading, code: str, name: str) -> str:
    if code.upper() in WORLD_CODES or name.strip().casefold() in ("world", "all countries, including iocs"):
        return WORLD
    return reading.countries.find(code, name)


def _scale(row: Row, reading: Reading) -> int | None:
    """The power of ten by which the values of a row are to be multiplied, as the row or the option says."""
    said = (row["SCALE.ID"] or row["SCALE"] or reading.scale).casefold()
    scale = int(said) if re.fullmatch(r"\d{1,2}", said, re.ASCII) else SCALES.get(said)
    if scale is None:
        reading.wrong(row.line, "SCALE", f'"{said[:40]}" is no scale', f"one of {', '.join(SCALES)}")
    elif reading.scale and SCALES[reading.scale] != scale:
        reading.wrong(row.line, "SCALE", f"the file says {said}, --scale says {reading.scale}", "no --scale: this layout states its own")
        return None
    return scale


def _year(of_year: int, flows: Mapping[tuple[str, str], tuple[Decimal, int]], reading: Reading) -> None:
    """All indicators of one year."""
    sent: dict[str, dict[str, Decimal]] = defaultdict(dict)
    received: dict[str, dict[str, Decimal]] = defaultdict(dict)
    lines: dict[str, int] = {}
    for (exporter, importer), (value, place) in flows.items():
        sent[exporter][importer] = value
        received[importer][exporter] = value
        lines[exporter] = lines[importer] = place
    exports = _complete(sent, of_year, "destinations", reading)
    imports = _complete(received, of_year, "origins", reading)
    for partner in reading.countries.partners:
        found: dict[str, Decimal | None] = {}
        for power, name in ((CHINA, "china"), (USA, "usa")):
            found[f"imts_exports_to_{name}"] = sent[partner].get(power)
            found[f"imts_imports_from_{name}"] = received[partner].get(power)
        found |= _shares(sent[partner], exports.get(partner), "exports", "export_market")
        found |= _shares(received[partner], imports.get(partner), "imports", "supplier")
        found["imts_total_exports"], found["imts_total_imports"] = exports.get(partner), imports.get(partner)
        found |= _of_china(partner, sent, received, exports.get(CHINA), imports.get(CHINA))
        for indicator, measured in found.items():
            if measured is None or indicator not in KIND.targets:
                continue
            if of_year < reading.start(indicator):
                reading.skip("before the first year of the series", 0, str(of_year))
                continue
            reading.values.append(Value(partner, indicator, of_year, measured, lines[partner], str(of_year)))


def _complete(side: Mapping[str, Mapping[str, Decimal]], of_year: int, what: str, reading: Reading) -> dict[str, Decimal]:
    """Sums over all countries, where these add up to the World; elsewhere no total, share or rank can be had."""
    sums = {}
    for area in (CHINA, *reading.countries.partners):
        others = {other: value for other, value in side.get(area, {}).items() if other != WORLD}
        world = side.get(area, {}).get(WORLD)
        if not others:
            continue
        total = sum(others.values(), Decimal(0))
        if world is None:
            reading.skip(f"no total, share and rank: no row for the World tells whether all {what} are there", 0, f"{area} {of_year}")
        elif abs(total - world) > COMPLETE * world or not total:
            reading.skip(f"no total, share and rank: the {what} do not add up to the World", 0, f"{area} {of_year}")
        else:
            sums[area] = total
    return sums


def _shares(side: Mapping[str, Decimal], total: Decimal | None, flow: str, rank: str) -> dict[str, Decimal | None]:
    """Shares in percent and ranks of the great powers among the counterparts of one country."""
    if total is None:
        return {}
    countries = {other: value for other, value in side.items() if other != WORLD}
    found: dict[str, Decimal | None] = {}
    for power, name in NAMES.items():
        if (of_power := countries.get(power)) is not None:
            found[f"imts_{name}_share_of_{flow}"] = of_power / total * 100
            found[f"imts_{name}_rank_{rank}"] = Decimal(1 + sum(value > of_power for value in countries.values()))
    return found


def _of_china(
    partner: str,
    sent: Mapping[str, Mapping[str, Decimal]],
    received: Mapping[str, Mapping[str, Decimal]],
    exports: Decimal | None,
    imports: Decimal | None,
) -> dict[str, Decimal | None]:
    """The partner's part in China's exports, mirrored imports, and both together, in percent."""
    to, of = sent.get(CHINA, {}).get(partner), received.get(CHINA, {}).get(partner)
    both = exports + imports if exports is not None and imports is not None else None
    return {
        "imts_share_of_china_exports": None if to is None or exports is None else to / exports * 100,
        "imts_share_of_china_imports": None if of is None or imports is None else of / imports * 100,
        "imts_share_of_china_trade": None if to is None or of is None or both is None else (to + of) / both * 100,
    }


KIND = Kind(
    "imf",
    "IMF bilateral trade CSV (IMTS, formerly DOTS): exports by pair of countries",
    (PORTAL_IDS, PORTAL, PORTAL_SERIES, PORTAL_LONG, PORTAL_LONG_NAMES, DOTS, API, API_TWO, PANEL),
    {
        **{f"imts_{flow}_{name}": DOLLARS for flow in ("exports_to", "imports_from") for name in ("china", "usa")},
        **{f"imts_total_{flow}": DOLLARS for flow in ("exports", "imports")},
        **{f"imts_{name}_share_of_{flow}": SHARE for name in ("china", "usa") for flow in ("exports", "imports")},
        "imts_russia_share_of_exports": SHARE,
        **{f"imts_share_of_china_{flow}": SHARE for flow in ("exports", "imports", "trade")},
        **{f"imts_{name}_rank_{place}": RANK for name in ("china", "usa") for place in ("export_market", "supplier")},
    },
    read,
)
