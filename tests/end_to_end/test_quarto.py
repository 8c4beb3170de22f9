"""The same book rendered by Quarto, where Quarto is installed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.end_to_end.projects import briefing, small_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("quarto"),
    pytest.mark.skipif(shutil.which("quarto") is None, reason="quarto is not on the PATH"),
]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = small_project(tmp_path_factory.mktemp("quarto"))
    for engine in ("quarto", "embedded"):
        done = briefing(folder, "build", "--engine", engine, "--out", engine)
        assert done.returncode == 0, done.stderr
    return {engine: folder / engine for engine in ("quarto", "embedded")}


def words(path: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))


def test_auto_takes_quarto_and_says_so(tmp_path: Path) -> None:
    done = briefing(small_project(tmp_path / "project"), "build", "--partner", "CUB")
    assert done.returncode == 0, done.stderr
    assert "Rendered by Quarto" in done.stdout


def test_both_pdfs_say_the_same(editions: dict[str, Path]) -> None:
    got = words(editions["quarto"] / "briefing.pdf")
    exp = words(editions["embedded"] / "briefing.pdf")
    assert got == exp


def test_both_pdfs_have_the_same_bookmarks(editions: dict[str, Path]) -> None:
    got, exp = (
        [item.title for item in PdfReader(editions[name] / "briefing.pdf").outline if not isinstance(item, list)] for name in editions
    )
    assert got == exp


def test_the_site_has_a_page_per_chapter(editions: dict[str, Path]) -> None:
    for name in ("index", "lao", "cub", "method", "register", "sources", "dictionary"):
        assert (editions["quarto"] / f"{name}.html").is_file()


def test_numbers_link_to_the_register_of_the_site(editions: dict[str, Path]) -> None:
    page = (editions["quarto"] / "lao.html").read_text("utf-8")
    targets = re.findall(r'href="[^"]*register\.html#(fact-[^"]+)"', page)
    rows = set(re.findall(r'id="(fact-[^"]+)"', (editions["quarto"] / "register.html").read_text("utf-8")))
    assert targets
    assert [target for target in targets if target not in rows] == []


def test_notebook_copies_point_into_the_site(editions: dict[str, Path]) -> None:
    page = (editions["quarto"] / "notebooks" / "LAO.html").read_text("utf-8")
    assert "../register.html#fact-" in page
    assert 'href="../lao.html"' in page


def test_no_page_of_the_site_loads_from_a_network(editions: dict[str, Path]) -> None:
    found = []
    for path in editions["quarto"].glob("*.html"):
        found += re.findall(r'<(?:script|link|img)\b[^>]*(?:src|href)="(https?:[^"]*)"', path.read_text("utf-8"))
    assert found == []
