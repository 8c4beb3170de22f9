"""Changes for people at a terminal: counts first, then the most important of each kind, the rest counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from helpers.changes import words
from helpers.changes.compare import Changes
from helpers.changes.contents import About
from helpers.changes.rows import Row
from helpers.facts.links import clean

MOST = 15


def as_group(changes: Changes, most: int = MOST) -> Group:
    """The whole report; `most` rows of each kind, all of them where it is zero."""
    limit = most or 10**9
    parts: list[RenderableType] = [
        Text(f"Old: {_side(changes.old)}"),
        Text(f"New: {_side(changes.new)}"),
        Text(words.summary(changes), style="bold"),
    ]
    for part in (
        _tables(changes),
        _rows(changes, limit),
        _numbers(changes, limit),
        _verdicts(changes, limit),
        _ranks(changes, limit),
        _figures(changes, limit),
    ):
        if part is not None:
            parts += [Text(""), part]
    parts += [Text(f"Note: {note}", style="dim") for note in changes.notes]
    return Group(*parts)


def _side(about: About) -> str:
    return clean(f"{about.name} ({about.edition}, data cut-off {about.cut_off})")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _filled(table: Table, rows: Iterator[Sequence[str]], count: int, most: int) -> Table | None:
    """A table with its first rows, and how many more there are; text is set as it is and never read as markup."""
    for place, cells in enumerate(rows):
        if place == most:
            break
        table.add_row(*(Text(words.short(cell, 90)) for cell in cells))
    if count > most:
        table.add_row(Text(f"and {count - most} more"))
    return table if count else None


def _tables(changes: Changes) -> Table | None:
    table = _table("Rows by table", "table", "added", "removed", "changed", "columns")
    for item in changes.tables:
        columns = [*(f"+{name}" for name in item.columns_added), *(f"-{name}" for name in item.columns_removed)]
        table.add_row(
            Text(item.table),
            *(Text(str(item.count(change) or "")) for change in ("added", "removed", "changed")),
            Text(clean(" ".join(columns))),
        )
    return table if changes.tables else None


def _rows(changes: Changes, most: int) -> Table | None:
    count = sum(len(table.rows) for table in changes.tables)
    return _filled(_table("Rows", "table", "row", "column", "old", "new"), _row_lines(changes), count, most)


def _row_lines(changes: Changes) -> Iterator[Sequence[str]]:
    for table in changes.tables:
        for row in table.rows:
            yield (table.table, words.key(row), *_cells(row))


def _cells(row: Row) -> tuple[str, str, str]:
    if row.change != "changed":
        text = words.content(row)
        return row.change, *(("", text) if row.change == "added" else (text, ""))
    first = words.lead(row)
    return first.column + (f" (+{len(row.cells) - 1})" if len(row.cells) > 1 else ""), first.old, first.new


def _numbers(changes: Changes, most: int) -> Table | None:
    rows = (
        (item.new_key or item.old_key or item.sentence, item.old or "(not shown)", item.new or "(not shown)", " ".join(item.chapters))
        for item in changes.numbers
    )
    return _filled(_table("Numbers in the text", "fact or sentence", "old", "new", "chapters"), rows, len(changes.numbers), most)


def _verdicts(changes: Changes, most: int) -> Table | None:
    rows = ((item.claim, item.says, item.old, item.new) for item in changes.verdicts)
    return _filled(_table("Verdicts", "claim", "says", "old", "new"), rows, len(changes.verdicts), most)


def _ranks(changes: Changes, most: int) -> Table | None:
    rows = ((item.name, words.rank(item.old), words.rank(item.new), words.shift(item.shift)) for item in changes.ranks)
    return _filled(_table("Ranks in the alignment index", "country", "old", "new", "shift"), rows, len(changes.ranks), most)


def _figures(changes: Changes, most: int) -> Table | None:
    rows = ((item.key, words.counted(item) or item.change, _example(item.points)) for item in changes.figures)
    return _filled(_table("Exhibits", "exhibit", "points", "for example"), rows, len(changes.figures), most)


def _example(points: Sequence[Row]) -> str:
    if not points:
        return ""
    column, old, new = _cells(points[0])
    if points[0].change != "changed":
        return f"{words.key(points[0])} {points[0].change}"
    return f"{words.key(points[0])}, {column}: {words.value(old)} {words.ARROW} {words.value(new)}"
