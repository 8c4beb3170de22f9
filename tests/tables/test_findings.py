"""A finding as an editor and a reader take it."""

from __future__ import annotations

from helpers.tables.findings import Finding, nearest


def test_finding_reads_place_what_expected_nearest() -> None:
    got = str(Finding("facts.csv", 17, "kind", '"wish" is not allowed', "a kind", "actual"))
    assert got == "facts.csv:17:kind: \"wish\" is not allowed; expected a kind; nearest is 'actual'"


def test_finding_without_line_and_column_starts_with_the_file() -> None:
    got = str(Finding("facts.csv", 0, "", "this table is missing"))
    assert got == "facts.csv: this table is missing"


def test_findings_sort_by_file_then_line() -> None:
    got = sorted([Finding("b.csv", 1, "", "x"), Finding("a.csv", 10, "", "x"), Finding("a.csv", 9, "", "x")])
    assert [(item.file, item.line) for item in got] == [("a.csv", 9), ("a.csv", 10), ("b.csv", 1)]


def test_nearest_is_the_closest_choice() -> None:
    assert nearest("custom", ["daily", "customs", "cost"]) == "customs"


def test_nearest_is_empty_where_nothing_is_close() -> None:
    assert nearest("xyz", ["daily", "customs"]) == ""
