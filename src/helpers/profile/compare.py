"""Partners side by side: the tables and charts that set every partner, and the comparison countries, on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from helpers.charts import alt
from helpers.charts import compare as draw
from helpers.charts.style import DIMENSIONS
from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link, source_link
from helpers.profile.across import coded_duties, how_many, reading, rounded, written_duties
from helpers.profile.blocks import Chart, Table
from helpers.profile.exhibits import source_line
from helpers.profile.points import points
from helpers.tables.load import Tables


@dataclass(frozen=True)
class Measure:
    """One column of the comparison: where its values come from, and why a country may have none."""

    indicator: str
    header: str
    missing: str


MEASURES = (
    Measure("trade_total_customs_converted", "Goods trade, USD bn", "not in the bulletin"),
    Measure("share_of_china_trade_customs", "Share of China’s trade, %", "not in the bulletin"),
    Measure("imts_china_share_of_exports", "Exports to China, %", "the IMF pairs lack them"),
    Measure("imts_china_share_of_imports", "Imports from China, %", "the IMF pairs lack them"),
    Measure("arms_share_china_5y", "Arms from China, %", "no delivery in the register"),
    Measure("arms_total_5y", "All arms, TIV m", "no delivery in the register"),
    Measure("gcdf_total_2000_2021", "Chinese finance, USD bn", "not in AidData’s file"),
    Measure("unga_agreement_china_2025", "UN votes, same %", "no vote in the file"),
    Measure("unga_idealpoint_fp_distance_china", "UN votes, distance", "no estimate for the year"),
)


def formulas(tables: Tables) -> Table:
    """What each partnership is called and since when, beside what binds China by treaty."""
    year, coded = coded_duties(tables)
    rows, bound = [], 0
    for code in tables.chapters:
        partner = tables.partners.loc[code]
        name, fact_id = partner["formula"] or "none found", partner["formula_fact_id"]
        written = written_duties(tables, code)
        bound += bool({*written, *coded[code]} - {"non-aggression"})
        also = [duty for duty in coded[code] if duty not in written]
        duty = "; ".join([*([", ".join(written)] if written else []), *([f"{', '.join(also)} (ATOP, {year})"] if also else [])])
        rows.append(
            [
                chapter_link(tables, code),
                fact_link(name, fact_id) if fact_id else escape(name),
                escape(fmt.day(partner["formula_since"])),
                escape(duty or "none"),
            ]
        )
    return Table(
        "synthesis-formulas",
        f"{how_many(bound).capitalize()} of {fmt.words(len(rows))} partnerships come with a treaty duty beyond non-aggression",
        ["Partner", "What the two sides call it", "Since", "What binds China by treaty"],
        rows,
        [12, 38, 17, 33],
        subtitle="Current formula of the partnership, and obligations from treaties in force or coded by ATOP",
        source=atop_line(tables, year, "Where only ATOP codes a duty, the instrument itself was not read"),
    )


def measures(tables: Tables) -> Table | None:
    """All partners, then the comparison countries, on the measures that most of them have."""
    known = [item for item in MEASURES if len(points(tables, item.indicator, tables.chapters))]
    if not known:
        return None
    frames = {item.indicator: reading(tables, item.indicator).set_index("partner") for item in known}
    rows: list[list[str]] = []
    for code in tables.partners.index:
        if code not in tables.chapters and len(rows) == len(tables.chapters):
            rows.append(["**Compared with**", *[""] * len(known)])
        name = chapter_link(tables, code) if code in tables.chapters else escape(tables.partners.loc[code, "name"])
        rows.append([name, *[_cell(frames[item.indicator].loc[code]) for item in known]])
    header = ["Country", *[f"{item.header}, {_when(tables, item.indicator, frames[item.indicator])}" for item in known]]
    sources = [source for frame in frames.values() for source in frame["source_id"] if source]
    note = (
        "– marks no data: "
        + "; ".join(_reasons(known, frames))
        + ". Goods trade is converted from yuan; TIV measures capability and not money; distance 0 is China’s own position; "
        "finance is committed and not paid"
    )
    return Table(
        "synthesis-measures",
        _standing_apart(known, frames),
        header,
        rows,
        [14, *[10] * len(known)],
        subtitle="Latest year of each measure; shares are of the country’s own total unless the head says otherwise",
        source=source_line(tables, sources, note, table=True),
        size="small",
        align="l" + "r" * len(known),
    )


def votes(tables: Tables) -> Chart:
    """Distance to China in the General Assembly, one panel a partner on one scale."""
    name = "unga_idealpoint_fp_distance_china"
    frame = points(tables, name, tables.chapters)
    frame = frame[frame["year"] >= 2010].assign(x=lambda part: part["year"])
    frame = _ordered(tables, frame)
    last = frame.sort_values("x").groupby("label", sort=False).last()
    whole = last[last["x"] == last["x"].max()]
    near, far = whole["value"].idxmin(), whole["value"].idxmax()
    subtitle = (
        f"Distance between ideal points in General Assembly votes, final-passage votes, {int(frame['x'].min())}–{int(frame['x'].max())}"
    )
    return Chart(
        "synthesis-votes",
        f"In {int(last['x'].max())} {near} stood nearest to China in UN votes" + (f" and {far} farthest" if far != near else ""),
        partial(draw.panels, frame, DIMENSIONS["diplomacy"]),
        alt.of_panels(frame, subtitle),
        _data(frame),
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            frame["source_id"],
            "Estimates with wide intervals: many states lie inside China’s own. Grey lines: the other partners. "
            "A line ends where the estimates end",
        ),
    )


def agreement(tables: Tables) -> Chart:
    """Agreement with China and with the United States in the votes of one year, partners beside comparison countries."""
    parts = []
    for series, name in (("with China", "unga_agreement_china_2025"), ("with the United States", "unga_agreement_usa_2025")):
        parts.append(reading(tables, name).assign(series=series))
    frame = pd.concat(parts, ignore_index=True)
    first = frame[frame["series"] == "with China"].set_index("partner")["value"]
    counted = frame[frame["partner"].isin(first.dropna().index)].copy()
    counted["group"] = counted["main"].map({True: "Partners", False: "Compared with"})
    counted["rank"] = counted["partner"].map(first)
    counted = counted.sort_values(["main", "rank"], ascending=[False, False], kind="stable")
    lowest = counted[counted["main"] & (counted["series"] == "with China")].iloc[-1]
    higher = int((first[~first.index.isin(tables.chapters)] > lowest["value"]).sum())
    year = int(counted["year"].iloc[0])
    subtitle = f"Agreement in recorded General Assembly votes, percent, {year}"
    return Chart(
        "synthesis-agreement",
        f"{how_many(higher).capitalize()} of the comparison countries voted with China more than {lowest['label']} did",
        partial(draw.two_dots, counted, {"with the United States": DIMENSIONS["energy"], "with China": DIMENSIONS["diplomacy"]}),
        alt.of_rows(counted, subtitle),
        _data(counted),
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            [source for source in counted["source_id"] if source],
            "An equal vote counts fully, an abstention against a vote half. Levels depend on the year’s agenda: "
            "compare countries and not years. Countries without votes in the file are left out",
        ),
    )


def arms(tables: Tables) -> Chart:
    """China's share of arms imports by five-year window, one panel a partner on one scale."""
    frame = points(tables, "arms_share_china_5y", tables.chapters).assign(x=lambda part: part["year"])
    frame = _ordered(tables, frame)
    last = frame["x"].max()
    most = [str(label) for label in frame[(frame["x"] == last) & (frame["value"] > 50)]["label"]]
    subtitle = "China’s share of arms imports, percent of the volume, five years ending in the year shown"
    return Chart(
        "synthesis-arms",
        f"China supplies most of the arms that {listed(most)} import" if most else "China supplies most of the arms of no partner",
        partial(draw.panels, frame, DIMENSIONS["arms"], bars=True),
        alt.of_panels(frame, subtitle),
        _data(frame),
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            frame["source_id"],
            "No bar where the register knows no delivery at all; on a small total one delivery moves the share. Totals stand in the table",
        ),
    )


