"""The embedded engine from stage to PDF and page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.errors import RenderError
from helpers.render import render
from helpers.render.book import read_book
from helpers.render.embedded import write_metadata
from helpers.render.pandoc import pandoc
from helpers.render.pdf import compile_pdf


def test_the_pdf_is_tagged_accessible_and_titled(out: Path) -> None:
    pdf = PdfReader(out / "briefing.pdf")
    metadata = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    got = (pdf.metadata.title, pdf.trailer["/Root"]["/Lang"], pdf.trailer["/Root"]["/MarkInfo"]["/Marked"], "pdfuaid:part" in metadata)
    exp = ("A small briefing", "en-GB", True, True)
    assert got == exp


def test_metadata_that_pandoc_may_be_reading_for_the_other_medium_stay_untouched(stage: Path) -> None:
    book = read_book(stage)
    write_metadata(book)
    before = (stage / "_metadata.json").stat()
    write_metadata(book)
    after = (stage / "_metadata.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_pdf_says_what_the_chapters_say(out: Path) -> None:
    text = " ".join(page.extract_text() for page in PdfReader(out / "briefing.pdf").pages)
    got = " ".join(text.split())
    exp = ["Test edition", "21 November 2026", "USD 25.5 bn", "Figure 2.1", "Another fact, number 79"]
    assert [part for part in exp if part not in got] == []


def test_hostile_text_prints_as_itself(out: Path) -> None:
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out / "briefing.pdf").pages).split())
    exp = "<script>alert(1)</script> #include $x$ @foo *bold* {{ x }} a--b."
    assert exp in text
    page = (out / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #include $x$ @foo *bold* {{ x }} a--b." in page


def test_a_long_table_repeats_its_header_on_each_page(out: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(out / "briefing.pdf").pages]
    got = [page for page in pages if "Another fact" in page and "Value" not in page]
    assert got == []
    assert sum("Another fact" in page for page in pages) > 1


def test_chapters_are_bookmarks(out: Path) -> None:
    got = [mark.title for mark in PdfReader(out / "briefing.pdf").outline if not isinstance(mark, list)]
    exp = ["Contents", "1 In brief", "2 Alpland", "3 Evidence register"]
    assert got == exp


def test_numbers_link_to_their_rows_in_the_pdf(out: Path) -> None:
    pages = PdfReader(out / "briefing.pdf").pages
    got = [note.get_object()["/Subtype"] for page in pages for note in page.get("/Annots", [])]
    assert got.count("/Link") >= 5


def test_the_page_takes_nothing_from_the_network(out: Path) -> None:
    page = (out / "index.html").read_text("utf-8")
    got = re.findall(r"""(?:src|href)\s*=\s*["']?https?:|url\(["']?https?:|@import""", page)
    assert got == []


def test_the_page_links_numbers_to_rows(out: Path) -> None:
    page = (out / "index.html").read_text("utf-8")
    assert '<a href="#fact-alp-trade" class="fact" data-fact="alp-trade">' in page
    assert '<tr id="fact-alp-trade">' in page
    assert ".qmd" not in page


def test_every_id_of_the_page_is_there_once(out: Path) -> None:
    got = re.findall(r'\sid="([^"]+)"', (out / "index.html").read_text("utf-8"))
    assert sorted(got) == sorted(set(got))


def test_the_page_has_its_landmarks(out: Path) -> None:
    page = (out / "index.html").read_text("utf-8")
    exp = ['<html lang="en-GB">', 'class="skip"', '<nav id="contents" aria-label="Contents">', '<main id="main"', "<header>", "<footer>"]
    assert [part for part in exp if part not in page] == []


def test_two_renders_give_the_same_bytes(out: Path, stage: Path, tmp_path: Path) -> None:
    render(stage, tmp_path / "again", "embedded")
    got = [(tmp_path / "again" / name).read_bytes() == (out / name).read_bytes() for name in ("briefing.pdf", "index.html")]
    assert got == [True, True]


def test_nothing_is_written_where_the_book_does_not_hold_together(stage: Path, tmp_path: Path) -> None:
    (stage / "index.qmd").write_text("# In brief {#index}\n\n[x](alp.qmd#none)\n", "utf-8")
    with pytest.raises(RenderError, match="leads nowhere"):
        render(stage, tmp_path / "out", "embedded")
    assert not (tmp_path / "out").exists()


def test_a_warning_of_pandoc_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"none\.svg"):
        pandoc(["--from=markdown", "--to=html", "--standalone", "--embed-resources", "--metadata=title:x"], tmp_path, "![](none.svg)")


def test_a_missing_font_is_an_error(stage: Path) -> None:
    with pytest.raises(RenderError, match="unknown font family"):
        compile_pdf('#set document(title: "x")\n#set text(font: "No Such Font")\n= Text', stage)


def test_what_typst_refuses_is_told_with_its_line(stage: Path) -> None:
    with pytest.raises(RenderError, match=r"briefing\.typ:1"):
        compile_pdf("#nonsense()", stage)
