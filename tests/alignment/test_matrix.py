"""From readings to the matrix: what counts, what is turned round, who is not ranked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.alignment.matrix import Matrix, build, coverage

FRAMEWORK = pd.DataFrame(
    [
        {"indicator": "exports", "dimension": "trade", "year": 2025.0, "scale": "linear", "base": "", "least": np.nan},
        {"indicator": "arms", "dimension": "arms", "year": 2024.0, "scale": "linear", "base": "volume", "least": 25.0},
        {"indicator": "loans", "dimension": "finance", "year": 2021.0, "scale": "log", "base": "", "least": np.nan},
        {"indicator": "distance", "dimension": "votes", "year": 2024.0, "scale": "linear", "base": "", "least": np.nan},
    ]
)
ROWS = [
    ("ALP", "exports", 2025, 10), ("BET", "exports", 2025, 20), ("GAM", "exports", 2025, 5), ("GAM", "exports", 2020, 99),
    ("ALP", "arms", 2024, 100), ("BET", "arms", 2024, 50), ("ALP", "volume", 2024, 3), ("BET", "volume", 2024, 25),
    ("ALP", "loans", 2021, 1000), ("BET", "loans", 2021, 10),
    ("ALP", "distance", 2024, 0.5), ("BET", "distance", 2024, 0.1),
]  # fmt: skip


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    readings = pd.DataFrame(ROWS, columns=["country", "indicator", "year", "value"])
    return build(FRAMEWORK, readings, {"exports": "closer", "arms": "closer", "loans": "closer", "distance": "farther"})


def test_a_farther_indicator_is_turned_round(matrix: Matrix) -> None:
    assert matrix.values.loc["BET", "distance"] > matrix.values.loc["ALP", "distance"]


def test_a_log_scale_is_logged(matrix: Matrix) -> None:
    assert matrix.values["loans"].to_dict() == {"ALP": 3, "BET": 1}


def test_a_reading_on_too_small_a_base_is_missing(matrix: Matrix) -> None:
    assert np.isnan(matrix.values.loc["ALP", "arms"])


def test_a_reading_on_the_least_base_counts(matrix: Matrix) -> None:
    assert matrix.values.loc["BET", "arms"] == 50


def test_what_was_dropped_is_told(matrix: Matrix) -> None:
    assert matrix.dropped.to_dict("records") == [{"country": "ALP", "indicator": "arms", "value": 100.0, "base": "volume", "has": 3.0}]


def test_a_country_with_too_few_dimensions_is_not_ranked_and_told_why(matrix: Matrix) -> None:
    assert matrix.unranked.to_dict("records") == [{"country": "GAM", "reason": "readings only in trade"}]


def test_readings_of_other_years_do_not_stand_in() -> None:
    readings = pd.DataFrame([("GAM", "exports", 2020, 99)], columns=["country", "indicator", "year", "value"])
    got = build(FRAMEWORK, readings, {})
    assert got.values.empty


def test_coverage_counts_ranked_countries_and_names_missing_partners(matrix: Matrix) -> None:
    rows = coverage(matrix, ["ALP", "GAM"]).set_index("indicator")
    got = rows.loc["arms", ["countries", "missing"]].tolist()
    assert got == [1, "ALP GAM"]


def test_columns_know_their_dimension(matrix: Matrix) -> None:
    assert (matrix.dimensions, matrix.groups.tolist()) == (["trade", "arms", "finance", "votes"], [0, 1, 2, 3])
