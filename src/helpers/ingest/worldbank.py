"""World Bank: gross domestic product and population.

Layouts: the indicator CSV of data.worldbank.org (`API_<code>_DS2_en_csv_v2_….csv` inside the zip; preamble "Data Source" and "Last
Updated Date", then `Country Name, Country Code, Indicator Name, Indicator Code, 1960 …`; seen in a download of February 2017), and the
table of the DataBank (`Country Name, Country Code, Series Name, Series Code, 1990 [YR1990] …`, ".." for missing, source and date below
the data). Other indicators of the World Bank have no row in indicators.csv, and those it republishes belong to their compilers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from helpers.ingest.layouts import Layout, Row, years
from helpers.ingest.numbers import Rounding
from helpers.ingest.reading import Kind, Publisher, Reading, Target, Value
from helpers.tables.findings import nearest

INDICATOR = Layout("World Bank indicator CSV, 2017 and later", ("Country Name", "Country Code", "Indicator Name", "Indicator Code"))
DATABANK = Layout(
    "World Bank DataBank, years as columns",
    ("Country Name", "Country Code", "Series Name", "Series Code"),
    footer=("Data from database", "Last Updated"),
)
LONG = Layout(
    "World Bank DataBank, years as rows",
    ("Country Name", "Country Code", "Time", "Time Code"),
    refused="lay the time out in columns and the series in rows in the DataBank (Layout), then download again",
)
COMPILER = "World Bank"
# Indicator code: our indicator, and what its values are divided by to be in our unit.
CODES = {"NY.GDP.MKTP.CD": ("gdp", Decimal(10) ** 9), "SP.POP.TOTL": ("population", Decimal(1))}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(rows: Iterable[Row], reading: Reading) -> None:
    """Values of the partners: gross domestic product in billions of US dollars, population in people."""
    code_column = "Indicator Code" if reading.head.layout is INDICATOR else "Series Code"
    columns = years(reading.head)
    if not columns:
        reading.wrong(reading.head.line, "", "no year among the columns", "columns like 2024 or 2024 [YR2024]")
    seen: dict[str, int] = {}
    for row in rows:
        code = row[code_column]
        if code not in CODES:
            seen.setdefault(code, row.line)
            continue
        country = reading.countries.find(row["Country Code"], row["Country Name"])
        if country not in reading.countries.partners:
            reading.skip(reading.countries.said(country), row.line, row["Country Name"])
            continue
        indicator, divisor = CODES[code]
        for of_year, column in columns.items():
            if of_year < reading.start(indicator):
                reading.skip("before the first year of the series", row.line)
                continue
            value = reading.number(row, column)
            if value is not None:
                reading.values.append(Value(country, indicator, of_year, value / divisor, row.line, column))
    _other_series(seen, code_column, reading)
    codes = sorted({code for code, (indicator, _) in CODES.items() if any(value.indicator == indicator for value in reading.values)})
    updated = [found[0] for line in reading.head.preamble if "updated" in line.casefold() and (found := DATE.search(line))]
    reading.published = updated[0] if updated else ""
    reading.publisher = Publisher(
        "-".join(("worldbank", *codes)).lower().replace(".", "-"),
        f"World Development Indicators, {' and '.join(codes)}",
        "World Bank",
        "",
        "https://data.worldbank.org/",
        "official statistics",
        "Licence: CC BY 4.0.",
    )


def _other_series(seen: dict[str, int], column: str, reading: Reading) -> None:
    """Series without an indicator: passed over beside others, wrong when the file has nothing else."""
    for code, line in seen.items():
        if reading.values:
            reading.skip("no indicator holds this series", line, code)
        else:
            known = ", ".join(f"{known} ({indicator})" for known, (indicator, _) in CODES.items())
            reading.wrong(line, column, f'no indicator holds "{code[:40]}"', known, nearest(code, CODES))


KIND = Kind(
    "worldbank",
    "World Bank CSV: gross domestic product, population",
    (INDICATOR, DATABANK, LONG),
    {"gdp": Target("USD bn", Rounding(digits=6), COMPILER), "population": Target("people", Rounding(places=0), COMPILER)},
    read,
)
