"""Tables of a page: rows of the shared tables turned into cells of Markdown."""

from __future__ import annotations

import pandas as pd

from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link, identifier, source_link
from helpers.facts.references import References
from helpers.profile.blocks import Table
from helpers.profile.rows import words
from helpers.tables.load import Tables

VERDICTS = ("confirmed", "imprecise", "outdated", "contradicted", "unverifiable")
ARTICLE_NAMES = {"s0": "s0", "s1": "s1", "s2": "s2", "s3": "s3", "s4": "s4"}


def shown_value(references: References, row: pd.Series) -> str:
    """Value of a fact as text, with its range; its words where it has no value."""
    if not fmt.known(row["value"]):
        return ""
    unit = references.units[row["unit"]]
    text = fmt.quantity(row["value"], unit)
    if fmt.known(row["low"]) and fmt.known(row["high"]):
        text += f" ({fmt.number(row['low'])}–{fmt.number(row['high'])})"
    return text


def key_facts(tables: Tables, facts: pd.DataFrame, key: str, title: str) -> Table:
    """A short table of facts: what, value, period, source."""
    references = References(tables)
    rows = []
    for _, row in facts.iterrows():
        value = shown_value(references, row)
        said = row["metric"] if value else row["text"]
        kind = f" ({row['kind']})" if row["kind"] not in ("actual", "event", "legal status") else ""
        rows.append(
            [
                escape(words(said)),
                fact_link(value or "in words", row["fact_id"]),
                escape(fmt.period(row["start"], row["end"]) + kind),
                references.who(row["fact_id"]),
            ]
        )
    return Table(key, title, ["What", "Value", "Period", "Source"], rows, [46, 18, 18, 18], size="small")


def instruments(tables: Tables, rows: pd.DataFrame, key: str, title: str, *, with_partner: bool = False) -> Table:
    """What the law says: each instrument with its obligations and status."""
    cells = []
    for _, row in rows.iterrows():
        dates = [fmt.day(row["signed"])] if row["signed"] else []
        if row["in_force"] or row["until"]:
            since, until = fmt.day(row["in_force"]), fmt.day(row["until"])
            dates.append(f"in force {since}{f' to {until}' if until else ''}" if since else f"in force until {until}")
        duty = "none" if row["obligations"] == "none" else ", ".join(row["obligations"].split())
        title_cell = escape(words(row["title"])) + (f". {escape(words(row['note']))}" if row["note"] else "")
        first = [escape(tables.partners.loc[row["partner"], "name"])] if with_partner else []
        # A dataset's coding of obligations has no status of its own: it says what was coded, not what is in force today.
        status = "as coded" if row["form"] == "dataset coding" and row["status"] == "unknown" else row["status"]
        cells.append([*first, title_cell, escape("; ".join(dates) or "–"), escape(duty), escape(status), evidence(tables, row)])
    header = [*(["Partner"] if with_partner else []), "Instrument", "Signed", "Obliges to", "Status", "Evidence"]
    widths = [*([11] if with_partner else []), 37, 18, 16, 12, 17]
    return Table(key, title, header, cells, widths)


def evidence(tables: Tables, row: pd.Series) -> str:
    """A link to the fact a row rests on, by its compiler, or to its source, by its publisher; a repository's name says nothing."""
    if row["fact_id"]:
        source = tables.sources.loc[tables.facts.loc[row["fact_id"], "source_id"]]
        return fact_link(source["compiler"] or source["publisher"], row["fact_id"])
    if not row["source_id"]:
        return "–"
    source = tables.sources.loc[row["source_id"]]
    copied = source["publisher"].endswith("(GitHub)")
    return source_link((source["compiler"] if copied else "") or source["publisher"], row["source_id"])


