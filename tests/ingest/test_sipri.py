"""SIPRI: volumes of one year, windows of five, and what a query leaves out."""

from __future__ import annotations

import pytest

from tests.ingest.conftest import Ingest, news, one, reasons, verdicts
from tests.ingest.files import deals, register


def test_deliveries_of_a_year_add_up_by_pair(ingest: Ingest) -> None:
    got = news(ingest("sipri", register("China>Alpland 2020 10.25", "China>Alpland 2020 0.5", "Russia>Alpland 2020 4")))
    assert got["ALP", "arms_from_china", "2020"] == "10.75"
    assert got["ALP", "arms_from_russia", "2020"] == "4"
    assert got["ALP", "arms_total", "2020"] == "14.75"


def test_deliveries_to_china_count_for_their_supplier(ingest: Ingest) -> None:
    assert news(ingest("sipri", register("Alpland>China 2020 3")))["ALP", "arms_to_china", "2020"] == "3"


def test_a_supplier_that_is_no_state_counts_in_the_total(ingest: Ingest) -> None:
    got = news(ingest("sipri", register("unknown_supplier(s)>Alpland 2020 7")))
    assert got["ALP", "arms_total", "2020"] == "7"


def test_a_later_window_has_its_total_its_volume_and_its_shares(ingest: Ingest) -> None:
    got = news(
        ingest(
            "sipri", register("China>Alpland 2020 30", "United_States>Alpland 2021 10", "Gamland>Alpland 2024 80", "China>Alpland 2018 99")
        )
    )
    exp = {
        "arms_total_5y": "120",
        "arms_from_china_5y": "30",
        "arms_share_china_5y": "25",
        "arms_share_usa_5y": "8.333",
        "arms_share_russia_5y": "0",
    }
    assert {name: got["ALP", name, "2024"] for name in exp} == exp


def test_windows_between_those_of_the_tables_are_passed_over(ingest: Ingest) -> None:
    plan = ingest("sipri", register("China>Alpland 2014 50", "China>Alpland 2020 50"))
    got = {year for _, name, year in news(plan) if name == "arms_total_5y"}
    assert got == {"2020"}
    assert reasons(plan)["a window between those of the tables"] > 0


def test_a_window_needs_five_years_of_the_query(ingest: Ingest) -> None:
    got = news(ingest("sipri", register("China>Alpland 2024 50", first="2021")))
    assert not any(name.endswith("_5y") for _, name, _ in got)


def test_a_share_of_a_tiny_base_says_so(ingest: Ingest) -> None:
    got = one(ingest("sipri", register("China>Alpland 2024 49.9")), "ALP", "arms_share_china_5y", "2024")
    assert got.note == "Tiny base: fewer than 50 million TIV from all suppliers."


def test_the_deliveries_of_one_supplier_make_no_totals(ingest: Ingest) -> None:
    plan = ingest("sipri", register("China>Alpland 2024 60", suppliers="China"))
    assert set(news(plan)) == {("ALP", "arms_from_china", "2024")}
    assert reasons(plan)["no totals and shares: the file holds the deliveries of China alone"] == 1


def test_the_day_of_generation_goes_into_the_source(ingest: Ingest) -> None:
    assert ingest("sipri", register("China>Alpland 2024 60")).source["published"] == "2026-02-12"


def test_a_value_that_stands_is_the_same(ingest: Ingest) -> None:
    got = verdicts(ingest("sipri", register("China>Alpland 2019 12.5", "Gamland>Alpland 2019 7.75", first="2019")))
    assert got["ALP", "arms_from_china", "2019"] == got["ALP", "arms_total", "2019"] == "same"


def test_the_register_by_deal_fills_windows_from_five_years(ingest: Ingest) -> None:
    got = news(ingest("sipri", deals("China>Alpland 2020;2021 30", "Gamland>Alpland 2024 90", first="2020", last="2024")))
    assert (got["ALP", "arms_total_5y", "2024"], got["ALP", "arms_share_china_5y", "2024"]) == ("120", "25")


