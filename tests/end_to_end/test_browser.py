"""The page in a headless Chromium, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.chromium import ABSENT, CHROMIUM, chromium

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


class Opened:
    """The page, with what it asked for and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture(scope="module")
def opened(browser: Browser, edition: Path) -> Iterator[Opened]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    found = Opened(page)
    page.goto((edition / "index.html").as_uri())
    page.wait_for_load_state("load")
    yield found
    page.close()


def test_the_page_asks_for_nothing_but_itself(opened: Opened) -> None:
    got = [url for url in opened.requests if not url.startswith(("file:", "data:"))]
    assert got == []


def test_the_page_does_not_complain(opened: Opened) -> None:
    assert opened.complaints == []


def test_a_number_leads_to_its_register_row(opened: Opened) -> None:
    page = opened.page
    page.locator("main a.fact[data-fact='lao-rail-pax-2025-12-02']").first.click()
    page.wait_for_timeout(500)
    assert page.url.endswith("#fact-lao-rail-pax-2025-12-02")
    top = "node => { const top = node.closest('tr').getBoundingClientRect().top; return top >= 0 && top < innerHeight }"
    assert page.locator("#fact-lao-rail-pax-2025-12-02").evaluate(top)


def test_the_contents_lead_to_a_chapter(opened: Opened) -> None:
    page = opened.page
    page.locator("nav a[href='#irn']").first.click()
    page.wait_for_timeout(500)
    assert page.url.endswith("#irn")
    near = "node => { const top = node.getBoundingClientRect().top; return top > -5 && top < innerHeight / 2 }"
    assert page.locator("#irn").evaluate(near)


