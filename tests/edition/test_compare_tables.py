"""CSV and JSON, cell by cell."""

from __future__ import annotations

import pytest

from helpers.edition.compare_table import entries, tables
from helpers.edition.difference import Difference

CSV = "fact_id,value,unit\nlao-a,1,USD bn\nlao-b,2,USD bn\n"


def test_the_same_table_has_no_differences() -> None:
    assert tables(CSV, CSV) == []


def test_a_changed_cell_is_named_by_row_and_column() -> None:
    got = tables(CSV, CSV.replace("lao-b,2", "lao-b,3"))
    assert got == [Difference("lao-b, value", "2", "3")]


def test_a_row_that_is_gone_is_told() -> None:
    got = tables(CSV, CSV.replace("lao-b,2,USD bn\n", ""))
    assert got == [Difference("row lao-b is gone", "lao-b, 2, USD bn", "")]


def test_a_new_row_is_told() -> None:
    got = tables(CSV, CSV + "lao-c,4,%\n")
    assert got == [Difference("row lao-c is new", "", "lao-c, 4, %")]


def test_a_changed_header_is_told() -> None:
    got = tables(CSV, CSV.replace("unit", "units"))
    assert [item.where for item in got] == ["header"]


def test_another_order_of_rows_is_told() -> None:
    got = tables("a,b\nx,1\ny,2\n", "a,b\ny,2\nx,1\n")
    assert [item.where for item in got] == ["order of the rows"]


def test_rows_whose_first_column_repeats_are_told_by_number() -> None:
    got = tables("partner,year\nLAO,1\nLAO,2\n", "partner,year\nLAO,1\nLAO,3\n")
    assert got == [Difference("row 2, year", "2", "3")]


@pytest.mark.parametrize(("old", "new"), [("", CSV), (CSV, "")])
def test_an_empty_table_differs_from_a_full_one(old: str, new: str) -> None:
    assert tables(old, new) != []


def test_an_entry_is_named_by_its_path() -> None:
    got = entries('{"a": {"b": [1, 2]}}', '{"a": {"b": [1, 3]}}')
    assert got == [Difference("a.b[1]", "2", "3")]


def test_an_entry_that_is_gone_has_an_empty_side() -> None:
    assert entries('{"a": "x", "b": "y"}', '{"a": "x"}') == [Difference("b", "y", "")]
