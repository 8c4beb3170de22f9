"""Key pages as pictures: a small book with every construct, compared with a tolerance; `make pictures` renews the references.

The small book, not the real one: its words do not change with the data, so a difference is one of design.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser

from helpers.render import render
from tests.end_to_end.chromium import ABSENT, CHROMIUM, chromium
from tests.render.conftest import write_stage

PICTURES = Path(__file__).parent / "pictures"
SHARE = 0.01  # of the points may differ clearly; anti-aliasing and font engines differ a little
CLEARLY = 48  # of 255
KEYS = "\n\n".join(
    f'::: {{.key}}\n[{value}](register.qmd#fact-alp-trade){{.fact data-fact="alp-trade"}}\n\n{label}\n\n2024 · actual\n:::'
    for value, label in (("USD 25.5 bn", "Goods trade"), ("53%", "Share of debt"), ("16 Mt", "Freight"))
)
MORE = f"""
:::: {{.glance}}
{KEYS}
::::

::: {{.caveat}}
**A caveat.** The two ledgers disagree by a tenth.
:::

::: {{.exception}}
**The exception.** One treaty binds.
:::

[confirmed]{{.verdict .confirmed}} [imprecise]{{.verdict .imprecise}} [outdated]{{.verdict .outdated}}
[contradicted]{{.verdict .contradicted}} [unverifiable]{{.verdict .unverifiable}} [A]{{.grade .grade-a}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rendered book, with its stage beside it."""
    folder = tmp_path_factory.mktemp("pictures")
    stage = write_stage(folder / "stage")
    with (stage / "alp.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write(MORE)
    render(stage, folder / "out", "embedded")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def differing(got: Image.Image, exp: Image.Image) -> float:
    """Share of points that differ clearly, after a blur that forgives the edges of letters."""
    blurred = [image.convert("L").filter(ImageFilter.GaussianBlur(1)) for image in (got, exp)]
    counts = ImageChops.difference(*blurred).histogram()
    return sum(counts[CLEARLY:]) / sum(counts)


def compare(name: str, data: bytes) -> None:
    path = PICTURES / f"{name}.png"
    got = Image.open(io.BytesIO(data)).convert("RGB")
    if os.environ.get("RENEW_PICTURES"):
        got.quantize(32).save(path, optimize=True)
        return
    exp = Image.open(path).convert("RGB")
    assert got.size == exp.size
    assert differing(got, exp) < SHARE


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason=ABSENT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_looks_as_it_did(browser: Browser, book: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 1600}, color_scheme=scheme)
    page.goto((book / "out" / "index.html").as_uri())
    page.evaluate("() => document.fonts.ready")
    data = page.screenshot(animations="disabled")
    page.close()
    compare(f"page-{width}-{scheme}", data)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_the_sheet_looks_as_it_did(book: Path, number: int) -> None:
    stage = book / "stage"
    sheets = typst.compile(
        str(stage / "briefing.typ"),
        root=str(stage),
        font_paths=[str(stage / "fonts")],
        ignore_system_fonts=True,
        format="png",
        ppi=60,
    )
    compare(f"sheet-{number}", sheets[number - 1])


def test_a_picture_of_something_else_is_told_apart() -> None:
    white = Image.new("RGB", (100, 100), "white")
    other = white.copy()
    other.paste("black", (20, 20, 50, 50))
    assert differing(white, other) > SHARE
