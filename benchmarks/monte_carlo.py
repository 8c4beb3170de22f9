"""Measure the Monte Carlo of the alignment index: 100,000 draws over all countries on one core, against the plain loop.

The plain loop is what anybody would write first: for each draw normalise, fill, average, rank. It is timed on fewer draws and
scaled up. Run with `python benchmarks/monte_carlo.py`; one thread is set before NumPy loads.
"""

# ruff: noqa: E402  # the number of threads must be set before NumPy loads
from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console

from helpers.alignment import scores, uncertainty
from helpers.profile.thesis_readings import matrix
from helpers.tables.load import load

ROOT = Path(__file__).resolve().parents[1]
DRAWS, PLAIN, ROUNDS = 100_000, 500, 5


def plain(values: np.ndarray, groups: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """One draw after the other, with the same functions."""
    choices = uncertainty.draw(count, groups, weights)
    rows = []
    for place in range(count):
        left = int(choices.left_out[place])
        drawn = scores.index(
            values,
            groups,
            choices.weights[place],
            scores.NORMALISATIONS[choices.normalisation[place]],
            scores.AGGREGATIONS[choices.aggregation[place]],
            scores.MISSING[choices.missing[place]],
            None if left < 0 else left,
        )
        rows.append(scores.ranks(drawn))
    return np.array(rows)


def seconds(call: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def main() -> None:
    """Time both ways in turns and print the medians and the ratio."""
    data = matrix(load(ROOT / "data"))
    values, groups = data.values.to_numpy(), data.groups
    weights = np.full(len(data.dimensions), 1 / len(data.dimensions))
    assert np.allclose(plain(values, groups, weights, 200), uncertainty.simulate(values, groups, weights, 200), atol=1.0)  # ties aside
    fast, slow = [], []
    for _ in range(ROUNDS):
        fast.append(seconds(lambda: uncertainty.simulate(values, groups, weights, DRAWS)))
        slow.append(seconds(lambda: plain(values, groups, weights, PLAIN)) * DRAWS / PLAIN)
    ratio = statistics.median(s / f for s, f in zip(slow, fast, strict=True))
    Console().print(
        f"{DRAWS:,} draws over {len(values)} countries: {statistics.median(fast):.2f} s vectorised "
        f"(spread {min(fast):.2f}–{max(fast):.2f}), {statistics.median(slow):.0f} s as a loop: {ratio:.0f} times as fast"
    )


if __name__ == "__main__":
    main()
