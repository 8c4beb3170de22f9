"""Changes as JSON: everything, with nothing left out or rounded."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from helpers.changes.compare import Changes
from helpers.changes.rows import Row

FORMAT = 1


def as_json(changes: Changes) -> dict[str, Any]:
    """All changes as plain values; cells, words and points stand as old and new."""
    return {
        "format": FORMAT,
        "old": asdict(changes.old),
        "new": asdict(changes.new),
        "same": changes.same,
        "counts": counts(changes),
        "tables": [
            {
                "table": table.table,
                "columns_added": list(table.columns_added),
                "columns_removed": list(table.columns_removed),
                "rows": [_row(row) for row in table.rows],
            }
            for table in changes.tables
        ],
        "numbers": [asdict(item) | {"chapters": list(item.chapters)} for item in changes.numbers],
        "verdicts": [asdict(item) for item in changes.verdicts],
        "ranks": [asdict(item) | {"shift": item.shift} for item in changes.ranks],
        "figures": [
            {"key": item.key, "title": item.title, "change": item.change, "points": [_row(row) for row in item.points]}
            for item in changes.figures
        ],
        "notes": changes.notes,
    }


def counts(changes: Changes) -> dict[str, int]:
    """How many of each kind."""
    return {
        "rows_added": changes.rows("added"),
        "rows_removed": changes.rows("removed"),
        "rows_changed": changes.rows("changed"),
        "numbers_changed": sum(item.changed for item in changes.numbers),
        "numbers_new": sum(not item.old for item in changes.numbers),
        "numbers_gone": sum(not item.new for item in changes.numbers),
        "verdicts": len(changes.verdicts),
        "ranks": sum(item.moved for item in changes.ranks),
        "intervals": sum(not item.moved for item in changes.ranks),
        "figures": len(changes.figures),
    }


def _row(row: Row) -> dict[str, Any]:
    return {"key": list(row.key), "change": row.change, "cells": {cell.column: [cell.old, cell.new] for cell in row.cells}}
