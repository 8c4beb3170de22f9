"""Normalisation, missing values, weights and aggregation: from a matrix of indicators to scores and ranks.

Methods follow the Handbook on Constructing Composite Indicators (OECD and JRC, 2008), steps 3, 5 and 6; the names of the
choices are those of its chapters. Arrays have countries in rows; NaN marks a missing reading. Higher is closer.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.stats import rankdata

Normalisation = Literal["min-max", "rank", "z-score"]
Missing = Literal["available", "median", "lowest"]
Aggregation = Literal["arithmetic", "geometric"]
NORMALISATIONS: tuple[Normalisation, ...] = ("min-max", "rank", "z-score")
MISSING: tuple[Missing, ...] = ("available", "median", "lowest")
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric")
LOW, HIGH = 1.0, 100.0  # min-max runs from one, so that a geometric mean exists


def normalise(values: np.ndarray, method: Normalisation, goalposts: tuple[np.ndarray, np.ndarray] | None = None) -> np.ndarray:
    """Each column on a common scale: min-max from 1 to 100, percentile rank, or z-score with mean 50 and deviation 10.

    Handbook, sections 5.2 and 5.3; percentile ranks share a tie. All three are positive for readings within five
    deviations, as a geometric mean needs; a lower z-score is held at 0.01. A constant column becomes 50. `goalposts` are the
    ends of min-max where they are not the observed ones; readings beyond them are held there.
    """
    low, high = goalposts or (np.nanmin(values, axis=0), np.nanmax(values, axis=0))
    if method == "min-max":
        values = np.clip(values, low, high)
        width = np.where(high > low, high - low, 1.0)
        return np.where(high > low, LOW + (HIGH - LOW) * (values - low) / width, np.where(np.isnan(values), np.nan, 50.0))
    if method == "rank":
        counted = np.sum(~np.isnan(values), axis=0)
        return np.asarray(100 * (rankdata(values, axis=0, nan_policy="omit") - 0.5) / counted)
    deviation = np.nanstd(values, axis=0, ddof=1)
    deviation = np.where(deviation > 0, deviation, 1.0)
    return np.asarray(np.maximum(50 + 10 * (values - np.nanmean(values, axis=0)) / deviation, 0.01))


def impute(normalised: np.ndarray, method: Missing) -> np.ndarray:
    """Missing readings left out ("available"), or set to the median or the lowest reading of their indicator (Handbook, step 3)."""
    if method == "available":
        return normalised
    with np.errstate(all="ignore"):
        fill = np.nanmedian(normalised, axis=0) if method == "median" else np.nanmin(normalised, axis=0)
    return np.where(np.isnan(normalised), fill, normalised)


def dimension_scores(normalised: np.ndarray, groups: np.ndarray, left_out: int | None = None) -> np.ndarray:
    """Mean of the indicators of each dimension that a country has; NaN where it has none.

    `groups` gives each column the place of its dimension; the column `left_out` is not used.
    """
    used = np.arange(normalised.shape[1]) != (-1 if left_out is None else left_out)
    count = int(groups.max()) + 1
    scores = np.full((normalised.shape[0], count), np.nan)
    for place in range(count):
        part = normalised[:, (groups == place) & used]
        known = ~np.isnan(part)
        number = known.sum(axis=1)
        total = np.where(known, part, 0).sum(axis=1)
        scores[:, place] = np.divide(total, number, out=np.full(len(part), np.nan), where=number > 0)
    return scores


def aggregate(scores: np.ndarray, weights: np.ndarray, method: Aggregation) -> np.ndarray:
    """Weighted mean over the dimensions that a country has (Handbook, sections 6.10 and 6.11).

    `weights` is one vector, or a row for each draw: the answer has a value for each country, or a row for each draw.
    """
    known = ~np.isnan(scores)
    base = np.where(known, np.log(np.where(known, scores, 1.0)) if method == "geometric" else scores, 0.0)
    total = weights @ base.T
    share = weights @ known.T.astype(base.dtype)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / share
    return np.asarray(np.exp(mean) if method == "geometric" else mean)


def ranks(scores: np.ndarray) -> np.ndarray:
    """Rank from the highest score, 1 the closest; ties share the mean rank, and countries without a score share the last ones."""
    return np.asarray(rankdata(np.where(np.isnan(scores), np.inf, -scores)))


def index(
    values: np.ndarray,
    groups: np.ndarray,
    weights: np.ndarray,
    normalisation: Normalisation = "min-max",
    aggregation: Aggregation = "arithmetic",
    missing: Missing = "available",
    left_out: int | None = None,
) -> np.ndarray:
    """Score of every country for one set of choices."""
    scaled = impute(normalise(values, normalisation), missing)
    return aggregate(dimension_scores(scaled, groups, left_out), weights, aggregation)
