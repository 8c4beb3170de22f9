"""A long book in volumes: who stands where, and where links lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.errors import RenderError
from helpers.render.apart import pdfs
from helpers.render.volumes import split

HEAD = "#let briefing(body) = body\n#show: body => briefing(\n  title: [T],\n  subtitle: [S],\n  body,\n)\n"
CHAPTERS = """= #number("number")[1]; In brief
<index>
#goto("bbb", "plain")[Betland]; #goto("fact-a", "fact")[7];
== More
<index-more>
More.
= #number("number")[2]; Alpland
<aaa>
#goto("fact-a", "fact")[7]; #goto("exhibit-b", "ref")[Figure 3.1];
== Trade
<aaa-trade>
Trade of Alpland.
= #number("number")[3]; Betland
<bbb>
#exhibit(id: "exhibit-b", kind: image)[x]
= #number("number")[4]; Evidence register
<register>
Told.
== Alpland
<register-aaa>
#anchor("fact-a"); row of Alpland
== Betland
<register-bbb>
#anchor("fact-b"); row of Betland
== Farland
<register-fff>
#anchor("fact-f"); row of Farland
= #number("number")[5]; Sources
<sources>
#anchor("source-s"); row
"""
TYPST = """#set document(title: "T")
#set text(lang: "en", font: "Source Sans Pro")
#let number(kind, body) = body
#let web(address, body) = link(address, body)
#let goto(id, kind, body) = link(label(id), body)
#let anchor(id) = [#metadata(id)#label(id)]
"""


def volumes(most: int = 1) -> dict[str, str]:
    return split(HEAD + CHAPTERS, most)


def test_a_book_within_the_limit_stays_as_it_is() -> None:
    got = volumes(2)
    assert got == {"briefing.pdf": HEAD + CHAPTERS}


def test_each_volume_holds_so_many_chapters() -> None:
    got = {
        name: [word for word in ("<index>", "<aaa>", "<aaa-trade>", "<bbb>", "<sources>") if word in text]
        for name, text in volumes().items()
    }
    exp = {"briefing.pdf": ["<index>", "<sources>"], "briefing-2.pdf": ["<aaa>", "<aaa-trade>"], "briefing-3.pdf": ["<bbb>"]}
    assert got == exp


def test_rows_of_the_register_stand_with_their_chapter() -> None:
    got = {
        name: [word for word in ("Told.", "Alpland\n", "Betland\n", "Farland\n") if (word if word == "Told." else f"row of {word}") in text]
        for name, text in volumes().items()
    }
    exp = {"briefing.pdf": ["Told.", "Farland\n"], "briefing-2.pdf": ["Told.", "Alpland\n"], "briefing-3.pdf": ["Told.", "Betland\n"]}
    assert got == exp


def test_a_link_within_a_volume_stays() -> None:
    assert '#goto("fact-a", "fact")[7];' in volumes()["briefing-2.pdf"]


def test_a_link_to_a_chapter_elsewhere_leads_to_its_file() -> None:
    assert '#web("briefing-3.pdf#bbb")[Betland];' in volumes()["briefing.pdf"]


@pytest.mark.parametrize(
    ("name", "exp"), [("briefing.pdf", '#web("index.html#fact-a")[7];'), ("briefing-2.pdf", '#web("index.html#exhibit-b")[')]
)
def test_a_link_to_a_row_or_an_exhibit_elsewhere_leads_to_the_page(name: str, exp: str) -> None:
    assert exp in volumes()[name]


def test_the_first_volume_lists_the_others_before_its_second_chapter() -> None:
    text = volumes()["briefing.pdf"]
    assert '- #web("briefing-3.pdf")[briefing-3.pdf]: Betland to Betland\n\n= #number("number")[4]; Evidence register' in text


def test_a_volume_says_on_its_cover_which_it_is() -> None:
    got = volumes()["briefing-2.pdf"].splitlines()[3]
    assert got == "  subtitle: [S #linebreak() Volume 2 of 3: Alpland to Alpland],"


def test_volumes_are_set_as_accessible_pdfs(stage: Path) -> None:
    found = pdfs(TYPST + CHAPTERS.replace('#exhibit(id: "exhibit-b", kind: image)[x]', '#anchor("exhibit-b")'), stage, 1)
    got = {}
    for name, content in found.items():
        (stage / name).write_bytes(content)
        pdf = PdfReader(stage / name)
        ua = "pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        got[name] = (ua, [mark.title for mark in pdf.outline if not isinstance(mark, list)])
    exp = {
        "briefing.pdf": (True, ["1 In brief", "4 Evidence register", "5 Sources"]),
        "briefing-2.pdf": (True, ["2 Alpland", "4 Evidence register"]),
        "briefing-3.pdf": (True, ["3 Betland", "4 Evidence register"]),
    }
    assert got == exp


def test_a_volume_that_typst_cannot_set_names_its_source(stage: Path) -> None:
    with pytest.raises(RenderError, match=r"Typst could not set a volume:\n(.|\n)*unknown variable: nonsense") as raised:
        pdfs(f"{TYPST}{CHAPTERS}#nonsense()\n", stage, 1)
    assert raised.value.where.endswith("briefing.typ")
