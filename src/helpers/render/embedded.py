"""The embedded engine: pandoc and Typst from wheels; one PDF, one self-contained page."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.files import write_whole
from helpers.limits import USUAL
from helpers.render import cache
from helpers.render.apart import pdfs
from helpers.render.book import Book, check, read_book
from helpers.render.fonts import check_glyphs, stylesheet
from helpers.render.pandoc import pandoc
from helpers.render.scripts import early, late, policy

EXTENSION = Path("_extensions/briefing")
THEME = Path("theme")
FILTER = (f"--lua-filter={EXTENSION / 'briefing.lua'}",)
TYPST = ("--from=json", "--to=typst", "--wrap=none")
HTML = ("--from=json", "--to=html5", "--section-divs", "--shift-heading-level-by=1", "--mathml", "--wrap=none")
CONTENTS = ("--toc", "--toc-depth=3")
MARK = "BODYQ7X"  # where a shell is filled in
Sources = tuple[Callable[[], str], Callable[[], str]]  # Typst source and page, made when asked for


def render(
    stage: Path, out: Path, kept: Path | None = None, meanwhile: Callable[[], None] = lambda: None, chapters: int = USUAL.chapters
) -> None:
    """Write `briefing.pdf` and `index.html` of the staged book; `kept` is a folder of pieces converted before.

    A PDF holds at most so many `chapters` of partners; where there are more there are volumes, `briefing-2.pdf` and so on.
    `meanwhile` is work of the caller's that is done while Typst has the other core.
    """
    book = read_book(stage)
    check(book)
    check_glyphs(book)
    typst, html_of = bodies(book, kept) or whole(book)
    with ThreadPoolExecutor(2) as both:  # pandoc and Typst run outside Python: two media, two cores
        pdf = both.submit(lambda: pdfs(typst(), stage, chapters))
        html = both.submit(html_of)
        meanwhile()
    out.mkdir(parents=True, exist_ok=True)
    for name, content in pdf.result().items():
        (out / name).write_bytes(content)
    (out / "index.html").write_text(html.result(), encoding="utf-8")


def whole(book: Book) -> Sources:
    """Both media from all chapters converted at once."""
    parsed = parse(book)
    return lambda: typst_source(book, parsed), lambda: page(book, parsed)


def bodies(book: Book, kept: Path | None) -> Sources | None:
    """Both media with only those pieces converted that changed; None where the book cannot be taken to pieces or nothing is kept."""
    pieces = cache.pieces(book) if kept else None
    if not kept or not pieces:
        return None
    write_metadata(book)

    writers = cache.Writers(
        lambda text: pandoc(["--from=markdown", "--to=json"], book.stage, text),
        lambda tree: pandoc([*TYPST, *FILTER], book.stage, tree),
        lambda tree: pandoc([*HTML, *FILTER], book.stage, tree),
    )
    typst, html_of = cache.convert(book, pieces, kept, " ".join((*TYPST, *HTML)), writers)
    contents = book.stage / "_contents.html"
    contents.write_text("$toc$", encoding="utf-8")

    def page_around() -> str:
        options = [f"--template={contents.name}", "--standalone", *CONTENTS, "--metadata=title:-"]
        toc = pandoc(["--from=markdown", *HTML[1:], *options, *FILTER], book.stage, cache.headings(book)).rstrip("\n")
        return page(book, "", kept, {"toc": toc, "body": html_of()})

    return lambda: typst_source(book, "", typst), page_around


def write_metadata(book: Book) -> str:
    """What the templates print, as a file beside the chapters; returns the option that names it.

    Both media ask for it at once, while pandoc may be reading it for the other: what is there already stays untouched.
    """
    path, text = book.stage / "_metadata.json", json.dumps(book.metadata, ensure_ascii=False, sort_keys=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_whole(path, text)
    return f"--metadata-file={path.name}"


def parse(book: Book) -> str:
    """The chapters as one pandoc document, read once for both media."""
    names = [chapter.name for chapter in book.chapters]
    return pandoc(["--from=markdown", "--to=json", write_metadata(book), *names], book.stage)


def typst_source(book: Book, parsed: str, body: str = "") -> str:
    """Typst source of the whole book: from the parsed chapters, or around a body that is there already."""
    template = [f"--template={EXTENSION / 'embedded.typ'}", "--standalone"]
    if not body:
        return pandoc([*TYPST, *template, *FILTER], book.stage, parsed)
    shell = pandoc(["--from=markdown", *TYPST[1:], *template, *FILTER, write_metadata(book), f"--variable=body:{MARK}"], book.stage, "")
    return cache.filled(shell, {MARK: body})


def page(book: Book, parsed: str, kept: Path | None = None, parts: dict[str, str] | None = None) -> str:
    """The page, with styles, fonts, script and charts inside: from the parsed chapters, or around contents and body (`parts`)."""
    marks = {name: f"{MARK}{name}" for name in parts or {}}
    first, last = early(book.stage / THEME), late(book.stage / THEME)
    variables = {
        "styles": cache.kept(kept, cache.font_key(book), lambda: stylesheet(book))
        + "".join((book.stage / THEME / name).read_text(encoding="utf-8") for name in ("briefing.css", "explore.css", "page.css")),
        "early": first,
        "script": last,
        "policy": policy(first, last),
        **marks,
    }
    defaults = book.stage / "_page.json"
    defaults.write_text(json.dumps({"variables": variables}, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    template = [f"--template={THEME / 'page.html'}", f"--defaults={defaults.name}", "--standalone"]
    if not parts:
        return pandoc([*HTML, *CONTENTS, *template, *FILTER], book.stage, parsed)
    shell = pandoc(["--from=markdown", *HTML[1:], *template, *FILTER, write_metadata(book)], book.stage, "")
    return cache.filled(shell, {marks[name]: text for name, text in parts.items()})
