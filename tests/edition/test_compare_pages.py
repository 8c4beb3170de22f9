"""HTML pages and PDFs, by what a reader sees."""

from __future__ import annotations

import io

import pikepdf
import pytest
import typst

from helpers.edition.compare_page import pages, pdfs
from helpers.edition.difference import Difference
from helpers.edition.text import Block, blocks, chapters

PAGE = """<html><head><style>p {}</style></head><body><section id="lao" class="level2"><h2>Laos</h2>
<p>Trade stood at <a href="#fact-a">USD 8.23 bn</a> in 2024.</p><svg><path d="M0"/></svg></section>
<section id="cub" class="level2"><p>Cuba.</p></section></body></html>"""


def pdf(*sheets: str, metadata: str = "") -> bytes:
    source = (
        "#set page(width: 90mm, height: 60mm)\n" + f"#set document(title: [{metadata}], date: none)\n" + "\n#pagebreak()\n".join(sheets)
    )
    return bytes(typst.compile(source.encode(), format="pdf"))


def test_the_same_page_has_no_differences() -> None:
    assert pages(PAGE, PAGE) == []


def test_a_number_that_changed_is_told_under_its_id() -> None:
    got = pages(PAGE, PAGE.replace("8.23", "9.10"))
    assert [(item.where, "8.23" in item.before, "9.10" in item.after) for item in got] == [("lao", True, True)]


def test_a_drawing_that_changed_is_told() -> None:
    got = pages(PAGE, PAGE.replace("M0", "M1"))
    assert [item.where for item in got] == ["lao"]
    assert "drawing" in got[0].before


def test_a_link_that_changed_is_told() -> None:
    assert pages(PAGE, PAGE.replace("#fact-a", "#fact-b")) != []


def test_a_style_that_changed_is_told() -> None:
    assert pages(PAGE, PAGE.replace("p {}", "p {color: red}")) != []


def test_stress_inside_a_line_does_not_break_it() -> None:
    got = blocks("<p>one <strong>two</strong> three</p>")
    assert got == [Block("opening", "one two three")]


def test_chapters_are_told_apart() -> None:
    got = chapters(PAGE)
    assert list(got) == ["opening", "lao", "cub"]
    assert "Cuba." in got["cub"]


def test_a_page_without_chapters_is_all_opening() -> None:
    assert chapters("<p>one</p>") == {"opening": "<p>one</p>"}


def test_the_same_pdf_has_no_differences() -> None:
    assert pdfs(pdf("One"), pdf("One")) == []


def test_a_number_of_the_pdf_that_changed_is_told_with_its_page() -> None:
    got = pdfs(pdf("One", "USD 8.23 bn"), pdf("One", "USD 9.10 bn"))
    assert got == [Difference("page 2", "USD 8.23 bn", "USD 9.10 bn")]


def test_another_number_of_pages_is_told() -> None:
    got = pdfs(pdf("One"), pdf("One", "Two"))
    assert got == [Difference("number of pages", "1", "2"), Difference("page 2", "", "Two")]


def test_a_page_drawn_otherwise_is_told() -> None:
    got = pdfs(pdf("One", "#rect(width: 9mm)"), pdf("One", "#rect(width: 8mm)"))
    assert got == [Difference("page 2, drawing")]


def test_other_metadata_draw_the_same_pages() -> None:
    assert pdfs(pdf("One", metadata="A"), pdf("One", metadata="B")) == []


def test_a_pdf_that_is_cut_off_is_refused_by_its_reader() -> None:
    with pytest.raises(pikepdf.PdfError):
        pdfs(pdf("One"), io.BytesIO(b"%PDF-1.7").getvalue())
