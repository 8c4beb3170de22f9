"""Files that are no such file: what is said, and where."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from helpers.ingest.run import KINDS, Asked, prepare
from helpers.ingest.standing import Refused, read_standing
from tests.conftest import Project
from tests.ingest.conftest import Ingest
from tests.ingest.files import DATABANK, comtrade, deals, dots, gdp, imts, library, register, voeten, worldbank

GOOD = {
    "comtrade": [comtrade({})],
    "worldbank": [worldbank([gdp("Alpland", "ALP", "1", "2", "3")]), DATABANK],
    "sipri": [register("China>Alpland 2024 1"), deals("China>Alpland 2024 1", first="2024", last="2024")],
    "unvotes": [library({"CHN": "Y"}), voeten({"710": "1"})],
    "imf": [imts("ALP>CHN 1 2"), dots("Alpland>China 1 2")],
}


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("API.csv", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "exp"),
    [
        (zipped(comtrade({})), "this is a zip archive or an Excel workbook; expected a CSV file: unpack it first"),
        (gzip.compress(b"x"), "this is a gzip archive; expected a CSV file: unpack it first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old Excel workbook"),
        (b"%PDF-1.7", "this is a PDF"),
        (comtrade({}).encode("utf-16"), "this is UTF-16 text; expected plain text in UTF-8"),
        (b"<!DOCTYPE html><html>", "this is a web page and no table"),
        (b'{"data": []}', "this is JSON; expected the CSV download"),
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n\n", "the file is empty"),
        (b"country,value\nT\xfcrkiye,1\n", "looks like Latin-1); expected CSV UTF-8"),
        (b"country,value\na\x00b,1\n", "NUL bytes in the file"),
        (b"a,b\n" + b"x" * (1 << 22) + b"y\n", "a line of more than 4194304 bytes"),
    ],
    ids=["zip", "gzip", "xls", "pdf", "utf-16", "html", "json", "empty", "blank", "latin-1", "nul", "endless"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_plain_text_is_refused_in_words(ingest: Ingest, kind: str, content: str | bytes, exp: str) -> None:
    got = ingest.findings(kind, content)
    assert len(got) == 1
    assert exp in got[0]


def test_latin_1_of_a_publisher_who_writes_utf_8_is_located(ingest: Ingest) -> None:
    text = worldbank([gdp("Alpland", "ALP", "1", "2", "3"), gdp("T\u00fcrkiye", "TUR", "1", "2", "3")], bom="").encode("latin-1")
    assert ingest.findings("worldbank", text)[0].startswith("file.csv:7: not UTF-8")


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_opened_is_refused(shared_house: Project, tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare("comtrade", tmp_path / path, path, read_standing(shared_house.data), Asked())
    assert "cannot be read" in str(refused.value.findings[0])


@pytest.mark.parametrize(("kind", "other"), [(kind, other) for kind in KINDS for other in KINDS if kind != other])
def test_a_file_of_another_kind_is_told_from_it(ingest: Ingest, kind: str, other: str) -> None:
    for text in GOOD[other]:
        assert f"or run briefing ingest {other} with this file" in ingest.findings(kind, text)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_layout_is_told_what_was_expected(ingest: Ingest, kind: str) -> None:
    got = ingest.findings(kind, "alpha,beta\n1,2\n")
    assert len(got) == 1
    assert got[0].startswith("file.csv:1: no known layout; expected ")
    assert KINDS[kind].layouts[0].name in got[0]


PANEL = "Country Name,Country Code,Counterpart Country Name,Counterpart Country Code,Time Period,"
PANEL += '"Goods, Value of Exports, Free on board (FOB), US Dollars (TXG_FOB_USD)"\n'


def test_the_panel_of_dots_is_refused_with_what_to_download(ingest: Ingest) -> None:
    got = ingest.findings("imf", PANEL)
    assert len(got) == 1
    assert "panel CSV, until 2025; expected the columns of this form differ with each query; the bulk CSV" in got[0]


def test_a_renamed_column_is_named_with_the_nearest(ingest: Ingest) -> None:
    text = comtrade({"primaryValues": "5"}, header=comtrade().splitlines()[0].replace("primaryValue", "primaryValues"))
    got = ingest.findings("comtrade", text)
    assert got == [
        "file.csv:1:primaryValue: this column is missing; expected the columns of UN Comtrade, 2023 and later; nearest is 'primaryValues'"
    ]


def test_every_missing_column_is_a_finding(ingest: Ingest) -> None:
    text = library({"CHN": "Y"}).replace("ms_vote", "vote").replace("resolution,", "res,")
    assert [finding.split(":")[2] for finding in ingest.findings("unvotes", text)] == ["ms_vote", "resolution"]


def test_a_column_that_stands_twice_is_refused(ingest: Ingest) -> None:
    text = worldbank([gdp("Alpland", "ALP", "1", "2", "3")], years="2021,2022,2022")
    assert ingest.findings("worldbank", text) == ["file.csv:5:2022: this column stands twice; expected each column once"]


def test_ragged_rows_are_located(ingest: Ingest) -> None:
    text = worldbank([gdp("Alpland", "ALP", "1", "2"), gdp("Alpland", "ALP", "1", "2", "3"), gdp("Betland", "BET", "1", "2", "3", "4")])
    got = ingest.findings("worldbank", text.replace('"2",\r\n', '"2"\r\n'))
    assert [finding.split(" ", 1)[0] for finding in got] == ["file.csv:6:", "file.csv:8:"]


def test_an_open_quote_is_located(ingest: Ingest) -> None:
    got = ingest.findings("comtrade", comtrade({}) + '"C,A\n')
    assert got[0].startswith("file.csv:3: not readable as CSV")


def test_what_cannot_be_read_is_told_with_what_was_found_above_it(ingest: Ingest) -> None:
    text = library({"CHN": "Q"}).encode() + library({"CHN": "Y"}).replace("NAME", "T\u00fcrkiye").encode("latin-1")
    got = ingest.findings("unvotes", text)
    assert got[0].startswith("file.csv:2:ms_vote:")
    assert got[-1].startswith("file.csv:4: not UTF-8")


def test_after_a_thousand_findings_the_rest_is_not_read(ingest: Ingest) -> None:
    assert len(ingest.findings("comtrade", comtrade(*({"primaryValue": "x"} for _ in range(1200))))) == 1000


def test_a_quoted_cell_over_two_lines_keeps_the_count_of_lines(ingest: Ingest) -> None:
    got = ingest.findings("comtrade", comtrade({"cmdDesc": "All\nCommodities"}, {"primaryValue": "x"}))
    assert got[0].startswith("file.csv:4:primaryValue:")
