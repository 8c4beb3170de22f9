"""The page in a headless Chromium, opened from disk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
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
    """A browser whose pages may not complain, whatever the tests of this file do with them: the policy is one that all features pass."""
    complaints: list[str] = []
    with chromium() as running, pytest.MonkeyPatch.context() as patch:
        opening = running.new_page

        def watched(**options: Any) -> Page:
            page = opening(**options)
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        patch.setattr(running, "new_page", watched)
        yield running
    assert complaints == []


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


READ = """() => {
    const line = [...document.querySelectorAll("#lao p, #lao tr, #lao figcaption")].find((node) => node.getBoundingClientRect().top > 0);
    return [line.textContent, Math.round(line.getBoundingClientRect().top / 4)];
}"""


@pytest.mark.parametrize("way", ["a number", "a notebook", "a reload"])
def test_the_reader_comes_back_to_the_line_that_was_read(browser: Browser, edition: Path, way: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((edition / "index.html").as_uri())
    page.locator("nav a[href='#lao']").first.click()
    page.wait_for_timeout(600)
    page.mouse.move(900, 500)
    for _ in range(6):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(100)
    page.wait_for_timeout(600)
    exp = page.evaluate(READ)
    if way == "a reload":
        page.reload()
    else:
        page.evaluate("link => document.querySelector(link).click()", "#lao a.fact" if way == "a number" else "#lao .working a")
        page.wait_for_timeout(800)
        page.go_back()
    page.wait_for_timeout(800)
    got = page.evaluate(READ)
    page.close()
    assert got == exp


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


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_while_the_page_loads(browser: Browser, edition: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((edition / "index.html").as_uri())
    got = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            const watch = new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; });
            watch.observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 500);
        })"""
    )
    page.close()
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


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("#index .summary a.cite[href='#source-gacc-monthly']", ("General Administration of Customs", "official statistics", "A, ")),
        ("#index .summary a.claim", ("Verdict", "imprecise", "Better value", "Why")),
        ("#index p > a.ref[href='#exhibit-synthesis-ranks']", ("Figure 1.", "closest to China", "Median rank")),
    ],
)
def test_a_number_without_a_row_shows_its_source_its_claim_or_its_exhibit(fresh: Opened, link: str, words: tuple[str, ...]) -> None:
    page = fresh.page
    page.locator(link).first.scroll_into_view_if_needed()
    page.locator(link).first.hover()
    page.wait_for_selector("#number-card:popover-open")
    got = page.inner_text("#number-card")
    assert [word for word in words if word not in got] == []


def test_a_link_that_names_its_exhibit_has_no_card(fresh: Opened) -> None:
    fresh.page.locator("#index .summary a.ref").first.hover()
    fresh.page.wait_for_timeout(400)
    assert fresh.page.locator("#number-card").is_hidden()


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


def test_a_table_wider_than_a_phone_says_so(phone: Page) -> None:
    hint = "figure => getComputedStyle(figure.querySelector('figcaption'), '::after').content"
    assert "Swipe" in phone.locator("#exhibit-synthesis-measures").evaluate(hint)


def test_numbers_of_a_table_do_not_break_on_a_phone(phone: Page) -> None:
    got = phone.locator("#exhibit-synthesis-mirror-table td.right").last.evaluate("cell => getComputedStyle(cell).whiteSpace")
    assert got == "nowrap"


def test_an_event_on_a_phone_stands_under_its_date_without_a_name(phone: Page) -> None:
    cells = phone.locator("#exhibit-rus-timeline tbody tr").first.locator("td")
    assert cells.nth(1).evaluate("cell => getComputedStyle(cell, '::before').content") == "none"
    tops = "cells => cells.map((cell) => Math.round(cell.getBoundingClientRect().top))"
    event, kind, evidence = cells.evaluate_all(tops)[1:]
    assert event < kind == evidence


def test_a_chart_in_its_place_fits_a_phone(phone: Page) -> None:
    wide = """() => [...document.querySelectorAll("figure.exhibit > .chart")]
        .filter((chart) => chart.scrollWidth > chart.clientWidth || chart.querySelector("svg").clientWidth > chart.clientWidth)
        .map((chart) => chart.closest("figure").id)"""
    assert phone.evaluate(wide) == []


