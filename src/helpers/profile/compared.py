"""Exhibits that set partners side by side show a bounded number of them, and say which."""

from __future__ import annotations

from dataclasses import replace

from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.profile.blocks import Block, Text
from helpers.tables.load import Tables

COMPARED = 30  # partners on one page: more rows or panels no reader compares
# Exhibits on statements and pairs of readings, not on partners: they have as many rows as there are.
ON_STATEMENTS = ("verdicts", "important", "numbers", "clashes", "ledger", "disagreements")


def compared(tables: Tables, most: int = COMPARED) -> Tables:
    """The tables as if only the first partners had a chapter; the same tables where these are all."""
    return tables.first(most)


def noted(block: Block | None, tables: Tables, most: int = COMPARED) -> Block | None:
    """An exhibit that says which partners it leaves out; as it is where it leaves out none."""
    shown, others = tables.chapters[:most], tables.chapters[most:]
    if not others or block is None or isinstance(block, Text):
        return block
    first, last, next_one, end = (escape(tables.partners.loc[code, "name"]) for code in (shown[0], shown[-1], others[0], others[-1]))
    told = (
        f"Shows the first {fmt.number(len(shown))} of {fmt.number(len(tables.chapters))} partners in their order, {first} to {last}; "
        f"the other {fmt.number(len(others))}, {next_one} to {end}, have their chapters alone."
    )
    return replace(block, source=f"{block.source} {told}".strip())
