"""axe-core finds nothing against WCAG 2.2 AA; the page stands large text, forced colours and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.chromium import ABSENT, CHROMIUM, chromium

AXE = Path(__file__).parent / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FACT = "lao-rail-pax-2025-12-02"
NUMBER = f"main a.fact[data-fact='{FACT}']"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("edition"),
    pytest.mark.skipif(CHROMIUM is None, reason=ABSENT),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def short(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with the first rows only of its long tables: axe looks at each cell, and a thousand rows are like the first six."""
    page = (edition / "index.html").read_text("utf-8")

    def first_rows(found: re.Match[str]) -> str:
        rows = re.findall(r"<tr\b.*?</tr>\n?", found[2], flags=re.DOTALL)
        return found[1] + "".join(row for place, row in enumerate(rows) if place < 6 or f'id="fact-{FACT}"' in row) + "</tbody>"

    cut = re.sub(r"(<tbody>\n)(.*?)</tbody>", first_rows, page, flags=re.DOTALL)
    path = tmp_path_factory.mktemp("short") / "index.html"
    path.write_text(cut, "utf-8")
    return path.as_uri()


def violations(page: Page) -> list[str]:
    page.add_style_tag(content=".scripted main * { content-visibility: visible !important }")  # axe sees what is laid out
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })", TAGS
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in result["violations"] for node in rule["nodes"][:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_axe_finds_no_violation(browser: Browser, short: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(short)
    got = violations(page)
    page.close()
    assert got == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_search_and_card(browser: Browser, short: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page.goto(short)
    page.locator(NUMBER).first.hover()
    page.wait_for_selector("#number-card:popover-open")
    got = violations(page)
    page.keyboard.press("/")
    page.keyboard.type("railway")
    page.wait_for_selector(".results li")
    got += violations(page)
    page.close()
    assert got == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_whole_chart(browser: Browser, short: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page.goto(short)
    page.locator("#exhibit-rus-trade .see-whole").click()
    page.wait_for_selector("dialog.whole")
    got = violations(page)
    page.close()
    assert got == []


@pytest.mark.parametrize("width", [1024, 1440])
def test_text_of_twice_the_size_still_fits(browser: Browser, edition: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((edition / "index.html").as_uri())
    page.add_style_tag(content=":root { font-size: 200% }")
    got = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert got <= 0


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_table_is_cut_off_where_it_cannot_be_scrolled(browser: Browser, edition: Path, size: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 800})
    page.goto((edition / "index.html").as_uri())
    page.add_style_tag(content=f":root {{ font-size: {size} }} .scripted main * {{ content-visibility: visible !important }}")
    cut = """() => [...document.querySelectorAll(".table-scroll")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "visible")
        .map((box) => box.closest("figure").id)"""
    got = page.evaluate(cut)
    page.close()
    assert got == []


def test_forced_colours_keep_pills_and_boxes_apart(browser: Browser, edition: Path) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto((edition / "index.html").as_uri())
    got = page.locator(".verdict").first.evaluate("node => getComputedStyle(node).borderTopStyle + getComputedStyle(node).borderTopWidth")
    page.close()
    assert got == "solid1px"


def test_print_shows_the_text_and_no_tools(browser: Browser, edition: Path) -> None:
    page = browser.new_page()
    page.goto((edition / "index.html").as_uri())
    page.emulate_media(media="print")
    got = {
        name: page.locator(name).first.is_visible() for name in ("main h2", ".search-open", "form.filter", "nav#contents", "button.theme")
    }
    page.close()
    assert got == {"main h2": True, ".search-open": False, "form.filter": False, "nav#contents": False, "button.theme": False}


def test_paper_has_the_addresses_of_sources_and_the_head_of_a_table_on_each_page(browser: Browser, edition: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto((edition / "index.html").as_uri())
    page.emulate_media(media="print")
    link = page.locator("#exhibit-sources-list td a[href^='http']").first
    assert str(link.get_attribute("href")) in link.evaluate("link => getComputedStyle(link, '::after').content")
    # Chromium paints no button in a head that it repeats
    assert page.locator("#exhibit-sources-list th button").first.evaluate("button => getComputedStyle(button).display") == "contents"
    assert page.locator("#exhibit-sources-list thead").evaluate("head => getComputedStyle(head).breakInside") == "avoid"
    page.close()


def test_numbers_and_controls_are_large_enough_to_tap(browser: Browser, edition: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((edition / "index.html").as_uri())
    small = """() => [...document.querySelectorAll("button, select, input")]
        .filter((node) => node.offsetHeight && node.offsetHeight < 24)
        .map((node) => node.className || node.id)"""
    got = [name for name in page.evaluate(small) if name]
    page.close()
    assert got == []
