"""The two axes set against each other, both directions of dependence, and the same measures for the United States."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from helpers.alignment.uncertainty import quantiles
from helpers.charts import intervals
from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.profile import thesis_readings as source
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import chapter_link
from helpers.profile.exhibits import source_line
from helpers.profile.obligation import GROUPS
from helpers.profile.thesis_index import describe, index_line
from helpers.profile.thesis_study import FRONT, Study

PARTNERS, ALLIES = "The partners, to China", "US treaty allies, to the US"
DISTANT, ALLIES_CHINA = "Of these, outside Latin America", "The same allies, to China"
REST = "All other countries, to China"


def central(study: Study) -> Chart:
    """Obligation against alignment: every country by the strongest duty of China, with its rank; partners and compared ones named."""
    frame = study.ranking.assign(group=lambda part: part["country"].map(study.duties).fillna("").map(GROUPS))
    order = {name: place for place, name in enumerate(GROUPS.values())}
    named = frame[frame["country"].isin(study.tables.partners.index)].copy()
    named["place"] = named["group"].map(order)
    named = named.sort_values(["place", "main", "median"], ascending=[True, False, True], kind="stable")
    others = frame[~frame["country"].isin(study.tables.partners.index)]
    front = frame.head(FRONT)
    bound = int(front["group"].isin([GROUPS[duty] for duty in ("defence", "offence", "neutrality", "consultation")]).sum())
    subtitle = f"Countries by the strongest duty of China, and their rank in alignment with 90 percent interval, 1 to {len(frame)}"
    counted = frame.groupby("group", sort=False)["median"].agg(["size", "median"])
    head = "; ".join(f"{name}: {int(row['size'])} countries, median rank {round(row['median'])}" for name, row in counted.iterrows())
    return Chart(
        "synthesis-central",
        f"Of the {fmt.number(FRONT)} countries closest to China, {fmt.words(bound)} are owed more than non-aggression",
        partial(intervals.by_group, named, others, list(GROUPS.values())),
        describe(named, f"Chart of ranks by obligation, {subtitle}. {head}. Named countries"),
        frame,
        subtitle=escape(subtitle),
        source=index_line(
            study,
            "Dark: partners; grey names: comparison countries; dots: all others. Duties as ATOP codes them for 2018, for partners also "
            "treaties in force since. Non-aggression comes with regional treaties and is no sign of closeness",
            ["atop_china_defence", *study.matrix.values.columns],
        ),
    )


def asymmetry(study: Study) -> Table:
    """Both directions of trade dependence, the ratio between them, and what is left once size is taken out."""
    frame = dependence(study)
    ours = frame.reindex(study.tables.chapters)
    rows = [
        [
            chapter_link(study.tables, code),
            *(_number(row[name]) for name in ("china_in_country", "country_in_china", "ratio", "exports_intensity", "imports_intensity")),
        ]
        for code, row in ours.iterrows()
    ]
    total = float(ours["country_in_china"].sum())
    known = int(ours["country_in_china"].notna().sum())
    more = int((ours["exports_intensity"] > 1).sum()), int((ours["imports_intensity"] > 1).sum())
    tables = study.tables
    used = tables["world"].query("indicator == 'imts_total_exports'")["source_id"].unique()
    return Table(
        "synthesis-asymmetry",
        f"{fmt.words(known).capitalize()} partners make up {fmt.number(round(total, 1))}% of China’s trade; "
        f"to {fmt.words(more[1])} China is an outsized supplier",
        [
            "Partner",
            "China’s share of its trade, %",
            "Its share of China’s trade, %",
            "Ratio",
            "Exports to China, intensity",
            "Imports from China, intensity",
        ],
        rows,
        [18, 18, 18, 10, 18, 18],
        subtitle="Goods trade of 2025, IMF; intensity 1: China’s share equals its share in the world’s trade",
        source=source_line(
            tables,
            used,
            "The ratio of the two shares equals China’s trade over the partner’s and so measures size alone; intensity takes size out. "
            "– marks no data: the IMF’s pairs lack North Korea and Cuba",
        ),
        align="lrrrrr",
        size="small",
    )


def dependence(study: Study) -> pd.DataFrame:
    """For every country: China's share of its trade, its share of China's, their ratio, and trade intensities (see `intensity`)."""
    names = {
        "out": "imts_exports_to_china",
        "into": "imts_imports_from_china",
        "exports": "imts_total_exports",
        "imports": "imts_total_imports",
    }
    found = source.readings(study.tables, [*names.values(), "imts_share_of_china_trade"])
    wide = found[found["year"] == found["year"].max()].pivot(index="country", columns="indicator", values="value")
    wide = wide.reindex(columns=[*names.values(), "imts_share_of_china_trade"])
    out, into, exports, imports = (wide[name] for name in names.values())
    both = out.notna() & into.notna() & exports.notna() & imports.notna()
    share = (100 * (out + into) / (exports + imports)).where(both)
    part = wide["imts_share_of_china_trade"]
    return pd.DataFrame(
        {
            "china_in_country": share,
            "country_in_china": part,
            "ratio": share / part.where(part > 0),
            "exports_intensity": out / exports / (out.sum() / exports.sum()),
            "imports_intensity": into / imports / (into.sum() / imports.sum()),
        }
    )


def reference(study: Study) -> Chart:
    """Ties to China and to the United States on one scale: partners, treaty allies, and everyone else."""
    rows, drawn = study.pooled
    _, median, _ = quantiles(drawn)
    frame = rows.assign(median=median, label=rows["country"].map(study.names))
    ours, allies = set(study.tables.chapters), set(study.allies)
    distant = {code for code, far in study.allies.items() if far}
    parts = []
    for name, power, codes in (
        (PARTNERS, "China", ours),
        (ALLIES, "United States", allies),
        (DISTANT, "United States", distant),
        (ALLIES_CHINA, "China", allies),
        (REST, "China", set(frame["country"]) - ours - allies),
    ):
        part = frame[(frame["power"] == power) & frame["country"].isin(codes)]
        parts.append(part.assign(group=name, series=power))
    shown = pd.concat(parts, ignore_index=True)
    lift = study.treaty_lift
    subtitle = f"Median rank of {len(frame)} ties, 1 the closest; trade, arms and votes; bar: middle half of the group"
    counts = shown.groupby("group", sort=False)["median"].agg(["size", "median"])
    text = "; ".join(f"{name}: {int(row['size'])} ties, median rank {round(row['median'])}" for name, row in counts.iterrows())
    return Chart(
        "synthesis-reference",
        f"The list picks the closer tie to China in {percent(lift['partners'])} of pairs, US treaties that to Washington in "
        f"{percent(lift['allies'])}"
        if {"partners", "allies"} <= lift.keys()
        else "Ties to China and to the United States on one scale",
        partial(intervals.strips, shown, {"China": intervals.ACCENT, "United States": intervals.WARM}),
        f"Strip chart, {subtitle}. {text}.",
        shown,
        subtitle=escape(subtitle),
        source=index_line(
            study,
            "US allies: states that ATOP codes a US duty to defend for 2018, so without Finland and Sweden. Finance and Belt and Road "
            "have no American counterpart and are left out. In 2025 the United States voted with few, which lowers its ties",
            ["atop_usa_defence", *source.compared(study.tables)],
        ),
    )


def percent(drawn: np.ndarray) -> str:
    """Median of drawn chances in percent."""
    return f"{100 * float(np.median(drawn)):.0f}%"


def _number(value: float) -> str:
    return "–" if pd.isna(value) else fmt.number(float(f"{value:.3g}"))
