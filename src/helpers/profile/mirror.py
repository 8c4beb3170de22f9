"""The mirror gap: where both sides report the same trade, how far apart they are."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.charts import alt
from helpers.charts import compare as draw
from helpers.charts.style import DIMENSIONS, series_colours
from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link, source_link
from helpers.profile.across import how_many, rounded
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import chapter_link, listed
from helpers.profile.exhibits import source_line
from helpers.profile.points import points
from helpers.tables.load import Tables

OWN, CUSTOMS, CONVERTED = "partner’s returns to UN Comtrade", "Chinese customs", "Chinese customs, converted from yuan"
SERIES = {OWN: "trade_total_comtrade", CUSTOMS: "trade_total_customs", CONVERTED: "trade_total_customs_converted"}
COLOURS = series_colours([CUSTOMS, OWN, CONVERTED], DIMENSIONS["trade"])
FIRST_YEAR = 2014  # the partners' returns begin here


def mirrored(tables: Tables) -> pd.DataFrame:
    """Years in which both sides report a total: one row for each partner and year.

    Customs in dollars as printed come first; years without them take the yuan figures, converted. Columns `own`,
    `customs` and `gap` (customs less own) in USD bn, `ratio` (customs where own is 100), and the facts and sources of both.
    """
    own = _totals(tables, SERIES[OWN]).rename(columns={"value": "own"})
    first, second = _totals(tables, SERIES[CUSTOMS]), _totals(tables, SERIES[CONVERTED])
    customs = pd.concat([first, second]).drop_duplicates(["partner", "year"]).rename(columns={"value": "customs"})
    frame = own.merge(customs, on=["partner", "year"], suffixes=("_own", "_customs"), validate="one_to_one")
    frame["gap"] = frame["customs"] - frame["own"]
    frame["ratio"] = 100 * frame["customs"] / frame["own"]
    frame["label"] = frame["partner"].map(tables.partners["name"])
    return frame.sort_values(["partner", "year"], kind="stable", ignore_index=True)


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The latest common year of each partner, widest relative gap first; a year in which one side counts nothing has no such gap."""
    last = frame[frame["ratio"].between(0, float("inf"), inclusive="neither")].sort_values("year").groupby("partner").last().reset_index()
    return last.assign(size=(last["ratio"] / 100).map(lambda ratio: max(ratio, 1 / ratio))).sort_values(
        "size", ascending=False, ignore_index=True
    )


def gap(tables: Tables) -> Chart | None:
    """Partners by the width of the gap in the latest year that both sides report."""
    last = ranked(mirrored(tables))
    if last.empty:
        return None
    frame = pd.DataFrame(
        {
            "label": last["label"] + ", " + last["year"].astype(int).astype(str),
            "value": last["ratio"],
            "kind": CUSTOMS,
            "series": CUSTOMS,
            "shown": [f"{rounded(a)} against {rounded(b)}" for a, b in zip(last["customs"], last["own"], strict=True)],
            **{
                name: last[name]
                for name in (
                    "partner",
                    "year",
                    "own",
                    "customs",
                    "gap",
                    "fact_id_own",
                    "fact_id_customs",
                    "source_id_own",
                    "source_id_customs",
                )
            },
        }
    )
    widest = last.iloc[0]
    subtitle = "Goods trade by Chinese customs where the partner’s own returns are 100; right: both in USD bn; latest year that both report"
    return Chart(
        "synthesis-mirror",
        f"The two sides’ books differ most for {widest.label}: USD {rounded(widest.customs)} bn against {rounded(widest.own)} bn "
        f"in {int(widest.year)}",
        partial(draw.against_hundred, frame, {CUSTOMS: COLOURS[CUSTOMS]}, ratio=True),
        alt.of_rows(frame, subtitle),
        frame.drop(columns=["kind", "series"]),
        subtitle=escape(subtitle),
        source=_sources(
            tables,
            last,
            "The partner’s imports include freight and insurance and its exports do not, so a gap of a few percent is normal. "
            + _uncompared(tables, last),
        ),
    )