def timeline(tables: Tables, rows: pd.DataFrame, key: str, title: str) -> Table:
    """Events by date; what came after the articles is marked."""
    cells = []
    for _, row in rows.sort_values(["start", "event_id"], kind="stable").iterrows():
        after = " *(after the articles)*" if row["after_articles"] == "true" else ""
        cells.append(
            [escape(fmt.period(row["start"], row["end"])), escape(words(row["title"])) + after, escape(row["kind"]), evidence(tables, row)]
        )
    return Table(key, title, ["Date", "Event", "Kind", "Evidence"], cells, [20, 50, 12, 18])


def verdicts(tables: Tables, rows: pd.DataFrame, key: str, title: str, *, with_partner: bool = False) -> Table:
    """What the articles claim, with the value they name, and what holds; worst verdict first."""
    references = References(tables)
    order = {name: place for place, name in enumerate(("contradicted", "outdated", "imprecise", "unverifiable", "confirmed"))}
    cells = []
    for _, row in rows.sort_values("verdict", key=lambda column: column.map(order), kind="stable").iterrows():
        claimed = f": **{escape(named(references, row))}**" if fmt.known(row["value"]) else ""
        anchor = "" if with_partner else f"[]{{#claim-{identifier(row['claim_id'])}}}"
        fault = f"*{escape(row['fault'].capitalize())}.* " if row["fault"] else ""
        cells.append(
            [
                f"{anchor}{escape(words(row['claim']))}{claimed} ({escape(row['article'])})",
                f"[{row['verdict']}]{{.verdict .{row['verdict']}}}",
                "; ".join(settling(references, name) for name in (row["fact_id"], row["other_fact_id"]) if name) or "–",
                fault + escape(words(row["why"])),
            ]
        )
    return Table(key, title, ["The articles claim", "Verdict", "Better value", "Why"], cells, [61, 23, 56, 60], classes="ledger")


def named(references: References, claim: pd.Series) -> str:
    """The value that a statement of the articles names, with its unit; empty where it names none."""
    return fmt.quantity(claim["value"], references.units[claim["unit"]]) if fmt.known(claim["value"]) else ""


def settling(references: References, fact_id: str) -> str:
    """The fact that settles a claim: its value and period, or its words."""
    if not fact_id:
        return "–"
    row = references.row(fact_id)
    if not fmt.known(row["value"]):
        said = words(row["text"]).rstrip(".")
        return fact_link(said if len(said) <= 110 else said[:107].rsplit(" ", 1)[0] + " …", fact_id)
    return references.fact(fact_id, "dated")


def project_rows(tables: Tables, rows: pd.DataFrame, key: str, title: str) -> Table:
    """Projects with place, status and the fact that carries their value."""
    references = References(tables)
    cells = []
    for _, row in rows.iterrows():
        years = fmt.period(row["start"], row["end"])
        size = settling(references, row["fact_id"]) if row["fact_id"] else evidence(tables, row)
        cells.append(
            [
                escape(words(row["name"])),
                escape(row["sector"]),
                escape(words(row["place"])),
                escape(f"{row['status']}{', ' + years if years else ''}"),
                size,
            ]
        )
    return Table(key, title, ["Project", "Sector", "Place", "Status", "Evidence"], cells, [28, 12, 17, 20, 23])


def published(source: pd.Series) -> str:
    """When a source was published, to follow its title; nothing where the title says so already."""
    date = fmt.day(source["published"])
    return f", {date}" if date and date not in source["title"] else ""


def source_items(tables: Tables, source_ids: list[str]) -> str:
    """A list of sources as Markdown: publisher, title, date, grade."""
    lines = []
    for source_id in sorted(source_ids, key=lambda key: (tables.sources.loc[key, "publisher"].lower(), key)):
        row = tables.sources.loc[source_id]
        lines.append(
            f"- {source_link(row['publisher'], source_id)}: {escape(words(row['title']))}{escape(published(row))} "
            f"[{row['grade']}]{{.grade .grade-{row['grade'].lower()}}}"
        )
    return "\n".join(lines)
