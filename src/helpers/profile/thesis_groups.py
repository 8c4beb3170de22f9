"""Groups among the partners: the articles' types against the data, ties among the partners, the map, and change over time."""

from __future__ import annotations

from functools import partial

import networkx as nx
import numpy as np
import pandas as pd

from helpers.alignment import network
from helpers.alignment.groups import cut
from helpers.charts import intervals, maps, networks, trees
from helpers.charts.style import DIMENSIONS
from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.profile import thesis_readings as source
from helpers.profile.across import DUTIES
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import chapter_link, listed
from helpers.profile.exhibits import source_line
from helpers.profile.points import points
from helpers.profile.thesis_index import index_line
from helpers.profile.thesis_study import VOTES, Study

KINDS = {"resource provider": "#b45309", "geopolitical buffer": "#7a3e6b", "logistical node": "#2f6f4f"}
# Parts of the world's ranking, closest first; one hue from dark to light, so that print without colour keeps the order.
CLASSES = {
    "closest tenth": "#08394d",
    "next 15%": "#1f6f8b",
    "next quarter": "#6aa5b8",
    "third quarter": "#b3d0d9",
    "farthest quarter": "#f3e7dc",
}
LIMITS = (0.10, 0.25, 0.50, 0.75, 1.0)
CHINA = "#52606d"
LEAST_TRADE = 1.0  # USD bn in a year: smaller pairs are not drawn, so that the network stays readable
CLOSE_VOTES = 0.25  # distance of ideal points; about half the width of China's own interval, within which two states cannot be told apart
DUTY = {"": "none", "consultation": "consult", "defence": "defend"}
FIRST_YEAR = 2010  # the first year for which the world table has votes
VOTING = "UN votes hardly apart, 2024"
EVENTS = {2013.75: "Belt and Road", 2022.15: "invasion of Ukraine"}


def typology(study: Study) -> Chart:
    """Tree of the partners on the standardised indicators, leaves with the articles' type, and the silhouette of each cut."""
    marked, _, linked, widths = study.clusters
    leaves = pd.DataFrame({"label": [study.names[code] for code in marked], "kind": [study.types.get(code, "") for code in marked]})
    index, chance = study.type_agreement
    found = pd.DataFrame(
        {"partner": marked, "label": leaves["label"], "articles": leaves["kind"]}
        | {f"groups_{count}": cut(linked, count) for count in widths}
    )
    verdict = "do not match" if chance > 0.1 else "match"
    subtitle = "Average linkage on standardised indicators; brackets: the type that the articles’ conclusion names"
    groups = {number: listed(list(part["label"])) for number, part in found.groupby(f"groups_{study.best_cut}")}
    return Chart(
        "synthesis-typology",
        f"The articles’ types {verdict} the groups in the data",
        partial(trees.tree, linked, leaves, widths, study.best_cut, KINDS),
        f"Dendrogram and bar chart, {subtitle}. Cut into {study.best_cut} groups: "
        + "; ".join(groups.values())
        + ". Mean silhouettes: "
        + ", ".join(f"{count} groups {value:.2f}" for count, value in widths.items())
        + ".",
        found,
        subtitle=escape(subtitle),
        source=index_line(
            study,
            f"Adjusted Rand index of the articles’ types and three groups: {index:.2f} (0 is chance, 1 the same; chance does as well "
            f"in {100 * chance:.0f} of 100 relabellings). Dashed: the cut into {fmt.words(study.best_cut)} groups. A mean silhouette "
            "below 0.5 is a weak structure. Distances rest on the "
            "indicators two partners share",
        ),
    )


def graphs(study: Study) -> dict[str, nx.Graph]:
    """Ties among the partners by kind: arms, trade, votes, duties."""
    codes = list(study.tables.chapters)
    arms, trade = _ties(study, "tie_arms_10y"), _ties(study, "tie_goods_exports_imts")
    votes = _ties(study, "tie_idealpoint_distance_fp")
    pairs = network.graph(codes, trade)
    pairs.remove_edges_from([(a, b) for a, b, found in pairs.edges(data=True) if found["value"] < LEAST_TRADE])
    return {
        "Arms delivered, 2015–2024": network.graph(codes, arms[arms["value"] > 0]),
        f"Goods trade from USD {fmt.number(LEAST_TRADE)} bn, 2025": pairs,
        VOTING: network.graph(codes, votes[votes["value"] <= CLOSE_VOTES].assign(value=1.0)),
        "Duties to defend or consult": network.graph(codes, obligations(study)),
    }


