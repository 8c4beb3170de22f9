"""Where countries stand in the world's distribution, and how two groups differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata


def standing(values: pd.DataFrame) -> pd.DataFrame:
    """Rank and percentile of every country on every indicator: `country`, `indicator`, `rank`, `of`, `percentile` (100 the closest)."""
    parts = []
    for name in values.columns:
        known = values[name].dropna()
        place = rankdata(-known.to_numpy(), method="min")
        parts.append(
            pd.DataFrame(
                {
                    "country": known.index,
                    "indicator": name,
                    "rank": place.astype(int),
                    "of": len(known),
                    "percentile": 100 * (1 - (rankdata(-known.to_numpy()) - 0.5) / len(known)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def superiority(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Chance that a random member of the first group ranks closer than one of the second, for each draw (rows).

    The common-language effect size: Mann and Whitney's U over the number of pairs. Ranks: lower is closer.
    """
    both = np.concatenate([first, second], axis=1)
    place = rankdata(both, axis=1)[:, : first.shape[1]]
    u = place.sum(axis=1) - first.shape[1] * (first.shape[1] + 1) / 2
    return np.asarray(1 - u / (first.shape[1] * second.shape[1]))


def intensity(share: pd.Series, world: float) -> pd.Series:
    """Trade intensity: a partner's share in a country's trade over its share in the world's (Anderson and Norheim 1993)."""
    return share / world
