"""The page "What changed since the last edition": a summary, and a table of each kind with links to what stands now."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.changes import words
from helpers.changes.compare import Changes, chapter_of
from helpers.changes.figures import FigureChange
from helpers.changes.numbers import NumberChange
from helpers.changes.ranks import RankChange, VerdictChange
from helpers.changes.records import counts
from helpers.changes.rows import Row
from helpers.facts import format as fmt
from helpers.facts.links import claim_link, clean, escape, fact_link, identifier, source_link
from helpers.profile.blocks import Table, pipe_table
from helpers.profile.compare import chapter_link
from helpers.profile.tabular import VERDICTS
from helpers.stage.book import Chapter
from helpers.stage.outputs import Part
from helpers.tables.load import Tables

KEY = "changes"
TITLE = "What changed since the last edition"
MOST = 40  # rows of a table on the page; the rest is counted
SOURCE = "Source: tables, texts and exhibits of both editions, compared when this one was built."
NONE = "—"


def page(changes: Changes, tables: Tables, shown: frozenset[str]) -> Chapter:
    """The chapter; `tables` are those of this edition, and `shown` the exhibits that a link can lead to."""
    old = changes.old
    editions = f"**Before:** {escape(old.edition)}, data cut-off {escape(old.cut_off)}  \n"
    editions += f"**Now:** {escape(changes.new.edition)}, data cut-off {escape(changes.new.cut_off)}"
    parts = [
        Part("text", f"::: {{.finding}}\n{escape(words.summary(changes))}\n:::"),
        Part("text", f"::: {{.facts-line}}\n{editions}\n:::"),
    ]
    if changes.notes:
        parts.append(Part("text", "\n".join(f"- {escape(_sentence(note))}" for note in changes.notes)))
    sections = (
        ("verdicts", "Verdicts", _verdicts(changes.verdicts, tables)),
        ("ranks", "Ranks in the alignment index", _ranks(changes.ranks, tables, "synthesis-ranks" in shown)),
        ("numbers", "Numbers in the text", _numbers(changes, tables)),
        ("exhibits", "Exhibits", _exhibits(changes.figures, shown)),
        ("rows", "Rows of the tables", _tables(changes)),
        ("cells", "", _rows(changes, tables)),
    )
    for name, heading, table in sections:
        if table is not None:
            parts += [Part("text", f"## {heading} {{#{KEY}-{name}}}")] if heading else []
            parts.append(_part(table))
    return Chapter(KEY, TITLE, parts)


def _verdicts(found: Sequence[VerdictChange], tables: Tables) -> Table | None:
    rows = [
        [claim_link(words.short(item.says), item.claim, (item.partner or "index").lower()), _pill(item.old), _pill(item.new)]
        for item in found[:MOST]
    ]
    title = f"{_count(len(found), 'verdict')} on the articles moved"
    return _table("verdicts", title, ["The articles claim", "Before", "Now"], rows, [60, 20, 20], len(found))


def _ranks(found: Sequence[RankChange], tables: Tables, linked: bool) -> Table | None:
    told = [item for item in found if item.moved or item.partner]  # an interval that moved elsewhere is counted
    rows = [
        [
            chapter_link(tables, item.country) if item.partner and item.country in tables.partners.index else escape(item.name),
            escape(words.rank(item.old)),
            escape(words.rank(item.new)),
            escape(words.shift(item.shift) if item.old and item.new else NONE),
        ]
        for item in told[:MOST]
    ]
    moved = sum(item.moved for item in found)
    intervals = f"{fmt.number(len(found) - moved)} changed the interval alone" if moved < len(found) else ""
    title = f"{_count(moved, 'country', 'countries')} moved in rank" if moved else f"No country moved in rank; {intervals}"
    subtitle = "; ".join(part for part in ("Median rank and 90 percent interval, 1 the closest", intervals if moved else "") if part)
    link = "the ranks of this edition stand in [exhibit](index.qmd#exhibit-synthesis-ranks){.ref}" if linked else ""
    return _table("ranks", title, ["Country", "Before", "Now", "Shift"], rows, [31, 23, 23, 23], len(told), subtitle, "lrrr", link)


def _numbers(changes: Changes, tables: Tables) -> Table | None:
    found = changes.numbers
    count = counts(changes)
    rows = [
        [
            _behind(item, tables),
            escape(words.short(item.old)) or NONE,
            _now(item, tables),
            ", ".join(_chapter(key, tables) for key in item.chapters),
        ]
        for item in found[:MOST]
    ]
    changed = count["numbers_changed"]
    title = (
        f"{_count(changed, 'number')} in the text {'reads' if changed == 1 else 'read'} otherwise"
        if changed
        else "No number that stayed in the text changed"
    )
    also = [
        f"{fmt.number(count[name])} {said}"
        for name, said in (("numbers_new", "shown anew"), ("numbers_gone", "shown no longer"))
        if count[name]
    ]
    return _table(
        "numbers", title, ["Rests on", "Before", "Now", "Chapters"], rows, [40, 20, 20, 20], len(found), ", ".join(also).capitalize()
    )


def _exhibits(found: Sequence[FigureChange], shown: frozenset[str]) -> Table | None:
    rows = []
    for item in found[:MOST]:
        link = f"[exhibit]({chapter_of(item.key)}.qmd#exhibit-{item.key}){{.ref}}" if item.key in shown else NONE
        points = [item.points[place] for place in range(min(2, len(item.points)))]
        example = "; ".join(_point(row) for row in points)
        rows.append(
            [link, escape(words.short(clean(item.title))), escape(words.counted(item) or item.change), escape(words.short(example, 200))]
        )
    changed = sum(item.change == "changed" for item in found)
    title = (
        f"{_count(changed, 'exhibit')} {'shows' if changed == 1 else 'show'} other data"
        if changed
        else "No exhibit that stayed shows other data"
    )
    return _table("exhibits", title, ["Exhibit", "Title", "Points", "For example"], rows, [12, 34, 16, 38], len(found))


def _tables(changes: Changes) -> Table | None:
    rows = []
    for item in changes.tables:
        columns = [*(f"{name} is new" for name in item.columns_added), *(f"{name} is gone" for name in item.columns_removed)]
        numbers = [fmt.number(count) if (count := item.count(change)) else NONE for change in ("added", "removed", "changed")]
        rows.append([escape(item.table), *numbers, escape(", ".join(columns)) or NONE])
    title = f"{_count(len(rows), 'table')} differ{'s' if len(rows) == 1 else ''} from the edition before"
    return _table(
        "tables", title, ["Table", "Added", "Removed", "Changed", "Columns"], rows, [20, 16, 16, 16, 32], len(rows), align="lrrrl"
    )


def _rows(changes: Changes, tables: Tables) -> Table | None:
    found = [(table.table, row) for table in changes.tables for row in table.rows]
    rows = []
    for name, row in found[:MOST]:
        if row.change == "changed":
            cell = words.lead(row)
            more = f", and {len(row.cells) - 1} more" if len(row.cells) > 1 else ""
            what, before, now = cell.column + more, cell.old, cell.new
        else:
            text = words.content(row)
            what, before, now = row.change, "" if row.change == "added" else text, text if row.change == "added" else ""
        rows.append(
            [escape(name), _row_link(name, row, tables), escape(what), *(escape(words.short(text)) or NONE for text in (before, now))]
        )
    title = f"{_count(len(found), 'row')} of the tables {'differs' if len(found) == 1 else 'differ'}"
    return _table("cells", title, ["Table", "Row", "Column", "Before", "Now"], rows, [11, 24, 13, 26, 26], len(found))


def _table(
    key: str,
    title: str,
    header: list[str],
    rows: list[list[str]],
    widths: list[int],
    count: int,
    subtitle: str = "",
    align: str = "",
    link: str = "",
) -> Table | None:
    """A table in the house form; None without rows. What it leaves out is counted, and everything stands in `briefing diff`."""
    if not rows:
        return None
    cut = (
        f"The {fmt.number(len(rows))} that matter most of {fmt.number(count)}; the command briefing diff lists all"
        if count > len(rows)
        else ""
    )
    note = "; ".join(part for part in (cut, link) if part)
    source = SOURCE + (f" Note: {note[0].upper()}{note[1:]}." if note else "")
    return Table(f"{KEY}-{key}", title, header, rows, widths, escape(subtitle), source, "tiny", "ledger", align)


def _part(table: Table) -> Part:
    names = ("key", "title", "subtitle", "source", "widths", "size", "classes")
    return Part("table", pipe_table(table), {name: getattr(table, name) for name in names})


def _behind(item: NumberChange, tables: Tables) -> str:
    """What a number rests on: the fact's metric linked to its row, the source, or the sentence."""
    key = item.new_key or item.old_key
    if item.kind == "fact":
        anchors = {identifier(fact_id): fact_id for fact_id in tables.facts.index}
        known = [anchors[part] for part in key.split() if part in anchors]
        if known:
            return "; ".join(fact_link(_metric(tables, fact_id), fact_id) for fact_id in known)
        return escape(f"{key}, no longer in the register")
    if item.kind == "source" and key in {identifier(name): name for name in tables.sources.index}:
        return f"{source_link(key, key)}: {escape(words.short(item.sentence))}"
    return escape(words.short(item.sentence, 160))


