"""What a comparison finds: artefacts that are the same, differ or are missing, and where and how they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Status = Literal["same", "differs", "missing"]
AROUND = 40  # characters kept on either side of words that differ
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Difference:
    """One place in which two artefacts differ, and what each says there; empty where it says nothing."""

    where: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Artefact:
    """One file of an edition, and how the rebuilt one compares."""

    name: str
    kind: str
    status: Status
    differences: tuple[Difference, ...] = ()


def narrowed(where: str, before: str, after: str) -> Difference:
    """A difference cut down to the words that differ, with a few around them."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return Difference(where, _cut(old, head, tail), _cut(new, head, tail))


def paired(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> list[Difference]:
    """Differences between two runs of (place, words), block by block; words that only stand elsewhere are the same."""
    found: list[Difference] = []
    head = _shared([words for _, words in before], [words for _, words in after])
    tail = _shared([words for _, words in before[head:]][::-1], [words for _, words in after[head:]][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    matcher = SequenceMatcher(None, [words for _, words in old], [words for _, words in new])
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(last - first, end - start)):
            was = old[first + place] if first + place < last else ("", "")
            now = new[start + place] if start + place < end else ("", "")
            found.append(narrowed(was[0] or now[0], was[1], now[1]))
    return found


def _shared(old: Sequence[object], new: Sequence[object]) -> int:
    return next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))


def _cut(words: list[str], head: int, tail: int) -> str:
    before, middle, after = words[:head], words[head : len(words) - tail], words[len(words) - tail :]
    lead, trail = "".join(before), "".join(after)
    start = f"… {lead[-AROUND:]}" if len(lead) > AROUND else lead
    end = f"{trail[:AROUND]} …" if len(trail) > AROUND else trail
    return (start + "".join(middle) + end).strip()
