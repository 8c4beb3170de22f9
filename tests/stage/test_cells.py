"""Printed tables as CSV."""

from __future__ import annotations

from helpers.stage.cells import plain, table_csv


def test_links_and_marks_leave_their_words() -> None:
    got = plain('**Trade** [USD 1\\.5 bn](register.qmd#fact-a){.fact data-fact="a"} [confirmed]{.verdict .confirmed}')
    assert got == "Trade USD 1.5 bn confirmed"


def test_escaped_bars_stay_in_their_cell() -> None:
    got = table_csv("| a | b |\n|:---|:---|\n| x\\|y | 2 |")
    assert got == "a,b\nx|y,2\n"
