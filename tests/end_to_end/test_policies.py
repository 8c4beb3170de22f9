"""Every page runs under its policy from disk, with all that it offers, and nothing else runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.chromium import ABSENT, CHROMIUM, chromium
from tests.end_to_end.projects import briefing, small_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("policies"),
    pytest.mark.skipif(CHROMIUM is None, reason=ABSENT),
]
ENGINES = [
    "embedded",
    pytest.param("quarto", marks=pytest.mark.skipif(shutil.which("quarto") is None, reason="quarto is not on the PATH")),
]
ADDED = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.ran = true'>");
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of a project of one partner, by each engine."""
    folder = small_project(tmp_path_factory.mktemp(request.param), ("CUB",))
    done = briefing(folder, "build", "--engine", request.param)
    assert done.returncode == 0, done.stderr
    return folder / "report" / "_output"


def visit(browser: Browser, path: Path) -> tuple[Page, list[str]]:
    """A page, and what it complains of from now on."""
    page, said = browser.new_page(viewport={"width": 1440, "height": 900}), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    return page, said


def test_no_page_complains(browser: Browser, built: Path) -> None:
    got = {}
    for path in sorted(built.rglob("*.html")):
        page, said = visit(browser, path)
        page.wait_for_timeout(200)
        got[path.relative_to(built).as_posix()] = said
        page.close()
    assert len(got) >= 3
    assert {name: said for name, said in got.items() if said} == {}


def test_what_is_added_to_a_page_does_not_run(browser: Browser, built: Path) -> None:
    got = {}
    for path in sorted(built.rglob("*.html")):
        page, _ = visit(browser, path)
        page.evaluate(ADDED)
        page.wait_for_timeout(200)
        got[path.name] = page.evaluate("window.ran")
        page.close()
    assert got == dict.fromkeys(got)


def test_the_scripts_of_the_site_run_from_disk(browser: Browser, built: Path) -> None:
    if not (built / "site_libs").is_dir():
        pytest.skip("one page, which has tests of its own")
    page, _ = visit(browser, built / "cub.html")
    page.locator("nav#TOC a").nth(2).click()
    page.wait_for_timeout(500)
    assert page.locator("nav#TOC a.active").count() > 0  # by the script that was a module
    before = page.evaluate("document.body.className")
    page.locator("a.quarto-color-scheme-toggle").first.click()  # by an attribute of the element
    assert page.evaluate("document.body.className") != before
    page.close()
