"""Tables changed in place: what is not meant stays byte for byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingest.records import last_place, parse, sorted_place

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6)


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_a_table_taken_apart_and_put_together_is_the_same(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows([["a", "b", "c"], *rows])
    assert parse(out.getvalue()).text() == out.getvalue()


@given(ROWS)
def test_records_hold_the_cells_of_the_rows(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([["a", "b", "c"], *rows])
    assert [record.cells for record in parse(out.getvalue()).records] == rows


@pytest.mark.parametrize("text", ["a,b\n1,2", "\ufeffa,b\r\n1,2\r\n\r\n,\r\n", 'a,b\n"1\n2",3\n', "a,b\n", "a,b"])
def test_new_rows_go_below_the_last_one_with_anything_in_it(text: str) -> None:
    table = parse(text)
    table.records.insert(last_place(table), table.spelled({"a": "x,y", "b": "z"}))
    rows = [row for row in csv.reader(io.StringIO(table.text(), newline="")) if any(row)]
    assert rows[-1] == ["x,y", "z"]
    assert table.text().startswith(text.rstrip("\r\n,").rstrip())


def test_a_new_row_takes_the_line_end_of_its_table() -> None:
    table = parse("a,b\r\n1,2\r\n")
    assert table.spelled({"a": "3", "b": "4"}).text == "3,4\r\n"


def test_a_new_row_takes_the_order_of_the_columns() -> None:
    assert parse("b,a\n").spelled({"a": "1", "b": "2"}).text == "2,1\n"


@given(st.lists(CELL, min_size=2, max_size=2))
def test_a_row_that_is_spelled_can_be_read_again(cells: list[str]) -> None:
    text = parse("a,b\n").spelled(dict(zip("ab", cells, strict=True))).text
    assert next(csv.reader(io.StringIO(text, newline=""))) == cells


def test_a_sorted_table_stays_sorted() -> None:
    assert sorted_place(parse("a\n1\n3\n"), "a", "2") == 1


def test_in_an_unsorted_table_the_new_row_comes_last() -> None:
    assert sorted_place(parse("a\n3\n1\n"), "a", "2") == 2
