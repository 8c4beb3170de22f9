"""One problem in the input, located so that an editor can jump to it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 1200  # characters of a finding; what is in between says no more


@dataclass(frozen=True, order=True)
class Finding:
    """What is wrong in one place of the input, and what was expected there."""

    file: str
    line: int
    column: str
    what: str
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line or ""), self.column) if part)
        text = f"{place}: {self.what}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; nearest is {self.nearest!r}"
        return visible(text)


def visible(text: str) -> str:
    """One line that shows every character: a cell may hold anything, and a terminal obeys some of it."""
    shown = "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST // 2]} … {shown[-LONGEST // 2 :]}"


def nearest(value: str, choices: Iterable[str]) -> str:
    """The choice that looks most like the value; empty when none is close (Ratcliff and Obershelp's measure, difflib)."""
    found = difflib.get_close_matches(str(value), [str(choice) for choice in choices], n=1, cutoff=0.6)
    return found[0] if found else ""