def hub(study: Study) -> tuple[str, int, int]:
    """The partner with most ties of arms, trade and duty, its number of them, and the number of all."""
    material = [graph for title, graph in graphs(study).items() if title != VOTING]
    code = max(study.tables.chapters, key=lambda node: sum(graph.degree(node) for graph in material))
    return code, sum(graph.degree(code) for graph in material), sum(graph.number_of_edges() for graph in material)


def axis(study: Study) -> Chart:
    """Four networks of ties among the partners on one layout."""
    tables = study.tables
    codes = list(tables.chapters)
    names = {code: str(tables.partners.loc[code, "name"]) for code in codes}
    found = graphs(study)
    colours = dict(zip(found, (DIMENSIONS["arms"], DIMENSIONS["trade"], DIMENSIONS["diplomacy"], "#52606d"), strict=True))
    data = pd.DataFrame(
        [
            {"network": title, "partner_a": a, "partner_b": b, "value": tie["value"]}
            for title, graph in found.items()
            for a, b, tie in graph.edges(data=True)
        ],
        columns=["network", "partner_a", "partner_b", "value"],
    )
    centre, own, total = hub(study)
    densities = "; ".join(f"{_kind(title)} {100 * network.density(graph):.0f}%" for title, graph in found.items())
    subtitle = "Ties among the partners, without China; filled dots have a tie"
    return Chart(
        "synthesis-axis",
        f"Outside the voting hall, {names[centre]} is party to {fmt.number(own)} of the {fmt.number(total)} ties among the partners",
        partial(networks.panels, found, network.positions(codes), names, colours),
        f"Four networks on one layout, {subtitle}. Density: {densities}. "
        + " ".join(f"{title}: {listed([f'{names[a]} with {names[b]}' for a, b in graph.edges])}." for title, graph in found.items()),
        data,
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            tables["ties"]["source_id"].unique(),
            f"Pairs with a tie, of all possible pairs: {densities}. Votes: ideal points at most {CLOSE_VOTES} apart; Venezuela has none. "
            "IMF pairs lack North Korea and Cuba. Duties: ATOP for 2018 and treaties in force since. Ties of other sets of countries are "
            "in the data for votes alone",
        ),
    )


def _kind(title: str) -> str:
    """The kind of tie that the name of a network begins with: arms, goods trade, votes, duties."""
    return {"UN": "votes", "Goods": "goods trade"}.get(title.split()[0], title.split()[0].lower())


def obligations(study: Study) -> pd.DataFrame:
    """Pairs of partners that a treaty binds to defend (2) or to consult or stay neutral (1): ATOP's last year, and treaties since."""
    parts = [
        _ties(study, "tie_atop_defence").assign(duty=2.0),
        _ties(study, "tie_atop_consultation").assign(duty=1.0),
        _ties(study, "tie_atop_neutrality").assign(duty=1.0),
    ]
    coded = pd.concat([part[part["value"] > 0].assign(value=lambda rows: rows["duty"]) for part in parts], ignore_index=True)
    treaties = study.tables["instruments"]
    treaties = treaties[(treaties["status"] == "in force") & treaties["form"].isin(["treaty", "agreement"])]
    rows = []
    for _, row in treaties.iterrows():
        codes = [code for code in str(row["parties"]).split() if code in study.tables.chapters]
        duties = set(str(row["obligations"]).split())
        if "CHN" not in str(row["parties"]).split() and len(codes) == 2 and duties & {"defence", "consultation", "neutrality"}:
            rows.append({"a": codes[0], "b": codes[1], "value": 2.0 if "defence" in duties else 1.0})
    frame = pd.concat([coded[["a", "b", "value"]], pd.DataFrame(rows, columns=["a", "b", "value"])], ignore_index=True)
    pair = [tuple(sorted(ends)) for ends in zip(frame["a"], frame["b"], strict=True)]
    return frame.assign(pair=pair).sort_values("value").drop_duplicates("pair", keep="last")[["a", "b", "value"]]


