"""A plan as a terminal table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Column, Table
from rich.text import Text

from helpers.ingest.plan import COARSE, Change, Plan
from helpers.tables.findings import Finding

WORDS = {"added": "added", "changed": "changed", "held": "held back", "same": "same"}
STYLES = {"added": "green", "changed": "yellow", "held": "magenta", "same": "dim"}


def summary(plan: Plan) -> str:
    """One line: how many rows of which verdict."""
    return ", ".join(f"{plan.count(verdict)} {word}" for verdict, word in WORDS.items())  # type: ignore[arg-type]  # the keys are verdicts


def as_table(plan: Plan, most: int) -> Table:
    """What changes, row by row, up to `most`; the rest, and what is the same, is counted."""
    table = Table(Column("Row", no_wrap=True), "Standing", "File", "Line", "What", box=None, pad_edge=False)
    told = [change for change in plan.changes if change.verdict != "same"]
    for change in told[:most]:
        table.add_row(
            Text(" ".join(change.value.key)),
            Text(change.old),
            Text(change.new),
            str(change.value.line or ""),
            Text(f"{WORDS[change.verdict]}{': ' if change.why else ''}{change.why}", STYLES[change.verdict]),
        )
    if len(told) > most:
        table.add_row(f"and {len(told) - most} more", "", "", "", Text("--json lists all", "dim"))
    return table


def skipped(plan: Plan) -> list[str]:
    """What is the same only in a way, and what was passed over, most first."""
    coarse = sum(change.why == COARSE for change in plan.changes)
    return [f"{coarse} the same {COARSE}, which are fewer than the file's; --replace takes the file's"] * bool(coarse) + [
        f"{skip.count} skipped: {skip.reason}"
        + (f" ({', '.join(skip.examples)}{', …' if skip.count > len(skip.examples) else ''})" if skip.examples else "")
        + (f", first on line {skip.line}" if skip.line else "")
        for skip in plan.skips
    ]


def as_json(plan: Plan, written: Sequence[str]) -> dict[str, Any]:
    """Everything about a plan, for programs."""
    return {
        "kind": plan.kind,
        "layout": plan.layout,
        "file": plan.file,
        "accessed": plan.accessed.isoformat(),
        "source": plan.source,
        "counts": {verdict: plan.count(verdict) for verdict in WORDS},  # type: ignore[arg-type]  # as above
        "changes": [_change(change) for change in plan.changes],
        "skipped": [asdict(skip) for skip in plan.skips],
        "reminders": list(plan.reminders),
        "written": list(written),
        "findings": [],
    }


def _change(change: Change) -> dict[str, Any]:
    value = change.value
    return {
        "verdict": change.verdict,
        "partner": value.partner,
        "indicator": value.indicator,
        "year": value.year,
        "old": change.old,
        "new": change.new,
        "line": value.line,
        "column": value.column,
        "note": change.note,
        "why": change.why,
    }


def findings_as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings for programs."""
    return {"findings": [asdict(finding) for finding in findings], "written": []}
