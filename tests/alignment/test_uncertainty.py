"""The Monte Carlo: the same as a loop, reproducible, and honest about what it varies."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.alignment import scores, sensitivity, uncertainty

GROUPS = np.array([0, 0, 1, 2])
EQUAL = np.full(3, 1 / 3)


@pytest.fixture(scope="module")
def values() -> np.ndarray:
    """Thirty countries with four indicators, a fifth of the readings missing."""
    generator = np.random.default_rng(7)
    found = generator.normal(size=(30, 4))
    found[generator.random((30, 4)) < 0.2] = np.nan
    found[:, 0] = generator.normal(size=30)
    return found


def test_every_draw_is_the_index_with_its_choices(values: np.ndarray) -> None:
    choices = uncertainty.draw(60, GROUPS, EQUAL)
    got = uncertainty.scores(values, GROUPS, choices)
    for place in range(len(choices)):
        left = int(choices.left_out[place])
        exp = scores.index(
            values,
            GROUPS,
            choices.weights[place],
            scores.NORMALISATIONS[choices.normalisation[place]],
            scores.AGGREGATIONS[choices.aggregation[place]],
            scores.MISSING[choices.missing[place]],
            None if left < 0 else left,
        )
        assert got[place] == pytest.approx(exp, rel=1e-4, nan_ok=True)


def test_the_same_seed_gives_the_same_ranks(values: np.ndarray) -> None:
    got = [uncertainty.simulate(values, GROUPS, EQUAL, 500, seed=3) for _ in range(2)]
    assert (got[0] == got[1]).all()


def test_another_seed_gives_other_ranks(values: np.ndarray) -> None:
    got = [uncertainty.simulate(values, GROUPS, EQUAL, 500, seed=seed) for seed in (3, 4)]
    assert (got[0] != got[1]).any()


def test_ranks_of_a_draw_are_a_permutation(values: np.ndarray) -> None:
    got = np.sort(uncertainty.simulate(values, GROUPS, EQUAL, 300), axis=1)
    assert (got == np.arange(1, 31)).all()


def test_relabelling_countries_moves_no_rank(values: np.ndarray) -> None:
    order = np.random.default_rng(1).permutation(30)
    got = uncertainty.simulate(values[order], GROUPS, EQUAL, 400)
    exp = uncertainty.simulate(values, GROUPS, EQUAL, 400)[:, order]
    assert np.abs(np.median(got, axis=0) - np.median(exp, axis=0)).max() <= 1  # ties in rounding may fall the other way


def test_a_country_ahead_on_everything_is_always_first() -> None:
    values = np.column_stack([np.arange(20.0)] * 4)
    got = uncertainty.simulate(values, GROUPS, EQUAL, 400)[:, -1]
    assert (got == 1).all()


def test_equal_weights_are_drawn_flat() -> None:
    assert uncertainty.concentration(EQUAL).tolist() == [1, 1, 1]


def test_drawn_weights_have_the_mean_that_was_asked_for() -> None:
    asked = np.array([0.6, 0.3, 0.1, 0.0])
    got = uncertainty.dirichlet(np.random.default_rng(1), asked, 40_000)
    assert got.mean(axis=0) == pytest.approx(asked, abs=0.01)
    assert (got[:, 3] == 0).all()


def test_quantiles_are_ranks_that_occurred() -> None:
    got = uncertainty.quantiles(np.arange(1, 101)[:, None])
    assert got.ravel().tolist() == [5, 50, 95]


def test_a_choice_that_cannot_matter_has_no_index(values: np.ndarray) -> None:
    # Complete data in one dimension: neither its weight nor the treatment of gaps nor the mean over dimensions moves a rank.
    complete = np.where(np.isnan(values), 0.0, values)
    found = sensitivity.sobol(complete, np.zeros(4, dtype=int), np.array([1.0]), {}, samples=256)
    got = dict(zip(found["factor"], found["total"], strict=True))
    assert [got[name] for name in ("weights", "missing values", "aggregation")] == pytest.approx([0, 0, 0], abs=1e-9)
    assert min(got["normalisation"], got["indicator left out"]) > 0.05


def test_sobol_has_every_factor_for_every_output(values: np.ndarray) -> None:
    found = sensitivity.sobol(values, GROUPS, EQUAL, {"ALP": 3}, samples=64)
    got = found.groupby("output", sort=False)["factor"].apply(list).to_dict()
    assert got == {name: list(sensitivity.FACTORS) for name in ("mean shift in rank", "ALP")}
