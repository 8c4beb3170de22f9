"""A smaller PDF with the same pages: Typst writes each element of the tag tree on its own, object streams pack them."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def packed(content: bytes) -> bytes:
    """A PDF with its objects packed (to about a third for a tagged book); same input, same bytes."""
    into = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return into.getvalue()
