"""The real tables, put into the form of the publishers' files: every value is found to be the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.ingest.run import Asked, prepare
from helpers.ingest.standing import Standing, read_standing
from tests.conftest import ROOT
from tests.ingest.files import comtrade, gdp, imts, register, worldbank

BILLION = 10**9
LATER = Asked(accessed=date(2030, 1, 1))


@pytest.fixture(scope="module")
def real() -> Standing:
    return read_standing(ROOT / "data")


def values(real: Standing, indicator: str) -> dict[tuple[str, str], Decimal]:
    """Values in series.csv by partner and year."""
    return {(key[0], key[2]): point.value for key, point in real.points.items() if key[1] == indicator and point.file == "series.csv"}


def counted(real: Standing, folder: Path, kind: str, text: str) -> dict[str, int]:
    """How many values of an indicator are the same; fails on any other verdict."""
    path = folder / "file.csv"
    path.write_text(text, "utf-8", newline="")
    plan = prepare(kind, path, path.name, real, LATER)
    others = [change for change in plan.changes if change.verdict != "same"]
    assert others == []
    found: dict[str, int] = defaultdict(int)
    for change in plan.changes:
        found[change.value.indicator] += 1
    return dict(found)


def test_gross_domestic_product(real: Standing, tmp_path: Path) -> None:
    known = values(real, "gdp")
    years = sorted({year for _, year in known})
    rows = [gdp("", code, *(str(known[code, year] * BILLION) if (code, year) in known else "" for year in years)) for code, _ in known]
    assert counted(real, tmp_path, "worldbank", worldbank(dict.fromkeys(rows), ",".join(years))) == {"gdp": len(known)}


def test_returns_of_the_partners(real: Standing, tmp_path: Path) -> None:
    flows = {"X": "exports_to_china_comtrade", "M": "imports_from_china_comtrade"}
    rows = [
        {"reporterISO": code, "refYear": year, "flowCode": flow, "primaryValue": str(value * BILLION)}
        for flow, indicator in flows.items()
        for (code, year), value in values(real, indicator).items()
    ]
    got = counted(real, tmp_path, "comtrade", comtrade(*rows))
    assert {name: got[name] for name in flows.values()} == {name: len(values(real, name)) for name in flows.values()}


def test_exports_by_pair(real: Standing, tmp_path: Path) -> None:
    pairs = {
        "imts_exports_to_china": "{}>CHN",
        "imts_imports_from_china": "CHN>{}",
        "imts_exports_to_usa": "{}>USA",
        "imts_imports_from_usa": "USA>{}",
    }
    flows = [
        f"{pair.format(code)} - {value * 1000}"
        for name, pair in pairs.items()
        for (code, year), value in values(real, name).items()
        if year == "2025"
    ]
    assert counted(real, tmp_path, "imf", imts(*flows)) == {name: len(values(real, name)) for name in pairs}


def test_deliveries_of_arms_from_china(real: Standing, tmp_path: Path) -> None:
    known = values(real, "arms_from_china")
    names = {row["partner"]: row["name"].replace(" ", "_") for _, row in real.rows["partners"]}
    text = register(*(f"China>{names[code]} {year} {value}" for (code, year), value in known.items()), suppliers="China", first="2000")
    assert counted(real, tmp_path, "sipri", text) == {"arms_from_china": len(known)}
