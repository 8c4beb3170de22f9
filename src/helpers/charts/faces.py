"""Where the typefaces of the briefing lie: in their wheels, so that builds look alike everywhere."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")


def font_files() -> list[Path]:
    """The faces of the two families that the briefing uses, from their wheels."""
    found: list[Path] = []
    for name in ("font_source_sans_pro", "font_source_serif_pro"):
        folder = Path(next(iter(import_module(name).__path__)))
        found += [path for path in folder.rglob("*.ttf") if path.stem.partition("-")[2] in FACES]
    return sorted(found)
