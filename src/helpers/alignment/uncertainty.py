"""Monte Carlo over the choices behind an index: weights, normalisation, aggregation, missing values, the indicator left out.

After Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168(2), and the Handbook, step 7.
Every choice is equally likely; weights come from a Dirichlet distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from helpers.alignment import scores as steps

SEED = 20_261_121  # the cut-off of the first edition; fixed so that an edition can be rebuilt
DRAWS = 10_000
BLOCK = 4_096  # draws ranked at once, so that the work stays in the cache


@dataclass(frozen=True)
class Choices:
    """Drawn choices, one entry a draw: places in NORMALISATIONS, AGGREGATIONS and MISSING, the column left out (-1 none), weights."""

    normalisation: np.ndarray
    aggregation: np.ndarray
    missing: np.ndarray
    left_out: np.ndarray
    weights: np.ndarray

    def __len__(self) -> int:
        return len(self.normalisation)


def draw(count: int, groups: np.ndarray, weights: np.ndarray, seed: int = SEED) -> Choices:
    """Draw choices. With equal weights every mixture is equally likely (flat Dirichlet); unequal ones shift its mean.

    An index of one indicator leaves none out.
    """
    generator = np.random.default_rng(seed)
    return Choices(
        generator.integers(len(steps.NORMALISATIONS), size=count),
        generator.integers(len(steps.AGGREGATIONS), size=count),
        generator.integers(len(steps.MISSING), size=count),
        generator.integers(-1, len(groups) if len(groups) > 1 else 0, size=count),
        dirichlet(generator, weights, count),
    )


def dirichlet(generator: np.random.Generator, weights: np.ndarray, count: int) -> np.ndarray:
    """Weights with the given mean, one row a draw; a weight of zero stays zero."""
    drawn = generator.standard_gamma(np.broadcast_to(concentration(weights), (count, len(weights))))
    return np.asarray(drawn / np.maximum(drawn.sum(axis=1, keepdims=True), np.finfo(float).tiny))


def concentration(weights: np.ndarray) -> np.ndarray:
    """Parameters of the Dirichlet distribution: one each where the weights are equal."""
    return np.asarray(np.count_nonzero(weights) * weights / weights.sum())


def scores(values: np.ndarray, groups: np.ndarray, choices: Choices) -> np.ndarray:
    """Score of every country in every draw; one row a draw. Draws that share their discrete choices are computed together."""
    out = np.empty((len(choices), len(values)), dtype=np.float32)
    for normalisation, missing in product(range(len(steps.NORMALISATIONS)), range(len(steps.MISSING))):
        scaled = steps.impute(steps.normalise(values, steps.NORMALISATIONS[normalisation]), steps.MISSING[missing])
        same = (choices.normalisation == normalisation) & (choices.missing == missing)
        for left_out in np.unique(choices.left_out[same]):
            parts = steps.dimension_scores(scaled, groups, None if left_out < 0 else int(left_out))
            for place, aggregation in enumerate(steps.AGGREGATIONS):
                chosen = np.flatnonzero(same & (choices.left_out == left_out) & (choices.aggregation == place))
                if len(chosen):
                    out[chosen] = steps.aggregate(parts, choices.weights[chosen], aggregation)
    return out


def ranks(drawn: np.ndarray) -> np.ndarray:
    """Rank of every country in every draw, 1 the closest; a country without a score comes last."""
    out = np.empty(drawn.shape, dtype=np.int16)
    places = np.arange(1, drawn.shape[1] + 1, dtype=np.int16)
    for start in range(0, len(drawn), BLOCK):
        part = drawn[start : start + BLOCK]
        order = np.argsort(np.where(np.isnan(part), np.inf, -part), axis=1)
        np.put_along_axis(out[start : start + BLOCK], order, np.broadcast_to(places, part.shape), axis=1)
    return out


def simulate(values: np.ndarray, groups: np.ndarray, weights: np.ndarray, count: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Ranks of all countries under so many drawn sets of choices; one row a draw."""
    return ranks(scores(values, groups, draw(count, groups, weights, seed)))


def quantiles(drawn: np.ndarray, points: tuple[float, ...] = (0.05, 0.5, 0.95)) -> np.ndarray:
    """Quantiles over the draws, one row a point: ranks that occurred, none in between."""
    ordered = np.sort(np.ascontiguousarray(drawn.T), axis=1)
    return np.stack([ordered[:, min(len(drawn) - 1, int(np.ceil(point * len(drawn))) - 1)] for point in points])
