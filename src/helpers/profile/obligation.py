"""Obligation against interdependence: what treaties bind China to, beside what really flows, in both directions."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.charts import alt
from helpers.charts import compare as draw
from helpers.charts.style import DIMENSIONS, SEQUENCE
from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link
from helpers.facts.references import References
from helpers.profile.across import COLUMNS, coded_duties, how_many, reading, rounded, trade_share, treaties, written_duties
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import atop_line, chapter_link, listed
from helpers.profile.exhibits import source_line
from helpers.profile.points import points
from helpers.tables.load import Tables

# Below this total of five years, in million TIV, one ship or aircraft makes the share: it is not drawn.
LEAST_ARMS = 100.0
GROUPS = {
    "defence": "Duty to defend",
    "offence": "Duty to attack",
    "neutrality": "Duty of neutrality",
    "consultation": "Duty to consult",
    "non-aggression": "Non-aggression only",
    "": "No obligation coded",
}
EXPORTS, IMPORTS, ARMS = "exports that go to China", "imports from China", "arms imports from China"
NAMED = {EXPORTS: "exports", IMPORTS: "imports"}  # at their dots, where the subtitle says the rest
COLOURS = {EXPORTS: SEQUENCE[0], IMPORTS: SEQUENCE[1], ARMS: DIMENSIONS["arms"]}
ON_CHINA, ON_PARTNER = "its share of China’s trade", "China’s share of its trade"


def law(tables: Tables) -> Table:
    """Treaties in force with their obligations, beside ATOP's coding."""
    year, coded = coded_duties(tables)
    references = References(tables)
    rows = []
    for code in tables.chapters:
        found = treaties(tables, code)
        names = [_treaty(references, row) for _, row in found.iterrows()]
        rows.append([chapter_link(tables, code), "; ".join(names) or "none found", escape(", ".join(coded[code]) or "none")])
    defended = [code for code in tables.chapters if "defence" in {*coded[code], *written_duties(tables, code)}]
    others = [
        str(tables.partners.loc[code, "name"])
        for code in tables.partners.index
        if code not in tables.chapters and "consultation" in coded[code]
    ]
    note = "Its non-aggression flag comes with regional treaties that the United States joined too and is no sign of closeness"
    if others:
        note += f". Among the comparison countries it codes consultation with {escape(listed(others))}"
    return Table(
        "synthesis-law",
        f"A treaty obliges China to defend {how_many(len(defended))} of {fmt.words(len(tables.chapters))} partners",
        ["Partner", "In force with China, and what it obliges to", f"ATOP, {year}" if year else "ATOP"],
        rows,
        [12, 66, 22],
        subtitle="Bold: obligations to defend, consult or not to attack; none: trade, investment or other agreements without one",
        source=atop_line(tables, year, note),
    )


def interdependence(tables: Tables) -> Chart:
    """The central exhibit: countries by the strongest obligation that binds China, with China's share of their trade and arms."""
    year, coded = coded_duties(tables)
    parts = []
    for panel, series, name in (
        ("Goods trade", EXPORTS, "imts_china_share_of_exports"),
        ("Goods trade", IMPORTS, "imts_china_share_of_imports"),
        ("Arms imports", ARMS, "arms_share_china_5y"),
    ):
        part = reading(tables, name).assign(series=series, blank="not in the IMF’s data" if panel == "Goods trade" else "no delivery")
        part["panel"] = (
            f"{panel}, {int(part['year'].iloc[0])}"
            if panel == "Goods trade"
            else f"{panel}, {int(part['year'].iloc[0]) - 4}–{int(part['year'].iloc[0]) % 100}"
        )
        parts.append(_without_tiny(tables, part) if panel == "Arms imports" else part)
    frame = pd.concat(parts, ignore_index=True)
    strongest = {code: (duties[0] if duties else "") for code, duties in coded.items()}
    frame["group"] = frame["partner"].map(strongest).map(GROUPS)
    order = {name: place for place, name in enumerate(GROUPS.values())}
    imports = frame[frame["series"] == IMPORTS].set_index("partner")["value"]
    frame["by_group"], frame["by_share"] = frame["group"].map(order), frame["partner"].map(imports).fillna(-1)
    frame = frame.sort_values(["by_group", "main", "by_share"], ascending=[True, False, False], kind="stable", ignore_index=True)
    subtitle = f"China’s share of exports and imports, percent; by the strongest duty of China that ATOP codes for {year}; grey: comparison"
    note = (
        "Imports are the exporters’ reports. "
        f"Arms shares of totals below {fmt.number(LEAST_ARMS)} m TIV in five years are not drawn. "
        "ATOP ends before the articles; Belt and Road or partnership texts are not treaties"
    )
    return Chart(
        "synthesis-interdependence",
        _spread(frame),
        partial(draw.grouped_dots, frame, COLOURS, NAMED),
        alt.of_rows(frame[frame["value"].notna()], subtitle),
        frame[[*COLUMNS, "group", "series"]],
        subtitle=escape(subtitle),
        source=source_line(tables, [source for source in [*frame["source_id"], *_atop_sources(tables)] if source], note),
    )


