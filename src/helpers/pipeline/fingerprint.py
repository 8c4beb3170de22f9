"""What a build depends on, as hashes of content: no date or size of a file is ever trusted."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

import helpers

# What changes the outputs of a notebook or a page when it changes.
ENGINES = (
    "pandas",
    "matplotlib",
    "seaborn",
    "papermill",
    "nbclient",
    "ipykernel",
    "nbconvert",
    "jinja2",
    "typst",
    "pypandoc-binary",
    "pikepdf",
    "adjustText",
    "numpy",
    "scipy",
    "networkx",
    "SALib",
    "pyogrio",  # the countries of the map
    "pyshp",
    "pyyaml",
    "ipython",
    "nbformat",
    "fonttools",
    "font-source-sans-pro",
    "font-source-serif-pro",
)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in pieces: many notebooks ask at once for that of a long table."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """Hash of every file below a folder, by relative path, sorted."""
    files = (path for path in sorted(folder.glob(pattern)) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in files}


def versions() -> dict[str, str]:
    """Installed versions of what the outputs depend on, Python's own among them."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in ENGINES}}


def code() -> dict[str, str]:
    """Hash of every module of the package."""
    return tree(Path(helpers.__file__).parent, "**/*.py")


def digest(*parts: Mapping[str, object] | str | Iterable[str]) -> str:
    """One hash over several descriptions."""
    text = json.dumps([part if isinstance(part, str | dict) else list(part) for part in parts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
