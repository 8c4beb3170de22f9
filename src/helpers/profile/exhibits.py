"""Charts of a chapter: from what the prose asks for, or from what the tables hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import takewhile
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from helpers.charts import alt, draw
from helpers.charts.style import DIMENSIONS, KIND_WORDS
from helpers.facts import format as fmt
from helpers.facts.links import escape, source_link
from helpers.facts.references import NOT_OUTCOMES, References, render, without_links
from helpers.profile import tabular
from helpers.profile.blocks import Chart, Table
from helpers.profile.points import points
from helpers.profile.rows import words
from helpers.tables.load import Tables

SECTION_DIMENSIONS = {
    "trade": ["trade"],
    "energy": ["energy"],
    "finance": ["finance", "investment"],
    "infrastructure": ["infrastructure"],
    "arms": ["arms", "military"],
    "technology": ["technology"],
    "diplomacy": ["diplomacy"],
    "sanctions": ["sanctions"],
}
# Points farther apart than this many years are not joined: a gap stays a gap.
GAPS = {"annual": 1.5, "fiscal": 1.5, "window": 5.5, "dated": 2.5}
INDEX = "score"  # a unit that says nothing by itself
# What a section shows when nobody has asked for a chart: the series most countries have, best first.
STANDARD = {
    "trade": ["trade_total_customs", "trade_total_comtrade", "trade_total_customs_converted"],
    "energy": ["crude_to_china"],
    "finance": ["gcdf_commitments", "external_debt_share_china"],
    "infrastructure": ["cgit_construction"],
    "arms": ["arms_share_china_5y"],
    "diplomacy": ["unga_identical_votes", "unga_idealpoint_fp_distance_china"],
}


def over_time(tables: Tables, partner: str, item: dict[str, Any], section: str) -> Chart | None:
    """A chart of one or more series of a partner; None when they have no point."""
    frame = _series_frame(tables, partner, [str(name) for name in item["indicators"]])
    if item.get("since"):
        frame = frame[frame["year"] >= int(item["since"])]
    if frame.empty:
        return None
    chart = item["chart"] if frame["label"].nunique() > 1 or item["chart"] != "diverging" else "bars"
    colour = DIMENSIONS.get(section, DIMENSIONS["society"])
    unit = tables.indicators.loc[item["indicators"][0], "unit"]
    frequency = tables.indicators.loc[item["indicators"][0], "frequency"]
    subtitle = _subtitle(tables, frame, unit, item["indicators"])
    text = References(tables, partner)
    title = without_links(render(str(item["title"]), text))
    return Chart(
        key=f"{partner.lower()}-{item['id']}",
        title=title,
        subtitle=escape(subtitle[:1].upper() + subtitle[1:]),
        drawing=_drawing(frame[["label", "value", "x", "year", "kind"]], chart, colour, GAPS[frequency]),
        alt=alt.over_time(frame, chart, subtitle),
        data=frame[["partner", "indicator", "label", "year", "date", "value", "kind", "fact_id", "source_id", "note"]],
        source=source_line(
            tables,
            frame["source_id"],
            render(str(item.get("note") or ""), text),
            kinds=frame["kind"],
            marked="Hollow points" if chart in ("lines", "dots") else "Hatched",
        ),
    )


def _drawing(frame: pd.DataFrame, chart: str, colour: str, gap: float) -> partial[Figure]:
    if chart in ("lines", "dots"):
        return partial(draw.lines, frame, colour, gap=gap)
    return partial(draw.bars if chart == "bars" else draw.diverging, frame, colour)


def of_facts(tables: Tables, partner: str, item: dict[str, Any], section: str) -> Chart:
    """A chart of single facts that share a unit."""
    text = References(tables, partner)
    rows = []
    for entry in item["facts"]:
        row = text.row(entry["fact"])
        rows.append(
            {
                **{key: row[key] for key in ("fact_id", "metric", "value", "unit", "start", "end", "kind", "source_id", "note")},
                "label": words(entry["label"]),
                "shown": text.plain(entry["fact"], "dated"),
            }
        )
    frame = pd.DataFrame(rows)
    subtitle = _unit_words(tables, frame["unit"].iloc[0])
    common = {fmt.period(start, end) for start, end in zip(frame["start"], frame["end"], strict=True)}
    when = f", {common.pop()}" if len(common) == 1 and len(frame) > 1 else ""
    values = [text.plain(entry["fact"]) for entry in item["facts"]]
    return Chart(
        key=f"{partner.lower()}-{item['id']}",
        title=without_links(render(str(item["title"]), text)),
        subtitle=escape(subtitle[:1].upper() + subtitle[1:] + when),
        drawing=partial(
            draw.facts,
            frame.assign(shown=_beside(frame, values, told=bool(when)))[["label", "value", "shown", "kind"]],
            DIMENSIONS.get(section, DIMENSIONS["society"]),
        ),
        alt=alt.of_facts(frame, subtitle),
        data=frame,
        source=source_line(tables, frame["source_id"], render(str(item.get("note") or ""), text), kinds=frame["kind"]),
    )


def _beside(frame: pd.DataFrame, values: list[str], *, told: bool) -> list[str]:
    """What stands beside each bar: its value, and in brackets what neither its name nor the lines around the chart say.

    The period is left out where the name holds it or the subtitle (`told`); the kind where only one is hatched, as the line
    of sources names it. Days years apart are told in years: the register has the days.
    """
    kinds = set(frame["kind"]) & NOT_OUTCOMES
    shown = []
    for value, (_, row) in zip(values, frame.iterrows(), strict=True):
        period = _short(row["start"], row["end"])
        said = told or period in row["label"].replace(" to ", "–")
        beside = [*([row["kind"]] if row["kind"] in NOT_OUTCOMES and len(kinds) > 1 else []), *([] if said else [period])]
        shown.append(f"{value} ({', '.join(beside)})" if any(beside) else value)
    return shown


def _short(start: str, end: str) -> str:
    period = fmt.period(start, end)
    return f"{start[:4]}–{end[:4]}" if " to " in period and start[:4] != end[:4] else period


def of_events(tables: Tables, partner: str, item: dict[str, Any]) -> Table:
    """Chosen events of a partner by date, beside the words they belong to."""
    text = References(tables, partner)
    events = tables.of("events", partner)
    table = tabular.timeline(
        tables, events[events["event_id"].isin(item["events"])], f"{partner.lower()}-{item['id']}", render(str(item["title"]), text)
    )
    note = render(str(item.get("note") or ""), text)
    return replace(table, source=f"Source: the outlet in each row. Note: {note.rstrip('.')}." if note else "")


def build(tables: Tables, partner: str, item: dict[str, Any]) -> Chart | Table | None:
    """The exhibit that one entry of a prose file asks for."""
    if item["chart"] == "events":
        return of_events(tables, partner, item)
    section = str(item["section"])
    return of_facts(tables, partner, item, section) if item["chart"] == "facts" else over_time(tables, partner, item, section)


def standard(tables: Tables, partner: str, section: str) -> Chart | None:
    """A chart for a section that asks for none: the first standard series with three points, else the partner's own.

    A series that is zero throughout is no chart: its axis would show a scale that nothing fills.
    """
    own = [
        name
        for name in tables.indicators.index
        if tables.indicators.loc[name, "dimension"] in SECTION_DIMENSIONS.get(section, []) and name.startswith(f"{partner.lower()}_")
    ]
    for name in [*STANDARD.get(section, []), *own]:
        if name not in tables.indicators.index:
            continue
        found = points(tables, name, [partner])
        if len(found) >= 3 and found["value"].abs().max() > 0:
            title = _highest(tables.indicators.loc[name, "label"], found)
            plain = set(found["kind"]).isdisjoint(KIND_WORDS)
            item = {"id": section, "chart": "lines" if plain else "bars", "indicators": [name], "title": title, "since": 2000}
            return over_time(tables, partner, item, section)
    return None


def _highest(label: str, found: pd.DataFrame) -> str:
    """A title computed for a chart that nobody has titled: the series and its highest year."""
    recent = found[found["year"] >= 2000]
    top = (recent if len(recent) else found).sort_values("value").iloc[-1]
    return f"{label}: highest in {int(top['year'])}".replace("{", "(")


def source_line(
    tables: Tables, source_ids: Any, note: str = "", *, kinds: Iterable[str] = (), marked: str = "Hatched", table: bool = False
) -> str:
    """Sources of an exhibit, linked, with the caveats that belong under it; `marked` is how it shows kinds that are no outcome.

    The data of a chart name all of its sources, so that four stand under it; a table has no data but its cells.
    """
    names: dict[str, str] = {}
    for source_id in dict.fromkeys(source_ids):
        source = tables.sources.loc[source_id]
        for name in (source["compiler"] or source["publisher"]).split("; "):  # who compiled and who converted: each is named once
            names.setdefault(name, source_id)
    most, where = (8, "to which the values lead") if table else (4, "in the data of this exhibit")
    shown = [source_link(name, source_id) for name, source_id in list(names.items())[:most]]
    if len(names) > most:
        shown.append(escape(f"and {len(names) - most} more, {where}"))
    parts = [f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(shown)}."]
    shown_kinds = [KIND_WORDS[kind] for kind in KIND_WORDS if kind in set(kinds)]
    if shown_kinds:
        parts.append(f"{marked}: not an outcome ({', '.join(shown_kinds)}).")
    if note:
        parts.append(f"Note: {note}" + ("" if note.rstrip().endswith(".") else "."))
    return " ".join(parts)


def _series_frame(tables: Tables, partner: str, names: list[str]) -> pd.DataFrame:
    parts = []
    for name in names:
        indicator = tables.indicators.loc[name]
        part = points(tables, name, [partner])
        dated = indicator["frequency"] == "dated"
        part["label"] = words(indicator["label"])
        part["x"] = [_decimal_year(day) if dated else year for day, year in zip(part["date"], part["year"], strict=True)]
        part["when"] = [fmt.day(day) if dated else str(int(year)) for day, year in zip(part["date"], part["year"], strict=True)]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _decimal_year(text: str) -> float:
    moment = date.fromisoformat(text)
    first, after = date(moment.year, 1, 1), date(moment.year + 1, 1, 1)
    return moment.year + (moment - first).days / (after - first).days


def _subtitle(tables: Tables, frame: pd.DataFrame, unit: str, names: list[str]) -> str:
    first, last = int(frame["year"].min()), int(frame["year"].max())
    frequency = tables.indicators.loc[names[0], "frequency"]
    every = {"annual": "a year", "fiscal": "a fiscal year", "window": "five years ending in the year shown", "dated": "readings by date"}[
        frequency
    ]
    if unit == INDEX:
        years = f"{first}–{last}" if first != last else str(first)
        return f"{_index_words(tables, names)}, {years}{_index_range(tables, names, first, last)}"
    words = _unit_words(tables, unit)
    label = f"{tables.indicators.loc[names[0], 'label']}; " if len(names) == 1 else ""
    return f"{label}{words}, {every}, {first}–{last}" if first != last else f"{label}{words}, {first}"


def _index_words(tables: Tables, names: list[str]) -> str:
    """What an index is, in the words that the definitions of its series share."""
    definitions = [str(tables.indicators.loc[name, "definition"]).rstrip(".").split() for name in names]
    head, tail = _shared(definitions), _shared([words[::-1] for words in definitions])[::-1]
    if len(head) == len(definitions[0]):
        return " ".join(head)
    if tail:
        return " ".join([*head, "the one named", *tail])
    return " ".join(head).rpartition(",")[0] or " ".join(head)  # nothing follows what differs: stop at the clause before it


def _index_range(tables: Tables, names: list[str], first: int, last: int) -> str:
    """Between what values an index lies in the years shown; series.csv has partners and comparison countries only, so no more is said."""
    values = pd.concat(
        [rows.loc[rows["year"].between(first, last), "value"] for rows in (tables.where("series", indicator=name) for name in names)]
    )
    if values.notna().sum() == 0:
        return ""
    return f"; partners and comparison countries lie between {fmt.number(values.min())} and {fmt.number(values.max())}"


def _shared(definitions: list[list[str]]) -> list[str]:
    """The words that all definitions begin with."""
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*definitions, strict=False))]


def _unit_words(tables: Tables, unit: str) -> str:
    if unit == "%":
        return "percent"
    rows = tables["units"].set_index("unit")
    return str(rows.loc[unit, "description"]).partition(";")[0] if unit in rows.index else unit
