"""Written pages: sections of Markdown under known names, in which prose places exhibits with `[exhibit: name]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import InputError
from helpers.facts.references import References, render
from helpers.profile.blocks import Block, Text
from helpers.tables.findings import nearest

Defaults = Mapping[str, tuple[str, tuple[str, ...]]]  # by section: its heading, and its exhibits where nobody has written it
_HEADING = re.compile(r"^## +(\w+)(?: *: *(.+?))? *$", re.MULTILINE)
_EXHIBIT = re.compile(r"\[exhibit: *([\w-]+)\]")


def sections(text: str, known: Iterable[str], file: str) -> dict[str, tuple[str, str]]:
    """Heading and body by section. Raises InputError for one that is not known."""
    parts, names = _HEADING.split(text), list(known)
    found = {name: (heading or "", body.strip()) for name, heading, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)}
    for name in found:
        if name not in names:
            raise InputError(f'unknown section "{name}"', file, f"use one of {', '.join(names)}; nearest is {nearest(name, names)!r}")
    return found


@dataclass(frozen=True)
class Page:
    """What is written in one file, with the exhibits that it can place; an exhibit that gives None has no data and is left out."""

    file: Path
    prose: Mapping[str, tuple[str, str]]
    defaults: Defaults
    references: References
    exhibits: Mapping[str, Callable[[], Block | None]]
    prefix: str  # of the ids of its headings

    def section(self, name: str) -> list[Block]:
        """Heading, paragraphs, and each exhibit where the prose places it; raises InputError for an exhibit that is none."""
        heading, body = self.prose.get(name, ("", ""))
        if not body:
            title, usual = self.defaults[name]
            heading, body = heading or title, "\n\n".join(f"[exhibit: {exhibit}]" for exhibit in usual)
        blocks: list[Block] = [Text(f"## {render(heading, self.references)} {{#{self.prefix}-{name}}}")]
        for paragraph in re.split(r"\n\n+", body):
            asked = _EXHIBIT.fullmatch(paragraph.strip())
            if asked:
                blocks += self._exhibit(asked[1])
            elif paragraph.strip():
                blocks.append(Text(render(paragraph, self.references)))
        return blocks

    def _exhibit(self, name: str) -> list[Block]:
        if name not in self.exhibits:
            known = list(self.exhibits)
            advice = f"choose one of {', '.join(known)}; the nearest is {nearest(name, known)!r}"
            raise InputError(f'no exhibit "{name}"', self.file.name, advice)
        block = self.exhibits[name]()
        return [block] if block is not None else []
