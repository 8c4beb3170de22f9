"""`lineage.json`: which questions each notebook of an edition put to the tables, and the hash of each answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.edition.cells import digest
from helpers.lineage.reads import Query
from helpers.lineage.record import read

NAME = "lineage.json"
Asked = dict[str, dict[str, Any]]  # by table, then by kind of question


def collect(folder: Path, keys: list[str]) -> dict[str, Asked]:
    """What is on record for each notebook; one that failed has no record and is left out."""
    found = {key: read(folder / f"{key}.json") for key in keys}
    return {key: compact(record.reads) for key, record in found.items() if record is not None}


def compact(reads: list[tuple[Query, str]]) -> Asked:
    """Questions by table and kind, sorted: rows by their key, selections by their conditions, with the hash of the answer.

    Row hashes are those of the answers, not of the record's own list: an unchanged notebook keeps an older record, and its
    lineage has to be that of a run from nothing.
    """
    tables: Asked = {}
    for (kind, table, *rest), answer in sorted(reads):
        of_table = tables.setdefault(table, {})
        if kind in ("all", "keys"):
            of_table[kind] = answer
        else:
            of_table.setdefault(kind, {})[_words(kind, rest)] = answer
    return tables


def summary(asked: Asked) -> dict[str, dict[str, Any]]:
    """For the manifest: how many questions a notebook put to each table, and one hash of all their answers."""
    return {table: {"questions": sum(map(_count, kinds.values())), "answers": digest(kinds)} for table, kinds in asked.items()}


def write(folder: Path, lineage: dict[str, Asked]) -> None:
    """Write the file, one notebook a line."""
    lines = [f"{json.dumps(key)}: {json.dumps(asked, ensure_ascii=False, sort_keys=True)}" for key, asked in sorted(lineage.items())]
    (folder / NAME).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _words(kind: str, rest: list[str]) -> str:
    return "; ".join(f"{column} = {value}" for column, value in zip(rest[::2], rest[1::2], strict=True)) if kind == "where" else rest[0]


def _count(answers: Any) -> int:
    return len(answers) if isinstance(answers, dict) else 1
