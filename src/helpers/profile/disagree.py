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
    rows = []
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
        rows.append(
            [
                chapter_link(tables, first["partner"]),
                escape(f"{item['measure']}, {fmt.period(first['start'], first['end'])}"),
                f"{references.fact(item['a'])} ({references.who(item['a'])})",
                f"{references.fact(item['b'])} ({references.who(item['b'])})",
                _difference(float(first["value"]), float(second["value"])),
                render(str(item["why"]), references),
            ]
        )
    return Table(
        "synthesis-disagreements",
        "Two compilers, two numbers",
        ["Partner", "Measure and period", "One source", "Another", "Gap", "Why they may differ"],
        rows,
        [12, 18, 20, 20, 7, 23],
        subtitle="Pairs of readings of one measure and one period; the gap is the larger over the smaller",
        source="Source: evidence register, where each value has its source, grade and note.",
        classes="ledger",
    )


def _difference(first: float, second: float) -> str:
    low, high = sorted((first, second))
    return f"{fmt.number(float(f'{(high / low - 1) * 100:.2g}'))}%" if low > 0 else "–"