def _metric(tables: Tables, fact_id: str) -> str:
    """What a fact measures, and when."""
    row = tables.facts.loc[fact_id]
    return words.short(", ".join(part for part in (str(row["metric"]), fmt.period(row["start"], row["end"])) if part))


def _now(item: NumberChange, tables: Tables) -> str:
    return escape(words.short(item.new)) or NONE


def _chapter(key: str, tables: Tables) -> str:
    code = key.upper()
    if code in tables.partners.index:
        return chapter_link(tables, code)
    return f"[{escape({'index': 'In brief', 'method': 'Method'}.get(key, key))}]({identifier(key)}.qmd#{identifier(key)})"


def _row_link(table: str, row: Row, tables: Tables) -> str:
    """The key of a row, linked where the briefing has a place for it: the register, the sources."""
    text, key = words.short(words.key(row), 60), row.key[0] if row.key else ""
    if row.change != "removed" and table == "facts" and key in tables.facts.index:
        return fact_link(text, key)
    if row.change != "removed" and table == "sources" and key in tables.sources.index:
        return source_link(text, key)
    return escape(text)


def _point(row: Row) -> str:
    if row.change != "changed":
        return f"{words.key(row)} {row.change}"
    cell = words.lead(row)
    return f"{words.key(row)}: {cell.column} {words.value(cell.old) or NONE} {words.ARROW} {words.value(cell.new) or NONE}"


def _pill(verdict: str) -> str:
    return f"[{verdict}]{{.verdict .{verdict}}}" if verdict in VERDICTS else escape(verdict) or NONE


def _count(number: int, name: str, many: str = "") -> str:
    """Three verdicts, 14 verdicts: spelled out to twelve, as a title starts."""
    return f"{fmt.words(number).capitalize()} {name if number == 1 else many or name + 's'}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")
