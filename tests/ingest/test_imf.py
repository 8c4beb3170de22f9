"""IMF bilateral trade: scales, mirrored imports, and totals only where every counterpart is there."""

from __future__ import annotations

import pytest

from helpers.ingest.run import Asked
from tests.ingest.conftest import ACCESSED, Ingest, news, reasons
from tests.ingest.files import IMTS_HEADER, dots, imts


@pytest.mark.parametrize(
    ("scale", "value"),
    [("Units", "1234567890"), ("Thousands", "1234567.89"), ("Millions", "1234.56789"), ("Billions", "1.23456789"), ("6", "1234.56789")],
)
def test_every_scale_becomes_billions_with_four_places(ingest: Ingest, scale: str, value: str) -> None:
    got = news(ingest("imf", imts(f"ALP>CHN - {value}", scale=scale)))
    assert got == {("ALP", "imts_exports_to_china", "2025"): "1.2346"}


def test_imports_are_what_the_exporter_reports(ingest: Ingest) -> None:
    got = news(ingest("imf", imts("CHN>ALP - 2000", "USA>ALP - 500", "ALP>USA - 250")))
    assert got == {
        ("ALP", "imts_imports_from_china", "2025"): "2",
        ("ALP", "imts_imports_from_usa", "2025"): "0.5",
        ("ALP", "imts_exports_to_usa", "2025"): "0.25",
    }


def test_all_destinations_give_total_share_and_rank(ingest: Ingest) -> None:
    got = news(ingest("imf", imts("ALP>CHN - 300", "ALP>USA - 500", "ALP>RUS - 100", "ALP>GAM - 100", "ALP>G001 - 1005")))
    exp = {
        "imts_total_exports": "1",
        "imts_china_share_of_exports": "30",
        "imts_usa_share_of_exports": "50",
        "imts_russia_share_of_exports": "10",
        "imts_china_rank_export_market": "2",
        "imts_usa_rank_export_market": "1",
    }
    assert {name: got["ALP", name, "2025"] for name in exp} == exp


def test_all_origins_give_the_mirrored_total_and_share(ingest: Ingest) -> None:
    got = news(ingest("imf", imts("CHN>ALP - 250", "USA>ALP - 250", "GAM>ALP - 500", "G001>ALP - 1000")))
    exp = {"imts_total_imports": "1", "imts_china_share_of_imports": "25", "imts_china_rank_supplier": "2"}
    assert {name: got["ALP", name, "2025"] for name in exp} == exp


def test_the_part_in_chinas_trade_needs_all_of_chinas_trade(ingest: Ingest) -> None:
    flows = ("CHN>ALP - 100", "CHN>GAM - 300", "CHN>G001 - 400", "ALP>CHN - 50", "GAM>CHN - 50", "G001>CHN - 100")
    got = news(ingest("imf", imts(*flows)))
    exp = {"imts_share_of_china_exports": "25", "imts_share_of_china_imports": "50", "imts_share_of_china_trade": "30"}
    assert {name: got["ALP", name, "2025"] for name in exp} == exp


@pytest.mark.parametrize(
    ("flows", "exp"),
    [
        (("ALP>CHN - 300", "ALP>USA - 500"), "no total, share and rank: no row for the World tells whether all destinations are there"),
        (("ALP>CHN - 300", "ALP>G001 - 1000"), "no total, share and rank: the destinations do not add up to the World"),
    ],
)
def test_a_part_of_the_destinations_gives_no_share(ingest: Ingest, flows: tuple[str, ...], exp: str) -> None:
    plan = ingest("imf", imts(*flows))
    assert not any("share" in name or "total" in name for _, name, _ in news(plan))
    assert reasons(plan)[exp] == 1


