"""The Quarto engine: one call renders both formats."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from helpers.errors import RenderError
from helpers.render import leash, scripts, site
from helpers.render.book import check, read_book
from helpers.render.compress import packed
from helpers.render.fonts import check_glyphs, stylesheet

BUILT = "_book"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Typst itself refuses what breaks PDF/UA-1; that veraPDF is not there to check it again is no fault of the book
_WARNED = re.compile(r"^\W*(warn(ing)?\b(?!.*verapdf)|unable to resolve)", re.IGNORECASE | re.MULTILINE)


def render(stage: Path, out: Path) -> None:
    """Render the staged book with Quarto and collect site and PDF into `out`.

    Raises RenderError with all that Quarto said.
    """
    book = read_book(stage)
    check(book)
    check_glyphs(book)
    (stage / "theme" / "fonts.css").write_text(stylesheet(book), encoding="utf-8")
    # one call: a second one, for one format only, would wipe the other
    program = shutil.which("quarto")
    if program is None:  # it was there when the build began
        raise RenderError("Quarto could not be started: it is not on the PATH any more", str(stage), "or use --engine embedded")
    done = leash.run([program, "render"], stage)
    if done.returncode == leash.NOT_STARTED:
        raise RenderError(f"Quarto could not be started: {done.stderr.strip()}", str(stage), "or use --engine embedded")
    said = _COLOURS.sub("", f"{done.stdout}\n{done.stderr}").strip()
    built = stage / BUILT
    if done.returncode or not (built / "briefing.pdf").is_file() or not (built / "index.html").is_file():
        raise RenderError(f"Quarto could not render the book:\n{said}", str(stage), "or use --engine embedded")
    if _WARNED.search(said):
        raise RenderError(f"Quarto warned:\n{said}", str(stage), "the lines with WARNING name the place")
    pages = {path.name: path.read_text(encoding="utf-8") for path in built.glob("*.html")}
    (built / "theme" / "site.js").write_text(scripts.site(pages), encoding="utf-8")
    site.guard(built)
    shutil.copytree(built, out, dirs_exist_ok=True)
    pdf = out / "briefing.pdf"
    pdf.write_bytes(packed(pdf.read_bytes()))
