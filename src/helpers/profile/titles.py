"""Titles of the reference tables of a chapter: the finding, counted from the rows below them."""

from __future__ import annotations

import pandas as pd

from helpers.facts import format as fmt

THERE = ("operating", "completed")
LAPSED = ("expired", "superseded")
CODED = "dataset coding"  # the form of a row that says what ATOP reads in treaties


def projects(rows: pd.DataFrame) -> str:
    """How many of the projects came to be."""
    there = int(rows["status"].isin(THERE).sum())
    return f"Of {_counted(rows, 'project')} in the evidence {_none(there)} {_verb(there, 'is', 'are')} in use or complete"


def instruments(rows: pd.DataFrame, name: str) -> str:
    """How many of the texts put a duty on China, and where none does, whether ATOP codes one.

    Pacts of third states and lapsed ones put none; a dataset's coding is no text of its own.
    """
    with_china = rows["parties"].str.split().map(lambda codes: "CHN" in codes)
    binding = with_china & ~rows["status"].isin(LAPSED) & (rows["obligations"] != "none")
    coded = rows["form"] == CODED
    bound, texts = int((binding & ~coded).sum()), int((~coded).sum())
    found = f"{_none(bound)} of {fmt.words(texts)} {_verb(max(bound, 1), 'puts', 'put')} a duty on China"
    return f"Treaties and agreements, {name}: {found}" + (", ATOP codes one" if not bound and (binding & coded).any() else "")


def events(rows: pd.DataFrame, name: str) -> str:
    """How many events there are, and how many of them the articles could not know."""
    after = int((rows["after_articles"] == "true").sum())
    return f"China and {name} by date: {_counted(rows, 'event')}" + (f", {fmt.words(after)} after the articles" if after else "")


def verdicts(rows: pd.DataFrame, name: str) -> str:
    """How many of the articles' statements hold."""
    held = int((rows["verdict"] == "confirmed").sum())
    return f"Of {_counted(rows, 'statement')} about {name} {_none(held)} {_verb(held, 'holds', 'hold')} as written"


def _counted(rows: pd.DataFrame, noun: str) -> str:
    return f"{fmt.words(len(rows))} {noun}{'' if len(rows) == 1 else 's'}"


def _none(count: int) -> str:
    return fmt.words(count) if count else "none"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
