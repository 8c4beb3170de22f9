"""Renders the staged book: one PDF and one set of pages, by Quarto or by pandoc and Typst from wheels."""

from __future__ import annotations

from pathlib import Path

from helpers.render import embedded, quarto
from helpers.render.choice import Engine, choose
from helpers.render.compress import compress

__all__ = ["Engine", "choose", "render"]


def render(stage: Path, out: Path, engine: Engine = "auto", kept: Path | None = None) -> None:
    """Render the book staged in `stage` into `out`: `briefing.pdf`, `index.html` and what belongs to them.

    The embedded engine keeps in `kept` what it converted, and converts only what changed; the result is the same without.
    Raises InputError where the engine asked for is not there, RenderError where the book does not render.
    """
    if choose(engine) == "quarto":
        quarto.render(Path(stage).resolve(), Path(out).resolve())
    else:
        embedded.render(Path(stage).resolve(), Path(out).resolve(), kept)
    compress(Path(out) / "briefing.pdf")