def test_monthly_series_imports_and_aggregates_are_passed_over(ingest: Ingest) -> None:
    text = imts("ALP>CHN - 300", "G110>CHN - 9", "ALP>CHN - 7", "ALP>CHN - 5")
    lines = text.split("\r\n")
    lines[3] = lines[3].replace('"Annual"', '"Monthly"')
    lines[4] = lines[4].replace("XG_FOB_USD", "MG_CIF_USD").replace("Exports", "Imports")
    got = reasons(ingest("imf", "\r\n".join(lines)))
    assert got["monthly or quarterly data"] == 1
    assert got["imports and balances: the indicators rest on exports, free on board"] == 1
    assert got["an aggregate, or a country unknown to countries.csv"] == 1


def test_months_alone_are_refused(ingest: Ingest) -> None:
    text = imts("ALP>CHN 1 2", header=IMTS_HEADER.replace("2024,2025", "2024-M01,2024-M02"))
    assert ingest.findings("imf", text)[0].startswith("file.csv:1: quarters or months alone")


def test_names_alone_are_understood(ingest: Ingest) -> None:
    text = (
        imts("Alpland>China,_People's_Republic_of - 1000").replace("_", " ").replace("Alpland.XG FOB USD.China, People's Republic of.A", "")
    )
    text = (
        text.replace("SERIES CODE", "SERIES_CODE")
        .replace("COUNTERPART COUNTRY", "COUNTERPART_COUNTRY")
        .replace("OBS MEASURE", "OBS_MEASURE")
    )
    assert news(ingest("imf", text)) == {("ALP", "imts_exports_to_china", "2025"): "1"}


def test_the_layout_with_codes_is_read(ingest: Ingest) -> None:
    text = (
        "COUNTRY.ID,COUNTRY.Name,INDICATOR.ID,INDICATOR.Name,COUNTERPART_COUNTRY.ID,COUNTERPART_COUNTRY.Name,FREQUENCY.ID,SCALE.ID,2024,2025\n"
        "ALP,Alpland,XG_FOB_USD,Exports,CHN,China,A,3,,2000000\n"
    )
    assert news(ingest("imf", text)) == {("ALP", "imts_exports_to_china", "2025"): "2"}


def test_the_old_layout_needs_its_scale(ingest: Ingest) -> None:
    text = dots("Alpland>China,_P.R.:_Mainland 1500000000 2000000000")
    assert ingest.findings("imf", text) == ["file.csv:1: this file states no scale; expected --scale units|thousands|millions|billions"]
    got = news(ingest("imf", text, asked=Asked(accessed=ACCESSED, scale="units")))
    assert got == {("ALP", "imts_exports_to_china", "2024"): "1.5", ("ALP", "imts_exports_to_china", "2025"): "2"}


def test_a_wrong_scale_is_seen_beside_what_stands(ingest: Ingest) -> None:
    text = dots("Alpland>China,_P.R.:_Mainland 1500 2000")
    got = ingest.findings("imf", text, asked=Asked(accessed=ACCESSED, scale="units"))
    assert "ALP imts_exports_to_china 2024 would be 0.0000015, beside 1.5" in got[0]


def test_a_scale_that_contradicts_the_file_is_refused(ingest: Ingest) -> None:
    got = ingest.findings("imf", imts("ALP>CHN - 1"), asked=Asked(accessed=ACCESSED, scale="units"))
    assert got[0].startswith("file.csv:2:SCALE: the file says millions, --scale says units")


def test_a_wrong_scale_is_seen_beside_the_nearest_year(ingest: Ingest) -> None:
    got = ingest.findings("imf", imts("ALP>CHN - 1600", scale="Billions"))
    assert got[0].startswith("file.csv:2:2025: ALP imts_exports_to_china 2025 would be 1600, beside 1.5")


def test_an_unknown_scale_is_refused_where_it_stands(ingest: Ingest) -> None:
    assert ingest.findings("imf", imts("ALP>CHN - 1", scale="Dozens")) == [
        'file.csv:2:SCALE: "dozens" is no scale; expected one of units, thousands, millions, billions'
    ]