def over_time(tables: Tables) -> Chart | None:
    """Every total that either side reports, for the partners where both have some; printed and converted customs stay apart."""
    parts = [_totals(tables, name).assign(series=series) for series, name in SERIES.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["year"] >= FIRST_YEAR].assign(
        x=lambda part: part["year"], label=lambda part: part["partner"].map(tables.partners["name"])
    )
    both = [code for code in tables.chapters if {OWN} < set(frame.loc[frame["partner"] == code, "series"])]
    silent = [str(tables.partners.loc[code, "name"]) for code in tables.chapters if code not in both]
    frame = frame[frame["partner"].isin(both)]
    if frame.empty:
        return None
    frame["place"] = frame["partner"].map({code: place for place, code in enumerate(both)})
    frame = frame.sort_values(["place", "series", "x"], kind="stable", ignore_index=True)
    subtitle = f"Goods trade with China, USD bn a year, {int(frame['x'].min())}–{int(frame['x'].max())}; each panel on its own scale"
    return Chart(
        "synthesis-mirror-years",
        _direction(mirrored(tables)),
        partial(draw.pairs_over_time, frame, COLOURS),
        _alt(frame, subtitle),
        frame[["partner", "label", "series", "year", "value", "fact_id", "source_id"]],
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            frame["source_id"].value_counts().index,
            "A line breaks where a reading is missing. Customs as printed in dollars and customs converted from yuan are two series"
            + (f". No returns of {escape(listed(silent))}" if silent else ""),
        ),
    )


def years(tables: Tables) -> Table | None:
    """The same comparison as a table: which years, which difference."""
    frame = mirrored(tables)
    if frame.empty:
        return None
    rows = []
    for _, row in ranked(frame).iterrows():
        own = frame[frame["partner"] == row["partner"]]
        span = f"{int(own['year'].min())}–{int(own['year'].max())}" if len(own) > 1 else str(int(row["year"]))
        difference = f"{rounded(row.gap, 2)} ({rounded(row.ratio - 100, 2)}%)"
        rows.append(
            [
                chapter_link(tables, row["partner"]),
                str(int(row["year"])),
                _linked(row, "customs"),
                _linked(row, "own"),
                escape(difference),
                escape(f"{fmt.number(len(own))} ({span})"),
            ]
        )
    rows += [[chapter_link(tables, code), "none", "–", "–", "–", "–"] for code in tables.chapters if code not in set(frame["partner"])]
    return Table(
        "synthesis-mirror-table",
        _who_counts_more(ranked(frame)),
        ["Partner", "Latest common year", "Chinese customs, USD bn", "Partner’s returns, USD bn", "Difference", "Years compared"],
        rows,
        [18, 14, 18, 18, 18, 14],
        source=_sources(tables, frame, table=True),
        align="lrrrrr",
    )


def _totals(tables: Tables, indicator: str) -> pd.DataFrame:
    frame = points(tables, indicator, tables.chapters)
    frame = frame[frame["value"].notna() & frame["kind"].isin(["actual", "estimate"])]
    return frame.groupby(["partner", "year"]).last().reset_index()[["partner", "year", "value", "fact_id", "source_id"]]


def _who_counts_more(last: pd.DataFrame) -> str:
    """A title that counts the partners whose latest common year has more in Chinese customs than in their own returns."""
    more = int((last["gap"] > 0).sum())
    return f"For {how_many(more)} of {fmt.words(len(last))} partners Chinese customs count more trade than the partner does"


def _direction(common: pd.DataFrame) -> str:
    """A title that says which side counts more over all common years."""
    if common.empty:
        return "The two sides report no year in common"
    if (common["gap"] > 0).all() or (common["gap"] < 0).all():
        return f"{'Chinese customs' if common['gap'].iloc[0] > 0 else 'The partners'} count more in every common year"
    return "Neither side’s books are always the higher"


def _linked(row: pd.Series, side: str) -> str:
    text = rounded(row[side])
    return fact_link(text, row[f"fact_id_{side}"]) if row[f"fact_id_{side}"] else source_link(text, row[f"source_id_{side}"])


def _sources(tables: Tables, frame: pd.DataFrame, note: str = "", *, table: bool = False) -> str:
    used = pd.concat([frame["source_id_own"], frame["source_id_customs"]])
    return source_line(tables, used.value_counts().index, note, table=table)  # the most used first


def _uncompared(tables: Tables, frame: pd.DataFrame) -> str:
    missing = [str(tables.partners.loc[code, "name"]) for code in tables.chapters if code not in set(frame["partner"])]
    return f"No year in which both report: {escape(listed(missing))}" if missing else ""


def _alt(frame: pd.DataFrame, subtitle: str) -> str:
    items = []
    for label, part in frame.groupby("label", sort=False):
        last = part.sort_values("x").groupby("series", sort=False).last()
        items.append(f"{label}: " + ", ".join(f"{name} {fmt.number(row['value'])} in {int(row['x'])}" for name, row in last.iterrows()))
    return f"Small line charts, {subtitle}. Last values: " + "; ".join(items) + "."
