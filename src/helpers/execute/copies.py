"""HTML copies of executed notebooks, for reviewers without Jupyter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.files import write_whole
from helpers.pipeline.fingerprint import digest, file_hash
from helpers.pipeline.jobs import SYNTHESIS

if TYPE_CHECKING:
    from nbconvert import HTMLExporter  # slow to import, and only needed where a copy is stale
    from nbformat import NotebookNode

# A pattern does not find every script that a browser would; the policy lets none run, whatever a cell displays.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
# Fonts of symbols that the template's own toolbar would use; they lie on no disk of a reader.
_STYLE, _FACE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL), re.compile(r"@font-face\s*\{[^}]*url\((?!['\"]?data:)[^}]*\}")
_NAMELESS = re.compile(r'alt="No description has been provided for this image"')  # what nbconvert says of every image
# The template sets lines of 130 letters and leaves a phone half its width; a reader came from the briefing and wants back.
LOOK = """<style>
:root { color-scheme: light; }
#notebook { padding-top: 0; }
#notebook-container { max-width: 1040px; padding: 16px 20px; box-shadow: none; }
.rendered_html { font: 15px/1.5 "Source Sans Pro", Helvetica, Arial, sans-serif; }
.rendered_html > :is(p, ul, ol, h1, h2, h3) { max-width: 680px; }
.rendered_html a { color: #0b4f6c; }
.output_subarea img { max-width: 100%; height: auto; }
.back { max-width: 1040px; margin: 0 auto; padding: 16px 20px 0; font: 15px/1.5 "Source Sans Pro", Helvetica, Arial, sans-serif; }
.back a { color: #0b4f6c; text-decoration: underline; }
@media (max-width: 640px) { div.output_subarea { max-width: 100%; } }
@media print { .back { display: none; } }
</style>"""
_LETTERS = re.compile(r"font-family: 'Source Sans Pro'(?!,)")  # an image takes no font from its page: one with feet would stand in
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>|<script\b[^>]*/>", re.DOTALL | re.IGNORECASE)


def html_copy(notebook: Path) -> str:
    """One notebook as a page that loads nothing from a network and runs no script."""
    import nbformat

    node = nbformat.read(notebook, as_version=4)
    for output in _images(node):
        if svg := output.data.get("image/svg+xml"):
            output.data["image/svg+xml"] = _LETTERS.sub("font-family: 'Source Sans Pro', sans-serif", svg)
    page, _ = _exporter().from_notebook_node(node, resources={"metadata": {"name": notebook.stem}})
    page = _STYLE.sub(lambda style: _FACE.sub("", style[0]), _SCRIPT.sub("", page))
    texts = _alternatives(node)
    page = _NAMELESS.sub(lambda said: f'alt="{escape(text)}"' if (text := next(texts, "")) else said[0], page)
    chapter = "" if notebook.stem == SYNTHESIS else f"#{notebook.stem.lower()}"
    back = f'<p class="back"><a href="../index.html{escape(chapter)}">Back to the briefing</a> \N{MIDDLE DOT} '
    back += f'<a href="{escape(notebook.name)}">{escape(notebook.name)}</a> to change and run in Jupyter</p>'
    page = page.replace("</head>", f"{LOOK}</head>", 1).replace("<main>", f"<main>{back}", 1)
    page = re.sub("<html[^>]*>", '<html lang="en-GB">', page, count=1)
    return page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"/>', 1)


def _alternatives(notebook: NotebookNode) -> Iterator[str]:
    """The text that each image of a notebook has beside it, in order."""
    for output in _images(notebook):
        yield str(output.data.get("text/plain", ""))


def _images(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The outputs that are images, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if any(kind.startswith("image/") for kind in output.get("data", {})):
                yield output


def write_copy(notebook: Path) -> Path:
    """Write the HTML copy beside its notebook."""
    target = notebook.with_suffix(".html")
    target.write_text(html_copy(notebook), "utf-8")
    return target


def kept_copy(notebook: Path) -> Path:
    """The HTML copy beside a notebook, made again only where the notebook, this module or nbconvert changed."""
    stamp, copy = notebook.with_suffix(".sha256"), notebook.with_suffix(".html")
    if stale(notebook):
        stamp.unlink(missing_ok=True)  # a kill from here on must not leave a new copy with the stamp of an old one
        write_copy(notebook)
        write_whole(stamp, _current(notebook))
    return copy


def stale(notebook: Path) -> bool:
    """Whether there is no HTML copy of a notebook as it is now."""
    stamp, copy = notebook.with_suffix(".sha256"), notebook.with_suffix(".html")
    return not (copy.is_file() and stamp.is_file() and stamp.read_text("utf-8") == _current(notebook))


def _current(notebook: Path) -> str:
    return digest(file_hash(notebook), file_hash(Path(__file__)), version("nbconvert"))


@cache
def _exporter() -> HTMLExporter:
    """One for all notebooks: compiling its templates takes longer than a page."""
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    addresses = {"mathjax_url": "", "require_js_url": "", "jquery_url": "", "widget_renderer_url": ""}
    # Only the one that brings the styles in: each step more has the whole notebook checked once more.
    steps = {"default_preprocessors": ["nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]}
    return HTMLExporter(template_name="classic", config=Config({"HTMLExporter": addresses | steps}))
