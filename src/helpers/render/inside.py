"""Links inside a PDF: set as addresses while the pages are made, made into links when the pages are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pikepdf

SCHEME = "inside:"  # as the template writes it
ABOVE = 10  # points between the top of a window that a link opens and its target, as Typst has it
# Added to the end of the source; positions are known only after the layout.
POSITIONS = """
#context [#metadata(json(bytes(sys.inputs.at("targets", default: "[]"))).map(id => {
  let at = locate(label(id)).position()
  (id, at.page, at.x.pt(), at.y.pt())
}))<positions>]
"""
_LINK = re.compile(r'#goto\("([^"\\]+)", "')


class Position(NamedTuple):
    """Where a target is: its page, counted from one, and points from the left and from the top."""

    target: str
    page: int
    left: float
    top: float


def targets(source: str) -> list[str]:
    """What the links of a Typst source lead to, each once, sorted."""
    return sorted(set(_LINK.findall(source)))


def join(pdf: pikepdf.Pdf, positions: Sequence[Position]) -> None:
    """Turn addresses of targets into links to their places, described as Typst describes such links."""
    if not positions:
        return
    pages = [page.obj for page in pdf.pages]
    heights = [float(page.MediaBox[3]) for page in pages]
    places = {f"{SCHEME}{it.target}": it for it in positions}
    ends = {
        address: pikepdf.Array(
            [pages[it.page - 1], pikepdf.Name.XYZ, round(it.left, 5), round(heights[it.page - 1] - max(it.top - ABOVE, 0), 5), 0]
        )
        for address, it in places.items()
    }
    for page in pages:
        for link in page.get("/Annots", []):
            action = link.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if address in ends:
                del link["/A"]
                link.Dest = ends[address]
                link.Contents = pikepdf.String(f"page {places[address].page}")
