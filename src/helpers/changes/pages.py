"""The method page of an edition, read back from its HTML; it is the one text that stands in no notebook."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from helpers.facts.links import escape
from helpers.stage.book import Chapter
from helpers.stage.outputs import Part

_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "td"}
_METHOD = re.compile(r'<section id="method" class="level2".*?(?=<section id="[\w-]+" class="level2")', re.DOTALL)


def method(edition: Path) -> list[Chapter]:
    """The chapter, from the one page of the embedded engine or its own page of a Quarto site; none where there is neither."""
    own, one = edition / "method.html", edition / "index.html"
    if own.is_file():
        text = own.read_text("utf-8", "replace")
    elif one.is_file() and (found := _METHOD.search(one.read_text("utf-8", "replace"))):
        text = found[0]
    else:
        return []
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [Chapter("method", "method", [Part("text", block) for block in reader.blocks])]


class _Reader(HTMLParser):
    """Paragraphs as Markdown in which links to facts, claims and sources are marked as the stage marks them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.open = ""
        self.link: tuple[str, str] | None = None
        self.words = ""
        self.numbered = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end()
        given = {name: value or "" for name, value in attrs}
        if tag == "span" and "number" in given.get("class", "").split():
            self.numbered = True  # a chapter's own number
        elif tag == "a":
            anchor = re.sub(r"[^\w-]", "", given.get("href", "").rpartition("#")[2])
            classes = " ".join(f".{name}" for name in re.findall(r"[\w-]+", given.get("class", "")))
            named = "".join(
                f' {name}="{re.sub(r"[^ A-Za-z0-9-]", "", given[name])}"' for name in ("data-fact", "data-claim") if name in given
            )
            self.link, self.words = (anchor, f"{classes}{named}"), ""

    def handle_data(self, data: str) -> None:
        if self.numbered:
            return
        if self.link is None:
            self.open += data.replace("\n", " ")
        else:
            self.words += data.replace("\n", " ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            anchor, marks = self.link
            plain = not anchor or not marks
            self.open += self.words if plain else f"[{escape(self.words)}](page.qmd#{anchor}){{{marks}}}"
            self.link = None
        elif tag == "span":
            self.numbered = False
        elif tag in _BLOCKS:
            self._end()

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if self.open.strip():
            self.blocks.append(re.sub(r"[ 	]+", " ", self.open).strip(" "))
        self.open = ""
