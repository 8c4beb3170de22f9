"""A book too long for one PDF in volumes: summary, method and closing pages in the first, the partners' chapters in the others.

Typst keeps a whole document in memory, and looks through all of it again for each of its pages. In volumes of a bounded length
time grows with the number of partners, and memory does not. A volume of chapters also holds the rows of the register on
its partners. What it says of another volume becomes a link to that file, or to the page, which holds everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PDF = "briefing.pdf"
PAGE = "index.html"
REGISTER = "register"

_HEADING = re.compile(r"^(={1,2}) (.*)\n<([\w.:-]+)>$", re.MULTILINE)
_PARTNER = re.compile(r"[a-z]{3}")  # a code in lower case; no other chapter has a name of three letters
_NUMBER = re.compile(r"^#number\([^)]*\)\[[^\]]*\];\s*")
_LABEL = re.compile(r'#anchor\("([^"]+)"\)|#exhibit\(id: "([^"]+)"|^<([\w.:-]+)>$', re.MULTILINE)
_LINK = re.compile(r'#goto\("([^"]+)", "[^"]*"\)\[')
_SUBTITLE = re.compile(r"^  subtitle: \[(.*)\],$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """Part of a Typst source from a heading of the first or second level to the next one."""

    level: int
    title: str
    key: str
    text: str


@dataclass(frozen=True)
class Volume:
    """One PDF: its file, what it holds (as Typst), its sections; a volume's text and what stands before it make up its source."""

    name: str
    holds: str
    sections: tuple[Section, ...]


def split(source: str, most: int) -> dict[str, str]:
    """Typst sources by the PDF that each is for: at most so many partners' chapters in one; the source itself where that holds them all."""
    prologue, sections = taken_apart(source)
    partners = [section for section in sections if section.level == 1 and _PARTNER.fullmatch(section.key)]
    if len(partners) <= most:
        return {PDF: source}
    volumes = shared_out(sections, partners, most)
    files = {section.key: volume.name for volume in volumes for section in volume.sections if not section.key.startswith(REGISTER)}
    made = {}
    for number, volume in enumerate(volumes, 1):
        told = f"Volume {number} of {len(volumes)}: {volume.holds}"
        text = "".join(section.text for section in volume.sections)
        text = text if number > 1 else with_list(text, volumes[1:])
        made[volume.name] = titled(prologue, told) + leading_out(text, files)
    return made


def taken_apart(source: str) -> tuple[str, list[Section]]:
    """What stands before the first heading, and the sections in order."""
    found = list(_HEADING.finditer(source))
    ends = [*(heading.start() for heading in found[1:]), len(source)]
    sections = [
        Section(len(heading[1]), _NUMBER.sub("", heading[2]), heading[3], source[heading.start() : end].rstrip("\n") + "\n")
        for heading, end in zip(found, ends, strict=False)
    ]
    return source[: found[0].start()] if found else source, sections


def shared_out(sections: Sequence[Section], partners: Sequence[Section], most: int) -> list[Volume]:
    """Sections by volume, in order; the register is opened in each, and its rows on a partner stand where the partner's chapter does."""
    parts = [partners[start : start + most] for start in range(0, len(partners), most)]
    place = {section.key: number for number, part in enumerate(parts, 1) for section in part}
    found: list[list[Section]] = [[] for _ in range(len(parts) + 1)]
    chapter = ""
    for section in sections:
        chapter = section.key if section.level == 1 else chapter
        if section.key == REGISTER:
            for into in found:
                into.append(section)
        else:
            key = section.key.removeprefix(f"{REGISTER}-") if chapter == REGISTER else chapter
            found[place.get(key, 0)].append(section)
    holds = ["summary, method and sources", *(f"{part[0].title} to {part[-1].title}" for part in parts)]
    names = [PDF, *(f"briefing-{number}.pdf" for number in range(2, len(found) + 1))]
    return [Volume(*volume) for volume in zip(names, holds, map(tuple, found), strict=True)]


def with_list(text: str, others: Sequence[Volume]) -> str:
    """The first volume with a section on the others at the end of its first chapter."""
    opening, *rest = re.split(r"^(?== )", text, maxsplit=2, flags=re.MULTILINE)[1:]
    told = "The chapters of the partners, with the rows of the register on them, are volumes of their own beside this file."
    lines = "\n".join(f'- #web("{volume.name}")[{volume.name}]: {volume.holds}' for volume in others)
    return f"{opening}== Volumes\n<volumes>\n{told}\n\n{lines}\n\n{''.join(rest)}"


def titled(prologue: str, told: str) -> str:
    """What stands before the chapters, with a line more on its cover."""
    return _SUBTITLE.sub(lambda found: f"  subtitle: [{found[1]} #linebreak() {told}],", prologue)


def leading_out(text: str, files: dict[str, str]) -> str:
    """The text of a volume, whose links to other volumes lead out of the file.

    A PDF gives names to its headings alone, so a link to a chapter leads to its file, and one to a row or an exhibit to the page.
    """
    here = {name for found in _LABEL.finditer(text) for name in found.groups() if name}
    return _LINK.sub(lambda found: found[0] if found[1] in here else f'#web("{files.get(found[1], PAGE)}#{found[1]}")[', text)
