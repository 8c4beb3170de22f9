"""Groups in the data: distances over shared indicators, average linkage, silhouette, and agreement with a given grouping."""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.special import comb

SHARED = 2  # two countries need so many indicators in common


def distances(values: np.ndarray) -> np.ndarray:
    """Root mean square difference over the indicators both countries have, after Gower's handling of gaps (1971, Biometrics 27).

    Raises ValueError when two countries share fewer than two indicators.
    """
    difference = values[:, None, :] - values[None, :, :]
    known = ~np.isnan(difference)
    shared = known.sum(axis=2)
    if (shared < SHARED).any():
        first, second = np.argwhere(shared < SHARED)[0]
        raise ValueError(f"rows {first} and {second} share fewer than {SHARED} indicators")
    return np.asarray(np.sqrt((np.where(known, difference, 0.0) ** 2).sum(axis=2) / shared))


def tree(distance: np.ndarray) -> np.ndarray:
    """Hierarchical clustering with average linkage (Sokal and Michener 1958), which needs no full coordinates: SciPy's matrix."""
    return np.asarray(linkage(squareform(distance, checks=False), method="average", optimal_ordering=True))


def cut(linked: np.ndarray, count: int) -> np.ndarray:
    """Group of each country when the tree is cut into so many groups, numbered from one."""
    return np.asarray(fcluster(linked, count, criterion="maxclust"))


def silhouette(distance: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """How much nearer each country is to its own group than to the next: 1 clear, 0 between, below 0 misplaced.

    Rousseeuw (1987), Journal of Computational and Applied Mathematics 20; a country alone in its group has 0.
    """
    out = np.zeros(len(labels))
    names = np.unique(labels)
    for place, label in enumerate(labels):
        own = labels == label
        if own.sum() < 2 or len(names) < 2:
            continue
        inside = distance[place, own].sum() / (own.sum() - 1)
        outside = min(distance[place, labels == other].mean() for other in names if other != label)
        out[place] = (outside - inside) / max(outside, inside) if max(outside, inside) > 0 else 0.0
    return out


def adjusted_rand(first: np.ndarray, second: np.ndarray) -> float:
    """Agreement of two groupings beyond chance: 1 the same, 0 as by chance (Hubert and Arabie 1985, Journal of Classification 2)."""
    _, rows = np.unique(first, return_inverse=True)
    _, columns = np.unique(second, return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    pairs, across, down = comb(table, 2).sum(), comb(table.sum(axis=1), 2).sum(), comb(table.sum(axis=0), 2).sum()
    expected = across * down / comb(len(first), 2)
    most = (across + down) / 2
    return float((pairs - expected) / (most - expected)) if most != expected else 1.0


def chance(first: np.ndarray, second: np.ndarray, seed: int, count: int = 2_000) -> float:
    """Part of random relabellings that agree at least as well: a permutation test of the adjusted Rand index."""
    generator = np.random.default_rng(seed)
    found = adjusted_rand(first, second)
    hits = sum(adjusted_rand(first, generator.permutation(second)) >= found - 1e-12 for _ in range(count))
    return (hits + 1) / (count + 1)
