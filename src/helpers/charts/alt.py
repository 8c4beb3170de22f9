"""Alt text, computed from the frame that the chart is drawn from."""

from __future__ import annotations

import pandas as pd

from helpers.charts.style import KIND_WORDS
from helpers.facts import format as fmt

NAMES = {
    "lines": "Line chart",
    "dots": "Chart of dated readings",
    "bars": "Bar chart",
    "diverging": "Two bar charts back to back",
    "facts": "Bar chart",
}


def over_time(frame: pd.DataFrame, chart: str, subtitle: str) -> str:
    """What a chart over time shows: for each series first, highest and last value."""
    parts = [f"{NAMES[chart]}, {subtitle}."]
    for label, part in frame.groupby("label", sort=False):
        rows = part.sort_values("x")
        first, last, top = rows.iloc[0], rows.iloc[-1], rows.loc[rows["value"].idxmax()]
        text = f"{label}{_all_of_a_kind(rows)}: {fmt.number(first['value'])} in {first['when']}"
        if len(rows) > 1:
            text += f", {fmt.number(last['value'])} in {last['when']}"
        if top["when"] not in (first["when"], last["when"]):
            text += f", highest {fmt.number(top['value'])} in {top['when']}"
        parts.append(text + _some_of_a_kind(rows) + ".")
    return " ".join(parts)


def _kinds(rows: pd.DataFrame) -> list[str]:
    """What each point is called where it is no outcome; empty words for outcomes."""
    return [KIND_WORDS.get(kind, "") for kind in rows["kind"]] if "kind" in rows else [""] * len(rows)


def _all_of_a_kind(rows: pd.DataFrame) -> str:
    words = set(_kinds(rows))
    return f" ({words.pop()})" if len(words) == 1 and "" not in words else ""


def _some_of_a_kind(rows: pd.DataFrame) -> str:
    """The points that are no outcome, by kind, in a series that also has others."""
    words = _kinds(rows)
    if len(set(words)) == 1:
        return ""
    found = [
        f"{word}: {', '.join(when for when, mine in zip(rows['when'], words, strict=True) if mine == word)}"
        for word in dict.fromkeys(words)
        if word
    ]
    return f" ({'; '.join(found)})"


def of_facts(frame: pd.DataFrame, subtitle: str) -> str:
    """What a chart of single facts shows: each with its value, and its kind where it is no outcome."""
    items = [f"{row['label']}: {row['shown']}" for _, row in frame.iterrows()]
    return f"{NAMES['facts']}, {subtitle}. " + "; ".join(items) + "."


def of_panels(frame: pd.DataFrame, subtitle: str) -> str:
    """What small multiples show: the last value of each panel."""
    last = frame.sort_values("x").groupby("label", sort=False).last()
    items = [f"{label} {fmt.number(row['value'])} in {int(row['x'])}" for label, row in last.iterrows()]
    return f"Small line charts on one scale, {subtitle}. Last values: " + "; ".join(items) + "."


def of_rows(frame: pd.DataFrame, subtitle: str) -> str:
    """What a chart with one row a label shows: every value by series."""
    parts = []
    for name, part in frame.groupby("series", sort=False):
        parts.append(f"{name}: " + "; ".join(f"{row['label']} {fmt.number(row['value'])}" for _, row in part.iterrows()) + ".")
    return f"Chart with one row a label, {subtitle}. " + " ".join(parts)
