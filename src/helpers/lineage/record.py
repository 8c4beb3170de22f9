"""What one run of a notebook rested on, kept beside its output: the reasons to run it again are read off it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from helpers.lineage.answers import Answers
from helpers.lineage.reads import Query, parse

WORDS = {
    "template": "the template",
    "parameter": "the parameter",
    "module": "the helper",
    "version": "the package",
    "prose": "the prose",
    "package": "the data package",
}


@dataclass(frozen=True, order=True)
class Reason:
    """One thing that is not as it was: its kind, which one, and how it changed."""

    kind: str
    what: str
    change: str = "changed"

    def __str__(self) -> str:
        return f"{WORDS[self.kind]} {self.what} {self.change}".replace("  ", " ") if self.kind in WORDS else f"{self.what} {self.change}"


@dataclass(frozen=True)
class Record:
    """One run: the hash of what a notebook depends on besides rows, the questions it asked, and the rows it was told.

    `stamp` names the state of the inputs for the graph; `output` is the hash of the executed notebook.
    """

    stamp: str
    own: dict[str, str]
    reads: list[tuple[Query, str]]
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    output: str = ""

    def reasons(self, own: Mapping[str, str], answers: Answers) -> list[Reason]:
        """Why this run would not be repeated to the same result; none when it would."""
        found = [_own(name, self.own.get(name), own.get(name)) for name in sorted({*self.own, *own}) if self.own.get(name) != own.get(name)]
        for query, digest in self.reads:
            if answers.digest(query) != digest:
                found += self._rows(query, answers)
        return list(dict.fromkeys(found))

    def _rows(self, query: Query, answers: Answers) -> Iterator[Reason]:
        """The rows behind a question that has another answer now; where none is told apart, the question itself."""
        kind, name, *rest = query
        file = f"{name}.csv"
        if kind == "column":
            yield Reason("column", f"{file}: the column {rest[0]}")
            return
        stored, known = answers.stored(name), self.rows.get(name, {})
        now = {stored.keys[place]: stored.rows[place] for place in answers.rows(query)}
        changes = [(key, "added" if key not in known else "changed") for key, digest in now.items() if known.get(key) != digest]
        if kind == "row" and not now:
            changes = [(rest[0], "removed")]
        elif kind != "row":
            changes += [(key, "removed") for key in known if key not in stored.places]
            changes += [(key, "changed") for key in known if key in stored.places and stored.rows[stored.places[key]] != known[key]]
        if kind == "keys":
            changes = [(key, change) for key, change in changes if change != "changed"]
        for key, change in changes:
            yield Reason("row", f"{file}: {key}", change)
        if not changes:
            yield Reason("table", f"{file}: {'the order of its rows' if kind != 'row' else rest[0]}")


def _own(name: str, before: str | None, now: str | None) -> Reason:
    kind, _, what = name.partition(" ")
    return Reason(kind, what, "added" if before is None else "removed" if now is None else "changed")


def learn(stamp: str, own: Mapping[str, str], log: str, answers: Answers, hashes: Mapping[str, str], output: str) -> Record | None:
    """The record of a run, from what its kernel wrote down.

    A notebook that never said what it loaded counts as having read everything. None when it loaded other bytes than
    these `hashes` (SHA-256 by table): the tables were changed while it ran, and it will run again.
    """
    loaded, queries = parse(log)
    if any(part != hashes for part in loaded):
        return None
    if not loaded:
        queries = [("all", name) for name in answers.package.resources]
    rows: dict[str, dict[str, str]] = {}
    for query in queries:
        stored, seen = answers.stored(query[1]), rows.setdefault(query[1], {})
        for place in answers.rows(query):
            seen[stored.keys[place]] = stored.rows[place]
    return Record(stamp, dict(own), [(query, answers.digest(query)) for query in queries], rows, output)


def read(path: Path) -> Record | None:
    """A record as written; None where there is none that can be read."""
    try:
        content = json.loads(path.read_text("utf-8"))
        content["reads"] = [(tuple(query), digest) for query, digest in content["reads"]]
        return Record(**content)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(path: Path, record: Record) -> None:
    """Write a record, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(record), ensure_ascii=False), "utf-8")
    beside.replace(path)
