"""`manifest.json`: the hash of everything in and out of an edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.pipeline import fingerprint
from helpers.pipeline.paths import Paths

NAME = "manifest.json"


def inputs(paths: Paths, partners: list[str], engine: str) -> dict[str, Any]:
    """Everything a build depends on."""
    return {
        "partners": partners,
        "engine": engine,
        "data": fingerprint.tree(paths.data),
        "report": {name: value for name, value in fingerprint.tree(paths.report).items() if not name.startswith("_output/")},
        "notebooks": fingerprint.tree(paths.notebooks, "*.ipynb"),
        "code": fingerprint.code(),
        "versions": fingerprint.versions(),
    }


def outputs(folder: Path) -> dict[str, str]:
    """Hash of every file of an edition but the manifest itself."""
    return {name: value for name, value in fingerprint.tree(folder).items() if name != NAME}


def write(folder: Path, described: dict[str, Any], failures: dict[str, str]) -> None:
    """Write the manifest of a finished edition."""
    content = {"inputs": described, "failed": failures, "outputs": outputs(folder)}
    (folder / NAME).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")


def changes(folder: Path, described: dict[str, Any]) -> list[str]:
    """In words, why an edition is not current: inputs that differ, a notebook that failed, outputs touched since."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
        before = content["inputs"]
    except (OSError, ValueError, KeyError):
        return ["there is no whole edition yet"]
    found = [f"{key} failed" for key in content.get("failed", {})]
    for part, now in described.items():
        then = before.get(part)
        if isinstance(now, dict) and isinstance(then, dict):
            prefix = "" if part in ("code", "versions") else f"{part}/"
            found += [f"{prefix}{name} changed" for name in sorted({*now, *then}) if now.get(name) != then.get(name)]
        elif now != then:
            found.append(f"{part} changed")
    made = outputs(folder)
    found += [
        f"{name} in the output was touched"
        for name in sorted({*made, *content["outputs"]})
        if made.get(name) != content["outputs"].get(name)
    ]
    return found


def is_current(folder: Path, described: dict[str, Any]) -> bool:
    """Whether the edition in a folder was made whole from exactly these inputs and has not been touched since."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(content.get("inputs") == described and not content.get("failed") and content.get("outputs") == outputs(folder))
