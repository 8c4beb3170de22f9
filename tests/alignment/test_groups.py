"""Distances, clusters, silhouette and agreement of groupings on cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.alignment import distribution, groups, network

TWO = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 10.0], [10.0, 11.0]])


def test_two_clear_groups_are_found() -> None:
    got = groups.cut(groups.tree(groups.distances(TWO)), 2)
    assert got[0] == got[1] != got[2] == got[3]


def test_distance_rests_on_shared_indicators() -> None:
    got = groups.distances(np.array([[0.0, 3.0, np.nan], [4.0, 3.0, 9.0]]))[0, 1]
    assert got == pytest.approx(np.sqrt(16 / 2))


def test_countries_that_share_too_little_are_refused() -> None:
    with pytest.raises(ValueError, match="share fewer than 2"):
        groups.distances(np.array([[0.0, np.nan], [np.nan, 1.0]]))


def test_silhouette_is_that_of_the_definition() -> None:
    # Points 0, 1 | 5 on a line: a = 1, b = 5 for the first, a = 1, b = 4 for the second; alone in a group is zero.
    distance = np.abs(np.subtract.outer([0.0, 1.0, 5.0], [0.0, 1.0, 5.0]))
    got = groups.silhouette(distance, np.array([1, 1, 2]))
    assert got.tolist() == pytest.approx([0.8, 0.75, 0])


@pytest.mark.parametrize(
    ("first", "second", "exp"),
    [
        ([1, 1, 2, 2], [5, 5, 3, 3], 1.0),
        ([0, 0, 1, 1], [0, 0, 1, 2], 0.571428),  # the worked case of scikit-learn's documentation
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
    ],
)
def test_adjusted_rand_index(first: list[int], second: list[int], exp: float) -> None:
    got = groups.adjusted_rand(np.array(first), np.array(second))
    assert got == pytest.approx(exp, abs=1e-5)


def test_a_perfect_match_is_seldom_chance() -> None:
    labels = np.repeat([1, 2, 3], 4)
    assert groups.chance(labels, labels, seed=1, count=500) < 0.01


def test_random_spreads_are_reproducible_and_of_the_right_size() -> None:
    points = np.arange(50.0)
    got = network.random_spreads(points, 5, seed=1, count=200)
    assert (got == network.random_spreads(points, 5, seed=1, count=200)).all()
    assert got.mean() == pytest.approx(network.spread(points), rel=0.05)


def test_spread_is_the_mean_over_pairs() -> None:
    assert network.spread(np.array([0.0, 1.0, 4.0])) == pytest.approx((1 + 4 + 3) / 3)


def test_ties_of_both_directions_are_added() -> None:
    ties = pd.DataFrame([("ALP", "BET", 2.0), ("BET", "ALP", 3.0), ("BET", "OUT", 9.0)], columns=["a", "b", "value"])
    got = network.graph(["ALP", "BET", "GAM"], ties)
    assert (list(got.edges(data="value")), network.density(got)) == ([("ALP", "BET", 5.0)], pytest.approx(1 / 3))


@pytest.mark.parametrize(("first", "second", "exp"), [([1, 2], [3, 4], 1.0), ([3, 4], [1, 2], 0.0), ([1, 4], [2, 3], 0.5), ([2], [2], 0.5)])
def test_superiority(first: list[int], second: list[int], exp: float) -> None:
    got = distribution.superiority(np.array([first]), np.array([second]))[0]
    assert got == exp


def test_standing_counts_from_the_closest() -> None:
    values = pd.DataFrame({"x": [1.0, 3.0, 3.0, np.nan]}, index=["ALP", "BET", "GAM", "DEL"])
    got = distribution.standing(values).set_index("country")
    assert got["rank"].to_dict() == {"ALP": 3, "BET": 1, "GAM": 1}
    assert set(got["of"]) == {3}
