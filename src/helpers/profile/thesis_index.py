"""Exhibits of the index: who stands closest, on what it rests, which choices move it, and where partners stand on each measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from helpers.alignment.distribution import superiority
from helpers.alignment.matrix import coverage as covered
from helpers.charts import intervals
from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import chapter_link, listed
from helpers.profile.exhibits import source_line
from helpers.profile.thesis_study import FRONT, Study

SHOWN = 25  # ranks at the top of the chart
SHORT = {
    "imts_china_share_of_exports": "Exports to China",
    "imts_china_share_of_imports": "Imports from China",
    "arms_share_china_5y": "Arms from China",
    "gcdf_pct_gdp_2000_2021": "Finance by GDP",
    "gcdf_per_head_2000_2021": "Finance by head",
    "unga_agreement_china_2025": "Same votes",
    "unga_idealpoint_fp_distance_china": "Distance in final votes",
    "unga_idealpoint_all_distance_china": "Distance in all votes",
    "bri_listed": "Belt and Road",
}
TOP = 90.0  # percentile from which a partner stands out


def ranks(study: Study) -> Chart:
    """The closest countries and all partners, with 90 % intervals."""
    frame = study.ranking.assign(place=lambda part: range(1, len(part) + 1))
    shown = frame[(frame["place"] <= SHOWN) | frame["main"]].reset_index(drop=True)
    shown["gap"] = (shown["place"].diff() > 1) & (shown["place"] > SHOWN) & (shown["place"].shift(fill_value=0) <= SHOWN)
    inside = int(frame.head(FRONT)["main"].sum())
    last = float(frame.head(FRONT)["median"].iloc[-1])
    subtitle = f"Median rank among {len(frame)} countries and interval with 90 percent of {fmt.number(study.draws)} draws; 1 is the closest"
    return Chart(
        "synthesis-ranks",
        f"{fmt.words(inside).capitalize()} of the {fmt.number(FRONT)} countries closest to China are on the articles’ list",
        partial(intervals.ranked, shown),
        describe(shown, f"Chart of ranks with intervals, {subtitle}"),
        frame,
        subtitle=escape(subtitle),
        source=index_line(
            study,
            f"Grey: not on the list. A median rank is no place: the {fmt.ordinal(FRONT)} country’s is {fmt.number(last)}. Intervals hold "
            "what the choices behind the index do, and no errors in the data",
        ),
    )


def coverage(study: Study) -> Table:
    """What the index is made of, how many countries each indicator covers, and which partners it lacks."""
    frame = covered(study.matrix, study.tables.chapters)
    framework = study.tables["framework"].set_index("indicator")
    rows = []
    for _, row in frame.iterrows():
        about = framework.loc[row["indicator"]]
        base = f" Counts from {fmt.number(about['least'])} {escape(_unit(study, about['base']))} on." if about["base"] else ""
        label, year = str(study.tables.indicators.loc[row["indicator"], "label"]), str(int(about["year"]))
        label = re.sub(r"(?<=\d{4})-(?=\d{4})", "–", label)
        label += "" if year in label else f", {year}"
        missing = [study.names[code] for code in str(row["missing"]).split()]
        rows.append(
            [
                escape(str(row["dimension"])),
                escape(label),
                fmt.number(row["countries"]),
                escape(listed(missing) if missing else "–"),
                escape(str(about["reason"])) + base,
            ]
        )
    full = int((study.ranking["dimensions"] == len(study.matrix.dimensions)).sum())
    reasons = study.matrix.unranked.assign(name=lambda part: part["country"].map(study.names)).groupby("reason", sort=False)["name"]
    unranked = "; ".join(f"{escape(listed(sorted(part)))} ({reason})" for reason, part in reasons)
    return Table(
        "synthesis-coverage",
        f"{fmt.number(len(study.ranking))} countries can be ranked, {fmt.number(full)} of them with readings in every dimension",
        ["Dimension", "Indicator", "Countries", "Partners without", "Why it is in, and its limit"],
        rows,
        [11, 25, 11, 17, 36],
        subtitle="Indicators of the index; a country is ranked when it has readings in at least three dimensions",
        source=index_line(study, f"Not ranked: {unranked}" if unranked else "All countries are ranked", table=True),
        size="small",
        align="llrll",
    )


def sensitivity(study: Study) -> Chart:
    """Which choice moves the ranks, by first-order and total indices."""
    frame = study.sobol[study.sobol["output"] == "mean shift in rank"]
    order = frame.sort_values("total", ascending=False)
    top = list(order["factor"][:2])
    subtitle = "Part of the variance of the mean shift in rank that a choice explains; bars are 90 percent intervals"
    text = "; ".join(f"{row['factor']} {row['first']:.2f} on its own, {row['total']:.2f} in all" for _, row in order.iterrows())
    return Chart(
        "synthesis-sensitivity",
        f"Ranks depend most on {' and '.join(top)}",
        partial(intervals.indices, order.reset_index(drop=True)),
        f"Dot chart, {subtitle}. {text}.",
        study.sobol.assign(label=lambda part: part["output"].map(lambda name: study.names.get(name, name))),
        subtitle=escape(subtitle),
        source=index_line(study, "Sobol indices, estimated by SALib. Those for each partner’s rank stand in the data of this exhibit"),
    )


def positions(study: Study) -> Table:
    """Rank of each partner on each indicator; where it is in the top tenth of all countries, in bold."""
    standing = study.standing.set_index(["country", "indicator"])
    columns = [name for name in study.matrix.values.columns if study.matrix.values[name].nunique() > 2]
    rows = []
    counts = dict.fromkeys(columns, 0)
    for code in study.tables.chapters:
        cells = []
        for name in columns:
            if (code, name) not in standing.index:
                cells.append("–")
                continue
            row = standing.loc[(code, name)]
            best = row["percentile"] >= TOP
            counts[name] += int(best)
            cells.append(f"**{int(row['rank'])}**" if best else str(int(row["rank"])))
        rows.append([chapter_link(study.tables, code), *cells])
    rows.append(["*Closer than another country*", *(f"*{100 * lift(study, name):.0f}%*" for name in columns)])
    header = ["Partner", *(f"{SHORT.get(name, name)}, of {study.matrix.values[name].count()}" for name in columns)]
    most = max(counts, key=lambda name: counts[name])
    few = [_lower(SHORT.get(name, name)) for name in columns if counts[name] <= 1]
    least = {counts[name] for name in columns if counts[name] <= 1}
    few_of = "none" if least == {0} else "one" if least == {1} else "at most one"
    return Table(
        "synthesis-positions",
        f"{fmt.words(counts[most]).capitalize()} partners are in the top tenth by {_lower(SHORT.get(most, most))}"
        + (f", {few_of} by {listed(few)}" if few else ""),
        header,
        rows,
        [16, *[84 // len(columns)] * len(columns)],
        subtitle="Rank among all ranked countries with a reading, 1 the closest; bold in the top tenth",
        source=index_line(
            study,
            "Last row: chance that a random partner is closer than a random other country; nine of ten random lists lie within "
            f"{margin(study):.0f} points of 50%. Equal readings share the better rank. – marks no reading that counts. Belt and Road "
            "listing has two values and no rank",
            table=True,
        ),
        size="small",
        align="l" + "r" * len(columns),
    )


def lift(study: Study, indicator: str) -> float:
    """Chance that a random partner with a reading is closer on one indicator than a random other country; ties count half."""
    known = study.matrix.values[indicator].dropna()
    ours = known.index.isin(study.marked)
    return float(superiority(-known[ours].to_numpy()[None, :], -known[~ours].to_numpy()[None, :])[0])


def margin(study: Study) -> float:
    """Half-width in points of the range that holds nine of ten random lists: Mann and Whitney's U under no difference."""
    ours, others = len(study.marked), len(study.matrix.values) - len(study.marked)
    return float(100 * 1.645 * np.sqrt((ours + others + 1) / (12 * ours * others)))


