"""Rows added, removed and changed are found exactly, whatever the tables hold."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.changes.rows import Cell, Row, TableChange, one_table, table_changes
from helpers.changes.sides import SideTable

TYPES = {"id": "string", "value": "number", "note": "string", "answer": "boolean"}
CELLS = st.fixed_dictionaries(
    {
        "value": st.sampled_from(["", "1", "2.5", "-3", "1e3"]),
        "note": st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6),
        "answer": st.sampled_from(["true", "false", ""]),
    }
)
TABLES = st.dictionaries(st.text("ab=-", min_size=1, max_size=4), CELLS, max_size=8)


def table(rows: dict[str, dict[str, str]], key: tuple[str, ...] = ("id",)) -> SideTable:
    frame = pd.DataFrame([{"id": name, **cells} for name, cells in rows.items()], columns=list(TYPES), dtype=object)
    return SideTable(list(TYPES), list(key), TYPES, frame)


def small(text: str, key: str = "id", types: dict[str, str] | None = None) -> SideTable:
    header, *rows = [line.split(",") for line in text.split()]
    return SideTable(
        header,
        key.split(),
        {name: (types or TYPES).get(name, "string") for name in header},
        pd.DataFrame(rows, columns=header, dtype=object),
    )


def mirrored(change: TableChange) -> set[tuple[object, ...]]:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    return {(row.key, turned[row.change], frozenset((cell.column, cell.new, cell.old) for cell in row.cells)) for row in change.rows}


def plain(change: TableChange) -> set[tuple[object, ...]]:
    return {(row.key, row.change, frozenset((cell.column, cell.old, cell.new) for cell in row.cells)) for row in change.rows}


@given(TABLES)
def test_a_table_does_not_differ_from_itself(rows: dict[str, dict[str, str]]) -> None:
    assert table_changes({"facts": table(rows)}, {"facts": table(rows)}) == []


@given(TABLES, st.randoms())
def test_the_order_of_rows_is_no_difference(rows: dict[str, dict[str, str]], chance: object) -> None:
    turned = list(rows.items())
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert table_changes({"facts": table(rows)}, {"facts": table(dict(turned))}) == []


@given(TABLES, TABLES)
def test_the_way_back_mirrors_the_way_there(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> None:
    got = mirrored(one_table("facts", table(old), table(new)))
    exp = plain(one_table("facts", table(new), table(old)))
    assert got == exp


@given(TABLES, st.data())
def test_random_edits_are_found_exactly(rows: dict[str, dict[str, str]], data: st.DataObject) -> None:
    gone = set(data.draw(st.lists(st.sampled_from(sorted(rows)), unique=True))) if rows else set()
    edited = set(data.draw(st.lists(st.sampled_from(sorted(rows)), unique=True))) - gone if rows else set()
    come = {f"new-{number}": data.draw(CELLS) for number in range(data.draw(st.integers(0, 3)))}
    after = {name: cells | ({"note": cells["note"] + "x"} if name in edited else {}) for name, cells in rows.items() if name not in gone}
    found = one_table("facts", table(rows), table(after | come))
    got = {(row.key[0], row.change) for row in found.rows}
    exp = {(name, "removed") for name in gone} | {(name, "added") for name in come} | {(name, "changed") for name in edited}
    assert got == exp
    assert [row.cells for row in found.rows if row.change == "changed" and [cell.column for cell in row.cells] != ["note"]] == []


@given(TABLES, TABLES)
def test_applying_what_is_told_gives_the_new_table(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> None:
    got = {name: dict(cells) for name, cells in old.items()}
    for row in one_table("facts", table(old), table(new)).rows:
        if row.change == "removed":
            del got[row.key[0]]
            continue
        cells = got.setdefault(row.key[0], dict.fromkeys(("value", "note", "answer"), ""))
        cells |= {cell.column: cell.new for cell in row.cells if cell.column != "id"}
    guard = {name: cells | {"note": cells["note"].removeprefix("'")} for name, cells in new.items()}
    assert {name: cells | {"note": cells["note"].removeprefix("'")} for name, cells in got.items()} == guard


def test_a_changed_cell_has_its_old_and_new_spelling() -> None:
    got = one_table("facts", small("id,value\na,62.5"), small("id,value\na,63.90")).rows
    assert got == (Row(("a",), "changed", (Cell("value", "62.5", "63.90"),)),)


def test_a_number_spelled_otherwise_is_the_same() -> None:
    assert one_table("facts", small("id,value\na,2"), small("id,value\na,2.0")).rows == ()


def test_a_text_spelled_otherwise_is_another() -> None:
    assert len(one_table("facts", small("id,note\na,2"), small("id,note\na,2.0")).rows) == 1


def test_an_answer_in_capitals_is_the_same() -> None:
    assert one_table("facts", small("id,answer\na,true"), small("id,answer\na,TRUE")).rows == ()


def test_the_guard_of_a_spreadsheet_is_no_difference() -> None:
    assert one_table("facts", small("id,note\na,=SUM"), small("id,note\na,'=SUM")).rows == ()


def test_rows_that_share_a_key_are_all_kept() -> None:
    got = one_table("facts", small("id,note\na,x\na,y"), small("id,note\na,x\na,y\na,z")).rows
    assert [(row.key, row.change) for row in got] == [(("a", "row 3"), "added")]


def test_a_column_of_one_side_is_named_and_its_cells_are_no_changes() -> None:
    got = one_table("facts", small("id,note\na,x"), small("id,kind\na,y"))
    assert (got.rows, got.columns_added, got.columns_removed) == ((), ("kind",), ("note",))


def test_a_table_of_one_side_counts_all_its_rows() -> None:
    got = one_table("world", None, small("id,value\na,1\nb,2"))
    assert (got.count("added"), got.count("removed")) == (2, 0)


def test_a_key_that_the_old_side_lacks_falls_back_to_shared_columns() -> None:
    got = one_table("facts", small("id,value\na,1", "id"), small("id,code,value\na,x,1", "id code"))
    assert (got.rows, got.columns_added) == ((), ("code",))


def test_a_changed_value_comes_before_words_new_rows_and_gone_ones() -> None:
    old, new = small("id,value,note\na,1,x\nb,1,x\nc,1,x"), small("id,value,note\nd,1,x\na,1,y\nb,2,x")
    got = [(row.key[0], row.change) for row in one_table("facts", old, new).rows]
    assert got == [("b", "changed"), ("a", "changed"), ("d", "added"), ("c", "removed")]


def test_facts_come_before_tables_behind_them() -> None:
    old = {"units": small("id,note\na,x"), "facts": small("id,note\na,x")}
    new = {"units": small("id,note\na,y"), "facts": small("id,note\na,y")}
    assert [change.table for change in table_changes(old, new)] == ["facts", "units"]


def test_tables_without_a_common_column_are_all_new_and_gone() -> None:
    got = one_table("facts", small("id\na\nb"), small("code\na", "code"))
    assert (got.count("added"), got.count("removed")) == (1, 2)