def test_a_head_on_a_phone_says_that_it_sorts(phone: Page) -> None:
    row = phone.locator("#exhibit-rus-law thead tr")
    assert row.evaluate("row => getComputedStyle(row, '::before').content") == '"Sort by"'


def test_a_head_that_cannot_sort_leaves_the_phone_to_the_labels_of_its_cells(phone: Page) -> None:
    few = "table.data:not(.sortable):not(:has(th.right + th.right)) thead"
    got = phone.eval_on_selector_all(few, "heads => heads.map((head) => head.offsetHeight)")
    assert got
    assert max(got) <= 1


WHOLE = "dialog.whole"


def open_whole(page: Page, key: str) -> None:
    page.evaluate("key => { location.hash = `#exhibit-${key}` }", key)
    page.wait_for_timeout(500)
    page.locator(f"#exhibit-{key} .chart").click(position={"x": 60, "y": 60})
    page.wait_for_selector(WHOLE)


def test_a_chart_opens_whole_on_a_phone(phone: Page) -> None:
    open_whole(phone, "rus-trade")
    fits = """() => {
        const chart = document.querySelector("dialog.whole svg").getBoundingClientRect();
        return [chart.left >= 0, chart.top >= 0, chart.right <= innerWidth, chart.bottom <= innerHeight, chart.height > chart.width];
    }"""
    assert phone.evaluate(fits) == [True] * 5


def test_letters_of_a_whole_chart_are_nine_pixels_and_more(phone: Page) -> None:
    least = """() => {
        const svg = document.querySelector("dialog.whole svg");
        const scale = parseFloat(svg.style.width) / svg.viewBox.baseVal.width;
        return Math.min(...[...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale));
    }"""
    for key in ("rus-trade", "synthesis-ranks", "synthesis-numbers", "rus-coal"):
        open_whole(phone, key)
        assert phone.evaluate(least) >= 8.99
        phone.keyboard.press("Escape")


def test_a_whole_chart_goes_back_to_its_place(phone: Page) -> None:
    before = phone.locator("#exhibit-rus-coal .chart").evaluate("chart => [chart.offsetHeight, chart.innerHTML]")
    open_whole(phone, "rus-coal")
    phone.keyboard.press("Escape")
    phone.wait_for_selector(WHOLE, state="detached")
    assert phone.locator("#exhibit-rus-coal .chart").evaluate("chart => [chart.offsetHeight, chart.innerHTML]") == before


