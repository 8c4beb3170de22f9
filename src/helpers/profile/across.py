"""Readings of one indicator for all countries in one year: the frames that comparisons are made from."""

from __future__ import annotations

import pandas as pd

from helpers.facts import format as fmt
from helpers.profile.points import points
from helpers.tables.load import Tables

COLUMNS = ["partner", "label", "main", "indicator", "year", "value", "kind", "fact_id", "source_id"]
DUTIES = ("defence", "offence", "neutrality", "consultation", "non-aggression")  # strongest first
_ATOP = {duty: f"atop_china_{duty.replace('-', '')}" for duty in DUTIES}


def reading(tables: Tables, indicator: str, year: int | None = None) -> pd.DataFrame:
    """One value a country in the order of partners.csv; without `year`, of the latest year in which a partner has one.

    `main` is true for partners with a chapter. A country without a value in that year keeps its row with NaN: what is
    missing stays visible, and an older value never stands in.
    """
    frame = points(tables, indicator, list(tables.partners.index))
    frame = frame[frame["value"].notna()]
    chosen = year if year is not None else _latest(frame[frame["partner"].isin(tables.chapters)])
    found = frame[frame["year"] == chosen].groupby("partner").last()
    rows = found.reindex(tables.partners.index)
    rows.index.name = "partner"
    rows = rows.reset_index().assign(indicator=indicator, year=chosen, main=lambda part: part["partner"].isin(tables.chapters))
    rows["label"] = [tables.partners.loc[code, "name"] for code in rows["partner"]]
    for column in ("kind", "fact_id", "source_id"):
        rows[column] = rows[column].fillna("")
    return rows[COLUMNS]


def trade_share(tables: Tables, year: int | None = None) -> pd.DataFrame:
    """China's share in each country's goods trade, both directions together: derived from the IMF's pairs, in percent."""
    parts = {
        name: reading(tables, name, year)
        for name in ("imts_exports_to_china", "imts_imports_from_china", "imts_total_exports", "imts_total_imports")
    }
    value = {name: part["value"].to_numpy() for name, part in parts.items()}
    share = (
        100
        * (value["imts_exports_to_china"] + value["imts_imports_from_china"])
        / (value["imts_total_exports"] + value["imts_total_imports"])
    )
    return parts["imts_exports_to_china"].assign(indicator="imts_china_share_of_trade (derived)", value=share, fact_id="")


def coded_duties(tables: Tables) -> tuple[int, dict[str, list[str]]]:
    """The last year of the ATOP data, and for every country the obligations that bind China towards it in that year, strongest first."""
    readings = {duty: reading(tables, name) for duty, name in _ATOP.items() if name in tables.indicators.index}
    year = int(max((part["year"].iloc[0] for part in readings.values()), default=0))
    owed: dict[str, list[str]] = {code: [] for code in tables.partners.index}
    for duty, part in readings.items():
        for code in part.loc[part["value"] == 1, "partner"]:
            owed[code].append(duty)
    return year, owed


def treaties(tables: Tables, partner: str) -> pd.DataFrame:
    """Treaties and agreements between China and a partner that the instruments table holds to be in force."""
    rows = tables.of("instruments", partner)
    with_china = rows["parties"].str.split().map(lambda codes: "CHN" in codes and partner in codes)
    return rows[with_china & rows["form"].isin(["treaty", "agreement"]) & (rows["status"] == "in force")]


def written_duties(tables: Tables, partner: str) -> list[str]:
    """Obligations that these instruments put on China, strongest first."""
    words = {word for duties in treaties(tables, partner)["obligations"] for word in duties.split()}
    return [duty for duty in DUTIES if duty in words]


def rounded(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, as text."""
    return fmt.number(float(f"{value:.{digits}g}"))


def how_many(count: int) -> str:
    """A count for the start of "… of eleven": none, one, two, 13."""
    return fmt.words(count) if count else "none"


def _latest(frame: pd.DataFrame) -> int:
    return int(frame["year"].max()) if len(frame) else 0
