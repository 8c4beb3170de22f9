"""Numbers as a text shows them: every linked value with the rows it rests on, and every other number in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from helpers.facts.format import WORDS
from helpers.stage.book import Chapter
from helpers.stage.cells import plain

Kind = Literal["fact", "claim", "source", "exhibit", "words"]
_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<file>[\w-]+)\.qmd#(?P<anchor>[\w-]+)\)\{(?P<marks>[^}]*)\}")
_NAMED = {"fact": re.compile(r'data-fact="([^"]+)"'), "claim": re.compile(r'data-claim="([^"]+)"')}
_HEADING_ID = re.compile(r"\s*\{\s*#[\w-]+\s*\}\s*$")
_ITEM = re.compile(r"^\s*(?:[-+*]|\d+[.)])\s+|^#+\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\x00\[])")
_SPELLED = "|".join(WORDS)
_NUMBER = re.compile(rf"\x00(\d+)\x00|(\d(?:[\d.,]*\d)?|\b(?:{_SPELLED})\b)", re.IGNORECASE)
_ANY = re.compile(rf"\d|\b(?:{_SPELLED})\b", re.IGNORECASE)
_CELL = re.compile(r"(?<!\\)\|")
_PLACE = re.compile(r"exhibit|(?:Figure|Table)\s[\d.]+")  # where an exhibit stands in the book is no number of the text
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": None})  # as typed, and not as an engine set them
HOLE = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Number:
    """One number as shown; `key` names the facts, the claim, the source or the exhibit behind it, and is empty where none is linked."""

    kind: Kind
    key: str
    words: str


@dataclass(frozen=True)
class Statement:
    """One sentence, or `row` of a table: its words with holes where numbers stand, and the numbers in order."""

    chapter: str
    frame: str
    numbers: tuple[Number, ...]
    row: bool = False

    @property
    def text(self) -> str:
        """The sentence as it reads."""
        parts = self.frame.split(HOLE)
        return "".join(part + (self.numbers[place].words if place < len(self.numbers) else "") for place, part in enumerate(parts))


def statements(chapters: Iterable[Chapter]) -> list[Statement]:
    """Every statement with a number in these chapters, in order; chapters that failed are left out."""
    return [found for chapter in chapters if not chapter.failure for found in _of_chapter(chapter)]


def _of_chapter(chapter: Chapter) -> Iterator[Statement]:
    yield from _of_text(chapter.key, chapter.intro)
    for part in chapter.parts:
        if part.kind == "text":
            yield from _of_text(chapter.key, part.body)
            continue
        if "register" in str(part.about.get("classes", "")).split():
            continue  # the register is facts.csv itself
        for line in (str(part.about.get("title", "")), str(part.about.get("subtitle", ""))):
            yield from _of_line(chapter.key, line)
        if part.kind == "table":
            for line in part.body.splitlines()[2:]:
                cells = [cell.strip() for cell in _CELL.split(line.strip())[1:-1]]
                yield from _of_line(chapter.key, " · ".join(cells), row=True)


def _of_text(chapter: str, markdown: str) -> Iterator[Statement]:
    """Sentences of flowing text: paragraphs, headings and items of lists."""
    block: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        fresh = not line.strip() or line.startswith(":::") or _ITEM.match(line)
        if fresh and block:
            yield from _of_line(chapter, " ".join(block), _SENTENCE)
            block = []
        if line.strip() and not line.startswith(":::"):
            block.append(_HEADING_ID.sub("", _ITEM.sub("", line)).strip())


def _of_line(chapter: str, text: str, divide: re.Pattern[str] | None = None, *, row: bool = False) -> Iterator[Statement]:
    """A line as one statement, or as one for each sentence; links are set apart first, so that no full stop in one divides it."""
    links: list[re.Match[str]] = []

    def keep(found: re.Match[str]) -> str:
        links.append(found)
        return f"\x00{len(links) - 1}\x00"

    apart = _LINK.sub(keep, text.replace("\x00", "").replace(HOLE, "..."))
    for sentence in divide.split(apart) if divide else [apart]:
        yield from _masked(chapter, sentence, links, row)


def _masked(chapter: str, text: str, links: list[re.Match[str]], row: bool) -> Iterator[Statement]:
    """A sentence with its links set apart, as a statement; nothing where it has no number."""
    numbers: list[Number] = []

    def hole(found: re.Match[str]) -> str:
        if found[1] is None:
            numbers.append(Number("words", "", found[2]))
            return HOLE
        link = links[int(found[1])]
        if ".ref" in link["marks"] and _PLACE.fullmatch(plain(link["text"])):
            return "exhibit"
        shown = _linked(link)
        if shown is None:
            return plain(link["text"])
        numbers.append(shown)
        return HOLE

    frame = _NUMBER.sub(hole, text)
    if numbers:
        yield Statement(chapter, plain(frame).translate(_STRAIGHT), tuple(numbers), row)


def _linked(link: re.Match[str]) -> Number | None:
    """What a link shows: a fact or a claim always, another link only where its words hold a number."""
    words, marks = plain(link["text"]), link["marks"].split()
    for kind, pattern in _NAMED.items():
        if found := pattern.search(link["marks"]):
            return Number("fact" if kind == "fact" else "claim", found[1], words)
    if not _ANY.search(words):
        return None
    if ".cite" in marks:
        return Number("source", link["anchor"].removeprefix("source-"), words)
    return Number("exhibit", link["anchor"].removeprefix("exhibit-"), words)
