"""What the cells of an executed notebook show, as hashes: outputs only, in one canonical form."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from helpers.execute.streams import placeless

KEY = "briefing"  # under which an output carries what the stage has to know
Notebook = dict[str, Any]


def read(path: Path) -> Notebook:
    """An executed notebook as parsed JSON; raises OSError and ValueError."""
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise ValueError("not a notebook")
    return content


def joined(text: Any) -> Any:
    """Text that the notebook format stores as a list of lines."""
    return "".join(text) if isinstance(text, list) and all(isinstance(line, str) for line in text) else text


def canonical(output: dict[str, Any]) -> dict[str, Any]:
    """One output without what says when or where it was made: no count of executions, no traceback with paths."""
    kept: dict[str, Any] = {"type": output.get("output_type", "")}
    if kept["type"] == "error":
        return kept | {"name": output.get("ename", ""), "value": output.get("evalue", "")}
    if kept["type"] == "stream":
        return kept | {"name": output.get("name", ""), "text": placeless(str(joined(output.get("text", ""))))}
    data = {kind: joined(text) for kind, text in output.get("data", {}).items()}
    return kept | {"data": data, "metadata": output.get("metadata", {})}


def outputs(notebook: Notebook) -> dict[str, list[dict[str, Any]]]:
    """Canonical outputs of each code cell by the id of the cell, in order."""
    code = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
    return {str(cell.get("id", place)): [canonical(output) for output in cell.get("outputs", [])] for place, cell in enumerate(code)}


def figures(shown: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """SVG text of each figure among canonical outputs, by its key."""
    drawn = [output for cell in shown.values() for output in cell if "image/svg+xml" in output.get("data", {})]
    return {key_of(output): output["data"]["image/svg+xml"] for output in drawn}


def key_of(output: dict[str, Any]) -> str:
    """Key of the exhibit that an output shows; empty where it is none."""
    return str(output.get("metadata", {}).get(KEY, {}).get("key", ""))


def digest(content: Any) -> str:
    """SHA-256 of something that JSON can hold."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def describe(notebook: Notebook) -> dict[str, Any]:
    """What the manifest says of one notebook: its parameters, and the hash of all outputs, of each cell's, of each figure."""
    shown = outputs(notebook)
    hashes = {cell: digest(content) for cell, content in shown.items() if content}
    return {
        "parameters": notebook.get("metadata", {}).get("papermill", {}).get("parameters", {}),
        "outputs": digest(hashes),
        "cells": hashes,
        "figures": {key: digest(svg) for key, svg in figures(shown).items()},
    }