@pytest.mark.parametrize("first", ["DATAFLOW", "STRUCTURE,STRUCTURE_ID,ACTION"])
def test_what_the_interface_for_programs_gives_is_refused_with_what_to_take(ingest: Ingest, first: str) -> None:
    text = f"{first},COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n"
    assert "one row a value; expected its values are not in the scale that it states" in ingest.findings("imf", text)[0]


MILLIONS = Asked(accessed=ACCESSED, scale="millions")
BY_SERIES = """\
"DATASET","SERIES_CODE","OBS_MEASURE","COUNTRY.ID","COUNTRY","COUNTRY.Description","COUNTERPART_COUNTRY.ID","COUNTERPART_COUNTRY",\
"COUNTERPART_COUNTRY.Description","2025"
"IMF.STA:IMTS(1.0.0)","ALP.XG_FOB_USD.CHN.A","OBS_VALUE","ALP","Alpland, Republic of","","CHN","China, People's Republic of","","1234.5678"
"IMF.STA:IMTS(1.0.0)","ALP.XG_FOB_USD.USA.A","OBS_VALUE","ALP","Alpland, Republic of","","USA","United States","","9.0E2"
"IMF.STA:IMTS(1.0.0)","ALP.MG_CIF_USD.USA.A","OBS_VALUE","ALP","Alpland, Republic of","","USA","United States","","7"
"IMF.STA:IMTS(1.0.0)","ALP.XG_FOB_USD.USA.M","OBS_VALUE","ALP","Alpland, Republic of","","USA","United States","","8"
"IMF.STA:IMTS(1.0.0)","ALP.XG_FOB_USD.G110.A","OBS_VALUE","ALP","Alpland, Republic of","","G110","Advanced Economies","A ""group"".","5"
"""
IN_ROWS = """\
"COUNTRY.ID","INDICATOR.ID","COUNTERPART_COUNTRY.ID","TIME_PERIOD","OBS_VALUE"
"ALP","MG_CIF_USD","G001","2025","2081.583938"
"ALP","XG_FOB_USD","CHN","2025","1234.5678"
"ALP","XG_FOB_USD","CHN","2025-M01","99"
"ALP","XG_FOB_USD","USA","2025","9.0E2"
"""
WITH_NAMES = """\
"DATASET","COUNTRY","INDICATOR","COUNTERPART_COUNTRY","FREQUENCY","SCALE","TIME_PERIOD","OBS_VALUE"
"IMF.STA:IMTS(1.0.0)","Alpland","Exports of goods, Free on board (FOB), US dollar","China, People's Republic of","Annual","Millions",\
"2025","1234.5678"
"IMF.STA:IMTS(1.0.0)","Alpland","Exports of goods, Free on board (FOB), US dollar","United States","Annual","Millions","2025","900"
"""


NO_SCALE = WITH_NAMES.replace('"SCALE",', "").replace('"Millions",', "")


@pytest.mark.parametrize(
    ("text", "asked"), [(BY_SERIES, MILLIONS), (IN_ROWS, MILLIONS), (WITH_NAMES, Asked(accessed=ACCESSED)), (NO_SCALE, MILLIONS)]
)
def test_fewer_columns_and_periods_in_rows_are_read_too(ingest: Ingest, text: str, asked: Asked) -> None:
    got = news(ingest("imf", text, asked=asked))
    assert got == {("ALP", "imts_exports_to_china", "2025"): "1.2346", ("ALP", "imts_exports_to_usa", "2025"): "0.9"}


@pytest.mark.parametrize("text", [BY_SERIES, IN_ROWS, NO_SCALE])
def test_a_download_without_its_scale_needs_one(ingest: Ingest, text: str) -> None:
    assert ingest.findings("imf", text) == ["file.csv:1: this file states no scale; expected --scale units|thousands|millions|billions"]


def test_a_row_of_no_period_is_refused_where_it_stands(ingest: Ingest) -> None:
    text = IN_ROWS.replace('"2025-M01"', '"99"')
    assert ingest.findings("imf", text, asked=MILLIONS) == ['file.csv:4:TIME_PERIOD: "99" is no period; expected a year like 2024']