def test_the_keyboard_opens_a_whole_chart_and_comes_back(phone: Page) -> None:
    button = phone.locator("#exhibit-rus-trade .see-whole")
    button.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_selector(WHOLE)
    phone.keyboard.press("Enter")  # on Close, which has the focus
    phone.wait_for_selector(WHOLE, state="detached")
    assert button.evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_search_stands_once_at_the_head(browser: Browser, edition: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((edition / "index.html").as_uri())
    shown = "buttons => buttons.filter((button) => button.offsetHeight).length"
    got = page.eval_on_selector_all("header .search-open, nav .search-open", shown)
    page.close()
    assert got == 1


def test_the_register_is_no_wider_than_a_tablet(browser: Browser, edition: Path) -> None:
    page = browser.new_page(viewport={"width": 768, "height": 1000})
    page.goto((edition / "index.html").as_uri() + "#register-rus")
    page.wait_for_timeout(500)
    got = page.locator("#exhibit-register-rus .table-scroll").evaluate("box => box.scrollWidth - box.clientWidth")
    page.close()
    assert got <= 0


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
    assert got.startswith(f"{shown:,} of ")


def test_a_choice_that_no_fact_fits_says_so(browser: Browser, edition: Path) -> None:
    page = browser.new_page()
    page.goto((edition / "index.html").as_uri() + "#register?partner=CUB&dimension=energy&kind=legal+status&grade=A")
    assert page.evaluate(SHOWN) == []
    assert page.inner_text("form.filter .status").startswith("No fact")
    page.close()


def test_the_contents_pass_over_what_a_choice_hides(fresh: Opened) -> None:
    page = fresh.page
    page.evaluate("() => { location.hash = '#register?partner=IRN' }")
    page.wait_for_timeout(500)
    page.locator("#register-irn").scroll_into_view_if_needed()
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(500)
    assert page.locator("nav a[aria-current]").get_attribute("href") == "#register-irn"


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


def test_the_head_of_a_long_table_stays_in_sight_and_hides_no_focus(fresh: Opened) -> None:
    page = fresh.page
    page.evaluate("() => { location.hash = '#register-rus' }")
    page.wait_for_timeout(500)
    page.evaluate("() => [...document.querySelectorAll('#exhibit-register-rus tbody a')][40].focus()")
    page.wait_for_timeout(300)
    edges = """() => {
        const head = document.querySelector("#exhibit-register-rus thead th").getBoundingClientRect();
        return [[head.top, head.bottom], document.activeElement.getBoundingClientRect().top];
    }"""
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        (top, bottom), focused = page.evaluate(edges)
        assert top >= 0
        assert focused >= bottom


def test_words_find_rows_of_a_long_table(fresh: Opened) -> None:
    page = fresh.page
    page.fill("#rows-exhibit-rus-verdicts", "Gas SIBERIA")
    rows = page.locator("#exhibit-rus-verdicts tbody tr:visible")
    got = [text for text in rows.all_inner_texts() if "siberia" not in text.lower() or "gas" not in text.lower()]
    assert rows.count() > 0
    assert got == []
    assert page.inner_text("#exhibit-rus-verdicts .rows .status") == f"{rows.count()} of 95"


def test_a_link_to_a_row_that_words_hide_brings_it_back(fresh: Opened) -> None:
    page = fresh.page
    page.fill("#rows-exhibit-sources-list", "no such words")
    assert page.locator("#source-gacc-monthly").is_hidden()
    page.evaluate("() => { location.hash = '#source-gacc-monthly' }")
    page.wait_for_timeout(500)
    assert page.locator("#source-gacc-monthly").is_visible()


def test_an_exhibit_has_an_address_of_its_own(fresh: Opened) -> None:
    page = fresh.page
    page.locator("#exhibit-rus-trade figcaption a.here").click()
    assert page.url.endswith("#exhibit-rus-trade")


def test_a_chart_is_saved_as_svg(fresh: Opened) -> None:
    page = fresh.page
    with page.expect_download() as waiting:
        page.locator("figure.exhibit.figure button.svg").first.click()
    text = waiting.value.path().read_text("utf-8")
    assert waiting.value.suggested_filename.endswith(".svg")
    assert text.startswith("<?xml")
    assert "var(--c" not in text
    ElementTree.fromstring(text)


def test_a_table_is_saved_as_csv_row_by_row(fresh: Opened) -> None:
    page = fresh.page
    table = page.locator("#exhibit-synthesis-mirror-table")
    with page.expect_download() as waiting:
        table.locator("button.csv").click()
    with waiting.value.path().open(encoding="utf-8", newline="") as file:
        got = list(csv.reader(file))
    assert waiting.value.suggested_filename == "synthesis-mirror-table.csv"
    assert got[0][0] == "Partner"
    assert [row[0] for row in got[1:]] == table.locator("tbody td:first-child").all_inner_texts()


def test_a_long_name_of_an_outlet_leaves_the_notes_of_the_register_their_room(fresh: Opened) -> None:
    fresh.page.evaluate("() => { location.hash = '#register' }")
    widths = "head => [...head.cells].slice(-2).map((cell) => cell.offsetWidth)"
    source, note = fresh.page.locator("#register thead tr").first.evaluate(widths)
    assert source < note


def test_columns_of_a_list_of_sources_begin_at_one_height(fresh: Opened) -> None:
    tops = """list => {
        const boxes = [...list.querySelectorAll("li")].map((item) => item.getBoundingClientRect());
        const left = Math.min(...boxes.map((box) => box.left));
        return [boxes.filter((box) => box.left === left), boxes.filter((box) => box.left > left)].map((side) => side[0].top);
    }"""
    first, second = fresh.page.locator("#lao .sources-list ul").evaluate(tops)
    assert first == pytest.approx(second, abs=1)


def test_every_chapter_of_a_partner_links_to_its_notebook(fresh: Opened, edition: Path) -> None:
    got = fresh.page.eval_on_selector_all(".working a", "links => links.map((link) => link.getAttribute('href'))")
    assert len(got) == 24
    assert [path for path in got if not (edition / path).is_file()] == []
