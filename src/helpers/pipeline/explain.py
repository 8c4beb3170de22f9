"""What a build would run and why; nothing is run and nothing written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from helpers.changes import since as previous
from helpers.edition import manifest
from helpers.limits import USUAL, Limits, stamp
from helpers.lineage.record import Reason
from helpers.pipeline.jobs import plan
from helpers.pipeline.paths import Paths

EDITION = "edition"
WORDS = {"since changed": "the previous edition, which a page compares this one with, is another or none"}


@dataclass(frozen=True)
class Explained:
    """One thing a build makes, and the reasons to make it again; none means that it is current."""

    key: str
    reasons: tuple[Reason, ...]


def explain(paths: Paths, partners: list[str], engine: str, since: Path | None = None, limits: Limits = USUAL) -> list[Explained]:
    """Every notebook, and last the edition, which is staged and rendered again when any of its inputs changed.

    `since` is the previous edition that the build would be given, `limits` what it would be held to. Raises InputError for a folder that
    is no edition.
    """
    described = manifest.inputs(paths, partners, engine) | previous.stamp(since, paths.out) | stamp(limits)
    found = [Explained(job.key, job.reasons) for job in plan(paths, partners).jobs]
    stale = (
        []
        if manifest.is_current(paths.out, described)
        else [Reason("edition", WORDS.get(what, what), "") for what in manifest.changes(paths.out, described)]
    )
    return [*found, Explained(EDITION, tuple(stale))]


def as_json(explained: list[Explained]) -> list[dict[str, Any]]:
    """For programs: what is stale, with each reason as kind, what and change."""
    return [{"key": item.key, "stale": bool(item.reasons), "reasons": [asdict(reason) for reason in item.reasons]} for item in explained]


def as_table(explained: list[Explained], most: int = 12) -> Table:
    """For people: one line a reason, the rest counted."""
    table = Table(box=None, pad_edge=False)
    for name in ("Runs", "Because"):
        table.add_column(name, overflow="fold")
    for item in explained:
        name = {"synthesis": "synthesis", EDITION: "pages, PDF and HTML"}.get(item.key, f"notebook {item.key}")
        lines = [str(reason).strip() for reason in item.reasons[:most]]
        lines += [f"and {len(item.reasons) - most} more"] if len(item.reasons) > most else []
        for place, line in enumerate(lines):
            table.add_row("" if place else name, Text(line))
    return table
