"""Two editions, or an edition and a manifest, artefact by artefact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.edition import compare_notebook, compare_page, compare_table
from helpers.edition.cells import describe, digest
from helpers.edition.difference import Artefact, Difference, paired
from helpers.edition.text import chapters
from helpers.pipeline.fingerprint import file_hash

OTHER_BYTES = Difference("same to the reader, other bytes")
TOUCHED = "touched since it was built"
NOT_IN_EDITION = Difference("not in the edition")
NOT_REBUILT = Difference("not in the rebuilt edition")


def kind_of(name: str) -> str:
    """What an artefact is, in words."""
    suffix = Path(name).suffix
    if "/" not in name and suffix == ".json":
        return "record"
    if name.startswith("workflow/"):
        return "workflow"
    if name.startswith("data/"):
        return "table" if name.startswith("data/tables/") else "data of a figure"
    return {".ipynb": "notebook", ".html": "page", ".pdf": "PDF", ".svg": "figure"}.get(suffix, "file")


def folders(before: Path, after: Path, listed: dict[str, str], made: dict[str, str], found: dict[str, str]) -> list[Artefact]:
    """An edition in `before` against one in `after`.

    Hashes by name: `listed` in the manifest of the edition, `found` in its folder, `made` by the rebuild.
    """
    artefacts = []
    for name in sorted({*listed, *made, *found}):
        told = [Difference(TOUCHED)] if name in found and found[name] != listed.get(name, found[name]) else []
        if name not in found or name not in made:
            artefacts.append(_missing(name, NOT_IN_EDITION if name not in found else NOT_REBUILT))
        elif found[name] == made[name]:
            artefacts.append(Artefact(name, kind_of(name), "same"))
        else:
            differences = files(name, (before / name).read_bytes(), (after / name).read_bytes())
            artefacts.append(Artefact(name, kind_of(name), "differs", (*told, *differences)))
    return artefacts


def files(name: str, before: bytes, after: bytes) -> list[Difference]:
    """How two files of one name differ; a file that cannot be read as what it is differs in its bytes."""
    suffix = Path(name).suffix
    try:
        if suffix == ".pdf":
            found = compare_page.pdfs(before, after)
        else:
            old, new = before.decode("utf-8"), after.decode("utf-8")
            if suffix == ".ipynb":
                found = compare_notebook.notebooks(json.loads(old), json.loads(new))
            elif suffix == ".html":
                found = compare_page.pages(old, new)
            elif suffix == ".csv":
                found = compare_table.tables(old, new)
            elif suffix == ".json":
                found = compare_table.entries(old, new)
            else:
                found = paired(*([(f"line {place}", line) for place, line in enumerate(text.splitlines(), 1)] for text in (old, new)))
    except Exception as error:  # whatever a damaged file does to its reader, it differs
        return [Difference(f"one of the two cannot be read: {type(error).__name__}")]
    return found or [OTHER_BYTES]


def hashes(manifest: dict[str, Any], after: Path, made: dict[str, str], beside: Path | None = None) -> list[Artefact]:
    """A manifest alone against an edition in `after`: names the cells, figures and chapters whose hashes differ.

    Where the folder `beside` holds the very file that the manifest lists, the two are compared in full.
    """
    listed: dict[str, str] = manifest["outputs"]
    artefacts = []
    for name in sorted({*listed, *made}):
        if name not in listed or name not in made:
            artefacts.append(_missing(name, NOT_IN_EDITION if name not in listed else NOT_REBUILT))
        elif listed[name] == made[name]:
            artefacts.append(Artefact(name, kind_of(name), "same"))
        else:
            known = beside / name if beside and (beside / name).is_file() and file_hash(beside / name) == listed[name] else None
            parts = files(name, known.read_bytes(), (after / name).read_bytes()) if known else _parts(name, manifest, after / name)
            parts = parts or [Difference("hash", listed[name], made[name])]
            artefacts.append(Artefact(name, kind_of(name), "differs", tuple(parts)))
    return artefacts


def records(before: dict[str, Any], after: dict[str, Any]) -> list[Artefact]:
    """What two manifests say themselves, besides inputs and the hashes of outputs, where that differs: nothing else would tell."""
    old, new = ({key: value for key, value in content.items() if key not in ("inputs", "outputs")} for content in (before, after))
    if old == new:
        return []
    return [Artefact("manifest.json", "record", "differs", tuple(compare_table.entries(json.dumps(old), json.dumps(new))))]


def _parts(name: str, manifest: dict[str, Any], path: Path) -> list[Difference]:
    """The parts of an artefact that the manifest has hashes of, where they differ."""
    if name.startswith("notebooks/") and path.suffix == ".ipynb":
        was, now = manifest.get("notebooks", {}).get(path.stem, {}), describe(json.loads(path.read_text("utf-8")))
        return [
            Difference(f"{word}{key}", str(was.get(part, {}).get(key, "")), str(now[part].get(key, "")))
            for part, word in (("parameters", "parameter "), ("cells", ""), ("figures", "figure "))
            for key in {**was.get(part, {}), **now[part]}
            if was.get(part, {}).get(key) != now[part].get(key)
        ]
    if name == "index.html":
        before = manifest.get("chapters", {})
        after = {key: digest(text) for key, text in chapters(path.read_text("utf-8")).items()}
        return [
            Difference(f"chapter {key}", before.get(key, ""), after.get(key, ""))
            for key in {**before, **after}
            if before.get(key) != after.get(key)
        ]
    return []


def _missing(name: str, why: Difference) -> Artefact:
    return Artefact(name, kind_of(name), "missing", (why,))
