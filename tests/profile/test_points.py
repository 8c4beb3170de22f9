"""Points of a series: facts and stored values together, compilers apart, gaps left as they are."""

from __future__ import annotations

from pathlib import Path

from helpers.profile.points import COLUMNS, points
from helpers.tables.load import Tables, load


def test_points_keep_compilers_apart(small_tables: Tables) -> None:
    got = (
        list(points(small_tables, "trade_total_customs", ["ALP"])["value"]),
        list(points(small_tables, "trade_total_comtrade", ["ALP"])["value"]),
    )
    assert got == ([20, 30, 25.5], [18, 19, 22])


def test_points_invent_no_year(small_tables: Tables) -> None:
    got = list(points(small_tables, "trade_total_comtrade", ["ALP"])["year"])
    assert got == [2021, 2022, 2024]


def test_points_join_facts_and_stored_values(project) -> None:
    project.set("facts", 5, "indicator", "external_debt_share_china")
    got = points(load(project.data), "external_debt_share_china", ["ALP"])
    assert list(zip(got["year"], got["value"], got["fact_id"], strict=True)) == [(2022, 45, ""), (2023, 48.26, "alp-debt-share")]


def test_points_of_facts_keep_kind_and_source(small_tables: Tables) -> None:
    got = points(small_tables, "alp_rail_passengers").iloc[-1]
    assert (got["kind"], got["source_id"], got["date"]) == ("cumulative", "daily", "2024-12-02")


def test_points_of_one_partner_leave_out_the_other(small_tables: Tables) -> None:
    got = set(points(small_tables, "trade_total_comtrade", ["BET"])["partner"])
    assert got == {"BET"}


def test_points_of_all_are_sorted_by_partner_and_date(small_tables: Tables) -> None:
    got = points(small_tables, "trade_total_comtrade")
    exp = got.sort_values(["partner", "date"], kind="stable")
    assert list(got.index) == list(exp.index)
    assert len(got) == 6


def test_points_of_an_unused_indicator_are_empty_with_columns(small_tables: Tables) -> None:
    got = points(small_tables, "tie_votes")
    assert (len(got), list(got.columns)) == (0, COLUMNS)


def test_no_two_indicators_of_a_partner_share_a_label(root: Path) -> None:
    tables = load(root / "data")
    used = [{*tables.of("facts", code)["indicator"], *tables.of("series", code)["indicator"]} - {""} for code in tables.chapters]
    labels = [tables.indicators.loc[sorted(names), "label"] for names in used]
    got = [list(found[found.duplicated()]) for found in labels]
    assert not any(got), got
