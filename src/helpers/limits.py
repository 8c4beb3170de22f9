"""What a build is held to: what a cell of a notebook may take, and how much of a large project is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class CellLimits:
    """What one cell may take: seconds, and bytes of output."""

    seconds: int = 300
    output: int = 16 * MEBIBYTE


@dataclass(frozen=True)
class Limits:
    """`facts`: how many the register prints before it prints the cited ones alone; `chapters`: of partners, in one PDF.

    Typst takes some 60 MiB for each chapter, and more than twice the time for twice as many.
    """

    facts: int = 5000
    chapters: int = 12
    cell: CellLimits = field(default_factory=CellLimits)


USUAL = Limits()


def stamp(limits: Limits) -> dict[str, dict[str, int]]:
    """What the manifest notes of limits: those that change what is printed, where they are not the usual ones."""
    printed = {"facts": limits.facts, "chapters": limits.chapters}
    return {} if printed == {"facts": USUAL.facts, "chapters": USUAL.chapters} else {"limits": printed}


def noted(described: Mapping[str, Any]) -> Limits:
    """The limits that a manifest notes."""
    return Limits(**described.get("limits", {}))
