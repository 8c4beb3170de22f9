"""The PDF: Typst source from pandoc, compiled by the Typst of the wheel to PDF/UA-1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import typst

from helpers.errors import RenderError
from helpers.render.inside import POSITIONS, Position, targets

SOURCE = "briefing.typ"


def compile_pdf(source: str, stage: Path, name: str = SOURCE) -> tuple[bytes, list[Position]]:
    """The PDF of a Typst source whose images and fonts lie in the stage, and where the targets of its links inside ended up.

    A link to a label makes Typst lay the whole book out twice. So the template sets such links as addresses (`helpers.render.inside`
    turns them into links) where it is told the `targets`, and Typst is asked for their positions afterwards.

    Raises RenderError where Typst fails or warns: a warning is a missing font or a layout that did not settle.
    """
    path = stage / name  # a file, so that messages name lines that can be looked up
    path.write_text(source + POSITIONS, encoding="utf-8")
    inputs = {"targets": json.dumps(targets(source))}
    compiler = typst.Compiler(str(path), root=str(stage), font_paths=[str(stage / "fonts")], ignore_system_fonts=True, sys_inputs=inputs)
    try:
        # the type stub of typst knows fewer standards than typst does
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])  # type: ignore[list-item]
    except typst.TypstError as error:
        raise RenderError(f"Typst could not set the book:\n{error.diagnostic}", str(path), "the lines named are in that file") from error
    if warnings:
        told = "\n".join(warning.diagnostic for warning in warnings)
        raise RenderError(f"Typst warned:\n{told}", str(path), "fonts belong into the folder fonts/ of the stage")
    found = json.loads(compiler.query("<positions>", field="value", one=True))
    return cast("bytes", pdf), [Position(*row) for row in found]