def test_the_register_by_deal_fills_a_year_from_one_year(ingest: Ingest) -> None:
    got = news(ingest("sipri", deals("China>Alpland 2024 30", first="2024", last="2024")))
    assert got == {("ALP", "arms_from_china", "2024"): "30", ("ALP", "arms_total", "2024"): "30"}


@pytest.mark.parametrize(("first", "last"), [("2019", "2024"), ("Not specified", "Not specified")])
def test_the_register_by_deal_over_other_spans_is_refused(ingest: Ingest, first: str, last: str) -> None:
    got = ingest.findings("sipri", deals("China>Alpland 2024 30", first=first, last=last))
    assert "a year range of one year or of 5, or the register by year of delivery" in got[0]


# As in exports of 2024 and 2025, names and volumes made up: a comment in Latin-1, broken over two lines without quotation marks.
BROKEN = "Alpland,China,2015,?,3,?,Hermès-900,UAV,3,?,2024,New,Lease; for use with the police\r\n,3,9,{volume}\n"


def test_a_deal_whose_comment_is_broken_and_in_latin_1_counts(ingest: Ingest) -> None:
    text = deals("Gamland>Alpland 2024 30", first="2024", last="2024") + BROKEN.format(volume="12")
    got = news(ingest("sipri", text.encode("latin-1")))
    assert got == {("ALP", "arms_from_china", "2024"): "12", ("ALP", "arms_total", "2024"): "42"}


def test_a_broken_deal_is_told_by_its_first_line(ingest: Ingest) -> None:
    text = deals("Gamland>Alpland 2024 30", first="2024", last="2024") + BROKEN.format(volume="l2")
    assert ingest.findings("sipri", text)[0].startswith('file.csv:9:SIPRI TIV of delivered weapons: "l2" is not a number')


@pytest.mark.parametrize("rows", ["Alpland,China,2015\n,3,9\n", "Alpland,China,2015\n"])
def test_short_rows_that_make_no_whole_one_are_refused(ingest: Ingest, rows: str) -> None:
    got = ingest.findings("sipri", deals("Gamland>Alpland 2024 30", first="2024", last="2024") + rows)
    assert [finding.split(" ", 1) for finding in got] == [
        [f"file.csv:{9 + place}:", "3 cells in this row; expected 16"] for place in range(len(got))
    ]
    assert len(got) == rows.count("\n")


def test_a_register_by_year_in_latin_1_counts(ingest: Ingest) -> None:
    got = news(ingest("sipri", register("China>Alpland 2020 3").replace("T-1", "Hermès").encode("latin-1")))
    assert got["ALP", "arms_from_china", "2020"] == "3"


def test_a_register_without_its_title_is_refused(ingest: Ingest) -> None:
    text = register("China>Alpland 2024 60").split("\r\n", 6)[6]
    assert ingest.findings("sipri", text)[0].startswith("file.csv:1: the title line of the export is missing")


@pytest.mark.parametrize(
    "text",
    [
        "Volume of transfers of major arms\n\nSupplier,2022,2023,Percentage,Percentage of total\nChina,1,2,9%,9%\n",
        "TIV of arms exports from China, 2020-2021\nGenerated: 12 February 2022\n\n,2020,2021,Total\nAlpland,1,2,3\n",
    ],
)
def test_the_rounded_tables_are_refused_with_what_to_take(ingest: Ingest, text: str) -> None:
    assert "the TIV tables are rounded to the million" in ingest.findings("sipri", text)[0]


def test_a_wrong_volume_is_refused_where_it_stands(ingest: Ingest) -> None:
    got = ingest.findings("sipri", register("China>Alpland 2024 60", "China>Alpland 2024 6o"))
    assert got[0].startswith('file.csv:9:TIV delivery values: "6o" is not a number')
