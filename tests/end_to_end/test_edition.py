"""The whole briefing, built once from the real tables by the embedded engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.end_to_end.projects import read_git

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("edition")]


@pytest.fixture(scope="module")
def page(edition: Path) -> str:
    return (edition / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def pdf(edition: Path) -> PdfReader:
    return PdfReader(edition / "briefing.pdf")


def chapters() -> list[dict[str, str]]:
    return [row for row in read_git("partners") if row["group"] != "comparison"]


def test_every_partner_has_a_chapter_in_the_page(page: str) -> None:
    got = [row["partner"] for row in chapters() if f'id="{row["partner"].lower()}"' not in page]
    assert got == []


def test_every_partner_has_a_chapter_in_the_pdf(pdf: PdfReader) -> None:
    titles = " ".join(item.title for item in pdf.outline if not isinstance(item, list))
    got = [row["name"] for row in chapters() if row["name"] not in titles]
    assert got == []


def test_every_fact_has_its_row_in_the_register(page: str) -> None:
    got = [row["fact_id"] for row in read_git("facts") if f'id="fact-{row["fact_id"]}"' not in page]
    assert got == []


def test_every_source_has_its_row(page: str) -> None:
    got = [row["source_id"] for row in read_git("sources") if f'id="source-{row["source_id"]}"' not in page]
    assert got == []


def test_every_claim_has_its_row(page: str) -> None:
    got = [row["claim_id"] for row in read_git("claims") if f'id="claim-{row["claim_id"]}"' not in page]
    assert got == []


def test_every_internal_link_of_the_page_resolves(page: str) -> None:
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    got = {target for target in re.findall(r'href="#([^"]*)"', page) if target and target not in anchors}
    assert got == set()


def test_ids_of_the_page_are_unique(page: str) -> None:
    found = re.findall(r'\bid="([^"]+)"', page)
    got = {anchor for anchor in found if found.count(anchor) > 1} if len(found) != len(set(found)) else set()
    assert got == set()


def test_every_figure_of_the_page_has_alt_text(page: str) -> None:
    got = [tag for tag in re.findall(r"<img\b[^>]*>", page) if not re.search(r'\balt="[^"]{20,}"', tag)]
    assert got == []


def test_no_resource_of_the_page_comes_from_a_network(page: str) -> None:
    got = re.findall(r'(?:src|srcset)="https?:[^"]*"|url\(["\']?https?:[^)]*\)|<link[^>]+href="https?:[^"]*"', page)
    assert got == []


def test_no_reference_is_left_unresolved(page: str) -> None:
    text = re.sub(r"<script\b.*?</script>|<style\b.*?</style>", "", page, flags=re.DOTALL)
    assert "{{" not in text


def test_the_pdf_has_title_and_language(pdf: PdfReader) -> None:
    got = (pdf.metadata.title, str(pdf.trailer["/Root"]["/Lang"]))
    assert got == ("Alliances without treaties", "en-GB")


def test_the_pdf_says_it_is_pdf_ua_1_and_is_tagged(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode("utf-8")


def test_the_pdf_is_of_a_size_that_can_be_read(pdf: PdfReader) -> None:
    assert 60 <= len(pdf.pages) <= 260


def test_the_first_pages_state_edition_and_cut_off(pdf: PdfReader) -> None:
    got = pdf.pages[0].extract_text()
    assert "21 November 2026" in got
    assert "First edition" in got


def test_internal_links_of_the_pdf_land_on_a_page(pdf: PdfReader) -> None:
    names = set(pdf.named_destinations)
    got = set()
    for sheet in pdf.pages:
        for annotation in sheet.get("/Annots") or []:
            target = annotation.get_object().get("/Dest") or (annotation.get_object().get("/A") or {}).get("/D")
            if isinstance(target, str) and target not in names:
                got.add(target)
    assert got == set()