def left_out(study: Study) -> Table:
    """Plain rank of each partner with every indicator left out in turn."""
    table = study.left_out.pivot(index="country", columns="indicator", values="rank")[list(study.matrix.values.columns)]
    rows, widest = [], ("", 0.0, "")
    for code in study.marked:
        plain = float(study.by_code.loc[code, "plain"])
        shifts = (table.loc[code] - plain).abs()
        if shifts.max() > widest[1]:
            widest = (study.names[code], float(shifts.max()), str(shifts.idxmax()))
        rows.append([chapter_link(study.tables, code), fmt.number(plain), *(fmt.number(table.loc[code, name]) for name in table.columns)])
    return Table(
        "synthesis-left-out",
        f"Without {_lower(SHORT.get(widest[2], widest[2]))}, {widest[0]} moves by {fmt.number(widest[1])} ranks: the widest shift",
        ["Partner", "All in", *(SHORT.get(name, name) for name in table.columns)],
        rows,
        [12, *[88 // (len(table.columns) + 1)] * (len(table.columns) + 1)],
        subtitle=f"Rank among {len(study.ranking)} countries by the plain index with one indicator left out",
        source=index_line(study, "Plain index: min-max, arithmetic mean, the readings there are", table=True),
        size="small",
        align="l" + "r" * (len(table.columns) + 1),
    )


def reweighted(study: Study) -> Table | None:
    """Partners’ ranks with a reviewer’s weights beside those with equal weights; None while the weights are equal."""
    if not study.reweighted:
        return None
    equal = Study(study.tables, draws=study.draws).by_code
    rows = [[chapter_link(study.tables, code), _interval(equal.loc[code]), _interval(study.by_code.loc[code])] for code in study.marked]
    chosen = ", ".join(f"{name} {100 * weight:.0f}%" for name, weight in zip(study.matrix.dimensions, study.weights, strict=True))
    moved = max(study.marked, key=lambda code: abs(float(equal.loc[code, "median"] - study.by_code.loc[code, "median"])))
    return Table(
        "synthesis-reweighted",
        f"With these weights {study.names[moved]} moves most",
        ["Partner", "Equal weights", "These weights"],
        rows,
        [34, 33, 33],
        subtitle=f"Median rank and 90 percent interval; mean weights: {chosen}",
        source=index_line(study, "Set by whoever runs the notebook", table=True),
        align="lrr",
    )


def index_line(study: Study, note: str, indicators: Sequence[str] = (), *, table: bool = False) -> str:
    """Source line of an exhibit that rests on the index, or on the indicators named."""
    found = study.tables["world"]
    used = found[found["indicator"].isin(list(indicators or study.matrix.values.columns))]["source_id"]
    return source_line(study.tables, used, note, table=table)


def describe(frame: pd.DataFrame, head: str) -> str:
    """Alt text of a chart of ranks: every row with its median and interval."""
    items = [f"{row['label']} {int(row['median'])} ({int(row['low'])} to {int(row['high'])})" for _, row in frame.iterrows()]
    return f"{head}. " + "; ".join(items) + "."


def _interval(row: pd.Series) -> str:
    return f"{fmt.number(row['median'])} ({fmt.number(row['low'])}–{fmt.number(row['high'])})"


def _unit(study: Study, indicator: str) -> str:
    return {"arms_total_5y": "m TIV"}.get(indicator, "votes") if indicator in study.tables.indicators.index else ""


def _lower(text: str) -> str:
    return text if text.startswith("Belt") else text[0].lower() + text[1:]
