"""What an executed notebook holds, as Markdown with its figures beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat

from helpers.errors import StageError
from helpers.facts.links import clean, escape

_SUSPECT = re.compile(r"<(script|foreignObject|iframe|object|embed)\b|[\s\"'/]on\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(javascript|vbscript|data:text)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One displayed block: flowing text, or an exhibit with what is shown."""

    kind: str
    body: str
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """The cell that raised, for the chapter that says so."""

    cell: int
    name: str
    value: str


def parts_of(path: Path) -> tuple[list[Part], Failure | None]:
    """The displayed blocks of an executed notebook in order, and the failure that ended it.

    Raises StageError when the notebook has not been executed: Quarto would render it silently empty.
    """
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.outputs or cell.execution_count for cell in code):
        raise StageError("this notebook has not been executed", path.name, "run briefing build")
    parts: list[Part] = []
    failure = None
    for number, cell in enumerate(code, 1):
        for output in cell.outputs:
            if output.output_type == "error":
                failure = Failure(number, clean(output.ename), clean(output.evalue))
            about = dict(output.get("metadata", {}).get("briefing", {}))
            if about.get("kind") in ("text", "table"):
                parts.append(Part(about["kind"], str(about["markdown"]), about))
            elif about.get("kind") == "figure":
                parts.append(Part("figure", _drawing(str(output.data["image/svg+xml"]), path.name), about))
    return parts, failure


def _drawing(svg: str, name: str) -> str:
    """A chart as it goes into the page; raises StageError for one that holds more than a drawing."""
    if _SUSPECT.search(svg):  # which a label may be; only elements and attributes count
        try:
            elements = list(ElementTree.fromstring(svg).iter())
        except ElementTree.ParseError as error:
            raise StageError(f"a figure is no SVG that can be read: {error}", name, "draw it with the helpers") from error
        for element in elements:
            tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
            active = [key for key, value in element.attrib.items() if key.lower().startswith("on") or _ADDRESS.match(value)]
            if tag in ("script", "foreignobject", "iframe", "object", "embed") or active:
                raise StageError(f"a figure holds a script: {tag} {' '.join(active)}".rstrip(), name, "draw it with the helpers")
    return svg


def exhibit(part: Part, number: str) -> str:
    """An exhibit as a Div that both engines set: number, title, unit, the thing itself, source."""
    about = part.about
    key = about["key"]
    if part.kind == "figure":
        body = f'![](figures/{key}.svg){{fig-alt="{_attribute(about["alt"])}"}}'
        marks = f'.exhibit kind="figure" number="{number}" data-csv="data/figures/{key}.csv"'
    else:
        body = part.body
        widths = " ".join(str(width) for width in about["widths"])
        extra = "".join(f" .{name}" for name in about["classes"].split())
        marks = f'.exhibit{extra} kind="table" number="{number}" widths="{widths}" size="{about["size"]}"'
    lines = [f"::::: {{#exhibit-{key} {marks}}}", "::: {.title}", escape(about["title"]), ":::"]
    if about["subtitle"]:
        lines += ["", "::: {.subtitle}", about["subtitle"], ":::"]
    lines += ["", body]
    if about["source"]:
        lines += ["", "::: {.source}", about["source"], ":::"]
    return "\n".join([*lines, ":::::"])


def failure_box(failure: Failure, again: str) -> str:
    """What a chapter says whose notebook failed: the cell, the error, the command that runs it again."""
    return (
        "::: {.failed}\n"
        f"**This chapter is not complete.** Code cell {failure.cell} of its notebook stopped with "
        f"{escape(failure.name)}: {escape(failure.value)}.\n\n"
        f"What follows is what ran before it. Run it again with `{again}`.\n"
        ":::"
    )


def _attribute(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace('"', '\\"')
