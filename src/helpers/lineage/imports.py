"""Which modules of the package a notebook can reach: read from the source, nothing is imported."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import helpers

PACKAGE = "helpers"
ROOT = Path(helpers.__file__).parent


def closure(names: Iterable[str]) -> list[str]:
    """Modules reached from these, imports inside functions and the packages around them included; sorted.

    A name that is no module of the package is passed over.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found or _path(name) is None:
            continue
        found.add(name)
        parent = name.rpartition(".")[0]
        waiting += [parent] if parent else []
        waiting += _imports(name)
    return sorted(found)


def of_notebook(path: Path) -> list[str]:
    """Modules that the code cells of a notebook name; every module where a cell cannot be parsed."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        return sorted({name for text in code for name in _named(ast.parse(text))})
    except (ValueError, KeyError, SyntaxError):
        return every()


def every() -> list[str]:
    """All modules of the package."""
    return sorted(_name(path) for path in ROOT.rglob("*.py"))


def files(names: Iterable[str]) -> dict[str, Path]:
    """Source files by module."""
    return {name: path for name in names if (path := _path(name)) is not None}


@cache
def _imports(name: str) -> tuple[str, ...]:
    path = _path(name)
    return tuple(_named(ast.parse(path.read_text("utf-8")), name)) if path else ()


def _named(tree: ast.AST, inside: str = "") -> Iterator[str]:
    """Names imported anywhere in a tree; `from a import b` may mean the module a.b, and a string may name one for importlib."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:  # relative: counted from the package that holds the module
                path = _path(inside)
                parts = inside.split(".") if path and path.name == "__init__.py" else inside.split(".")[:-1]
                base = ".".join([*parts[: len(parts) - node.level + 1], *([base] if base else [])])
            if base.split(".")[0] == PACKAGE:
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(f"{PACKAGE}."):
            yield node.value


def _path(name: str) -> Path | None:
    stem = ROOT.joinpath(*name.split(".")[1:])
    if name.split(".")[0] != PACKAGE:
        return None
    module = stem.with_suffix(".py") if name != PACKAGE else stem / "__init__.py"
    return next((path for path in (module, stem / "__init__.py") if path.is_file()), None)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join([PACKAGE, *(part for part in parts if part != "__init__")])
