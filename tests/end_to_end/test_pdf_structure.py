"""The PDF as a document: its tags, alternative texts, header cells, reading order, fonts, bookmarks, and how full its pages are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("edition")]
OVERLAP = 1.5  # points; letters of one word may touch
SPARSE = 40  # words; a page of running text holds some 500
ENDS = 0.2  # of the height of a page's text; a chapter's list of sources keeps to a quarter, less the line it may end early
TEXT = (71, 842 - 65)  # points from the top: where the text of a page begins, and where it ends
Element = Any  # pikepdf gives dictionaries, arrays and numbers alike


@pytest.fixture(scope="module")
def pdf(edition: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(edition / "briefing.pdf") as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(pdf: pikepdf.Pdf) -> list[tuple[str, Element]]:
    """Every element of the structure tree with its type, in reading order."""
    found = []
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(reversed(list(element)))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S), element))
            if "/K" in element:
                waiting.append(element.K)
    return found


def inside(element: Element, kind: str) -> list[Element]:
    """Elements of a type below an element."""
    found = []
    waiting = [element.get("/K")]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Array):
            waiting.extend(part)
        elif isinstance(part, pikepdf.Dictionary):
            if part.get("/S") == kind:
                found.append(part)
            waiting.append(part.get("/K"))
    return found


def test_it_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)


def test_it_names_its_language(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"


def test_a_reader_shows_its_title(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_every_figure_has_an_alternative_text(elements: list[tuple[str, Element]]) -> None:
    figures = [element for kind, element in elements if kind == "/Figure"]
    got = [number for number, element in enumerate(figures) if len(str(element.get("/Alt", ""))) < 20]
    assert len(figures) > 60
    assert got == []


def test_every_table_has_header_cells(elements: list[tuple[str, Element]]) -> None:
    tables = [element for kind, element in elements if kind == "/Table"]
    got = [number for number, element in enumerate(tables) if not inside(element, "/TH")]
    assert len(tables) > 40
    assert got == []


def test_headings_skip_no_level(elements: list[tuple[str, Element]]) -> None:
    levels = [int(kind[2:]) for kind, _ in elements if re.fullmatch(r"/H\d", kind)]
    got = [(before, after) for before, after in pairwise(levels) if after > before + 1]
    assert levels
    assert got == []


def test_the_reading_order_follows_the_pages(pdf: pikepdf.Pdf, elements: list[tuple[str, Element]]) -> None:
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    order = [pages[element.Pg.objgen] for kind, element in elements if "/Pg" in element and re.fullmatch(r"/(H\d|P)", kind)]
    got = [(before, after) for before, after in pairwise(order) if after < before]
    assert order
    assert got == []


def test_tabs_follow_the_structure(pdf: pikepdf.Pdf) -> None:
    got = [number for number, page in enumerate(pdf.pages, 1) if "/Annots" in page and page.get("/Tabs") != "/S"]
    assert got == []


def test_all_fonts_are_inside(pdf: pikepdf.Pdf) -> None:
    got = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            embedded = any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            got.add((re.sub(r"^/[A-Z]{6}\+", "", str(item.FontName)), embedded))
    assert got
    assert [name for name, embedded in got if not embedded] == []


def test_every_chapter_has_a_bookmark_and_its_sections_below(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        got = {item.title: len(item.children) for item in outline.root}
    chapters = {title: count for title, count in got.items() if re.match(r"\d+\s", title)}
    assert len(chapters) >= 15
    assert max(chapters.values()) > 5


def test_it_is_smaller_than_six_megabytes(edition: Path) -> None:
    assert (edition / "briefing.pdf").stat().st_size < 6_000_000


def words(page: Any) -> int:
    return len(page.extract_text().split())


def test_the_summary_stands_alone(edition: Path) -> None:
    pages = PdfReader(edition / "briefing.pdf").pages
    got = pages[2].extract_text()
    assert "The briefing in brief" in got
    assert "Table 1.1" not in re.sub(r"\(Table 1\.\d+\)", "", got)
    assert words(pages[2]) > 250


def test_no_words_lie_on_others(edition: Path) -> None:
    pdf = pypdfium2.PdfDocument(edition / "briefing.pdf")
    got = [f"page {number}: {words}" for number, page in enumerate(pdf, 1) for words in overlapping(page.get_textpage())]
    assert got == []


def overlapping(page: pypdfium2.PdfTextPage) -> Iterator[str]:
    """Runs of words of which a good part lies on another."""
    boxes = sorted((page.get_rect(place) for place in range(page.count_rects())), key=lambda box: -box[3])
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[3] < one[1]:
                break
            across, down = (min(one[side + 2], other[side + 2]) - max(one[side], other[side]) for side in (0, 1))
            if across > OVERLAP and down > 0.5 * min(box[3] - box[1] for box in (one, other)):
                yield f"{page.get_text_bounded(*one)} | {page.get_text_bounded(*other)}"


def test_no_page_is_nearly_empty(edition: Path) -> None:
    """Pages with fewer words than a caption and its foot, and no chart; the last page of a chapter may run out."""
    reader = PdfReader(edition / "briefing.pdf")
    starts = {reader.get_destination_page_number(item) for item in reader.outline if not isinstance(item, list)}
    got = []
    for number, page in enumerate(reader.pages):
        last_of_chapter = number + 1 in starts or number + 1 == len(reader.pages)
        drawn = len(page.get_contents().get_data()) if page.get_contents() else 0
        if number > 1 and not last_of_chapter and words(page) < SPARSE and drawn < 20_000:
            got.append(number + 1)
    assert got == []


def reach(page: pypdfium2.PdfPage) -> float:
    """How far down its text a page is filled, as a part of one; head and foot do not count."""
    text = page.get_textpage()
    downs = [page.get_height() - text.get_rect(place)[1] for place in range(text.count_rects())]
    return max((down - TEXT[0]) / (TEXT[1] - TEXT[0]) for down in [TEXT[0], *(down for down in downs if down < TEXT[1] + 3)])


def ends_nearly_empty(path: Path) -> list[int]:
    """Last pages of chapters with a list of sources that are hardly begun."""
    reader, pdf = PdfReader(path), pypdfium2.PdfDocument(path)
    starts = [reader.get_destination_page_number(item) for item in reader.outline if not isinstance(item, list)]
    chapters = [(first, following - 1) for first, following in pairwise([*starts, len(pdf)])]
    listed = [
        last
        for first, last in chapters
        if any("Sources of this chapter" in pdf[at].get_textpage().get_text_range() for at in (last - 1, last))
    ]
    assert len(listed) >= 11
    return [last + 1 for last in listed if reach(pdf[last]) < ENDS]


def test_no_chapter_ends_on_a_nearly_empty_page(edition: Path) -> None:
    assert ends_nearly_empty(edition / "briefing.pdf") == []
