"""Limits of a build in its manifest."""

from __future__ import annotations

from helpers.limits import CellLimits, Limits, noted, stamp


def test_usual_limits_are_not_noted() -> None:
    assert stamp(Limits()) == {}


def test_a_limit_that_changes_what_is_printed_is_noted() -> None:
    assert stamp(Limits(facts=10)) == {"limits": {"facts": 10, "chapters": 12}}


def test_what_a_cell_may_take_is_no_part_of_an_edition() -> None:
    assert stamp(Limits(cell=CellLimits(seconds=5))) == {}


def test_limits_are_those_that_were_noted() -> None:
    limits = Limits(facts=10, chapters=3)
    assert noted(stamp(limits)) == limits
