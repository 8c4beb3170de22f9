"""Cutting a difference down to the words that differ."""

from __future__ import annotations

from helpers.edition.difference import Difference, narrowed, paired


def test_the_same_number_of_words_around_both_sides() -> None:
    got = narrowed("cell-04", "Trade stood at USD 8.23 bn in 2024.", "Trade stood at USD 9.10 bn in 2024.")
    exp = Difference("cell-04", "Trade stood at USD 8.23 bn in 2024.", "Trade stood at USD 9.10 bn in 2024.")
    assert got == exp


def test_long_words_around_are_cut() -> None:
    got = narrowed("page", f"{'before ' * 50}old {'after ' * 50}", f"{'before ' * 50}new {'after ' * 50}")
    assert "old" in got.before
    assert "new" in got.after
    assert len(got.before) < 120


def test_words_that_are_gone_leave_an_empty_side() -> None:
    got = paired([("a", "one"), ("b", "two")], [("a", "one")])
    assert got == [Difference("b", "two", "")]


def test_words_that_are_new_leave_an_empty_side() -> None:
    got = paired([("a", "one")], [("a", "one"), ("b", "two")])
    assert got == [Difference("b", "", "two")]


def test_words_on_another_page_are_the_same_words() -> None:
    assert paired([("page 1", "one")], [("page 2", "one")]) == []


def test_each_changed_block_is_told() -> None:
    got = paired([("a", "one"), ("b", "two"), ("c", "three")], [("a", "1"), ("b", "two"), ("c", "3")])
    assert [(item.where, item.before, item.after) for item in got] == [("a", "one", "1"), ("c", "three", "3")]
