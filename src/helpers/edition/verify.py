"""Verify: rebuild an edition in a temporary place and compare, artefact by artefact."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.edition import compare, manifest
from helpers.edition.difference import Artefact, Difference
from helpers.errors import InputError
from helpers.facts.links import clean
from helpers.files import scratch
from helpers.limits import noted
from helpers.pipeline import fingerprint
from helpers.pipeline.build import build, chapters_asked
from helpers.pipeline.paths import Paths

BUILT = ("_output*", "_stage", manifest.NAME)  # in report/, and no input


@dataclass(frozen=True)
class Reference:
    """What a rebuild is compared with: a manifest, and the edition's folder where it is there."""

    manifest: dict[str, Any]
    source: Path
    folder: Path | None


@dataclass(frozen=True)
class Verdict:
    """What a verification found: inputs and versions that are not those of the edition, then every artefact."""

    source: Path
    edition: str
    inputs: tuple[Difference, ...]
    artefacts: tuple[Artefact, ...]

    @property
    def same(self) -> bool:
        """Whether everything is as in the edition, inputs included."""
        return not self.inputs and all(item.status == "same" for item in self.artefacts)


def reference(given: Path | None, paths: Paths) -> Reference:
    """The edition or manifest to verify; the committed manifest unless one is given.

    Raises InputError where there is none that can be read.
    """
    path = given or manifest.committed(paths)
    folder = path if path.is_dir() else None
    source = path / manifest.NAME if folder else path
    advice = "give an edition's folder or its manifest.json"
    if not source.is_file():
        raise InputError(
            "no manifest here", str(source), f"{advice}; make manifest writes that of the current edition" if not given else advice
        )
    try:
        content = json.loads(source.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"this manifest cannot be read: {error}", str(source), advice) from error
    if not manifest.is_whole(content):
        raise InputError("this is no manifest of an edition", str(source), advice)
    return Reference(content, source, folder)


def verify(known: Reference, paths: Paths, workers: int, listen: Callable[[str, str], None], since: Path | None = None) -> Verdict:
    """Rebuild with the tables, prose and code of this project, and compare.

    `since` is the previous edition where the edition has a page on what changed. Raises InputError when the input is
    wrong or another engine is needed than there is, RenderError when the book cannot be set.
    """
    described = known.manifest["inputs"]
    if ("since" in described) != (since is not None):
        what = "was built with a previous edition" if since is None else "was built without a previous edition"
        raise InputError(f"this edition {what}", str(known.source), "give the same --since as its build")
    if gone := sorted({*described["partners"]} - {*chapters_asked(paths, [])}):
        raise InputError(
            f"it has chapters that these tables lack: {', '.join(gone)}", str(known.source), "verify it with the tables of its project"
        )
    with rebuilt(paths, described, workers, listen, since) as (folder, inputs):
        listen("compare", "start")
        made = fingerprint.tree(folder)
        differing = manifest.input_changes(described, inputs)
        if known.folder is not None:
            artefacts = compare.folders(known.folder, folder, known.manifest["outputs"], made, fingerprint.tree(known.folder))
        else:
            made.pop(manifest.NAME, None)
            artefacts = compare.hashes(known.manifest, folder, made, paths.out)
            artefacts += compare.records(known.manifest, json.loads((folder / manifest.NAME).read_text("utf-8")))
        listen("compare", "done")
    return Verdict(
        known.source,
        clean(known.manifest.get("edition", {}).get("edition", "")),
        tuple(Difference(name, before, after) for name, (before, after) in differing.items()),
        tuple(artefacts),
    )


@contextmanager
def rebuilt(
    paths: Paths, described: dict[str, Any], workers: int, listen: Callable[[str, str], None], since: Path | None
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A build from nothing of the same chapters by the same engine, and its inputs; gone when the context ends."""
    with scratch() as place:
        there = copied(paths, place / "project")
        result = build(there, described["partners"], described["engine"], workers, listen, since=since, limits=noted(described))
        yield result.out, json.loads((result.out / manifest.NAME).read_text("utf-8"))["inputs"]


def copied(paths: Paths, root: Path) -> Paths:
    """The inputs of a project in another folder; tables that lie outside the project stay where they are."""
    shutil.copytree(paths.report, root / "report", ignore=shutil.ignore_patterns(*BUILT))
    shutil.copytree(paths.notebooks, root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    data = paths.data
    if data.is_relative_to(paths.root):
        data = root / os.path.relpath(paths.data, paths.root)
        shutil.copytree(paths.data, data)
    return Paths(root, data, root / "report" / "_output")
