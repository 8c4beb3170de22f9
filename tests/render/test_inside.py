"""Links inside the PDF: they lead where Typst itself would lead them, and a target that is missing is told."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from helpers.errors import RenderError
from helpers.render.compress import packed
from helpers.render.inside import SCHEME, Position, join, targets
from helpers.render.pdf import compile_pdf

HEAD = """#set document(title: "T")
#set text(lang: "en")
#set page(width: 300pt, height: 200pt)
#let later = "targets" in sys.inputs
#let goto(id, kind, body) = link(if later { "inside:" + id } else { label(id) }, body)
#let anchor(id) = [#metadata(id)#label(id)]
"""
BODY = """= First
See #goto("fact-a", "fact")[7] and #goto("top", "plain")[above]; #link("https://example.org")[elsewhere].
#pagebreak()
#anchor("top")= Second
#v(60pt)
#anchor("fact-a") row
"""


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    return tmp_path


def links(content: bytes) -> list[tuple[int, float, float, str] | str]:
    """Page, place and description of each link inside; the address of any other."""
    found: list[tuple[int, float, float, str] | str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        place = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                end = link.get("/Dest")
                if end is None:
                    found.append(str(link.A.URI))
                else:
                    found.append((place[end[0].objgen], round(float(end[2]), 3), round(float(end[3]), 3), str(link.Contents)))
    return found


def test_links_lead_where_typst_leads_them(stage: Path) -> None:
    got = links(packed(*compile_pdf(HEAD + BODY, stage)))
    exp = links(compile_pdf(HEAD.replace('"targets" in sys.inputs', "false") + BODY, stage)[0])
    assert (got, len(got)) == (exp, 3)


def test_each_target_is_asked_for_once() -> None:
    got = targets('#goto("b", "fact")[1] #goto("a", "ref")[2] #goto("b", "plain")[3]')
    assert got == ["a", "b"]


def test_a_missing_target_is_told(stage: Path) -> None:
    with pytest.raises(RenderError, match="<nowhere>` does not exist"):
        compile_pdf(HEAD + '#goto("nowhere", "fact")[x]', stage)


def test_an_address_that_only_looks_like_a_target_stays(stage: Path) -> None:
    pdf, _ = compile_pdf(HEAD + f'#link("{SCHEME}else")[x]', stage)
    got = links(packed(pdf, [Position("fact-a", 1, 0, 0)]))
    assert got == [f"{SCHEME}else"]


def test_a_target_at_the_top_of_a_page_opens_the_page(stage: Path) -> None:
    with pikepdf.open(io.BytesIO(compile_pdf(HEAD + f'#link("{SCHEME}a")[x]', stage)[0])) as pdf:
        join(pdf, [Position("a", 1, 5.0, 4.0)])
        got = [float(part) for part in pdf.pages[0].Annots[0].Dest[2:4]]
    assert got == [5.0, 200.0]
