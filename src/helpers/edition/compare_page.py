"""Two pages or two PDFs, by what a reader sees of them."""

from __future__ import annotations

import io

import pikepdf

from helpers.edition.difference import Difference, paired
from helpers.edition.text import blocks


def pages(before: str, after: str) -> list[Difference]:
    """Words and pictures of two HTML pages that differ, each under the nearest id above it."""
    old, new = ([(block.place, block.words) for block in blocks(page)] for page in (before, after))
    return paired(old, new)


def pdfs(before: bytes, after: bytes) -> list[Difference]:
    """Lines of two PDFs that differ, by page, and pages that differ in nothing but their drawing."""
    with pikepdf.open(io.BytesIO(before)) as one, pikepdf.open(io.BytesIO(after)) as other:
        was, now = ([_drawn(page) for page in document.pages] for document in (one, other))
    old, new = lines(before), lines(after)  # always: a subset font gives other letters the same code
    found = [Difference("number of pages", str(len(was)), str(len(now)))] if len(was) != len(now) else []
    found += paired(old, new)
    if len(was) == len(now):  # else every page after the first that moved is drawn anew
        differing = {f"page {place}" for place, pair in enumerate(zip(was, now, strict=True), 1) if pair[0] != pair[1]}
        told = {item.where for item in found}
        found += [Difference(f"{page}, drawing") for page in sorted(differing - told, key=_number)]
    return found


def lines(document: bytes) -> list[tuple[str, str]]:
    """Every line of a PDF with its page."""
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(document)).pages
    return [(f"page {place}", line) for place, sheet in enumerate(sheets, 1) for line in sheet.extract_text().splitlines()]


def _drawn(page: pikepdf.Page) -> bytes:
    """What draws a page, unpacked; fonts and links are not part of it."""
    page.contents_coalesce()
    return page.Contents.read_bytes()


def _number(page: str) -> int:
    return int(page.split()[1])
