"""The PDF: Typst source from pandoc, compiled by the Typst of the wheel to PDF/UA-1."""

from __future__ import annotations

from pathlib import Path

import typst

from helpers.errors import RenderError

SOURCE = "briefing.typ"


def compile_pdf(source: str, stage: Path, name: str = SOURCE) -> bytes:
    """The PDF of a Typst source whose images and fonts lie in the stage.

    Raises RenderError where Typst fails or warns: a warning is a missing font or a layout that did not settle.
    """
    path = stage / name  # a file, so that messages name lines that can be looked up
    path.write_text(source, encoding="utf-8")
    try:
        # the type stub of typst knows fewer standards than typst does
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            str(path), root=str(stage), font_paths=[str(stage / "fonts")], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise RenderError(f"Typst could not set the book:\n{error.diagnostic}", str(path), "the lines named are in that file") from error
    if warnings:
        told = "\n".join(warning.diagnostic for warning in warnings)
        raise RenderError(f"Typst warned:\n{told}", str(path), "fonts belong into the folder fonts/ of the stage")
    return bytes(pdf)
