"""`manifest.json`: the hash of everything in and out of an edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import limits
from helpers.pipeline import fingerprint

if TYPE_CHECKING:
    from helpers.pipeline.paths import Paths

NAME = "manifest.json"
PAGE = "index.html"
Content = dict[str, Any]


def committed(paths: Paths) -> Path:
    """The manifest of the current edition that is kept with the project, so that a fresh clone can be verified."""
    return paths.report / NAME


def inputs(paths: Paths, partners: list[str], engine: str) -> Content:
    """Everything a build depends on."""
    report = fingerprint.tree(paths.report)
    return {
        "partners": partners,
        "engine": engine,
        "data": fingerprint.tree(paths.data),
        "report": {name: value for name, value in report.items() if name != NAME and not name.startswith("_output/")},
        "notebooks": fingerprint.tree(paths.notebooks, "*.ipynb"),
        "code": fingerprint.code(),
        "versions": fingerprint.versions() | _quarto(engine),
    }


def _quarto(engine: str) -> dict[str, str]:
    """The version of Quarto where it renders."""
    if engine != "quarto":
        return {}
    from helpers.render.choice import quarto_version

    return {"quarto": ".".join(map(str, quarto_version() or ("absent",)))}


def outputs(folder: Path) -> dict[str, str]:
    """Hash of every file of an edition but the manifest itself."""
    return {name: value for name, value in fingerprint.tree(folder).items() if name != NAME}


def write(folder: Path, described: Content, failures: dict[str, str], paths: Paths | None = None) -> None:
    """Write the manifest of a finished edition; with the project's paths, also its lineage and its crate."""
    content: Content = {"inputs": described, "failed": failures, "outputs": outputs(folder)}
    if paths is not None:
        content |= _records(folder, content, paths)
    (folder / NAME).write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def _records(folder: Path, known: Content, paths: Paths) -> Content:
    """Write `lineage.json` and the crate; returns what the manifest says of the edition, its notebooks, its page, its files."""
    from helpers.edition import cells, crate, lineage
    from helpers.edition.text import chapters
    from helpers.tables.package import read_package

    asked = lineage.collect(paths.lineage, ["synthesis", *known["inputs"]["partners"]])
    lineage.write(folder, asked)
    notebooks = {path.stem: cells.describe(cells.read(path)) for path in sorted((folder / "notebooks").glob("*.ipynb"))}
    for key, about in notebooks.items():
        about["lineage"] = lineage.summary(asked.get(key, {}))
    crate.copy_workflow(folder, paths.notebooks)
    workflow = {f"{crate.WORKFLOW}/{name}": value for name, value in fingerprint.tree(folder / crate.WORKFLOW).items()}
    files = known["outputs"] | {lineage.NAME: fingerprint.file_hash(folder / lineage.NAME)} | workflow
    package = read_package(paths.data)
    crate.write(folder, crate.Edition(package.descriptor, known["inputs"], notebooks, known["failed"], files))
    page = folder / PAGE
    return {
        "edition": {**package.edition, "version": str(package.descriptor.get("version", ""))},
        "notebooks": notebooks,
        "chapters": {key: cells.digest(text) for key, text in chapters(page.read_text("utf-8")).items()} if page.is_file() else {},
        "outputs": files | {crate.NAME: fingerprint.file_hash(folder / crate.NAME)},
    }


def read(folder: Path) -> Content | None:
    """The manifest in a folder; None where there is none that is whole."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if is_whole(content) else None


def is_whole(content: Any) -> bool:
    """Whether a manifest has the parts that are compared, in their form; it may come from anywhere."""
    if not isinstance(content, dict) or not isinstance(described := content.get("inputs"), dict):
        return False
    partners, notebooks, named = described.get("partners"), content.get("notebooks", {}), content.get("edition", {})
    return (
        isinstance(described.get("engine"), str)
        and isinstance(partners, list)
        and all(isinstance(code, str) for code in partners)
        and limits.are_noted(described)
        and _by_name(content.get("outputs"), str)
        and _by_name(content.get("chapters", {}), str)
        and _by_name(content.get("failed", {}), str)
        and _by_name(notebooks, dict)
        and all(_by_name({part: about.get(part, {}) for part in ("parameters", "cells", "figures")}, dict) for about in notebooks.values())
        and isinstance(named, dict)
        and isinstance(named.get("edition", ""), str)
    )


def _by_name(content: Any, kind: type) -> bool:
    return isinstance(content, dict) and all(isinstance(value, kind) for value in content.values())


def changes(folder: Path, described: Content) -> list[str]:
    """In words, why an edition is not current: inputs that differ, a notebook that failed, outputs touched since."""
    content = read(folder)
    if content is None:
        return ["there is no whole edition yet"]
    before, made = content["inputs"], outputs(folder)
    return [
        *(f"{key} failed" for key in content.get("failed", {})),
        *(f"{name} changed" for name in input_changes(before | {"limits": None}, described | {"limits": None})),
        *limits.differing(limits.noted(before), limits.noted(described)),
        *(
            f"{name} in the output was touched"
            for name in sorted({*made, *content["outputs"]})
            if made.get(name) != content["outputs"].get(name)
        ),
    ]


def input_changes(before: Content, now: Content) -> dict[str, tuple[str, str]]:
    """Inputs that differ between two descriptions, by name, with what each says; empty text where it is not there."""
    found: dict[str, tuple[str, str]] = {}
    for part in {**before, **now}:
        old, new = before.get(part), now.get(part)
        if isinstance(old, dict) and isinstance(new, dict):
            prefix = "" if part in ("code", "versions") else f"{part}/"
            differing = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
            found |= {f"{prefix}{name}": (str(old.get(name, "")), str(new.get(name, ""))) for name in differing}
        elif old != new:
            found[part] = (str(old or ""), str(new or ""))
    return found


def is_current(folder: Path, described: Content) -> bool:
    """Whether the edition in a folder was made whole from exactly these inputs and has not been touched since."""
    content = read(folder)
    return content is not None and bool(
        content["inputs"] == described and not content.get("failed") and content["outputs"] == outputs(folder)
    )