def chapter_link(tables: Tables, code: str) -> str:
    """A partner's name, linked to its chapter."""
    return f"[{escape(tables.partners.loc[code, 'name'])}]({code.lower()}.qmd#{code.lower()})"


def listed(names: list[str]) -> str:
    """Names as an enumeration: A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def atop_line(tables: Tables, year: int, note: str) -> str:
    """Source line of a table that sets instruments beside ATOP's coding."""
    used = points(tables, "atop_china_defence", tables.chapters)["source_id"].unique()
    if not len(used):
        return f"Source: instruments table of this briefing. Note: {note}."
    return source_line(tables, used, f"ATOP ends in {year}. {note}. Instruments link to their own sources", table=True)


def _ordered(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    places = {code: place for place, code in enumerate(tables.partners.index)}
    frame = frame.assign(label=frame["partner"].map(tables.partners["name"]), place=frame["partner"].map(places))
    return frame.sort_values(["place", "date"], kind="stable", ignore_index=True)


def _data(frame: pd.DataFrame) -> pd.DataFrame:
    wanted = ["partner", "label", "series", "indicator", "year", "value", "kind", "fact_id", "source_id"]
    return frame[[column for column in wanted if column in frame]]


def _cell(row: pd.Series) -> str:
    if pd.isna(row["value"]):
        return "–"
    text = rounded(row["value"]) if abs(row["value"]) < 1000 else fmt.number(row["value"])
    return fact_link(text, row["fact_id"]) if row["fact_id"] else source_link(text, row["source_id"])


def _when(tables: Tables, indicator: str, frame: pd.DataFrame) -> str:
    year = int(frame["year"].iloc[0])
    if tables.indicators.loc[indicator, "frequency"] == "window":
        return f"{year - 4}–{year % 100:02d}"
    return "2000–21" if indicator == "gcdf_total_2000_2021" else str(year)


def _reasons(known: list[Measure], frames: dict[str, pd.DataFrame]) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for item in known:
        missing = frames[item.indicator]
        for label in missing.loc[missing["value"].isna(), "label"]:
            names = reasons.setdefault(item.missing, [])
            if label not in names:
                names.append(label)
    return [f"{escape(listed(names))} ({reason})" for reason, names in reasons.items()]


def _standing_apart(known: list[Measure], frames: dict[str, pd.DataFrame]) -> str:
    """A title that says on which measures all partners lie beyond all comparison countries."""
    apart = []
    for item in known:
        frame = frames[item.indicator].dropna(subset=["value"])
        ours, others = frame.loc[frame["main"], "value"], frame.loc[~frame["main"], "value"]
        if len(ours) and len(others) and (ours.min() > others.max() or ours.max() < others.min()):
            apart.append(item.header)
    if apart:
        return f"All partners stand apart from the comparison countries only on: {'; '.join(apart)}"
    return "On no measure do all partners stand apart from the comparison countries"
