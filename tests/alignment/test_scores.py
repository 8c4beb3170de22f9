"""Normalisation, missing values and aggregation: what must hold for any data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from helpers.alignment import scores

NAN = float("nan")
READINGS = arrays(float, (8, 3), elements=some.integers(-1000, 1000).map(float), unique=True)
ALL = [(norm, how, mean) for norm in scores.NORMALISATIONS for how in scores.MISSING for mean in scores.AGGREGATIONS]
WEIGHTS = np.array([0.5, 0.3, 0.2])
OWN = np.arange(3)


@given(READINGS, some.floats(0.01, 1000), some.floats(-1000, 1000))
def test_ranks_do_not_change_with_the_unit(values: np.ndarray, factor: float, shift: float) -> None:
    for norm in scores.NORMALISATIONS:
        got = scores.index(values * factor + shift, OWN, WEIGHTS, norm)
        assert got == pytest.approx(scores.index(values, OWN, WEIGHTS, norm), rel=1e-6, abs=1e-6)


@given(READINGS, some.integers(0, 7), some.integers(0, 2), some.floats(1, 500))
def test_a_higher_reading_never_lowers_a_rank(values: np.ndarray, row: int, column: int, more: float) -> None:
    raised = values.copy()
    raised[row, column] += more
    for norm, _, mean in ALL:
        if norm == "z-score" and mean == "geometric":
            continue  # a z-score moves the others too, and their product is no longer in step
        before, after = (scores.ranks(np.round(scores.index(data, OWN, WEIGHTS, norm, mean), 9))[row] for data in (values, raised))
        if norm == "rank":
            assert after <= before
        else:  # min-max and z-scores rescale everybody, so that only the country's own column is sure
            own = scores.normalise(raised, norm)[row, column]
            assert own >= scores.normalise(values, norm)[row, column] - 1e-9


@given(READINGS, some.permutations(range(8)))
def test_ranks_do_not_change_with_the_order_of_countries(values: np.ndarray, order: list[int]) -> None:
    got = scores.index(values[order], OWN, WEIGHTS)
    assert got == pytest.approx(scores.index(values, OWN, WEIGHTS)[order])


@pytest.mark.parametrize("method", scores.NORMALISATIONS)
def test_a_constant_column_stands_in_the_middle(method: scores.Normalisation) -> None:
    got = scores.normalise(np.array([[3.0], [3.0], [3.0]]), method)
    assert got.ravel().tolist() == [50, 50, 50]


@pytest.mark.parametrize("method", scores.NORMALISATIONS)
def test_a_missing_reading_stays_missing(method: scores.Normalisation) -> None:
    got = scores.normalise(np.array([[1.0], [NAN], [3.0], [7.0]]), method)
    assert np.isnan(got.ravel()).tolist() == [False, True, False, False]


@pytest.mark.parametrize("method", scores.NORMALISATIONS)
def test_scores_are_positive(method: scores.Normalisation) -> None:
    values = np.array([[0.0]] * 99 + [[1e6]])
    assert (scores.normalise(values, method) > 0).all()


@pytest.mark.parametrize(("method", "exp"), [("available", NAN), ("median", 50.5), ("lowest", 1)])
def test_missing_values_are_treated_as_the_name_says(method: scores.Missing, exp: float) -> None:
    scaled = scores.normalise(np.array([[0.0], [5.0], [10.0], [NAN]]), "min-max")
    got = scores.impute(scaled, method)[3, 0]
    assert got == pytest.approx(exp, nan_ok=True)


def test_a_dimension_is_the_mean_of_what_there_is() -> None:
    got = scores.dimension_scores(np.array([[10.0, 30.0, 7.0], [10.0, NAN, NAN]]), np.array([0, 0, 1]))
    assert got.tolist() == [[20.0, 7.0], pytest.approx([10.0, NAN], nan_ok=True)]


def test_an_indicator_left_out_is_not_used() -> None:
    got = scores.dimension_scores(np.array([[10.0, 30.0, 7.0]]), np.array([0, 0, 1]), left_out=1)
    assert got.tolist() == [[10.0, 7.0]]


def test_weights_of_missing_dimensions_go_to_the_others() -> None:
    got = scores.aggregate(np.array([[20.0, NAN], [20.0, 80.0]]), np.array([0.5, 0.5]), "arithmetic")
    assert got.tolist() == [20.0, 50.0]


def test_equal_scores_share_a_rank() -> None:
    got = scores.ranks(np.array([5.0, 9.0, 5.0]))
    assert got.tolist() == [2.5, 1.0, 2.5]
