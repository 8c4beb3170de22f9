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
OPTIONS = {"facts": "--register-limit", "chapters": "--volume-limit"}  # those that change what is printed


def stamp(limits: Limits) -> dict[str, dict[str, int]]:
    """What the manifest notes of limits: those that change what is printed, where they are not the usual ones."""
    return {"limits": _printed(limits)} if _printed(limits) != _printed(USUAL) else {}


def noted(described: Mapping[str, Any]) -> Limits:
    """The limits that a manifest notes."""
    return Limits(**described.get("limits", {}))


def are_noted(described: Mapping[str, Any]) -> bool:
    """Whether what a manifest notes of limits, if anything, is of the form that `stamp` gives."""
    limits = described.get("limits", {})
    return isinstance(limits, dict) and limits.keys() <= OPTIONS.keys() and all(type(value) is int for value in limits.values())


def differing(before: Limits, now: Limits) -> list[str]:
    """In words, which limits are others than those that an edition was printed with."""
    old, new = _printed(before), _printed(now)
    return [f"{option} is {new[name]}, and was {old[name]}" for name, option in OPTIONS.items() if old[name] != new[name]]


def _printed(limits: Limits) -> dict[str, int]:
    return {name: getattr(limits, name) for name in OPTIONS}
