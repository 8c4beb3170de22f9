"""Which choice moves the ranks: variance-based sensitivity indices, first-order and total.

Sampling and estimators are SALib's (Saltelli et al. 2010; Sobol 2001). Weights enter as gamma variates through their quantile
function, in one group, so that their index is that of the weights together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import gamma

from helpers.alignment import scores as steps
from helpers.alignment import uncertainty
from helpers.alignment.uncertainty import SEED, Choices

FACTORS = ("weights", "normalisation", "aggregation", "missing values", "indicator left out")
SAMPLES = 512  # a power of two, as the sequence needs; the model runs seven times as often


def problem(dimensions: int) -> dict[str, object]:
    """The factors as SALib wants them: uniform numbers, one for each choice and one for each weight, in groups."""
    names = [*(f"weight {place}" for place in range(dimensions)), *FACTORS[1:]]
    groups = [*["weights"] * dimensions, *FACTORS[1:]]
    return {"num_vars": len(names), "names": names, "groups": groups, "bounds": [[0.0, 1.0]] * len(names)}


def choices(sample: np.ndarray, indicators: int, weights: np.ndarray) -> Choices:
    """Uniform numbers turned into choices; each option of a choice has the same width."""
    count = len(weights)
    shape = np.broadcast_to(np.maximum(uncertainty.concentration(weights), 1e-12), (len(sample), count))
    drawn = np.where(weights > 0, gamma.ppf(np.clip(sample[:, :count], 1e-9, 1 - 1e-9), shape), 0.0)
    normalisation, aggregation, missing, left_out = (sample[:, count + place] for place in range(4))
    return Choices(
        _pick(normalisation, len(steps.NORMALISATIONS)),
        _pick(aggregation, len(steps.AGGREGATIONS)),
        _pick(missing, len(steps.MISSING)),
        _pick(left_out, indicators + 1 if indicators > 1 else 1) - 1,
        drawn / drawn.sum(axis=1, keepdims=True),
    )


def sobol(
    values: np.ndarray, groups: np.ndarray, weights: np.ndarray, marked: dict[str, int], samples: int = SAMPLES, seed: int = SEED
) -> pd.DataFrame:
    """Indices for the mean shift in rank over all countries, and for the rank of each marked country (name to row).

    Columns: `output`, `factor`, `first`, `first_error`, `total`, `total_error`; errors are half-widths of 90 % intervals. The mean
    shift is the average absolute distance from the ranks of the plain index, as in Saisana et al. (2005).
    """
    from SALib.analyze import sobol as analyse  # slow to import, and only needed here
    from SALib.sample import sobol as sampler

    task = problem(len(weights))
    sample = sampler.sample(task, samples, calc_second_order=False, seed=seed)
    drawn = uncertainty.ranks(uncertainty.scores(values, groups, choices(sample, len(groups), weights))).astype(float)
    base = steps.ranks(steps.index(values, groups, weights))
    outputs = {"mean shift in rank": np.abs(drawn - base).mean(axis=1)} | {name: drawn[:, place] for name, place in marked.items()}
    rows = []
    for name, output in outputs.items():
        if np.ptp(output) == 0:
            continue
        found = analyse.analyze(task, output, calc_second_order=False, num_resamples=100, conf_level=0.9, seed=seed)
        for place, factor in enumerate(dict.fromkeys(task["groups"])):  # type: ignore[call-overload]  # a list of names
            rows.append(
                {
                    "output": name,
                    "factor": factor,
                    "first": found["S1"][place],
                    "first_error": found["S1_conf"][place],
                    "total": found["ST"][place],
                    "total_error": found["ST_conf"][place],
                }
            )
    return pd.DataFrame(rows, columns=["output", "factor", "first", "first_error", "total", "total_error"])


def _pick(uniform: np.ndarray, options: int) -> np.ndarray:
    return np.asarray(np.minimum((uniform * options).astype(int), options - 1))
