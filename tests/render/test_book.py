"""What a staged book must hold before it is rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import RenderError
from helpers.render.book import chapter_names, check, read_book
from helpers.render.fonts import check_glyphs, stylesheet


def append(stage: Path, name: str, text: str) -> None:
    path = stage / name
    path.write_text(path.read_text("utf-8") + "\n\n" + text + "\n", "utf-8")


def test_chapters_inside_parts_are_read_in_order() -> None:
    got = chapter_names(["index.qmd", {"part": "Partners", "chapters": ["a.qmd", "b.qmd"]}, {"file": "c.qmd"}])
    exp = ["index.qmd", "a.qmd", "b.qmd", "c.qmd"]
    assert got == exp


def test_a_whole_book_passes(stage: Path) -> None:
    check(read_book(stage))


def test_a_link_that_leads_nowhere_is_named_with_its_line(stage: Path) -> None:
    append(stage, "index.qmd", "[x](register.qmd#fact-none)")
    with pytest.raises(RenderError, match=r"index\.qmd:\d+: the link to register\.qmd#fact-none leads nowhere"):
        check(read_book(stage))


def test_a_link_of_a_row_of_data_that_leads_nowhere_is_refused(stage: Path) -> None:
    append(
        stage,
        "register.qmd",
        '```{.rows}\n{"id":"fact-z","data":{},"cells":[[{"kind":"cite","text":"x","page":"index.qmd","to":"none"}]]}\n```',
    )
    with pytest.raises(RenderError, match=r"register\.qmd:\d+: the link to index\.qmd#none leads nowhere"):
        check(read_book(stage))


def test_a_row_of_data_has_an_id_that_links_can_lead_to(stage: Path) -> None:
    append(stage, "register.qmd", '```{.rows}\n{"id":"fact-z","data":{},"cells":[["x"]]}\n```')
    append(stage, "index.qmd", "[x](register.qmd#fact-z)")
    check(read_book(stage))


def test_all_findings_come_at_once(stage: Path) -> None:
    append(stage, "index.qmd", "[x](none.qmd#y) ![](figures/none.svg) []{#alp}")
    with pytest.raises(RenderError) as raised:
        check(read_book(stage))
    got = [part in str(raised.value) for part in ("none.qmd#y leads nowhere", "no image figures/none.svg", 'the id "alp" is also')]
    assert got == [True] * 3


def test_a_link_written_as_text_is_no_link(stage: Path) -> None:
    append(stage, "index.qmd", r"\[x\]\(none.qmd\#y\)")
    check(read_book(stage))


def test_a_missing_chapter_is_named(stage: Path) -> None:
    (stage / "alp.qmd").unlink()
    with pytest.raises(RenderError, match=r"alp\.qmd"):
        read_book(stage)


def test_a_folder_without_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"_quarto\.yml"):
        read_book(tmp_path)


def test_a_character_that_the_fonts_lack_is_named_with_its_place(stage: Path) -> None:
    append(stage, "alp.qmd", "中")
    with pytest.raises(RenderError, match=r"alp\.qmd:\d+: 中 \(U\+4E2D\)"):
        check_glyphs(read_book(stage))


def test_cyrillic_titles_can_be_set(stage: Path) -> None:
    append(stage, "alp.qmd", "Ведомости")
    check_glyphs(read_book(stage))


def test_fonts_travel_inside_the_stylesheet(stage: Path) -> None:
    got = stylesheet(read_book(stage))
    assert got.count("@font-face") == got.count("url(data:font/woff2;base64,")
    assert "http" not in got
