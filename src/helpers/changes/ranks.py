"""Ranks in the alignment index and verdicts on the articles that moved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.changes.sides import SideTable
from helpers.errors import BriefingError
from helpers.tables.load import Tables

NEEDED = {"framework", "world", "countries"}
COLUMNS = ["country", "label", "main", "low", "median", "high"]
PUBLISHED = "synthesis-ranks.csv"


@dataclass(frozen=True)
class Rank:
    """Median rank of a country with the ends of its 90 % interval; 1 is the closest."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class RankChange:
    """A country whose rank or interval is not as it was; None on the side that does not rank it."""

    country: str
    name: str
    partner: bool
    old: Rank | None
    new: Rank | None

    @property
    def shift(self) -> float:
        """Places the median moved: below zero is closer. Zero where only one side has a rank."""
        return self.new.median - self.old.median if self.old and self.new else 0.0

    @property
    def moved(self) -> bool:
        """Whether the median moved, or only one side has a rank; else the interval alone did."""
        return bool(self.shift) or not (self.old and self.new)


@dataclass(frozen=True)
class VerdictChange:
    """A claim of the articles with another verdict than before."""

    claim: str
    partner: str
    says: str
    old: str
    new: str


def published(edition: Path) -> pd.DataFrame | None:
    """The ranking that an edition shows, with `COLUMNS`; None where it shows none."""
    path = edition / "data" / "figures" / PUBLISHED
    try:
        return _ranking(pd.read_csv(path, dtype=str, keep_default_na=False)) if path.is_file() else None
    except (ValueError, KeyError, OSError):
        return None


def shown_in(text: str | None) -> pd.DataFrame | None:
    """The ranking in the data of the exhibit that a build is about to show."""
    from io import StringIO

    return _ranking(pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)) if text else None


def computed(tables: Tables) -> pd.DataFrame | None:
    """The ranking of these tables, as the study of the thesis computes it; None where they do not carry one."""
    from helpers.profile.thesis_numbers import study_of

    if not set(tables.frames) >= NEEDED:
        return None
    try:
        study = study_of(tables)
        return study.ranking[COLUMNS] if study.shown else None
    except (BriefingError, ValueError, LookupError, ArithmeticError):  # tables of a revision that today's index cannot read
        return None


def rank_changes(old: pd.DataFrame | None, new: pd.DataFrame | None) -> list[RankChange]:
    """Countries that moved, partners first and then by how far; last those whose interval alone did. None without two rankings."""
    if old is None or new is None:
        return []
    before, after = _by_country(old), _by_country(new)
    about = {row["country"]: (str(row["label"]), bool(row["main"])) for row in [*old.to_dict("records"), *new.to_dict("records")]}
    found = [
        RankChange(code, *about[code], before.get(code), after.get(code))
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    ]
    return sorted(found, key=lambda change: (not change.moved, not change.partner, -abs(change.shift), change.country))


def verdict_changes(old: SideTable | None, new: SideTable | None) -> list[VerdictChange]:
    """Claims that both sides judge, with another verdict, in the order of the new table."""
    if old is None or new is None or not {"claim_id", "verdict"} <= {*old.columns} & {*new.columns}:
        return []
    before = dict(zip(old.frame["claim_id"], old.frame["verdict"], strict=True))
    return [
        VerdictChange(row["claim_id"], row.get("partner", ""), row.get("claim", ""), before[row["claim_id"]], row["verdict"])
        for row in new.frame.to_dict("records")
        if before.get(row["claim_id"], row["verdict"]) != row["verdict"]
    ]


def _ranking(frame: pd.DataFrame) -> pd.DataFrame | None:
    if not set(COLUMNS) <= set(frame.columns):
        return None
    numbers = {name: frame[name].astype(float) for name in ("low", "median", "high")}
    return frame[COLUMNS].assign(main=frame["main"] == "True", **numbers)


def _by_country(frame: pd.DataFrame) -> dict[str, Rank]:
    return {str(row["country"]): Rank(float(row["low"]), float(row["median"]), float(row["high"])) for row in frame.to_dict("records")}
