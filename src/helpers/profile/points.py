"""Points of a series, from facts that are tagged with an indicator and from series.csv together."""

from __future__ import annotations

import pandas as pd

from helpers.tables.load import Tables

COLUMNS = ["partner", "indicator", "year", "date", "value", "kind", "fact_id", "source_id", "note"]


def points(tables: Tables, indicator: str, partners: list[str] | None = None) -> pd.DataFrame:
    """All points of one indicator, sorted by partner and date.

    `year` is the calendar year of the end of the period, `date` its last day as ISO text; `fact_id` is empty for a
    point of series.csv.
    """
    one = {"partner": partners[0]} if partners is not None and len(partners) == 1 else {}  # one chapter depends on its own rows only
    facts = tables.where("facts", indicator=indicator, **one)
    tagged = pd.DataFrame(
        {
            "partner": facts["partner"],
            "indicator": facts["indicator"],
            "year": facts["end"].str[:4].astype(float),
            "date": facts["end"],
            "value": facts["value"],
            "kind": facts["kind"],
            "fact_id": facts["fact_id"],
            "source_id": facts["source_id"],
            "note": facts["note"],
        }
    )
    series = tables.where("series", indicator=indicator, **one).assign(kind="actual", fact_id="")
    series = series.assign(date=series["year"].map(lambda year: f"{int(year)}-12-31"))
    frame = pd.concat([tagged[COLUMNS], series[COLUMNS]], ignore_index=True)
    if partners is not None:
        frame = frame[frame["partner"].isin(partners)]
    return frame.sort_values(["partner", "date"], kind="stable", ignore_index=True)


def indicators_of(tables: Tables, partner: str, minimum: int = 3) -> list[str]:
    """Indicators with at least so many points for a partner, in the order of indicators.csv."""
    tagged = tables.of("facts", partner)["indicator"]
    stored = tables.of("series", partner)["indicator"]
    counts = pd.concat([tagged[tagged != ""], stored]).value_counts()
    return [name for name in tables.indicators.index if counts.get(name, 0) >= minimum]
