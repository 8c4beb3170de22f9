"""Alt text says what the chart shows, from the frame it is drawn from."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.charts import alt
from helpers.facts import format as fmt


def series(label: str, values: list[float]) -> pd.DataFrame:
    """One series with a value a year from 2000."""
    years = range(2000, 2000 + len(values))
    return pd.DataFrame({"label": label, "x": years, "when": [str(year) for year in years], "value": values})


def test_over_time_has_first_last_and_highest_value() -> None:
    got = alt.over_time(series("Trade", [5, 9.5, 7, 6]), "lines", "billion dollars")
    assert got == "Line chart, billion dollars. Trade: 5 in 2000, 6 in 2003, highest 9.5 in 2001."


def test_over_time_does_not_repeat_the_highest_at_an_end() -> None:
    got = alt.over_time(series("Trade", [5, 7]), "bars", "billion dollars")
    assert got == "Bar chart, billion dollars. Trade: 5 in 2000, 7 in 2001."


def test_over_time_of_one_value() -> None:
    got = alt.over_time(series("Trade", [5]), "lines", "billion dollars")
    assert got == "Line chart, billion dollars. Trade: 5 in 2000."


def test_over_time_says_what_is_announced() -> None:
    got = alt.over_time(series("Deals", [5, 7]).assign(kind="announcement"), "bars", "billion dollars")
    assert got == "Bar chart, billion dollars. Deals (announced): 5 in 2000, 7 in 2001."


def test_over_time_names_the_points_that_are_no_outcome() -> None:
    got = alt.over_time(series("Trade", [5, 7, 6]).assign(kind=["actual", "estimate", "estimate"]), "bars", "x")
    assert got.endswith("highest 7 in 2001 (estimate: 2001, 2002).")


def test_over_time_takes_order_from_the_axis() -> None:
    got = alt.over_time(series("Trade", [5, 7, 6]).iloc[::-1].reset_index(drop=True), "lines", "x")
    assert "5 in 2000, 6 in 2002" in got


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=8), st.lists(st.floats(0.01, 1e6), min_size=1, max_size=8))
def test_over_time_names_every_series_with_its_ends_and_top(first: list[float], second: list[float]) -> None:
    frame = pd.concat([series("A", first), series("B", second)], ignore_index=True)
    got = alt.over_time(frame, "lines", "x")
    for label, values in (("A", first), ("B", second)):
        part = got.partition(f"{label}: ")[2].split(". ")[0]
        assert all(fmt.number(value) in part for value in (values[0], values[-1], max(values)))


def test_changed_value_changes_the_alt_text() -> None:
    got = alt.over_time(series("Trade", [5, 8]), "lines", "x")
    assert got != alt.over_time(series("Trade", [5, 7]), "lines", "x")


def test_of_facts_has_every_value_as_shown() -> None:
    got = alt.of_facts(pd.DataFrame({"label": ["Signed", "Spent"], "shown": ["USD 5 bn (contract, 2024)", "USD 1 bn"]}), "billion dollars")
    assert got == "Bar chart, billion dollars. Signed: USD 5 bn (contract, 2024); Spent: USD 1 bn."


def test_of_panels_has_the_last_value_of_each() -> None:
    got = alt.of_panels(pd.concat([series("A", [1, 2]), series("B", [4, 3])]), "x")
    assert got == "Small line charts on one scale, x. Last values: A 2 in 2001; B 3 in 2001."


def test_of_rows_has_every_value() -> None:
    got = alt.of_rows(pd.DataFrame({"label": ["A", "B", "A"], "series": ["x", "x", "y"], "value": [1, 2, 3]}), "votes")
    assert got == "Chart with one row a label, votes. x: A 1; B 2. y: A 3."
