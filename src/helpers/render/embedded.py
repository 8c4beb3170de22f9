"""The embedded engine: pandoc and Typst from wheels; one PDF, one self-contained page."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.render.book import Book, check, read_book
from helpers.render.fonts import check_glyphs, stylesheet
from helpers.render.pandoc import pandoc
from helpers.render.pdf import compile_pdf

EXTENSION = Path("_extensions/briefing")
THEME = Path("theme")


def render(stage: Path, out: Path) -> None:
    """Write `briefing.pdf` and `index.html` of the staged book."""
    book = read_book(stage)
    check(book)
    check_glyphs(book)
    parsed = parse(book)
    with ThreadPoolExecutor(2) as both:  # pandoc and Typst run outside Python: two media, two cores
        pdf = both.submit(lambda: compile_pdf(typst_source(book, parsed), stage))
        html = both.submit(page, book, parsed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "briefing.pdf").write_bytes(pdf.result())
    (out / "index.html").write_text(html.result(), encoding="utf-8")


def parse(book: Book) -> str:
    """The chapters as one pandoc document, read once for both media."""
    metadata = book.stage / "_metadata.json"
    metadata.write_text(json.dumps(book.metadata, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    names = [chapter.name for chapter in book.chapters]
    return pandoc(["--from=markdown", "--to=json", f"--metadata-file={metadata.name}", *names], book.stage)


def typst_source(book: Book, parsed: str) -> str:
    """Typst source of the whole book."""
    filters = [f"--lua-filter={EXTENSION / 'briefing.lua'}", f"--template={EXTENSION / 'embedded.typ'}"]
    return pandoc(["--from=json", "--to=typst", "--wrap=none", "--standalone", *filters], book.stage, parsed)


def page(book: Book, parsed: str) -> str:
    """The page, with styles, fonts, script and charts inside."""
    variables = {
        "styles": stylesheet(book)
        + "".join((book.stage / THEME / name).read_text(encoding="utf-8") for name in ("briefing.css", "page.css")),
        "script": (book.stage / THEME / "briefing.js").read_text(encoding="utf-8"),
    }
    defaults = book.stage / "_page.json"
    defaults.write_text(json.dumps({"variables": variables}, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    filters = [f"--lua-filter={EXTENSION / 'briefing.lua'}", f"--template={THEME / 'page.html'}", f"--defaults={defaults.name}"]
    options = ["--standalone", "--section-divs", "--shift-heading-level-by=1", "--toc", "--toc-depth=3", "--mathml", "--wrap=none"]
    return pandoc(["--from=json", "--to=html5", *options, *filters], book.stage, parsed)
