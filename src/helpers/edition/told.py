"""A verification as a table for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from helpers.edition.difference import Artefact, Difference
from helpers.edition.verify import Verdict

MOST = 6  # differences shown of one artefact
MOST_INPUTS = 20
LONG = 160  # characters shown of one side
MARKS = {"same": "=", "differs": "≠", "missing": "✗"}


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Everything that was found."""
    return {
        "edition": verdict.edition,
        "manifest": str(verdict.source),
        "same": verdict.same,
        "inputs": [asdict(item) for item in verdict.inputs],
        "artefacts": [asdict(item) for item in verdict.artefacts],
    }


def inputs(verdict: Verdict) -> Table | None:
    """Inputs and versions that are not those of the edition; None where all are."""
    if not verdict.inputs:
        return None
    table = Table("Input that differs", "Edition", "Here", box=None, pad_edge=False)
    for item in verdict.inputs[:MOST_INPUTS]:
        table.add_row(Text(item.where), Text(_short(item.before)), Text(_short(item.after)))
    if len(verdict.inputs) > MOST_INPUTS:
        table.add_row(Text(f"and {len(verdict.inputs) - MOST_INPUTS} more"), "", "")
    return table


def artefacts(verdict: Verdict) -> Table:
    """Artefacts that differ or are missing, with how; the same ones counted by kind."""
    table = Table(box=None, pad_edge=False)
    for name in ("", "Artefact", "Where", "Edition", "Rebuilt"):
        table.add_column(name, overflow="fold")
    same = Counter(item.kind for item in verdict.artefacts if item.status == "same")
    for kind, count in sorted(same.items()):
        table.add_row(MARKS["same"], Text(f"{count} {kind}" if count == 1 else f"{count} × {kind}"), "same", "", "")
    for item in verdict.artefacts:
        if item.status != "same":
            _add(table, item)
    return table


def summary(verdict: Verdict) -> str:
    """One sentence: yes, or what is not the same."""
    counts = Counter(item.status for item in verdict.artefacts)
    name = verdict.edition or "this edition"
    if verdict.same:
        return f"The same: {name} is rebuilt to the byte, {counts['same']} artefacts."
    found = [f"{counts['differs']} of {len(verdict.artefacts)} artefacts differ"] if counts["differs"] else []
    found += [f"{counts['missing']} missing"] if counts["missing"] else []
    found += [] if found else [f"all {counts['same']} artefacts are the same"]
    found += [f"{len(verdict.inputs)} inputs differ"] if verdict.inputs else []
    return f"Not the same as {name}: {', '.join(found)}."


def _add(table: Table, item: Artefact) -> None:
    shown = list(item.differences[:MOST])
    if len(item.differences) > MOST:
        shown.append(Difference(f"and {len(item.differences) - MOST} more"))
    for place, difference in enumerate(shown):
        first = (MARKS[item.status], Text(item.name)) if place == 0 else ("", Text(""))
        table.add_row(*first, Text(difference.where), Text(_short(difference.before)), Text(_short(difference.after)))


def _short(text: str) -> str:
    if len(text) == 64 and all(letter in "0123456789abcdef" for letter in text):
        return text[:12]
    return text if len(text) <= LONG else f"{text[:LONG]} …"
