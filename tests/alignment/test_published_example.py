"""The pipeline against a published worked example: the Technology Achievement Index of the Handbook.

Figures quoted from the Handbook on Constructing Composite Indicators, OECD and JRC (2008), ISBN 978-92-64-04345-9: raw data of
the first 23 countries from Table A.2 (p. 152), normalised schooling from Table 15 (p. 87), weights and rankings from Tables 22
and 23 (p. 100), the geometric example from section 6.11 (p. 104).
"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.alignment import scores

# Patents, royalties, internet, exports, telephones (log), electricity (log), schooling, university.
RAW = {
    "Finland": (187, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4),
    "United States": (289, 130.0, 179.1, 66.2, 3.00, 4.07, 12.0, 13.9),
    "Sweden": (271, 156.6, 125.8, 59.7, 3.10, 4.14, 11.4, 15.3),
    "Japan": (994, 64.6, 49.0, 80.8, 3.00, 3.86, 9.5, 10.0),
    "Korea": (779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2),
    "Netherlands": (189, 151.2, 136.0, 50.9, 3.02, 3.77, 9.4, 9.5),
    "United Kingdom": (82, 134.0, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9),
    "Canada": (31, 38.6, 108.0, 48.7, 2.94, 4.18, 11.6, 14.2),
    "Australia": (75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3),
    "Singapore": (8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2),
    "Germany": (235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4),
    "Norway": (103, 20.2, 193.6, 19.0, 3.12, 4.39, 11.9, 11.2),
    "Ireland": (106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3),
    "Belgium": (72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6),
    "New Zealand": (103, 13.0, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1),
    "Austria": (165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6),
    "France": (205, 33.6, 36.4, 58.9, 2.97, 3.80, 7.9, 12.6),
    "Israel": (74, 43.6, 43.2, 45.0, 2.96, 3.74, 9.6, 11.0),
    "Spain": (42, 8.6, 21.0, 53.4, 2.86, 3.62, 7.3, 15.6),
    "Italy": (13, 9.8, 30.4, 51.0, 3.00, 3.65, 7.2, 13.0),
    "Czech Republic": (28, 4.2, 25.0, 51.7, 2.75, 3.68, 9.5, 8.2),
    "Hungary": (26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7),
    "Slovenia": (105, 4.0, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6),
}
WEIGHTS = {
    "EW": (0.125,) * 8,
    "FA": (0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17),
    "BAP": (0.11, 0.11, 0.11, 0.18, 0.10, 0.06, 0.15, 0.18),
    "AHP": (0.09, 0.10, 0.07, 0.21, 0.05, 0.06, 0.18, 0.25),
}
# Table 23, in the order of RAW.
RANKS = {
    "EW": (1, 2, 3, 4, 5, 6, 7, 9, 10, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
    "FA": (1, 2, 3, 4, 5, 6, 8, 10, 7, 11, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22),
    "BAP": (1, 2, 3, 5, 4, 8, 7, 10, 11, 6, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23),
    "AHP": (1, 3, 4, 5, 2, 11, 7, 10, 9, 6, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23),
}
# Ends of the scales over the 72 countries of the original index: Saisana, Saltelli and Tarantola (2005), Table 1, p. 313.
# What exceeds the last two columns of old innovations is held there: the average of the OECD countries.
LOW = (0, 0, 0, 0, np.log10(1), np.log10(22), 0.8, 0.1)
HIGH = (994, 272.6, 232.4, 80.8, np.log10(901), np.log10(6969), 12.0, 27.4)
# Table 15: mean years of schooling as min-max and z-score over the 23 countries, in the order of RAW.
SCHOOLING_MIN_MAX = (
    0.59, 1.00, 0.88, 0.49, 0.76, 0.47, 0.47, 0.92, 0.78, 0.00, 0.63, 0.98, 0.47, 0.45, 0.94, 0.27, 0.16, 0.51, 0.04, 0.02,
    0.49, 0.41, 0.00,
)  # fmt: skip
SCHOOLING_Z = (
    0.26, 1.52, 1.14, -0.06, 0.76, -0.12, -0.12, 1.27, 0.83, -1.58, 0.38, 1.46, -0.12, -0.19, 1.33, -0.76, -1.08, 0.00, -1.46, -1.52,
    -0.06, -0.31, -1.58,
)  # fmt: skip
SCHOOLING_PERCENTILE = {"Finland": 65.2, "United States": 100, "Sweden": 82.6, "Korea": 73.9, "Canada": 87.0, "Hungary": 30.4}


@pytest.fixture(scope="module")
def raw() -> np.ndarray:
    return np.array(list(RAW.values()))


def index(raw: np.ndarray, weights: tuple[float, ...]) -> np.ndarray:
    """Scores from zero to one, as published."""
    scaled = scores.normalise(raw, "min-max", (np.array(LOW), np.array(HIGH)))
    parts = scores.dimension_scores(scaled, np.arange(8))
    return (scores.aggregate(parts, np.array(weights), "arithmetic") - 1) / 99


@pytest.mark.parametrize("method", ["EW", "BAP"])
def test_every_rank_is_the_published_one(raw: np.ndarray, method: str) -> None:
    got = scores.ranks(index(raw, WEIGHTS[method]))
    assert got.tolist() == list(RANKS[method])


@pytest.mark.parametrize("method", ["FA", "AHP"])
def test_ranks_differ_by_no_more_than_the_rounding_of_the_published_weights_allows(raw: np.ndarray, method: str) -> None:
    exact = np.array(RANKS[method])
    generator = np.random.default_rng(1)
    nearby = [scores.ranks(index(raw, tuple(np.array(WEIGHTS[method]) + generator.uniform(-0.005, 0.005, 8)))) for _ in range(2_000)]
    got = (np.min(nearby, axis=0) <= exact) & (exact <= np.max(nearby, axis=0))
    assert got.all()


def test_the_score_of_the_first_country_is_the_published_one(raw: np.ndarray) -> None:
    got = index(raw, WEIGHTS["EW"])[0]
    assert got == pytest.approx(0.744, abs=0.001)  # Human Development Report 2001; two-digit logarithms in the Handbook's table


def test_min_max_is_that_of_the_handbook(raw: np.ndarray) -> None:
    got = (scores.normalise(raw, "min-max")[:, 6] - 1) / 99
    assert got == pytest.approx(SCHOOLING_MIN_MAX, abs=0.0051)


def test_z_score_is_that_of_the_handbook(raw: np.ndarray) -> None:
    got = (scores.normalise(raw, "z-score")[:, 6] - 50) / 10
    assert got == pytest.approx(SCHOOLING_Z, abs=0.0051)


def test_percentile_rank_is_that_of_the_handbook_but_for_the_middle_of_a_step(raw: np.ndarray) -> None:
    found = dict(zip(RAW, scores.normalise(raw, "rank")[:, 6] + 50 / 23, strict=True))  # the handbook counts to the top of a step
    got = {name: round(found[name], 1) for name in SCHOOLING_PERCENTILE}
    assert got == SCHOOLING_PERCENTILE


@pytest.mark.parametrize(("values", "exp"), [((21, 1, 1, 1), 2.14), ((6, 6, 6, 6), 6), ((21, 2, 1, 1), 2.54), ((6, 7, 6, 6), 6.23)])
def test_geometric_mean_is_that_of_the_handbook(values: tuple[float, ...], exp: float) -> None:
    got = scores.aggregate(np.array([values], dtype=float), np.full(4, 0.25), "geometric")[0]
    assert got == pytest.approx(exp, abs=0.0061)
