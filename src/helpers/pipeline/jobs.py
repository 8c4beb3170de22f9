"""The notebooks of a build: what each depends on, and why it has to run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from helpers.lineage import imports
from helpers.lineage.answers import Answers
from helpers.lineage.record import Reason, Record, read
from helpers.pipeline import fingerprint
from helpers.pipeline.paths import Paths
from helpers.tables.package import DESCRIPTOR, read_package

SYNTHESIS = "synthesis"
KEPT = "kept"
# Besides what a notebook imports, what runs it and rewrites its output.
RUNNER = ("helpers.execute.run", "helpers.execute.warm", "helpers.execute.provisioner")


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    `own` holds hashes of what it depends on besides rows, by kind and name; `stamp` stands for all its inputs in the graph:
    it is that of the last run while nothing that run rested on has changed, and a new one otherwise.
    """

    key: str
    template: Path
    output: Path
    parameters: dict[str, str]
    own: dict[str, str]
    stamp: str
    reasons: tuple[Reason, ...]
    folder: Path
    record: Path

    @property
    def again(self) -> str:
        """The command that runs this notebook alone."""
        return f"briefing build --partner {self.key}" if self.key != SYNTHESIS else "briefing build"

    @property
    def log(self) -> Path:
        """Where its kernel writes down what it asks the tables."""
        return self.record.with_suffix(".reads")

    @property
    def kept(self) -> Path:
        """Where results are kept that the helpers and packages of today have computed."""
        state = {name: digest for name, digest in self.own.items() if name.startswith(("module ", "version "))}
        return self.record.parent.parent / KEPT / fingerprint.digest(state)[:16]


@dataclass(frozen=True)
class Plan:
    """The notebooks of one build, and the tables as they are now: `hashes` (SHA-256) by table."""

    jobs: list[Job]
    answers: Answers
    hashes: dict[str, str]
    data: Path

    def unchanged(self) -> bool:
        """Whether the tables are still those that the plan was made for."""
        return table_hashes(self.data, self.answers) == self.hashes


def plan(paths: Paths, partners: list[str]) -> Plan:
    """The synthesis and one notebook per partner, each with the reasons to run it."""
    answers = Answers(read_package(paths.data))
    hashes = table_hashes(paths.data, answers)
    versions = {f"version {name}": value for name, value in fingerprint.versions().items()}
    package = {f"package {DESCRIPTOR}": fingerprint.file_hash(paths.data / DESCRIPTOR)}
    found = []
    for key in [SYNTHESIS, *partners]:
        template = paths.notebooks / f"{SYNTHESIS if key == SYNTHESIS else 'partner'}.ipynb"
        parameters = {"data": _relative(paths.data, paths.root), "report": "report"}
        parameters |= {} if key == SYNTHESIS else {"partner": key}
        own = {
            f"template {template.name}": fingerprint.file_hash(template),
            **{f"parameter {name}": value for name, value in parameters.items()},
            **{f"module {name}": fingerprint.file_hash(path) for name, path in _modules(template).items()},
            **versions,
            **{f"prose {path.relative_to(paths.report)}": fingerprint.file_hash(path) for path in prose(paths.report, key)},
            **package,
        }
        record, output = paths.lineage / f"{key}.json", paths.executed / f"{key}.ipynb"
        last = read(record)
        reasons = _reasons(last, own, answers, output)
        stamp = last.stamp if last and not reasons else fingerprint.digest(own, hashes, "" if last else "no record")
        found.append(Job(key, template, output, parameters, own, stamp, tuple(reasons), paths.root, record))
    return Plan(found, answers, hashes, paths.data)


def prose(report: Path, key: str) -> list[Path]:
    """Prose that a notebook may read: its own for a partner, all of it for the synthesis, which lists what the chapters show."""
    if key != SYNTHESIS:
        return [path for path in (report / "partners" / f"{key}.md",) if path.is_file()]
    return sorted({*report.glob("*.md"), *report.glob("partners/*.md")} - {report / "README.md"})


def table_hashes(data: Path, answers: Answers) -> dict[str, str]:
    """SHA-256 of each table's file."""
    paths = {name: answers.package.path(name) for name in answers.package.resources}
    return {name: fingerprint.file_hash(path) for name, path in paths.items() if path.is_file()}


def _modules(template: Path) -> dict[str, Path]:
    """Source files that a notebook can reach."""
    return imports.files(imports.closure([*imports.of_notebook(template), *RUNNER]))


def _reasons(last: Record | None, own: dict[str, str], answers: Answers, output: Path) -> list[Reason]:
    if last is None:
        return [Reason("first", "no run on record:", "it failed, was stopped or never ran" if output.exists() else "it never ran")]
    reasons = last.reasons(own, answers)
    if not output.is_file():
        reasons.append(Reason("output", "the executed notebook", "is missing"))
    elif fingerprint.file_hash(output) != last.output:
        reasons.append(Reason("output", "the executed notebook", "was changed by hand"))
    return reasons


def _relative(path: Path, root: Path) -> str:
    """A path as the notebooks see it: relative to the project where it lies inside, so that outputs are the same anywhere."""
    return os.path.relpath(path, root) if path.is_relative_to(root) else str(path)