def test_the_keyboard_reaches_the_skip_link_first(opened: Opened) -> None:
    page = opened.page
    page.evaluate("() => { history.replaceState(null, '', location.pathname); document.activeElement.blur(); scrollTo(0, 0) }")
    page.reload()
    page.keyboard.press("Tab")
    got = page.evaluate("() => document.activeElement.getAttribute('href')")
    assert got.startswith("#")
    assert "main" in got or "content" in got


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(browser: Browser, edition: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto((edition / "index.html").as_uri())
    got = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert got <= 0


def test_light_and_dark_differ(browser: Browser, edition: Path) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((edition / "index.html").as_uri())
        grounds.add(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert len(grounds) == 2


def test_the_page_reads_without_script(browser: Browser, edition: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((edition / "index.html").as_uri())
    assert page.locator("#lao").count() == 1
    context.close()


@pytest.fixture
def fresh(browser: Browser, edition: Path) -> Iterator[Opened]:
    """A page of one's own, to type and click in."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    found = Opened(page)
    page.goto((edition / "index.html").as_uri())
    yield found
    page.close()


def test_nothing_moves_while_the_page_loads(fresh: Opened) -> None:
    got = fresh.page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            const watch = new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; });
            watch.observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 500);
        })"""
    )
    assert got < 0.01


def test_the_page_is_smaller_than_eight_megabytes(edition: Path) -> None:
    assert (edition / "index.html").stat().st_size < 8_000_000


def test_a_slash_opens_the_search(fresh: Opened) -> None:
    fresh.page.keyboard.press("/")
    assert fresh.page.evaluate("() => document.activeElement.id") == "search-words"


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector("dialog.search .results li")


def test_search_finds_rows_of_the_register(fresh: Opened) -> None:
    search(fresh.page, "railway passengers")
    got = fresh.page.eval_on_selector_all(".results a", "links => links.map((link) => link.hash)")
    assert "#fact-lao-rail-pax-2025-12-02" in got


def test_results_name_their_section(fresh: Opened) -> None:
    search(fresh.page, "railway passengers")
    got = fresh.page.locator(".results .trail").all_inner_texts()
    assert any(text.endswith("Laos") for text in got)


def test_search_bears_a_slip_of_the_pen(fresh: Opened) -> None:
    search(fresh.page, "comprehensve stratgic")
    assert fresh.page.locator(".results li").count() > 0


def test_a_result_leads_to_its_place(fresh: Opened) -> None:
    search(fresh.page, "railway passengers")
    link = fresh.page.locator(".results a").first
    target = link.get_attribute("href")
    link.click()
    assert fresh.page.url.endswith(str(target))
    assert fresh.page.locator("dialog.search").is_hidden()


def test_the_arrows_walk_through_the_results(fresh: Opened) -> None:
    search(fresh.page, "railway passengers")
    fresh.page.keyboard.press("ArrowDown")
    fresh.page.keyboard.press("ArrowDown")
    got = fresh.page.evaluate("() => [...document.querySelectorAll('.results a')].indexOf(document.activeElement)")
    assert got == 1


def test_escape_closes_the_search(fresh: Opened) -> None:
    search(fresh.page, "railway")
    fresh.page.keyboard.press("Escape")
    assert fresh.page.locator("dialog.search").is_hidden()


def test_words_that_are_markup_stay_words(fresh: Opened) -> None:
    fresh.page.keyboard.press("/")
    fresh.page.keyboard.type("<img src=x> (")
    fresh.page.wait_for_timeout(1200)
    assert fresh.page.locator("dialog.search img").count() == 0
    assert fresh.complaints == []


NUMBER = "main a.fact[data-fact='lao-rail-pax-2025-12-02']"


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_number_shows_what_it_rests_on(fresh: Opened, way: str) -> None:
    page = fresh.page
    link = page.locator(NUMBER).first
    link.scroll_into_view_if_needed()
    if way == "hover":
        link.hover()
    else:
        page.keyboard.press("Tab")  # the page knows then that the reader uses the keyboard
        link.focus()
    page.wait_for_selector("#number-card:popover-open")
    got = page.inner_text("#number-card")
    assert [word for word in ("62.5 million", "2 December 2025", "cumulative", "grade C", "high") if word not in got] == []


def test_the_card_describes_its_number_and_leaves_with_escape(fresh: Opened) -> None:
    page = fresh.page
    page.locator(NUMBER).first.hover()
    page.wait_for_selector("#number-card:popover-open")
    assert page.locator(NUMBER).first.get_attribute("aria-describedby") == "number-card"
    page.keyboard.press("Escape")
    assert page.locator("#number-card").is_hidden()
    assert page.locator(NUMBER).first.get_attribute("aria-describedby") is None


def test_the_card_stays_in_the_window(fresh: Opened) -> None:
    page = fresh.page
    page.set_viewport_size({"width": 360, "height": 700})
    page.locator(NUMBER).first.hover()
    page.wait_for_selector("#number-card:popover-open")
    page.wait_for_timeout(200)
    box = page.locator("#number-card").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_the_first_tap_shows_and_the_second_follows(browser: Browser, edition: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((edition / "index.html").as_uri())
    page.locator(NUMBER).first.tap()
    page.wait_for_selector("#number-card:popover-open")
    assert "#fact-" not in page.url
    page.locator(NUMBER).first.tap()
    assert page.url.endswith("#fact-lao-rail-pax-2025-12-02")
    context.close()


@pytest.fixture
def phone(browser: Browser, edition: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((edition / "index.html").as_uri())
    yield page
    page.close()


def test_a_table_of_words_fits_a_phone(phone: Page) -> None:
    wide = """() => [...document.querySelectorAll("figure.exhibit.table:not(.register) .table-scroll")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.querySelectorAll("th.right").length < 2)
        .map((box) => box.closest("figure").id)"""
    assert phone.evaluate(wide) == []


def test_a_cell_on_a_phone_names_its_column(phone: Page) -> None:
    got = phone.locator("#exhibit-lao-law tbody tr").first.locator("td").nth(2)
    assert got.get_attribute("data-label") == "Obliges to"
    assert got.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Obliges to: "'


def test_the_name_of_a_row_of_numbers_stays_in_sight_on_a_phone(phone: Page) -> None:
    box = phone.locator("#exhibit-synthesis-measures .table-scroll")
    box.evaluate("box => { box.scrollLeft = 200 }")
    left = "cell => cell.getBoundingClientRect().left"
    assert box.locator("tbody td").first.evaluate(left) >= box.evaluate(left)


def test_a_chart_wider_than_a_phone_says_so(phone: Page) -> None:
    hint = "figure => getComputedStyle(figure.querySelector('figcaption'), '::after').content"
    assert "Swipe" in phone.locator("#exhibit-synthesis-mirror-years").evaluate(hint)


SHOWN = "() => [...document.querySelectorAll('figure.register tr[data-partner]')].filter((row) => !row.hidden).map((row) => row.dataset)"


def test_the_address_filters_the_register(browser: Browser, edition: Path) -> None:
    page = browser.new_page()
    page.goto((edition / "index.html").as_uri() + "#register?partner=LAO&kind=actual")
    got = {(row["partner"], row["kind"]) for row in page.evaluate(SHOWN)}
    page.close()
    assert got == {("LAO", "actual")}


def test_a_choice_is_kept_in_the_address(fresh: Opened) -> None:
    page = fresh.page
    page.select_option("#filter-partner", "CUB")
    page.select_option("#filter-grade", "A")
    assert page.url.endswith("#register?partner=CUB&grade=A")
    got = {(row["partner"], row["grade"]) for row in page.evaluate(SHOWN)}
    assert got == {("CUB", "A")}


@pytest.mark.parametrize("field", ["partner", "dimension", "kind", "grade", "confidence", "verdict"])
def test_each_filter_counts_what_it_shows(fresh: Opened, field: str) -> None:
    page = fresh.page
    page.select_option(f"#filter-{field}", index=1)
    shown = len(page.evaluate(SHOWN))
    got = page.inner_text("form.filter .status")
    assert shown > 0
    assert got.startswith(f"{shown} of ")


def test_a_link_to_a_hidden_row_brings_it_back(fresh: Opened) -> None:
    page = fresh.page
    page.select_option("#filter-partner", "CUB")
    page.evaluate("() => { location.hash = '#fact-lao-rail-pax-2025-12-02' }")
    page.wait_for_timeout(300)
    assert page.locator("#fact-lao-rail-pax-2025-12-02").is_visible()


def test_a_table_sorts_by_value(fresh: Opened) -> None:
    page = fresh.page
    table = page.locator("figure.register table").first
    button = table.locator("th button", has_text="Period")
    button.click()
    page.wait_for_timeout(300)
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    keys = table.evaluate("(table) => [...table.tBodies[0].rows].map((row) => Number(row.cells[2].dataset.sort))")
    assert keys == sorted(keys)


def test_the_keyboard_sorts_a_table(fresh: Opened) -> None:
    page = fresh.page
    button = page.locator("figure.register table").first.locator("th button").first
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    got = page.locator("figure.register table").first.locator("th").first.get_attribute("aria-sort")
    assert got == "descending"


def test_a_chart_is_saved_as_svg(fresh: Opened) -> None:
    page = fresh.page
    with page.expect_download() as waiting:
        page.locator("figure.exhibit.figure button.svg").first.click()
    text = waiting.value.path().read_text("utf-8")
    assert waiting.value.suggested_filename.endswith(".svg")
    assert text.startswith("<?xml")
    assert "var(--c" not in text
    ElementTree.fromstring(text)


def test_every_chapter_of_a_partner_links_to_its_notebook(fresh: Opened, edition: Path) -> None:
    got = fresh.page.eval_on_selector_all(".working a", "links => links.map((link) => link.getAttribute('href'))")
    assert len(got) == 24
    assert [path for path in got if not (edition / path).is_file()] == []
