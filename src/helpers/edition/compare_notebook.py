"""Two executed notebooks, cell by cell: which output, which figure, which words differ, and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.edition.cells import KEY, Notebook, canonical, joined, key_of
from helpers.edition.compare_table import tables
from helpers.edition.difference import Difference, narrowed

Output = dict[str, Any]
SVG = "image/svg+xml"


def notebooks(before: Notebook, after: Notebook) -> list[Difference]:
    """Everything in which two notebooks differ: cells there or not, their source, their outputs, and parameters."""
    old, new = _cells(before), _cells(after)
    found = [Difference(f"{key} is gone", joined(old[key].get("source", ""))) for key in old if key not in new]
    found += [Difference(f"{key} is new", "", joined(new[key].get("source", ""))) for key in new if key not in old]
    for key in (key for key in old if key in new):
        source = (joined(old[key].get("source", "")), joined(new[key].get("source", "")))
        if source[0] != source[1]:
            found.append(narrowed(f"{key}, source", *source))
        found += cell(key, old[key].get("outputs", []), new[key].get("outputs", []))
    was, now = _parameters(before), _parameters(after)
    found += [
        Difference(f"parameter {name}", was.get(name, ""), now.get(name, "")) for name in {**was, **now} if was.get(name) != now.get(name)
    ]
    return found


def cell(key: str, before: list[Output], after: list[Output]) -> list[Difference]:
    """Outputs of one cell that differ."""
    found: list[Difference] = []
    for place in range(max(len(before), len(after))):
        old, new = (canonical(outputs[place]) if place < len(outputs) else {} for outputs in (before, after))
        if old != new:
            found += _output(f"{key}, {_name(old or new, place)}", old, new)
    return found


def _output(where: str, old: Output, new: Output) -> Iterator[Difference]:
    if not old or not new or old["type"] != new["type"]:
        yield narrowed(where, _words(old), _words(new))
        return
    told = False
    about, other = (output.get("metadata", {}).get(KEY, {}) for output in (old, new))
    if about.get("data", "") != other.get("data", ""):
        for difference in tables(about.get("data", ""), other.get("data", "")):
            told = True
            yield Difference(f"{where}, {difference.where}", difference.before, difference.after)
    if _words(old) != _words(new):
        told = True
        yield narrowed(where, _words(old), _words(new))
    if old.get("data", {}).get(SVG) != new.get("data", {}).get(SVG):
        told = True
        yield Difference(f"{where}, drawing")
    if not told:
        yield Difference(f"{where}, metadata")


def _words(output: Output) -> str:
    if output.get("type") == "error":
        return f"{output['name']}: {output['value']}"
    data = output.get("data", {})
    return str(output.get("text", "") or data.get("text/markdown") or data.get("text/plain", ""))


def _name(output: Output, place: int) -> str:
    about = output.get("metadata", {}).get(KEY, {})
    return f"{about.get('kind', 'exhibit')} {key_of(output)}" if key_of(output) else f"output {place + 1}"


def _cells(notebook: Notebook) -> dict[str, dict[str, Any]]:
    return {str(cell.get("id", f"cell {place}")): cell for place, cell in enumerate(notebook["cells"])}


def _parameters(notebook: Notebook) -> dict[str, str]:
    found = notebook.get("metadata", {}).get("papermill", {}).get("parameters", {})
    return {name: str(value) for name, value in found.items()}
