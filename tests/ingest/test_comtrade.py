"""UN Comtrade: which rows count, in which unit, and what is passed over."""

from __future__ import annotations

import pytest

from tests.ingest.conftest import Ingest, news, one, reasons, verdicts
from tests.ingest.files import both, comtrade

EXPORTS, IMPORTS, TOTAL = "exports_to_china_comtrade", "imports_from_china_comtrade", "trade_total_comtrade"


def test_dollars_become_billions_with_three_places(ingest: Ingest) -> None:
    got = news(ingest("comtrade", comtrade({"primaryValue": "12345678901.5"})))
    assert got == {("ALP", EXPORTS, "2023"): "12.346"}


def test_exports_and_imports_make_the_total_before_they_are_rounded(ingest: Ingest) -> None:
    got = one(ingest("comtrade", comtrade(*both("2023", "1000400000", "2000400000"))), "ALP", TOTAL, "2023")
    assert (got.new, got.note) == ("3.001", "Derived: exports plus imports.")


def test_one_flow_alone_makes_no_total(ingest: Ingest) -> None:
    assert reasons(ingest("comtrade", comtrade({})))["no total: exports or imports alone"] == 1


# A row of a download of 2025 with its quotation marks and its last comma; reporter and value are made up.
QUOTED = (
    '"C","A","20220101","2022","52","2022","901","ALP","Alpénland","X","Export","156","CHN","China","0","W00","World","H6","HS","true",'
    '"TOTAL","All Commodities","0","false","C00","TOTAL CPC","0","0","TOTAL MOT","-1","N/A","0","false","-1","N/A","0","false","0","true",'
    '"0","false",,"1500000000","1500000000","4","false","true",\r\n'
)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_download_as_the_site_writes_it_is_read(ingest: Ingest, encoding: str) -> None:
    plan = ingest("comtrade", (comtrade() + QUOTED).encode(encoding))
    assert news(plan) == {("ALP", EXPORTS, "2022"): "1.5"}


@pytest.mark.parametrize(
    ("cells", "exp"),
    [
        ({"freqCode": "M", "refMonth": "1"}, "monthly data"),
        ({"cmdCode": "2709"}, "a single commodity"),
        ({"flowCode": "RX"}, "re-exports, re-imports and other flows"),
        ({"typeCode": "S"}, "services and no goods"),
        ({"motCode": "1000"}, "part of a total: one customs procedure, transport or second partner"),
        ({"customsCode": "C01"}, "part of a total: one customs procedure, transport or second partner"),
        ({"partner2ISO": "HKG", "partner2Code": "344"}, "part of a total: one customs procedure, transport or second partner"),
        ({"partnerISO": "W00", "partnerCode": "0", "partnerDesc": "World"}, "trade with another partner than China"),
        ({"reporterISO": "CHN", "reporterDesc": "China"}, "China's returns: the indicators hold the partners' own"),
        ({"reporterISO": "GAM", "reporterDesc": "Gamland"}, "not a partner of partners.csv"),
        ({"reporterISO": "R4 ", "reporterDesc": "ASEAN"}, "an aggregate, or a country unknown to countries.csv"),
        ({"primaryValue": ""}, "no value"),
        ({"refYear": "2026"}, "a year that had not ended on 2026-05-04"),
        ({"refYear": "2020"}, None),
    ],
)
def test_a_row_that_does_not_count_is_passed_over_with_its_reason(ingest: Ingest, cells: dict[str, str], exp: str | None) -> None:
    plan = ingest("comtrade", comtrade({}, cells))
    got = reasons(plan)
    assert (got.get(exp) == 1) if exp else (len(plan.changes) == 2)


def test_a_country_is_found_by_its_number_where_the_download_leaves_the_code_empty(ingest: Ingest) -> None:
    got = reasons(ingest("comtrade", comtrade({}, {"reporterISO": "", "reporterDesc": "", "reporterCode": "156"})))
    assert got["China's returns: the indicators hold the partners' own"] == 1


def test_columns_may_change_their_capitals_and_their_order(ingest: Ingest) -> None:
    columns = comtrade().splitlines()[0].replace("primaryValue", "primaryvalue").split(",")
    header = ",".join([*columns[10:], *columns[:10]])
    rows = {"primaryvalue": "2000000000"}
    assert news(ingest("comtrade", comtrade(rows, header=header))) == {("ALP", EXPORTS, "2023"): "2"}


def test_the_same_row_twice_is_one_value(ingest: Ingest) -> None:
    assert len(ingest("comtrade", comtrade({}, {})).changes) == 1


def test_two_values_for_one_year_are_refused_at_the_second(ingest: Ingest) -> None:
    got = ingest.findings("comtrade", comtrade({}, {"primaryValue": "5"}))
    assert got == [
        "file.csv:3:primaryValue: a second value for ALP exports_to_china_comtrade 2023: 0.000000005; expected 12.3456789015, as on line 2"
    ]


@pytest.mark.parametrize(
    ("column", "value", "exp"),
    [
        ("primaryValue", "12,345", '"12,345" is not a number'),
        ("primaryValue", "1e400", '"1e400" is not a number'),
        ("primaryValue", "٣", '"٣" is not a number'),
        ("primaryValue", "-1", "-1 is below zero"),
        ("refYear", "20x3", '"20x3" is not a year'),
    ],
)
def test_a_wrong_cell_is_refused_where_it_stands(ingest: Ingest, column: str, value: str, exp: str) -> None:
    got = ingest.findings("comtrade", comtrade({}, {column: value}))
    assert got[0].startswith(f"file.csv:3:{column}: {exp}")


def test_every_wrong_cell_is_found_at_once(ingest: Ingest) -> None:
    got = ingest.findings("comtrade", comtrade({"primaryValue": "x"}, {"refYear": "y"}, {"primaryValue": "z"}))
    assert [finding.split(":")[1] for finding in got] == ["2", "3", "4"]


def test_a_value_that_stands_is_the_same(ingest: Ingest) -> None:
    got = verdicts(ingest("comtrade", comtrade(*both("2022", "11000400000", "7999600000"))))
    assert set(got.values()) == {"same"}


def test_the_legacy_layout_is_refused_with_what_to_do(ingest: Ingest) -> None:
    columns = "Classification,Year,Period,Trade Flow,Reporter,Reporter ISO,Partner,Partner ISO,Commodity Code,Trade Value (US$)"
    got = ingest.findings("comtrade", f"{columns}\nHS,2019,2019,Export,Alpland,ALP,China,CHN,TOTAL,1\n")
    assert got[0].startswith("file.csv:1: this is UN Comtrade before 2023; expected the legacy database closed in 2023")
