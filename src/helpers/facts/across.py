"""Statistics over all partners at once, for prose that compares them: counts, sums and ranges of one indicator in one year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from helpers.errors import ReferenceProblem
from helpers.facts import format as fmt
from helpers.facts.links import fact_link, source_link
from helpers.tables.findings import nearest
from helpers.tables.load import Tables


class Across:
    """Look-ups over the partners that have a chapter; comparison countries are left out.

    Every method returns Markdown linked to the rows it rests on. An unknown indicator, or one without a value for any
    partner in the year, raises ReferenceProblem.
    """

    def __init__(self, tables: Tables, units: Mapping[str, Mapping[str, str]]) -> None:
        self.tables = tables
        self.units = units

    def partners(self) -> str:
        """How many partners have a chapter, in words."""
        return fmt.words(len(self.tables.chapters))

    def partners_counted(self, indicator: str, year: int) -> str:
        """How many partners the indicator covers in that year, in words."""
        rows = self._rows(indicator, year)
        return _linked(fmt.words(len(rows)), rows)

    def partners_with(self, indicator: str, year: int, above: float | str = 0) -> str:
        """How many partners lie above a number, or above the value of a fact, in words."""
        rows = self._rows(indicator, year)
        if isinstance(above, str):
            if above not in self.tables.facts.index:
                raise ReferenceProblem(f'no fact "{above}"; the nearest is "{nearest(above, self.tables.facts.index)}"')
            limit = float(self.tables.facts.loc[above, "value"])
        else:
            limit = float(above)
        return _linked(fmt.words(int((rows["value"] > limit).sum())), rows)

    def together(self, indicator: str, year: int) -> str:
        """The partners' values added up, with the unit."""
        rows = self._rows(indicator, year)
        return _linked(fmt.quantity(float(f"{rows['value'].sum():.3g}"), self._unit(indicator)), rows)

    def extent(self, indicator: str, year: int, without: str = "") -> str:
        """Lowest and highest value among the partners, with the unit; `without` names codes to leave out, by spaces."""
        rows = self._rows(indicator, year)
        rows = rows[~rows["partner"].isin(without.split())]
        if rows.empty:
            raise ReferenceProblem(f"no partner is left of {indicator} in {year}")
        low, high = (float(f"{value:.2g}") for value in (rows["value"].min(), rows["value"].max()))
        return _linked(fmt.span(low, high, self._unit(indicator)), rows)

    def functions(self) -> dict[str, Callable[..., str]]:
        """What prose may call."""
        return {name: getattr(self, name) for name in ("partners", "partners_counted", "partners_with", "together", "extent")}

    def _unit(self, indicator: str) -> Mapping[str, str]:
        return self.units[self.tables.indicators.loc[indicator, "unit"]]

    def _rows(self, indicator: str, year: int) -> pd.DataFrame:
        from helpers.profile.points import points  # profile builds on facts; imported late to keep that direction

        if indicator not in self.tables.indicators.index:
            raise ReferenceProblem(f'no indicator "{indicator}"; the nearest is "{nearest(indicator, self.tables.indicators.index)}"')
        frame = points(self.tables, indicator, self.tables.chapters)
        found = frame[frame["year"] == int(year)].groupby("partner", sort=False).last().reset_index()
        if found.empty:
            raise ReferenceProblem(f"no partner has a value of {indicator} in {year}")
        return found


def _linked(text: str, rows: pd.DataFrame) -> str:
    """Text linked to the facts behind it, or to the source where the values stand in series.csv."""
    facts = [fact_id for fact_id in rows["fact_id"] if fact_id]
    if len(facts) == len(rows):
        return fact_link(text, *facts)
    return source_link(text, rows.loc[rows["fact_id"] == "", "source_id"].iloc[0])
