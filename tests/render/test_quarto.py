"""The Quarto engine on the same stage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.errors import RenderError
from helpers.render import render
from helpers.render.choice import OLDEST, quarto_version

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif((quarto_version() or (0,)) < OLDEST, reason="Quarto 1.9 or newer is not on the PATH"),
]


def words(path: Path) -> list[str]:
    return " ".join(page.extract_text() for page in PdfReader(path).pages).split()


def test_quarto_gives_the_same_pdf_and_a_site(stage: Path, tmp_path: Path, out: Path) -> None:
    site = tmp_path / "site"
    render(stage, site, "quarto")
    got = words(site / "briefing.pdf")
    exp = words(out / "briefing.pdf")
    assert got == exp
    page = (site / "alp.html").read_text("utf-8")
    assert 'register.html#fact-alp-trade" class="fact" data-fact="alp-trade"' in page
    assert '<tr id="fact-alp-trade">' in (site / "register.html").read_text("utf-8")
    assert re.findall(r"""<(?:script|link|img)[^>]+(?:src|href)=["']https?:""", page) == []
    assert (site / "figures" / "trade.svg").is_file()


def test_what_quarto_says_is_kept_in_the_error(stage: Path, tmp_path: Path) -> None:
    (stage / "_extensions" / "briefing" / "typst-template.typ").write_text("#nonsense()\n", "utf-8")
    with pytest.raises(RenderError, match="nonsense"):
        render(stage, tmp_path / "out", "quarto")