def world_map(study: Study) -> Chart:
    """The index on a map, partners outlined."""
    frame = study.ranking.assign(part=lambda rows: (np.arange(len(rows)) + 0.5) / len(rows))
    names = list(CLASSES)
    frame["class"] = [names[int(np.searchsorted(LIMITS, part))] for part in frame["part"]]
    ours = frame[frame["main"]]
    top = int((ours["class"].isin(names[:2])).sum())
    subtitle = f"Alignment with China, {len(frame)} countries by median rank"
    return Chart(
        "synthesis-map",
        f"{fmt.words(top).capitalize()} of {fmt.words(len(ours))} partners are in the closest quarter of the world",
        partial(maps.choropleth, dict(zip(frame["country"], frame["class"], strict=True)), CLASSES, study.tables.chapters, {"CHN": CHINA}),
        f"World map, {subtitle}. "
        + " ".join(f"Partners in the {name}: {listed(list(ours[ours['class'] == name]['label']))}." for name in names)
        + " The table before the map counts all of them.",
        frame.drop(columns="part"),
        subtitle=escape(subtitle),
        source=index_line(
            study,
            "Borders are those of Natural Earth, which draws who administers a territory; Crimea, Kashmir, Taiwan, Western Sahara and "
            "others are disputed, and the map takes no side. The smallest states have no shape. China is dark grey",
        ),
    )


def map_table(study: Study) -> Table:
    """The map in words: the parts of the ranking, how many countries each has by region, and the partners in it."""
    frame = study.ranking.assign(part=lambda rows: (np.arange(len(rows)) + 0.5) / len(rows))
    names = list(CLASSES)
    frame["class"] = [names[int(np.searchsorted(LIMITS, part))] for part in frame["part"]]
    region = dict(zip(study.tables["countries"]["country"], study.tables["countries"]["region"], strict=True))
    frame["region"] = frame["country"].map(region)
    regions = sorted(frame["region"].dropna().unique())
    rows = []
    for name in names:
        part = frame[frame["class"] == name]
        partners = [f"{row['label']} {fmt.number(row['median'])}" for _, row in part[part["main"]].iterrows()]
        rows.append(
            [name.capitalize(), *(str(int((part["region"] == place).sum())) for place in regions), escape(", ".join(partners) or "–")]
        )
    most = frame[frame["class"] == names[0]]["region"].value_counts()
    first = sorted(most.index[most == most.max()])
    tops = first[0] if len(first) == 1 else f"{', '.join(first[:-1])}, as many in {first[-1]}"
    return Table(
        "synthesis-map-table",
        f"{fmt.words(int(most.iloc[0])).capitalize()} of the {fmt.number(int(most.sum()))} countries closest to China are in {tops}",
        ["Part of the ranking", *regions, "Partners, with median rank"],
        rows,
        [18, *[7] * len(regions), 82 - 7 * len(regions)],
        subtitle="Number of countries by continent",
        source=index_line(study, "The full ranking stands in the data of the map", table=True),
        align="l" + "r" * len(regions) + "l",
    )


def change(study: Study) -> Chart:
    """Distance to China in votes over time: the partners against the world's middle half."""
    found = source.readings(study.tables, [VOTES])
    found = found[found["year"] >= FIRST_YEAR]
    world = found.groupby("year")["value"].quantile([0.25, 0.5, 0.75]).unstack()
    band = pd.DataFrame({"x": world.index, "low": world[0.25].to_numpy(), "median": world[0.5].to_numpy(), "high": world[0.75].to_numpy()})
    lines = found[found["country"].isin(study.tables.chapters)]
    lines = lines.assign(x=lines["year"], label=lines["country"].map(study.names))
    first, last = (nearer(found, study.tables.chapters, year) for year in (found["year"].min(), found["year"].max()))
    subtitle = f"Distance to China in final-passage votes of the General Assembly, {int(band['x'].min())}–{int(band['x'].max())}"
    middle = lines.groupby("x")["value"].median()
    return Chart(
        "synthesis-change",
        f"{round(last)}% of other states vote nearer to China than the median partner does, {round(first)}% did in {FIRST_YEAR}",
        partial(intervals.band, band, lines, DIMENSIONS["diplomacy"], EVENTS),
        f"Line chart, {subtitle}. Median partner: {middle.iloc[0]:.2f} at the start, {middle.iloc[-1]:.2f} at the end. "
        f"Median country: {band['median'].iloc[0]:.2f}, then {band['median'].iloc[-1]:.2f}.",
        lines[["country", "label", "year", "value", "source_id"]],
        subtitle=escape(subtitle),
        source=source_line(
            study.tables,
            lines["source_id"],
            "Grey band: middle half of all countries; thin lines: partners. Single estimates have wide intervals. No series of trade "
            "shares covers every country over time, so change in trade is not shown",
        ),
    )


