"""The words of a page, block by block, so that two pages can be compared without their markup."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser

_CHAPTER = re.compile(r'<section id="([^"]+)" class="level2">')
# Elements that end a run of words; what stands inline, such as a link or stress, does not.
_BLOCK = re.compile(
    "address|article|aside|blockquote|br|button|caption|d[dlt]|details|div|figcaption|figure|footer|h[1-6]|header|hr|label|legend|li|main|nav"
    "|ol|option|p|pre|section|summary|table|t[dhr]|title|ul"
)
_SILENT = frozenset(("script", "style", "template"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Block:
    """One run of words, or a picture by its hash, under the nearest id above it."""

    place: str
    words: str


def chapters(page: str) -> dict[str, str]:
    """HTML of each chapter by its id; what stands before the first is the opening."""
    found = list(_CHAPTER.finditer(page))
    ends = [*(match.start() for match in found[1:]), len(page)][: len(found)]
    parts = {match[1]: page[match.start() : end] for match, end in zip(found, ends, strict=True)}
    return {"opening": page[: found[0].start()] if found else page, **parts}


def blocks(page: str) -> list[Block]:
    """The words of a page in order; each picture, script and style sheet stands there as its hash."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end_block()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._words: list[str] = []
        self._place = "opening"
        self._silent = ""
        self._drawing: list[str] | None = None

    def end_block(self) -> None:
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        if text:
            self.found.append(Block(self._place, text))
        self._words = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._drawing is not None:
            self._drawing.append(self.get_starttag_text() or "")
            return
        told = dict(attrs)
        if _BLOCK.fullmatch(tag) or tag == "svg":
            self.end_block()
        if identity := told.get("id"):
            self._place = identity
        if tag == "svg":
            self._drawing = [self.get_starttag_text() or ""]
        elif tag == "img" and (source := told.get("src")):
            self._words.append(f" [{told.get('alt') or 'picture'}; {_short(source)}] ")
        elif tag in _SILENT:
            self.end_block()
            self._silent = tag
        elif tag == "a" and (target := told.get("href")):
            self._words.append(f"<{_short(target) if target.startswith('data:') else target}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._drawing is not None:
            self._drawing.append(self.get_starttag_text() or "")
        elif tag != "svg":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._drawing is not None:
            if tag == "svg":
                self._words.append(f"[drawing; {_short(''.join(self._drawing))}]")
                self._drawing = None
                self.end_block()
            return
        if tag == self._silent:
            self.end_block()
            self._silent = ""
        elif _BLOCK.fullmatch(tag):
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._drawing is not None:
            self._drawing.append(data)
        else:
            self._words.append(f"[{self._silent}; {_short(data)}]" if self._silent else data)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
