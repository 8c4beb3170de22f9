"""Changes in words: the sentence that sums them up, and how one row, point or rank reads."""

from __future__ import annotations

from helpers.changes.compare import Changes
from helpers.changes.ranks import Rank
from helpers.changes.records import counts
from helpers.changes.rows import VALUES, Cell, Row
from helpers.facts import format as fmt
from helpers.facts.links import clean
from helpers.profile.compare import listed

LABELS = ("metric", "title", "name", "claim", "label", "organisation", "reason")  # columns that say what a row is about
ARROW = "→"


def summary(changes: Changes) -> str:
    """What changed, counted; then what was compared and stayed."""
    if changes.same:
        return "Nothing differs in tables, text, verdicts and exhibits" + (", and no rank moved." if changes.ranked else ".")
    count = counts(changes)
    rows = [f"{fmt.number(count[f'rows_{change}'])} {change}" for change in ("added", "removed", "changed") if count[f"rows_{change}"]]
    tables = len([table for table in changes.tables if table.rows])
    sentences = [f"Rows: {listed(rows)}, in {plural(tables, 'table')}." if rows else "No row of a table changed."]
    kinds = {"numbers_changed": "number in the text", "verdicts": "verdict", "ranks": "rank", "figures": "exhibit"}
    if not changes.ranked:
        del kinds["ranks"]
    moved = [plural(count[kind], name) for kind, name in kinds.items() if count[kind]]
    still = [f"no {name}" for kind, name in kinds.items() if not count[kind]]
    if moved:
        sentences.append(f"{'Also changed' if rows else 'Changed'}: {listed(moved)}.")
    if still:
        sentences.append(f"{listed(still).capitalize()} changed.")
    return " ".join(sentences)


def plural(count: int, name: str) -> str:
    """3 tables, 1 table, 2 numbers in the text."""
    noun, gap, rest = name.partition(" ")
    return f"{fmt.number(count)} {noun}{'' if count == 1 else 's'}{gap}{rest}"


def counted(row: object, names: tuple[str, ...] = ("changed", "added", "removed")) -> str:
    """How many points or rows of each sort: 3 changed, 1 added."""
    found = [(row.count(name), name) for name in names]  # type: ignore[attr-defined]  # a table's or a figure's change
    return ", ".join(f"{fmt.number(number)} {name}" for number, name in found if number)


def lead(row: Row) -> Cell:
    """The cell of a changed row that matters most: a value before words."""
    return min(row.cells, key=lambda cell: VALUES.index(cell.column) if cell.column in VALUES else len(VALUES))


def label(row: Row) -> str:
    """What a row that is new or gone is about; empty where none of its columns says so."""
    cells = {cell.column: cell.new or cell.old for cell in row.cells}
    return next((cells[name] for name in LABELS if cells.get(name)), "")


def content(row: Row) -> str:
    """A row that is new or gone in few words: what it is about, and its value."""
    cells = {cell.column: cell.new or cell.old for cell in row.cells}
    value = " ".join(part for part in (cells.get("value", ""), cells.get("unit", "") if cells.get("value") else "") if part)
    return ": ".join(part for part in (label(row), value) if part) or ", ".join(cells.values())


def rank(value: Rank | None) -> str:
    """Median rank and interval: 4 (1–21)."""
    return f"{fmt.number(value.median)} ({fmt.number(value.low)}–{fmt.number(value.high)})" if value else "not ranked"


def shift(places: float) -> str:
    """How far a median moved."""
    if not places:
        return "interval only"
    return f"{fmt.number(abs(places))} {'closer' if places < 0 else 'further'}"


def value(text: str) -> str:
    """A cell of an exhibit as a reader wants it: a number that was computed loses the digits nobody reads."""
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and abs(number) < 1e15:
        return text.removesuffix(".0")
    return fmt.number(number) if len(text) > 8 and abs(number) < 1e15 else text


def short(text: str, most: int = 120) -> str:
    """A text on one line, cut at a word where it is long."""
    line = clean(text)
    return line if len(line) <= most else line[: most - 2].rsplit(" ", 1)[0] + " …"


def key(row: Row) -> str:
    """The key of a row or point on one line."""
    return clean(" · ".join(value(part) for part in row.key if part))
