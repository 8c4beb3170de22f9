"""A smaller PDF with the same pages: Typst writes each element of the tag tree on its own, object streams pack them."""

from __future__ import annotations

from pathlib import Path

import pikepdf


def compress(path: Path) -> None:
    """Pack the objects of a PDF in place (to about a third for a tagged book); same input, same bytes."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
