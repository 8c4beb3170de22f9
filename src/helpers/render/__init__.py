"""Renders the staged book: one PDF and one set of pages, by Quarto or by pandoc and Typst from wheels."""

from __future__ import annotations

from pathlib import Path

from helpers.render import embedded, quarto
from helpers.render.choice import Engine, choose
from helpers.render.compress import compress

__all__ = ["Engine", "choose", "render"]


def render(stage: Path, out: Path, engine: Engine = "auto") -> None:
    """Render the book staged in `stage` into `out`: `briefing.pdf`, `index.html` and what belongs to them.

    Raises InputError where the engine asked for is not there, RenderError where the book does not render.
    """
    run = quarto.render if choose(engine) == "quarto" else embedded.render
    run(Path(stage).resolve(), Path(out).resolve())
    compress(Path(out) / "briefing.pdf")
