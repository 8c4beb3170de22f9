"""The record of conversions agrees with the facts, and with the dossier of evidence where that lies beside the checkout."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOSSIER = ROOT.parent / "shared" / "evidence" / "facts.csv"
TEXTS = {"metric", "text", "note"}  # every sentence was written anew; only the other columns are recorded


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


FACTS = {row["fact_id"]: row for row in read(ROOT / "data" / "facts.csv")}
CONVERSIONS = read(ROOT / "data" / "conversions.csv")


def ids(*actions: str) -> set[str]:
    return {row["evidence_id"] for row in CONVERSIONS if row["action"] in actions}


def test_merged_rows_stand_in_a_fact() -> None:
    got = [row["evidence_id"] for row in CONVERSIONS if row["action"] == "merge" and row["into"] not in FACTS]
    assert got == []


def test_only_merges_name_a_target() -> None:
    got = [row["evidence_id"] for row in CONVERSIONS if row["into"] and row["action"] != "merge"]
    assert got == []


def test_dropped_and_merged_rows_are_gone() -> None:
    assert sorted(ids("drop", "merge") & FACTS.keys()) == []


def test_added_and_changed_rows_are_there() -> None:
    assert sorted(ids("add", "set") - FACTS.keys()) == []


def test_a_row_is_not_both_dropped_and_merged_or_added() -> None:
    assert sorted(ids("drop") & ids("merge") | ids("add") & ids("drop", "merge")) == []


def test_changed_columns_are_columns_of_facts() -> None:
    columns = next(iter(FACTS.values())).keys()
    got = sorted({row["field"] for row in CONVERSIONS if row["action"] == "set"} - columns)
    assert got == []


@pytest.fixture(scope="module")
def dossier() -> dict[str, dict[str, str]]:
    if not DOSSIER.is_file():
        pytest.skip("the dossier of evidence does not lie beside this checkout")
    return {row["id"]: row for row in read(DOSSIER)}


def test_every_row_of_the_dossier_is_accounted_for(dossier: dict[str, dict[str, str]]) -> None:
    assert sorted(dossier.keys() - FACTS.keys() - ids("drop", "merge")) == []


def test_every_fact_comes_from_the_dossier_or_says_that_it_was_added(dossier: dict[str, dict[str, str]]) -> None:
    assert sorted(FACTS.keys() - dossier.keys() - ids("add")) == []


def test_nothing_is_added_under_an_id_of_the_dossier(dossier: dict[str, dict[str, str]]) -> None:
    assert sorted(ids("add") & dossier.keys()) == []


def test_changed_values_and_periods_are_recorded(dossier: dict[str, dict[str, str]]) -> None:
    recorded = {(row["evidence_id"], row["field"]) for row in CONVERSIONS if row["action"] == "set"}
    pairs = {"value": "value", "start": "period_start", "end": "period_end"}
    got = [
        f"{key} {column}"
        for key, fact in FACTS.items()
        if key in dossier and fact["unit"] == dossier[key]["unit"]
        for column, former in pairs.items()
        if not same(fact[column], dossier[key][former]) and (key, column) not in recorded
    ]
    assert got == []


def same(new: str, old: str) -> bool:
    """Whether two cells hold the same number or date."""
    try:
        return float(new) == float(old)
    except ValueError:
        return new == old
