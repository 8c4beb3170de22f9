"""Data freshness: what is older than a year at the cut-off, and what a next edition should look up, by partner."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link
from helpers.facts.prose import read_prose
from helpers.facts.references import NOT_OUTCOMES, References, render
from helpers.profile.blocks import Table
from helpers.profile.compare import MEASURES, chapter_link
from helpers.tables.load import Tables

AHEAD = ("forecast", "target", "capacity")  # kinds of a value that nobody has read off
# Series that every chapter or the comparison draws on; a partner's own exhibits are added to them.
COMMON = (*(item.indicator for item in MEASURES), "trade_total_comtrade", "cgit_construction")
SHORT = {
    "trade_total_comtrade": "partner’s trade returns",
    "arms_share_china_5y": "arms deliveries",
    "arms_total_5y": "arms deliveries",
    "arms_share_usa_5y": "arms deliveries",
    "arms_share_russia_5y": "arms deliveries",
    "exports_to_china_comtrade": "partner’s trade returns",
    "imports_from_china_comtrade": "partner’s trade returns",
    "china_exports_customs": "each direction in dollars (Chinese customs)",
    "china_imports_customs": "each direction in dollars (Chinese customs)",
    "trade_total_customs": "trade in dollars (Chinese customs)",
    "unga_idealpoint_fp_distance_usa": "ideal points in UN votes",
    "gcdf_total_2000_2021": "official finance",
    "gcdf_commitments": "official finance",
    "unga_idealpoint_fp_distance_china": "ideal points in UN votes",
    "unga_identical_votes": "identical UN votes",
    "cgit_construction": "construction contracts",
    "cgit_investment": "investments tracked",
    "external_debt_share_china": "debt share",
    "unga_agreement_china_2025": "UN votes",
}


def last_readings(tables: Tables, report: Path, partner: str) -> pd.DataFrame:
    """For every series that a partner's page or the comparison shows: its label and the date of its last outcome."""
    asked = [str(name) for item in read_prose(report, partner).exhibits for name in item.get("indicators") or []]
    told = "\n".join(tables.indicators[["label", "definition", "note"]].to_numpy().ravel())
    rows = []
    for name in dict.fromkeys([*COMMON, *asked]):
        if name not in tables.indicators.index:
            continue
        if last := last_outcome(tables, name, partner):
            rows.append({"indicator": name, "label": SHORT.get(name) or _within(tables.indicators.loc[name, "label"], told), "date": last})
    frame = pd.DataFrame(rows, columns=["indicator", "label", "date"])
    return (
        frame.sort_values("date", ascending=False).drop_duplicates("label").sort_values(["date", "label"], kind="stable", ignore_index=True)
    )


def last_outcome(tables: Tables, indicator: str, partner: str) -> str:
    """The last day of the last period with a value that is no forecast, target or capacity, as ISO text; empty without one.

    What `points` would give, without laying out each of its points: this is asked for every series of every partner.
    """
    facts = tables.where("facts", indicator=indicator, partner=partner)
    dates = list(facts["end"][facts["value"].notna() & ~facts["kind"].isin(AHEAD)])
    series = tables.where("series", indicator=indicator, partner=partner)
    if tables.indicators.loc[indicator, "kind"] not in AHEAD:
        dates += [f"{int(year)}-12-31" for year in series["year"][series["value"].notna()]]
    return max(dates, default="")


def _within(label: str, told: str) -> str:
    """A label inside a line: in small letters, unless a name begins it, with its compiler in brackets.

    A name has its capital inside sentences too, which `told` has examples of: a word that never stands there in small letters
    (Chinese, Iranian), or three words together (Power of Siberia).
    """
    what, _, whose = label.rpartition(", ")
    shown = f"{what} ({whose})" if what else label  # a comma parts one series from the next
    first, _, rest = shown.partition(" ")
    small = first[:1].lower() + first[1:]
    if first.isupper():
        return shown
    word, three = (re.escape(part) for part in (re.split(r"\W", first)[0], " ".join(label.split()[:3])))
    inside = r"(?<=[a-z,;] )"
    named = re.search(rf"{inside}{word}\b", told) and not re.search(rf"\b{word.lower()}\b", told)
    return shown if named or re.search(rf"{inside}{three}\b", told) else f"{small} {rest}".rstrip()


def _title(behind: int, partners: int) -> str:
    """How many of the partners have a series that ended more than a year before the cut-off."""
    if behind == partners > 1:
        return f"All {fmt.words(partners)} partners have series older than a year"
    first = fmt.words(behind).capitalize() if behind else "None"
    return f"{first} of {fmt.words(partners)} partners {'have' if behind > 1 else 'has'} series older than a year"


def year_before(day: str) -> str:
    """The same day a year earlier, as ISO text; 29 February becomes the 28th."""
    moment = date.fromisoformat(day)
    try:
        return moment.replace(year=moment.year - 1).isoformat()
    except ValueError:
        return moment.replace(year=moment.year - 1, day=28).isoformat()


def freshness(tables: Tables, report: Path, look_up: dict[str, str]) -> Table:
    """By partner: the latest outcome, the series older than a year, and what to look up next (from the prose file)."""
    cut_off = str(tables.package.edition["cut_off"])
    limit = year_before(cut_off)
    references = References(tables)
    rows = []
    for code in tables.chapters:
        facts = tables.of("facts", code)
        facts = facts[~facts["kind"].isin(list(NOT_OUTCOMES)) & (facts["end"] <= cut_off) & ~facts["kind"].isin(["legal status"])]
        latest = facts.sort_values("end", kind="stable").iloc[-1] if len(facts) else None
        old = last_readings(tables, report, code)
        old = old[old["date"] < limit]
        stale = [f"**{year}** {escape(', '.join(part['label']))}" for year, part in old.groupby(old["date"].str[:4])]
        rows.append(
            [
                chapter_link(tables, code),
                fact_link(fmt.day(latest["end"]), latest["fact_id"]) if latest is not None else "none",
                "; ".join(stale) or "none",
                render(look_up[code], references) if code in look_up else "the series named on the left",
            ]
        )
    return Table(
        "synthesis-freshness",
        _title(sum(row[2] != "none" for row in rows), len(rows)),
        ["Partner", "Latest reading", "Older than a year, by year of the last value", "A next edition should look up"],
        rows,
        [12, 17, 42, 29],
        subtitle=f"Series shown in the chapters and the comparison; older means a last value before {escape(fmt.day(limit))}",
        source="Source: own reading of the tables. Note: The year ends the period of the last value; a dataset may have ended for good.",
        classes="ledger",
    )
