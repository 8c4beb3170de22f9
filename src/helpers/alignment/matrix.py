"""From readings to a matrix of countries by indicators in which higher always means closer, with its coverage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_DIMENSIONS = 3  # a country with readings in fewer dimensions than this is listed and not ranked


@dataclass(frozen=True)
class Matrix:
    """Countries by indicators, oriented and scaled, with what was left out and why.

    `values` has a row for each ranked country, a column for each indicator, NaN where there is no reading that counts;
    `raw` the same in the units of the readings. `dimension` gives each column its dimension, `dimensions` their order.
    `unranked` has `country` and `reason`; `dropped` the readings on too small a base.
    """

    values: pd.DataFrame
    raw: pd.DataFrame
    dimension: dict[str, str]
    unranked: pd.DataFrame
    dropped: pd.DataFrame

    @property
    def dimensions(self) -> list[str]:
        """The dimensions in the order of the framework."""
        return list(dict.fromkeys(self.dimension[name] for name in self.values.columns))

    @property
    def groups(self) -> np.ndarray:
        """For each column the place of its dimension."""
        order = self.dimensions
        return np.array([order.index(self.dimension[name]) for name in self.values.columns])


def build(framework: pd.DataFrame, readings: pd.DataFrame, directions: dict[str, str], *, least: int = LEAST_DIMENSIONS) -> Matrix:
    """Matrix from a framework (columns of framework.csv) and readings (`country`, `indicator`, `year`, `value`).

    A reading counts when the base of its indicator reaches the least value in the same year. Indicators whose direction is
    `farther` are turned round; those on a log scale are logged. Countries with fewer dimensions than `least` are not ranked.
    """
    wide = {}
    small = []
    for row in framework.to_dict("records"):
        series = _series(readings, row["indicator"], row["year"])
        if row["base"]:
            base = _series(readings, row["base"], row["year"]).reindex(series.index)
            weak = series.index[(base < row["least"]).to_numpy()]
            small += [
                {"country": code, "indicator": row["indicator"], "value": series[code], "base": row["base"], "has": base[code]}
                for code in weak
            ]
            series = series.drop(weak)
        wide[row["indicator"]] = series
    raw = pd.DataFrame(wide).sort_index()
    values = raw.copy()
    for row in framework.to_dict("records"):
        name = row["indicator"]
        if row["scale"] == "log":
            values[name] = np.log10(values[name].where(values[name] > 0))
        if directions.get(name) == "farther":
            values[name] = -values[name]
    dimension = dict(zip(framework["indicator"], framework["dimension"], strict=True))
    has = values.notna().T.groupby(dimension).any().T
    enough = has.sum(axis=1) >= least
    order = list(dict.fromkeys(framework["dimension"]))
    unranked = pd.DataFrame(
        [{"country": code, "reason": _reason([name for name in order if has.loc[code, name]])} for code in has.index[~enough]],
        columns=["country", "reason"],
    )
    return Matrix(
        values[enough], raw[enough], dimension, unranked, pd.DataFrame(small, columns=["country", "indicator", "value", "base", "has"])
    )


def coverage(matrix: Matrix, marked: list[str]) -> pd.DataFrame:
    """For each indicator the number of ranked countries with a reading, and the marked countries without one."""
    rows = []
    for name in matrix.values.columns:
        known = matrix.values[name].notna()
        missing = [code for code in marked if code not in matrix.values.index or not known[code]]
        rows.append(
            {
                "indicator": name,
                "dimension": matrix.dimension[name],
                "countries": int(known.sum()),
                "share": 100 * float(known.mean()),
                "lowest": float(matrix.raw[name].min()),
                "median": float(matrix.raw[name].median()),
                "highest": float(matrix.raw[name].max()),
                "missing": " ".join(missing),
            }
        )
    return pd.DataFrame(rows)


def _series(readings: pd.DataFrame, indicator: str, year: float) -> pd.Series:
    found = readings[(readings["indicator"] == indicator) & (readings["year"] == year)]
    return found.set_index("country")["value"].dropna()


def _reason(has: list[str]) -> str:
    return f"readings only in {', '.join(has)}" if has else "no reading"
