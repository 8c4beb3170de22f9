"""The page in a headless Chromium, opened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("edition"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH; install it (apt-get install chromium)"),
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


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
    page.wait_for_timeout(2500)
    assert page.url.endswith("#fact-lao-rail-pax-2025-12-02")
    top = "node => { const top = node.closest('tr').getBoundingClientRect().top; return top >= 0 && top < innerHeight }"
    assert page.locator("#fact-lao-rail-pax-2025-12-02").evaluate(top)


def test_the_contents_lead_to_a_chapter(opened: Opened) -> None:
    page = opened.page
    page.locator("nav a[href='#irn']").first.click()
    page.wait_for_timeout(2500)
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
