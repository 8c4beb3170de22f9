"""Readings for every country: the partners' series and facts together with the rest of the world."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.alignment.matrix import LEAST_DIMENSIONS, Matrix, build
from helpers.profile.points import points
from helpers.tables.load import Tables

COLUMNS = ["country", "indicator", "year", "value", "source_id"]


def readings(tables: Tables, indicators: list[str]) -> pd.DataFrame:
    """All values of these indicators: `country`, `indicator`, `year`, `value`, `source_id`; China itself is left out."""
    parts = [points(tables, name).rename(columns={"partner": "country"})[COLUMNS] for name in indicators]
    world = tables["world"]
    parts.append(world[world["indicator"].isin(indicators)][COLUMNS])
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[~frame["country"].isin(["CHN", "WLD"]) & frame["value"].notna()]
    return frame.drop_duplicates(["country", "indicator", "year"], keep="first").reset_index(drop=True)


def framework(tables: Tables) -> pd.DataFrame:
    """The framework table without indicators that no country has."""
    frame = tables["framework"]
    known = set(readings(tables, list(frame["indicator"]))["indicator"]) if len(frame) else set()
    return frame[frame["indicator"].isin(known)].reset_index(drop=True)


def matrix(tables: Tables, without: Sequence[str] = ()) -> Matrix:
    """The matrix of the index: countries by indicators, ties to China; `without` names dimensions to leave out."""
    frame = framework(tables)
    frame = frame[~frame["dimension"].isin(list(without))].reset_index(drop=True)
    needed = [*frame["indicator"], *(name for name in frame["base"] if name)]
    return build(frame, readings(tables, needed), directions(tables), least=min(LEAST_DIMENSIONS, frame["dimension"].nunique()))


def compared(tables: Tables) -> list[str]:
    """Indicators of the index that have an American counterpart, with it."""
    frame = framework(tables)
    frame = frame[frame["usa"] != ""]
    return [*frame["indicator"], *frame["usa"]]


def directions(tables: Tables) -> dict[str, str]:
    """How a higher value bears on closeness, by indicator."""
    return dict(zip(tables.indicators.index, tables.indicators["direction"], strict=True))


def names(tables: Tables) -> dict[str, str]:
    """Names by country code; the partners' names come first."""
    known = dict(zip(tables["countries"]["country"], tables["countries"]["name"], strict=True))
    return known | dict(zip(tables.partners.index, tables.partners["name"], strict=True))


def matrix_of(tables: Tables, frame: pd.DataFrame, turned: pd.DataFrame | None = None) -> Matrix:
    """A matrix for part of the framework; with `turned`, directions are those of the indicators it names in the same order."""
    known = directions(tables)
    if turned is not None:
        known = {name: known[other] for name, other in zip(frame["indicator"], turned["indicator"], strict=True)}
    needed = [*frame["indicator"], *(name for name in frame["base"] if name)]
    return build(frame, readings(tables, needed), known, least=2)
