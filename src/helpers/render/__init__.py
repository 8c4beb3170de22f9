"""Renders the staged book: one PDF and one set of pages, by Quarto or by pandoc and Typst from wheels."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.limits import USUAL
from helpers.render.choice import Engine, choose

__all__ = ["Engine", "choose", "render"]


def render(
    stage: Path,
    out: Path,
    engine: Engine = "auto",
    kept: Path | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    chapters: int = USUAL.chapters,
) -> None:
    """Render the book staged in `stage` into `out`: `briefing.pdf`, `index.html` and what belongs to them.

    The embedded engine keeps in `kept` what it converted, and converts only what changed; the result is the same without.
    With more than so many `chapters` of partners it sets volumes; Quarto sets one PDF whatever its length.
    `meanwhile` is done while the renderer works; what it raises is raised here.
    Raises InputError where the engine asked for is not there, RenderError where the book does not render.
    """
    from helpers.render import embedded, quarto  # these bring fontTools and more; not needed where nothing changed

    if choose(engine) == "quarto":
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(meanwhile)
            quarto.render(Path(stage).resolve(), Path(out).resolve())
            done.result()
    else:
        embedded.render(Path(stage).resolve(), Path(out).resolve(), kept, meanwhile, chapters)
