"""A plan written into the text of the tables: new rows where they belong, changed rows in place, all others byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.ingest.plan import Plan
from helpers.ingest.records import Table, last_place, parse, sorted_place

Key = tuple[str, str, str]  # indicator, partner, year: the order of series.csv


def new_series(text: str, plan: Plan, partners: Sequence[str]) -> str:
    """The text of series.csv with the changes of a plan; `partners` is their order within an indicator."""
    table = parse(text)
    keys = [_key(table.row(record)) for record in table.records]
    for change in plan.written:
        row = {
            "partner": change.value.partner,
            "indicator": change.value.indicator,
            "year": str(change.value.year),
            "value": change.new,
            "source_id": plan.source["source_id"],
            "note": change.note,
        }
        key = _key(row)
        if change.verdict == "changed":
            place = keys.index(key)
            table.records[place] = table.spelled(table.row(table.records[place]) | row)
        else:
            place = _place(table, keys, key, partners)
            table.records.insert(place, table.spelled(row))
            keys.insert(place, key)
    return table.text()


def _key(row: dict[str, str]) -> Key:
    return row.get("indicator", ""), row.get("partner", ""), row.get("year", "")


def _place(table: Table, keys: list[Key], key: Key, partners: Sequence[str]) -> int:
    """Where a new row belongs: by year within its partner, by the partners' order within its indicator, else at the end."""
    order = {code: place for place, code in enumerate(partners)}

    def rank(other: Key) -> tuple[int, str]:
        return order.get(other[1], len(order)), other[2]

    own = [place for place, other in enumerate(keys) if other[0] == key[0]]
    if not own:
        return last_place(table)
    return next((place for place in own if rank(keys[place]) > rank(key)), own[-1] + 1)


def new_sources(text: str, plan: Plan) -> str:
    """The text of sources.csv with the source of a plan, unless it stands there."""
    table = parse(text)
    if any(table.row(record).get("source_id") == plan.source["source_id"] for record in table.records):
        return text
    place = sorted_place(table, "source_id", plan.source["source_id"])
    table.records.insert(place, table.spelled(plan.source))
    return table.text()
