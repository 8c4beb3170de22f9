"""What is done about a value beside one that stands."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.errors import InputError
from helpers.ingest.run import Asked
from tests.conftest import Project
from tests.ingest.conftest import ACCESSED, Ingest, one, reasons, verdicts
from tests.ingest.files import both, comtrade, gdp, imts, worldbank

NEWER = worldbank(
    [gdp("Alpland", "ALP", "55123456789", "61500000000", "62000000000"), gdp("Betland", "BET", "3210000000", "3300000000", "")]
)
REPLACE = Asked(accessed=ACCESSED, replace=True)


def test_a_series_of_another_vintage_is_held_back_whole(ingest: Ingest) -> None:
    plan = ingest("worldbank", NEWER)
    assert verdicts(plan) == {
        ("ALP", "gdp", "2021"): "same",
        ("ALP", "gdp", "2022"): "held",
        ("ALP", "gdp", "2023"): "held",
        ("BET", "gdp", "2021"): "same",
        ("BET", "gdp", "2022"): "added",
    }
    assert one(plan, "ALP", "gdp", "2023").why == "the file is another vintage of this series"


def test_replace_takes_it_and_notes_what_it_replaces(ingest: Ingest) -> None:
    plan = ingest("worldbank", NEWER, asked=REPLACE)
    assert verdicts(plan)["ALP", "gdp", "2023"] == "added"
    got = one(plan, "ALP", "gdp", "2022")
    assert (got.verdict, got.old, got.new, got.note) == ("changed", "60", "61.5", "Replaces 60 of bank.")


def test_a_caveat_that_stands_is_kept_beside_what_is_replaced(ingest: Ingest) -> None:
    plan = ingest("worldbank", worldbank([gdp("Betland", "BET", "3300000000", "", "")]), asked=REPLACE)
    assert one(plan, "BET", "gdp", "2021").note == "A caveat. Replaces 3.21 of bank."


def test_a_value_rounded_to_the_places_that_stand_is_the_same_until_replaced(ingest: Ingest) -> None:
    text = worldbank([gdp("Betland", "BET", "3214000000", "", "")])
    assert one(ingest("worldbank", text), "BET", "gdp", "2021").verdict == "same"
    assert one(ingest("worldbank", text, asked=REPLACE), "BET", "gdp", "2021").new == "3.214"


def test_a_point_that_is_a_fact_is_never_written_beside_it(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    house.add(
        "facts", fact_id="bet-exports", partner="BET", dimension="trade", metric="Exports", value="2", unit="USD bn",
        start="2023-01-01", end="2023-12-31", kind="actual", indicator="exports_to_china_comtrade",
        source_id="un-comtrade", confidence="high",
    )  # fmt: skip
    ingest = Ingest(house, tmp_path_factory.mktemp("files"))
    cells = {"reporterISO": "BET", "reporterDesc": "Betland"}
    got = ingest("comtrade", comtrade({**cells, "primaryValue": "2000000000"}))
    assert verdicts(got) == {("BET", "exports_to_china_comtrade", "2023"): "same"}
    held = ingest("comtrade", comtrade({**cells, "primaryValue": "3000000000"}), asked=REPLACE)
    assert one(held, "BET", "exports_to_china_comtrade", "2023").why.startswith("stands as a fact in facts.csv:")


def test_another_compiler_is_refused_with_the_indicators_there_are(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = [row[0] for row in house.rows("indicators")].index("gdp") + 1
    house.set("indicators", line, "compiler", "International Monetary Fund")
    got = Ingest(house, tmp_path_factory.mktemp("files")).findings("worldbank", NEWER)
    assert got[0].startswith(
        f'indicators.csv:{line}:compiler: gdp is compiled by "International Monetary Fund"; expected World Bank, whose are '
    )
    assert "population" in got[0]


def test_another_unit_is_refused(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = [row[0] for row in house.rows("indicators")].index("gdp") + 1
    house.set("indicators", line, "unit", "USD m")
    got = Ingest(house, tmp_path_factory.mktemp("files")).findings("worldbank", NEWER)
    assert got == [f'indicators.csv:{line}:unit: gdp is in "USD m"; expected "USD bn", as the file is read']


def test_a_series_with_a_value_of_another_compiler_is_refused(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = next(place for place, row in enumerate(house.rows("series"), 1) if row[:3] == ["BET", "gdp", "2021"])
    house.set("series", line, "source_id", "daily")
    got = Ingest(house, tmp_path_factory.mktemp("files")).findings("worldbank", NEWER)
    assert got[0].startswith(f"series.csv:{line}:source_id: gdp has a value compiled by The Daily")


def test_a_note_that_names_years_is_shown_when_a_new_year_comes_in(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = [row[0] for row in house.rows("indicators")].index("gdp") + 1
    house.set("indicators", line, "note", "2000-2022.")
    got = Ingest(house, tmp_path_factory.mktemp("files"))("worldbank", worldbank([gdp("Alpland", "ALP", "", "", "61000000000")]))
    assert got.reminders == (f'indicators.csv:{line}:note: gdp gets 2023; see whether "2000-2022." still holds',)


def test_only_the_partners_asked_for_are_taken(ingest: Ingest) -> None:
    plan = ingest("worldbank", NEWER, asked=Asked(partners=("BET",), accessed=ACCESSED))
    assert {partner for partner, _, _ in verdicts(plan)} == {"BET"}
    assert reasons(plan)["a partner not asked for"] == 3


def test_an_unknown_partner_is_told_the_nearest(ingest: Ingest) -> None:
    with pytest.raises(InputError, match="nearest is ALP"):
        ingest("worldbank", NEWER, asked=Asked(partners=("APL",), accessed=ACCESSED))


def test_a_year_that_has_not_ended_on_the_day_of_the_download_is_passed_over(ingest: Ingest) -> None:
    plan = ingest("imf", imts("ALP>CHN 1500 300"), asked=Asked(accessed=date(2025, 7, 1)))
    assert verdicts(plan) == {("ALP", "imts_exports_to_china", "2024"): "same"}
    assert reasons(plan)["a year that had not ended on 2025-07-01"] == 1


def test_nothing_that_fits_is_refused_with_why(ingest: Ingest) -> None:
    got = ingest.findings("comtrade", comtrade({"freqCode": "M"}, {"cmdCode": "27"}, {"freqCode": "M"}))
    assert got[0].startswith("file.csv:1: no value for the tables (2 × monthly data; 1 × a single commodity); expected values of ")


def test_a_second_download_of_one_day_has_a_source_of_its_own(house: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    ingest = Ingest(house, tmp_path_factory.mktemp("files"))
    first = ingest("comtrade", comtrade(*both("2023", "1000000000", "2000000000"))).source
    house.add("sources", **first)
    assert ingest("comtrade", comtrade(*both("2023", "1000000000", "2000000000"))).source["source_id"] == first["source_id"]
    assert ingest("comtrade", comtrade(*both("2024", "1000000000", "2000000000"))).source["source_id"] == f"{first['source_id']}-2"


def test_the_date_of_the_file_is_the_default_day(ingest: Ingest) -> None:
    import os

    path = ingest.folder / "file.csv"
    path.write_text(NEWER, "utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    from helpers.ingest.run import accessed_on

    assert accessed_on(path, Asked()) == date(2023, 11, 14)
