"""Where sources disagree: pairs of facts on one measure and one period by different compilers."""

from __future__ import annotations

from typing import Any

from helpers.errors import InputError
from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.facts.references import References, render
from helpers.profile.blocks import Table
from helpers.profile.compare import chapter_link
from helpers.tables.load import Tables


def pairs(tables: Tables, chosen: list[dict[str, Any]]) -> Table | None:
    """One row a pair that the prose file names as {a, b, measure, why}: both readings, both compilers, the difference.

    Raises InputError for a pair of different partner, unit or period, or of one source: those would not be a disagreement.
    """
    if not chosen:
        return None
    references = References(tables)
    rows, gaps = [], []
    for item in chosen:
        first, second = references.row(str(item["a"])), references.row(str(item["b"]))
        for column in ("partner", "unit", "end"):
            if first[column] != second[column]:
                raise InputError(
                    f"{item['a']} and {item['b']} differ in {column}",
                    "synthesis.md, disagreements",
                    "name two facts on one measure and period",
                )
        if first["source_id"] == second["source_id"]:
            raise InputError(f"{item['a']} and {item['b']} have one source", "synthesis.md, disagreements", "name two sources")
        gaps.append(_gap(float(first["value"]), float(second["value"])))
        rows.append(
            [
                chapter_link(tables, first["partner"]),
                escape(f"{item['measure']}, {fmt.period(first['start'], first['end'])}"),
                f"{references.fact(item['a'])} ({references.who(item['a'])})",
                f"{references.fact(item['b'])} ({references.who(item['b'])})",
                _percent(gaps[-1]),
                render(str(item["why"]), references),
            ]
        )
    return Table(
        "synthesis-disagreements",
        _title(gaps),
        ["Partner", "Measure and period", "One source", "Another", "Gap", "Why they may differ"],
        rows,
        [12, 18, 20, 20, 7, 23],
        subtitle="Pairs of readings of one measure and one period; the gap is the larger over the smaller",
        source="Source: evidence register, where each value has its source, grade and note.",
        classes="ledger",
    )


def _gap(first: float, second: float) -> float | None:
    """By how many percent the larger reading exceeds the smaller; None where that is zero or less."""
    low, high = sorted((first, second))
    return (high / low - 1) * 100 if low > 0 else None


def _percent(gap: float | None) -> str:
    return "–" if gap is None else f"{fmt.number(float(f'{gap:.2g}'))}%"


def _title(gaps: list[float | None]) -> str:
    known = [gap for gap in gaps if gap is not None]
    pairs = f"{fmt.words(len(gaps))} pair{'' if len(gaps) == 1 else 's'} of readings"
    apart = f" differ by {_percent(min(known))} to {_percent(max(known))}" if len(known) > 1 else ""
    return f"{pairs[0].upper()}{pairs[1:]}{apart}" if apart else "Two compilers, two numbers"
