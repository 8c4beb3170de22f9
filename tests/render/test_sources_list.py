"""The list of sources at a chapter's end: its columns are equally long, and its last page is not nearly empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import typst

from helpers.charts.faces import font_files

EXTENSION = Path(__file__).parents[2] / "report" / "_extensions" / "briefing"
LINE = 10.5  # points an entry of one line takes, at most
Place = tuple[int, int, float]  # page, column, points from the top
SetList = Callable[[int, int], list[Place]]


@pytest.fixture
def set_list(tmp_path: Path) -> SetList:
    """Where the entries of a list stand that begins so many millimetres below the top of the text."""
    parts = [(EXTENSION / name).read_text("utf-8") for name in ("typst-template.typ", "page.typ")]
    for path in font_files():
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def run(count: int, above: int) -> list[Place]:
        entries = "\n".join(f"- Entry-{number} of a source" for number in range(count))
        heading = "#show heading.where(level: 2): it => block(above: 0pt, below: 9pt, sticky: true, it.body)\n== Head-ing"
        source = "\n".join((*parts, f"#v({above}mm)", heading, "", f"#sources-list[\n{entries}\n]"))
        (tmp_path / "list.typ").write_text(source, "utf-8")
        pdf = pypdfium2.PdfDocument(typst.compile(str(tmp_path / "list.typ"), font_paths=[str(tmp_path)], ignore_system_fonts=True))
        found: dict[str, Place] = {}
        for number, page in enumerate(pdf):
            text = page.get_textpage()
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                if name := re.search(r"(Entry|Head)-\w+", text.get_text_bounded(left, bottom, right, top)):
                    found[name[0]] = (number, int(left > page.get_width() / 2), page.get_height() - top)
        heads = [found["Head-ing"]]
        return heads + [found[f"Entry-{number}"] for number in range(count)]

    return run


def columns(places: list[Place]) -> dict[tuple[int, int], int]:
    """How many entries stand in each column of each page."""
    found: dict[tuple[int, int], int] = {}
    for page, column, _ in places[1:]:
        found[page, column] = found.get((page, column), 0) + 1
    return found


@pytest.mark.parametrize("count", [2, 7, 20, 41])
def test_columns_of_a_list_on_one_page_are_equally_long(set_list: SetList, count: int) -> None:
    got = columns(set_list(count, 20))
    assert got == {(0, 0): -(-count // 2), (0, 1): count // 2}


def test_columns_of_the_last_page_are_equally_long(set_list: SetList) -> None:
    got = columns(set_list(190, 20))
    assert [abs(got[page, 0] - got[page, 1]) <= 1 for page in (0, 1)] == [True, True]


def test_entries_keep_their_order_through_columns_and_pages(set_list: SetList) -> None:
    got = set_list(190, 20)
    assert got == sorted(got)


def test_a_list_just_too_long_for_its_page_is_set_tighter(set_list: SetList) -> None:
    full = next(count for count in range(100, 160) if len(columns(set_list(count, 60))) > 2) - 1
    loose, tight = (places[2][2] - places[1][2] for places in (set_list(20, 60), set_list(full, 60)))
    assert (tight < loose, 2 * (247 - 60) / 25.4 * 72 / loose < full) == (True, True)


@pytest.mark.parametrize("above", [150, 180, 195])
def test_no_last_page_is_nearly_empty(set_list: SetList, above: int) -> None:
    got = {}
    for count in range(50, 100, 2):
        places = set_list(count, above)
        last = [top for page, _, top in places if page == 1]
        if last:
            got[count] = max(last) - min(last)
    assert got and min(got.values()) > (842 - 71 - 65) / 4 - 2 * LINE


def test_a_heading_takes_the_list_along_where_only_its_first_lines_had_room(set_list: SetList) -> None:
    got = [place[0] for place in set_list(10, 230)]
    assert got == [1] * 11