def nearer(found: pd.DataFrame, partners: list[str], year: float) -> float:
    """Percent of the other countries that are nearer to China than the median partner in a year."""
    rows = found[found["year"] == year].set_index("country")["value"]
    ours = rows[rows.index.isin(partners)]
    others = rows[~rows.index.isin(partners)]
    return 100 * float((others < ours.median()).mean())


def then_and_now(study: Study) -> Table:
    """Partners at the start and the end of what series allow: China's strongest duty, place in votes, and arms share by window."""
    tables = study.tables
    votes = source.readings(tables, [VOTES])
    coded = source.readings(tables, [name for name in tables.indicators.index if name.startswith("atop_china_")])
    coded = coded[coded["value"] == 1]
    first = int(coded["year"].min()) if len(coded) else FIRST_YEAR
    rows = []
    firm = 0
    for code in tables.chapters:
        before = coded[(coded["year"] == first) & (coded["country"] == code)]["indicator"].str.removeprefix("atop_china_")
        duty = next((name for name in DUTIES if name.replace("-", "") in set(before)), "")
        cells = [DUTY.get(duty, duty), DUTY.get(study.duties.get(code, ""), study.duties.get(code, ""))]
        cells += [_place(votes, code, FIRST_YEAR), _place(votes, code, float(votes["year"].max()))]
        arms = points(tables, "arms_share_china_5y", [code]).set_index("year")["value"]
        cells += [_percent(arms, year) for year in (2014, 2019, 2024)]
        firm += int(2014 in arms.index and 2024 in arms.index and arms[2024] > arms[2014])
        rows.append([chapter_link(tables, code), *cells])
    known = sum(row[5] != "–" and row[7] != "–" for row in rows)
    used = [*votes["source_id"].unique()[:1], *points(tables, "arms_share_china_5y")["source_id"].unique(), *coded["source_id"].unique()]
    return Table(
        "synthesis-then",
        f"China’s share of arms rose for {fmt.words(firm)} of {fmt.words(known)} partners with readings in the first and last windows",
        [
            "Partner",
            f"Duty, {first}",
            "Duty now",
            f"Votes, {FIRST_YEAR}",
            f"Votes, {int(votes['year'].max())}",
            "Arms, 2010\N{WORD JOINER}–\N{WORD JOINER}14",
            "Arms, 2015\N{WORD JOINER}–\N{WORD JOINER}19",
            "Arms, 2020\N{WORD JOINER}–\N{WORD JOINER}24",
        ],
        rows,
        [14, 15, 15, 13, 13, 10, 10, 10],
        subtitle="China’s strongest duty; place in distance to China’s votes, 1 the nearest; China’s share of arms imports, percent",
        source=source_line(
            tables,
            used,
            "Duties as ATOP codes them, now also treaties in force. – marks no reading in that year. Places move with the agenda and "
            "count every state with an estimate, however few its votes",
            table=True,
        ),
        align="lllrrrrr",
    )


def _place(votes: pd.DataFrame, code: str, year: float) -> str:
    rows = votes[votes["year"] == year].set_index("country")["value"].rank(method="min")
    return f"{int(rows[code])} of {len(rows)}" if code in rows.index else "–"


def _percent(series: pd.Series, year: float) -> str:
    return fmt.number(float(f"{series[year]:.3g}")) if year in series.index else "–"


def _ties(study: Study, indicator: str) -> pd.DataFrame:
    """Ties of the last year of an indicator: `a`, `b`, `value`."""
    frame = study.tables["ties"]
    frame = frame[frame["indicator"] == indicator]
    frame = frame[frame["year"] == frame["year"].max()] if len(frame) else frame
    return frame.rename(columns={"partner_a": "a", "partner_b": "b"})[["a", "b", "value"]]
