"""Points of a series, from facts that are tagged with an indicator and from series.csv together."""

from __future__ import annotations

import pandas as pd

from helpers.tables.load import Tables

COLUMNS = ["partner", "indicator", "year", "date", "value", "kind", "fact_id", "source_id", "note"]


def points(tables: Tables, indicator: str, partners: list[str] | None = None) -> pd.DataFrame:
    """All points of one indicator, sorted by partner and date.

    `year` is the calendar year of the end of the period, `date` its last day as ISO text; `fact_id` is empty for a
    point of series.csv, whose `kind` is that of its indicator.
    """
    one = partners[0] if partners is not None and len(partners) == 1 else ""  # one chapter depends on its own rows only
    key = ("points", indicator, one)
    if key not in tables.memory:
        tables.memory[key] = _points(tables, indicator, {"partner": one} if one else {})
    frame: pd.DataFrame = tables.memory[key]
    if partners is not None and not one:
        return frame[frame["partner"].isin(partners)].reset_index(drop=True)
    return frame.copy()


def _points(tables: Tables, indicator: str, one: dict[str, str]) -> pd.DataFrame:
    facts = tables.where("facts", indicator=indicator, **one)
    tagged = facts.assign(year=facts["end"].str[:4].astype(float), date=facts["end"])
    stored = tables.indicators.loc[indicator, "kind"] if indicator in tables.indicators.index else ""
    series = tables.where("series", indicator=indicator, **one).assign(kind=stored or "actual", fact_id="")
    series["date"] = [f"{int(year)}-12-31" for year in series["year"]]
    frame = pd.concat([tagged[COLUMNS], series[COLUMNS]], ignore_index=True)
    return frame.sort_values(["partner", "date"], kind="stable", ignore_index=True)
