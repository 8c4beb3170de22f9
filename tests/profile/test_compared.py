"""Partners side by side: a bounded number, and said so."""

from __future__ import annotations

from pathlib import Path

from helpers.profile.blocks import Table, Text
from helpers.profile.compared import compared, noted
from helpers.profile.synthesis import Synthesis
from helpers.tables.load import Tables

TABLE = Table("k", "T", ["a"], [["1"]], [100], source="Source: tables.")


def test_few_partners_are_all_compared(small_tables: Tables) -> None:
    assert compared(small_tables, 2) is small_tables


def test_of_many_partners_the_first_are_compared(small_tables: Tables) -> None:
    assert compared(small_tables, 1).chapters == ["ALP"]


def test_what_is_left_out_is_said(small_tables: Tables) -> None:
    got = noted(TABLE, small_tables, 1)
    exp = (
        "Source: tables. Shows the first 1 of 2 partners in their order, Alpland to Alpland; "
        "the other 1, Betland to Betland, have their chapters alone."
    )
    assert got is not None
    assert not isinstance(got, Text)
    assert got.source == exp


def test_an_exhibit_that_shows_all_says_nothing(small_tables: Tables) -> None:
    assert noted(TABLE, small_tables, 2) is TABLE


def test_the_synthesis_shows_the_first_partners_in_its_tables(small_tables: Tables, small_root: Path) -> None:
    synthesis = Synthesis(small_tables, small_root / "report")
    synthesis.side_by_side = compared(small_tables, 1)
    got = synthesis.exhibits["formulas"]()
    assert isinstance(got, Table)
    assert [row[0] for row in got.rows] == ["[Alpland](alp.qmd#alp)"]