def directions(tables: Tables) -> Chart:
    """Dependence both ways: the country's share of China's trade against China's share of its own."""
    weight = reading(tables, "share_of_china_trade_customs").assign(series=ON_CHINA)
    own = trade_share(tables).assign(series=ON_PARTNER)
    frame = pd.concat([weight, own], ignore_index=True)
    frame["group"] = frame["main"].map({True: "Partners", False: "Compared with"})
    by_own = own.set_index("partner")["value"]
    frame["rank"] = frame["partner"].map(by_own).fillna(-1)
    frame = frame.sort_values(["main", "rank"], ascending=[False, False], kind="stable", ignore_index=True)
    ours = weight[weight["main"]]["value"].sum()
    top = weight[~weight["main"]].sort_values("value").iloc[-1] if (~weight["main"]).any() else None
    than = f", {_the(top['label'])} {rounded(top['value'])}%" if top is not None else ""
    year = int(weight["year"].iloc[0])
    subtitle = f"Percent of goods trade, {year}"
    return Chart(
        "synthesis-directions",
        f"All {fmt.words(int(weight['main'].sum()))} partners make up {rounded(ours)}% of China’s goods trade{than}",
        partial(draw.two_dots, frame, {ON_CHINA: COLOURS[IMPORTS], ON_PARTNER: COLOURS[EXPORTS]}),
        alt.of_rows(frame[frame["value"].notna()], subtitle),
        frame[[*COLUMNS, "series"]],
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            [source for source in frame["source_id"] if source],
            "Two compilers: Chinese customs for the share of China’s trade, the IMF’s pairs for the share of the partner’s, derived by "
            "adding both directions. The IMF’s pairs lack countries that show one dot. Oil sold under another flag is in neither",
        ),
    )


def _spread(frame: pd.DataFrame) -> str:
    """A title that measures how far countries with the same obligation lie apart."""
    groups = frame[frame["series"] == IMPORTS].groupby("group")["value"]
    widest = (groups.max() - groups.min()).max()
    return f"Among countries owed the same, China’s share of imports differs by up to {fmt.number(round(widest))} points"


def _treaty(references: References, row: pd.Series) -> str:
    year = (row["signed"] or row["in_force"])[:4]
    duty = "none" if row["obligations"] == "none" else f"**{', '.join(row['obligations'].split())}**"
    words = f"{row['title']} ({year})" if year else row["title"]
    return f"{fact_link(words, row['fact_id']) if row['fact_id'] else references.cite(row['source_id'])}: {duty}"


def _without_tiny(tables: Tables, part: pd.DataFrame) -> pd.DataFrame:
    total = reading(tables, "arms_total_5y", int(part["year"].iloc[0])).set_index("partner")["value"]
    tiny = part["partner"].map(total) < LEAST_ARMS
    return part.assign(value=part["value"].mask(tiny), blank=part["blank"].mask(tiny, "total too small"))


def _atop_sources(tables: Tables) -> list[str]:
    return list(dict.fromkeys(points(tables, "atop_china_defence", tables.chapters)["source_id"]))


def _the(name: str) -> str:
    return f"the {name}" if name == "United States" else name
