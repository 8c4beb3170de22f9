"""The claims ledger across all articles: verdicts counted, numbers set against better ones, and statements that clash."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from helpers.charts import alt
from helpers.charts import compare as draw
from helpers.errors import InputError
from helpers.facts import format as fmt
from helpers.facts.links import claim_link, escape
from helpers.facts.references import References, render
from helpers.profile import tabular
from helpers.profile.across import how_many, rounded
from helpers.profile.blocks import Chart, Table
from helpers.profile.compare import chapter_link
from helpers.profile.exhibits import source_line
from helpers.profile.rows import words
from helpers.tables.findings import nearest
from helpers.tables.load import Tables

# The verdicts' own colours, the same as the pills in the text.
VERDICT_COLOURS = {
    "confirmed": "#1f6b3a",
    "imprecise": "#7a5200",
    "outdated": "#4a5560",
    "contradicted": "#9a3412",
    "unverifiable": "#5b4b8a",
}
ARTICLES = {
    "s0": "s0, on all partners",
    "s1": "s1, “robust partnership”",
    "s2": "s2, alliance in 2024",
    "s3": "s3, Stratheia",
    "s4": "s4, The Hill",
}
KEY = f"The articles are {'; '.join(ARTICLES.values())}"
# Differences below one percent are rounding: the ledger shows them, the chart need not.
ROUNDING = 1.0
NO_QUANTITY = ("year", "ordinal", "rank")


def counted(tables: Tables) -> Chart | None:
    """Verdicts by article, and over all."""
    claims = tables["claims"]
    if claims.empty:
        return None
    counts = claims.groupby(["article", "verdict"]).size().rename("value").reset_index()
    total = claims.groupby("verdict").size().rename("value").reset_index().assign(article="all")
    frame = pd.concat([total, counts], ignore_index=True).rename(columns={"verdict": "series"})
    frame["label"] = ["All five articles" if name == "all" else ARTICLES.get(name, name) for name in frame["article"]]
    frame["label"] = frame["label"].replace("All five articles", f"All {fmt.words(claims['article'].nunique())} articles")
    order = {name: place for place, name in enumerate(VERDICT_COLOURS)}
    frame = frame.sort_values(
        ["article", "series"],
        key=lambda column: column.map(order) if column.name == "series" else column.map(lambda name: "" if name == "all" else name),
        kind="stable",
        ignore_index=True,
    )
    right = int((claims["verdict"] == "confirmed").sum())
    subtitle = "Number of checked statements by verdict"
    return Chart(
        "synthesis-verdicts",
        f"Of {fmt.number(len(claims))} statements {fmt.number(right)} hold as written",
        partial(draw.stacked_shares, frame, VERDICT_COLOURS),
        alt.of_rows(frame, subtitle),
        frame[["article", "label", "series", "value"]],
        subtitle=subtitle,
        source="Source: claims table of this briefing; each verdict with the fact that settles it stands in the chapters. "
        "Note: The articles differ in length and in how much they state.",
    )


def numeric(tables: Tables) -> pd.DataFrame | None:
    """Claims with a value whose settling fact has a value in the same unit.

    `better` is that fact's value, or the sum of both facts where the claim adds them up; `ratio` the claim where
    `better` is 100; widest difference first. None where no claim can be compared.
    """
    claims, facts = tables["claims"], tables.facts
    rows = []
    for claim in claims[claims["value"].notna() & (claims["fact_id"] != "") & ~claims["unit"].isin(NO_QUANTITY)].to_dict("records"):
        fact = facts.loc[claim["fact_id"]]
        if not fmt.known(fact["value"]) or fact["unit"] != claim["unit"] or fact["value"] == 0:
            continue
        better, used = float(fact["value"]), [claim["fact_id"]]
        other = facts.loc[claim["other_fact_id"]] if claim["other_fact_id"] else None
        if (
            other is not None
            and other["unit"] == claim["unit"]
            and claim["verdict"] == "confirmed"
            and better + other["value"] == claim["value"]
        ):
            better, used = better + float(other["value"]), [*used, claim["other_fact_id"]]
        rows.append(
            {
                **claim,
                "better": better,
                "ratio": 100 * claim["value"] / better,
                "source_id": fact["source_id"],
                "settled_by": " ".join(used),
            }
        )
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    return frame.assign(size=(frame["ratio"] - 100).abs()).sort_values(
        ["size", "claim_id"], ascending=[False, True], kind="stable", ignore_index=True
    )


def dumbbell(tables: Tables) -> Chart | None:
    """Claimed against better value, the better one being 100; what differs only by rounding is counted in the note."""
    found = numeric(tables)
    if found is None or (found["size"] < ROUNDING).all():
        return None
    wide = found[found["size"] >= ROUNDING]
    units = References(tables).units
    frame = wide.assign(
        label=[f"{words(claim)} ({article})" for claim, article in zip(wide["claim"], wide["article"], strict=True)],
        shown=[_both(row, units[row["unit"]]) for row in wide.to_dict("records")],
        kind=wide["verdict"],
        series=wide["verdict"],
        claimed=wide["value"],
        value=wide["ratio"],
    )
    close, missed = len(found) - len(wide), int((wide["verdict"] != "confirmed").sum())
    subtitle = "The articles’ value where the better value is 100; right: claimed against better value"
    return Chart(
        "synthesis-numbers",
        f"{how_many(missed).capitalize()} of {fmt.words(len(found))} comparable figures miss the better value",
        partial(draw.against_hundred, frame, VERDICT_COLOURS),
        alt.of_rows(frame, subtitle),
        frame[
            ["claim_id", "article", "partner", "claim", "claimed", "unit", "better", "value", "verdict", "settled_by", "source_id"]
        ].rename(columns={"value": "claimed_per_100_better"}),
        subtitle=escape(subtitle),
        source=source_line(
            tables,
            frame["source_id"],
            f"Another {fmt.words(close)} figures agree within one percent and are not drawn. Confirmed ones "
            "say “more than” or “nearly”. A capacity, a target or a contract value can match its own kind of fact and be no outcome",
        ),
    )


def important(tables: Tables, claim_ids: list[str]) -> Table | None:
    """The statements that matter most for the thesis, as named in the prose file.

    Raises InputError naming the nearest claim for one that the table does not have.
    """
    if not claim_ids:
        return None
    claims = tables["claims"].set_index("claim_id", drop=False)
    for claim_id in claim_ids:
        if claim_id not in claims.index:
            raise InputError(f'no claim "{claim_id}"', "synthesis.md, claims", f"the nearest is {nearest(claim_id, claims.index)!r}")
    references = References(tables)
    rows = []
    for claim_id in claim_ids:
        row = claims.loc[claim_id]
        link = claim_link(f"{_said(references, row)} ({row['article']})", claim_id, (row["partner"] or "index").lower())
        rows.append([link, _pill(row["verdict"]), tabular.settling(references, row["fact_id"]), escape(words(row["why"]))])
    return Table(
        "synthesis-important",
        _holding(claims.loc[claim_ids], "that carry the thesis"),
        ["The articles claim", "Verdict", "Better value", "Why"],
        rows,
        [33, 14, 22, 31],
        source=f"Source: claims table; each row links to the ledger of its chapter. Note: {KEY}.",
        classes="ledger",
    )


def clashes(tables: Tables, chosen: list[dict[str, Any]] | None = None) -> Table | None:
    """Statements that name different values for what one fact settles, side by side.

    `chosen` adds clashes of words, which no number shows: entries {about, claims, says} from the prose file.
    Raises InputError naming the nearest claim for one that the table does not have.
    """
    claims = tables["claims"]
    valued = claims[claims["value"].notna() & (claims["fact_id"] != "") & ~claims["unit"].isin(NO_QUANTITY)]
    valued = valued[valued["unit"] == valued["fact_id"].map(tables.facts["unit"])]
    references = References(tables)
    rows = []
    for fact_id, group in valued.groupby("fact_id", sort=False):
        if group["value"].nunique() < 2 or float(group["value"].max() / group["value"].min()) < 1 + ROUNDING / 100:
            continue
        said = []
        for row in group.sort_values(["article", "claim_id"]).to_dict("records"):
            value = claim_link(
                fmt.quantity(row["value"], references.units[row["unit"]]), row["claim_id"], (row["partner"] or "index").lower()
            )
            said.append(f"**{row['article']}** {value}: {escape(words(row['claim']))} {_pill(row['verdict'])}")
        rows.append([escape(str(tables.facts.loc[fact_id, "metric"])), "; ".join(said), references.fact(str(fact_id), "dated")])
    known = claims.set_index("claim_id", drop=False)
    for item in chosen or []:
        said = []
        for claim_id in item["claims"]:
            if claim_id not in known.index:
                raise InputError(f'no claim "{claim_id}"', "synthesis.md, clashes", f"the nearest is {nearest(claim_id, known.index)!r}")
            row = known.loc[claim_id]
            link = claim_link(_said(references, row), claim_id, (row["partner"] or "index").lower())
            said.append(f"**{row['article']}** {link} {_pill(row['verdict'])}")
        rows.append([escape(str(item["about"])), "; ".join(said), render(str(item["says"]), references)])
    if not rows:
        return None
    return Table(
        "synthesis-clashes",
        f"On {fmt.words(len(rows))} points the articles contradict one another, or themselves",
        ["On", "What the articles say", "What the evidence says"],
        rows,
        [20, 58, 22],
        source="Source: claims table. Note: Numbers that differ by less than one percent are not listed.",
    )


def unclaimed(tables: Tables) -> Table | None:
    """Ledger rows that belong to no single partner; their anchors stand here and nowhere else."""
    rows = tables["claims"][tables["claims"]["partner"] == ""]
    if rows.empty:
        return None
    table = tabular.verdicts(tables, rows, "synthesis-ledger", _holding(rows, "on several partners at once"))
    return replace(table, source="Source: claims table.")


def by_partner(tables: Tables) -> Table | None:
    """Verdicts by partner, so that a reader finds the ledger of each chapter."""
    if tables["claims"].empty:
        return None
    counts = pd.crosstab(tables["claims"]["partner"], tables["claims"]["verdict"]).reindex(columns=list(VERDICT_COLOURS), fill_value=0)
    rows = []
    for code in [*tables.chapters, ""]:
        if code in counts.index:
            cells = counts.loc[code]
            name = chapter_link(tables, code) if code else "Several partners"
            rows.append([name, *[str(int(number)) if number else "–" for number in cells], str(int(cells.sum()))])
    claims = tables["claims"]
    most = claims.loc[claims["partner"] != "", "partner"].value_counts()
    title = "Verdicts by partner"
    if len(most):
        name = tables.partners.loc[most.index[0], "name"]
        title = f"{fmt.words(int(most.iloc[0])).capitalize()} of {fmt.words(len(claims))} statements are about {name}"
    return Table(
        "synthesis-verdicts-partner",
        title,
        ["Partner", *[name.capitalize() for name in VERDICT_COLOURS], "All"],
        rows,
        [22, 13, 13, 13, 13, 13, 13],
        source="Source: claims table.",
        align="lrrrrrr",
    )


def _holding(rows: pd.DataFrame, which: str) -> str:
    """A title that counts the statements that hold."""
    held = int((rows["verdict"] == "confirmed").sum())
    many = f"{fmt.words(len(rows))} statement{'' if len(rows) == 1 else 's'}"
    return f"Of {many} {which} {how_many(held)} {'holds' if held == 1 else 'hold'} as written"


def _both(row: Mapping[Hashable, Any], unit: Mapping[str, str]) -> str:
    return f"{fmt.quantity(row['value'], unit)} against {rounded(row['better'], 4)}"


def _said(references: References, claim: pd.Series) -> str:
    """A statement of the articles with the value it names."""
    return ": ".join(part for part in (claim["claim"], tabular.named(references, claim)) if part)


def _pill(verdict: str) -> str:
    return f"[{verdict}]{{.verdict .{verdict}}}"
