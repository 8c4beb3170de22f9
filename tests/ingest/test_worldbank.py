"""World Bank: both layouts, their units, gaps and aggregates."""

from __future__ import annotations

import pytest

from helpers.ingest.run import Asked
from tests.ingest.conftest import ACCESSED, Ingest, news, reasons, verdicts
from tests.ingest.files import DATABANK, gdp, worldbank


def test_dollars_become_billions_with_six_digits(ingest: Ingest) -> None:
    got = news(ingest("worldbank", worldbank([gdp("Betland", "BET", "", "1234567890123.45", "987654321.5")])))
    assert got == {("BET", "gdp", "2022"): "1234.57", ("BET", "gdp", "2023"): "0.987654"}


def test_population_is_in_people(ingest: Ingest) -> None:
    row = '"Alpland","ALP","Population, total","SP.POP.TOTL","7000000","7000100","7000200"'
    assert news(ingest("worldbank", worldbank([row])))["ALP", "population", "2023"] == "7000200"


def test_the_databank_layout_with_its_footer_is_read(ingest: Ingest) -> None:
    plan = ingest("worldbank", DATABANK)
    assert news(plan) == {
        ("ALP", "gdp", "2021"): "55.1235",
        ("ALP", "gdp", "2022"): "60",
        ("ALP", "population", "2021"): "7000000",
        ("ALP", "population", "2022"): "7000100",
        ("ALP", "population", "2023"): "7000200",
    }
    assert reasons(plan) == {"no value": 1, "no indicator holds this series": 1}


def test_a_bom_before_the_header_does_not_hide_its_first_column(ingest: Ingest) -> None:
    assert len(news(ingest("worldbank", "\ufeff" + DATABANK))) == 5


@pytest.mark.parametrize(("bom", "end"), [("\ufeff", "\r\n"), ("", "\n"), ("\ufeff", "\n")])
def test_bom_and_line_ends_do_not_matter(ingest: Ingest, bom: str, end: str) -> None:
    text = worldbank([gdp("Alpland", "ALP", "55123456789", "60000000000", "61000000000")], bom=bom, end=end)
    assert verdicts(ingest("worldbank", text)) == {
        ("ALP", "gdp", "2021"): "same",
        ("ALP", "gdp", "2022"): "same",
        ("ALP", "gdp", "2023"): "added",
    }


def test_semicolons_of_a_spreadsheet_program_are_read(ingest: Ingest) -> None:
    text = worldbank([gdp("Alpland", "ALP", "", "", "61000000000")]).replace('","', '";"').replace('",\r', '";\r')
    assert news(ingest("worldbank", text)) == {("ALP", "gdp", "2023"): "61"}


def test_the_date_of_the_release_goes_into_the_source(ingest: Ingest) -> None:
    got = ingest("worldbank", worldbank([gdp("Alpland", "ALP", "", "", "61000000000")])).source
    assert (got["published"], got["source_id"], got["publisher"]) == ("2026-04-08", "worldbank-ny-gdp-mktp-cd-2026-05-04", "World Bank")


def test_aggregates_and_other_countries_are_passed_over(ingest: Ingest) -> None:
    rows = [gdp("Arab World", "ARB", "1", "1", "1"), gdp("Gamland", "GAM", "1", "1", "1"), gdp("Alpland", "ALP", "", "", "61000000000")]
    got = reasons(ingest("worldbank", worldbank(rows)))
    assert got == {"no value": 2, "an aggregate, or a country unknown to countries.csv": 1, "not a partner of partners.csv": 1}


def test_years_before_the_series_are_passed_over_unless_asked_for(ingest: Ingest) -> None:
    text = worldbank([gdp("Alpland", "ALP", "50000000000", "55123456789", "60000000000")], years="2020,2021,2022")
    assert reasons(ingest("worldbank", text)) == {"before the first year of the series": 1}
    assert verdicts(ingest("worldbank", text, asked=Asked(since=2020, accessed=ACCESSED)))["ALP", "gdp", "2020"] == "added"


def test_an_indicator_without_a_row_of_ours_is_refused_with_those_there_are(ingest: Ingest) -> None:
    text = worldbank(['"Alpland","ALP","Military expenditure","MS.MIL.XPND.GD.ZS","1","1","1"'])
    got = ingest.findings("worldbank", text)
    assert got == [
        'file.csv:6:Indicator Code: no indicator holds "MS.MIL.XPND.GD.ZS"; expected NY.GDP.MKTP.CD (gdp), SP.POP.TOTL (population)'
    ]


def test_a_code_one_letter_off_is_told_the_nearest(ingest: Ingest) -> None:
    got = ingest.findings("worldbank", worldbank(['"Alpland","ALP","GDP","NY.GDP.MKTP.KD","1","1","1"']))
    assert got[0].endswith("nearest is 'NY.GDP.MKTP.CD'")


def test_years_as_rows_are_refused_with_what_to_do(ingest: Ingest) -> None:
    got = ingest.findings("worldbank", "Country Name,Country Code,Time,Time Code,GDP [NY.GDP.MKTP.CD]\nAlpland,ALP,2021,YR2021,1\n")
    assert got[0].startswith("file.csv:1: this is World Bank DataBank, years as rows; expected lay the time out in columns")


def test_a_file_without_years_is_refused(ingest: Ingest) -> None:
    got = ingest.findings("worldbank", "Country Name,Country Code,Indicator Name,Indicator Code,Note\nAlpland,ALP,GDP,NY.GDP.MKTP.CD,x\n")
    assert got[0].startswith("file.csv:1: no year among the columns")


def test_a_value_out_of_scale_is_refused(ingest: Ingest) -> None:
    got = ingest.findings("worldbank", worldbank([gdp("Alpland", "ALP", "55123", "60000", "61000")]))
    assert got[0].startswith("file.csv:6:2021: ALP gdp 2021 would be 0.000055123, beside 55.1235 in series.csv:")
