"""Numbers in the text that changed: sentences that stayed with other numbers in them, and facts that read otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpers.changes.texts import Kind, Number, Statement

Place = tuple[str, Kind, str]  # chapter, kind and key


@dataclass(frozen=True)
class NumberChange:
    """One number that reads otherwise: words before and after, what is behind it, the chapters that show it, its sentence.

    `old` is empty for one that is shown anew, `new` for one that is shown no longer; keys differ where a text now rests on
    another fact. `old_key` and `new_key` are empty for a number without a link, such as a count.
    """

    kind: Kind
    old_key: str
    new_key: str
    old: str
    new: str
    chapters: tuple[str, ...]
    sentence: str

    @property
    def changed(self) -> bool:
        """Whether it is shown on both sides."""
        return bool(self.old and self.new)


def number_changes(old: Iterable[Statement], new: Iterable[Statement]) -> list[NumberChange]:
    """Numbers that differ in the chapters that both sides have, changed ones first.

    A sentence whose words stayed is compared number by number. In sentences that were written anew, facts and other linked
    numbers are compared by what they rest on; numbers without a link have nothing to be recognised by there.
    """
    old, new = list(old), list(new)
    shared = {item.chapter for item in old} & {item.chapter for item in new}
    before, after = ([item for item in side if item.chapter in shared] for side in (old, new))
    pairs, rest_old, rest_new = _paired(before, after)
    found = [change for pair in pairs for change in _in_place(*pair)]
    found += _by_key(rest_old, rest_new, _shown(before), _shown(after))
    return sorted(_gathered(found), key=lambda change: (not change.changed, not change.new, change.kind == "words"))


def _paired(old: list[Statement], new: list[Statement]) -> tuple[list[tuple[Statement, Statement]], list[Statement], list[Statement]]:
    """Statements with the same words but other numbers, in pairs, and on each side those that have no partner."""
    places: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    same = Counter(old) & Counter(new)
    for side, items in enumerate((old, new)):
        left = Counter(same)
        for number, item in enumerate(items):
            if left[item]:
                left[item] -= 1
            else:
                places[item.chapter, item.frame][side].append(number)
    pairs: list[tuple[int, int]] = []
    rest: tuple[list[int], list[int]] = ([], [])
    for before, after in places.values():
        if len(before) == len(after):
            pairs += zip(before, after, strict=True)
        else:  # a row more or fewer: which belongs to which cannot be told from the place
            rest[0].extend(before)
            rest[1].extend(after)
    in_order = sorted(pairs, key=lambda pair: pair[1])
    return (
        [(old[one], new[other]) for one, other in in_order],
        [old[number] for number in sorted(rest[0])],
        [new[number] for number in sorted(rest[1])],
    )


def _in_place(old: Statement, new: Statement) -> list[NumberChange]:
    return [
        NumberChange(after.kind, before.key, after.key, before.words, after.words, (new.chapter,), new.text)
        for before, after in zip(old.numbers, new.numbers, strict=True)
        if before.words != after.words and not (new.row and after.kind == "words")  # a cell of a table is told with its exhibit
    ]


def _by_key(
    old: list[Statement], new: list[Statement], shown_old: dict[Place, list[str]], shown_new: dict[Place, list[str]]
) -> list[NumberChange]:
    """Linked numbers of sentences that have no partner, matched by what they rest on."""
    before, after = _linked(old), _linked(new)
    found = []
    for place in dict.fromkeys([*after, *before]):
        chapter, kind, key = place
        gone = [pair for pair in before.get(place, []) if pair[0].words not in shown_new.get(place, [])]
        come = [pair for pair in after.get(place, []) if pair[0].words not in shown_old.get(place, [])]
        found += [
            NumberChange(kind, key, key, first.words, second.words, (chapter,), statement.text)
            for (first, _), (second, statement) in zip(gone, come, strict=False)
        ]
        if place not in shown_old:
            found += [NumberChange(kind, "", key, "", number.words, (chapter,), statement.text) for number, statement in come]
        if place not in shown_new:
            found += [NumberChange(kind, key, "", number.words, "", (chapter,), statement.text) for number, statement in gone]
    return found


def _linked(statements: list[Statement]) -> dict[Place, list[tuple[Number, Statement]]]:
    """Linked numbers by place, each wording once."""
    found: dict[Place, dict[str, tuple[Number, Statement]]] = defaultdict(dict)
    for statement in statements:
        for number in statement.numbers:
            if number.key:
                found[statement.chapter, number.kind, number.key].setdefault(number.words, (number, statement))
    return {place: list(pairs.values()) for place, pairs in found.items()}


def _shown(statements: list[Statement]) -> dict[Place, list[str]]:
    """How each linked number is worded in each chapter."""
    return {place: [number.words for number, _ in pairs] for place, pairs in _linked(statements).items()}


def _gathered(changes: list[NumberChange]) -> list[NumberChange]:
    """One entry for a number that changed in the same way in several places; its first sentence stands for all."""
    found: dict[tuple[str, ...], NumberChange] = {}
    for change in changes:
        apart = "" if change.old_key or change.new_key else change.sentence
        key = (change.kind, change.old_key, change.new_key, change.old, change.new, apart)
        known = found.get(key)
        found[key] = replace(known, chapters=tuple(dict.fromkeys([*known.chapters, *change.chapters]))) if known else change
    return list(found.values())
