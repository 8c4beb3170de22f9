"""The closing pages: register, sources, data dictionary; as Markdown straight from the tables."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd

from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link, identifier, source_link
from helpers.facts.references import References
from helpers.profile.blocks import Table, pipe_table
from helpers.profile.tabular import shown_value
from helpers.stage.outputs import Part
from helpers.tables.load import Tables

DIMENSION_ORDER = (
    "trade",
    "energy",
    "finance",
    "investment",
    "infrastructure",
    "arms",
    "military",
    "technology",
    "diplomacy",
    "sanctions",
    "legal",
    "society",
)
GRADES = {
    "A": "primary: statistics, treaty texts and data sets from whoever compiles them, or a faithful copy",
    "B": "established agencies, newspapers and research",
    "C": "secondary: state media, reposts and rewrites that name their primary",
    "D": "weak: content farms, blogs, forums, partisan or unknown outlets",
}


def register(tables: Tables) -> list[Part]:
    """Every fact: value, unit, period, kind, source, confidence, note; anchor `fact-<fact_id>`."""
    references = References(tables)
    weak = _weak_only(tables)
    judged = _verdicts(tables)
    parts: list[Part] = []
    for partner in tables.partners.index:
        name = tables.partners.loc[partner, "name"]
        facts = tables.of("facts", partner)
        if facts.empty:
            continue
        place = {dimension: number for number, dimension in enumerate(DIMENSION_ORDER)}
        facts = facts.assign(place=facts["dimension"].map(place)).sort_values(["place", "metric", "end", "fact_id"], kind="stable")
        parts.append(Part("text", f"## {escape(name)} {{#register-{partner.lower()}}}", {"kind": "text"}))
        rows = [_register_row(references, tables, row, weak, judged) for _, row in facts.iterrows()]
        table = Table(
            key=f"register-{partner.lower()}",
            title=f"Facts on {name}",
            header=["Fact", "Value", "Period", "Kind and confidence", "Source", "Note"],
            rows=rows,
            widths=[27, 11, 12, 10, 14, 26],
            size="tiny",
            classes="register",
        )
        parts.append(
            Part(
                "table",
                pipe_table(table),
                {
                    "key": table.key,
                    "title": table.title,
                    "subtitle": "",
                    "source": "",
                    "widths": table.widths,
                    "size": table.size,
                    "classes": table.classes,
                },
            )
        )
    return parts


def _register_row(references: References, tables: Tables, row: pd.Series, weak: set[str], judged: dict[str, str]) -> list[str]:
    source = tables.sources.loc[row["source_id"]]
    grade = f"[{source['grade']}]{{.grade .grade-{source['grade'].lower()}}}"
    words = f"**{escape(row['metric'])}**" + (f" {escape(row['text'])}" if row["text"] else "")
    value = shown_value(references, row) or "—"
    note = escape(row["note"])
    if row["fact_id"] in weak:
        note = (note + " " if note else "") + "*Rests on a weak outlet alone.*"
    if row["superseded_by"]:
        note = (note + " " if note else "") + f"Superseded by {fact_link('a later reading', row['superseded_by'])}."
    return [
        f"[]{{#fact-{identifier(row['fact_id'])}}}[]{{{_marks(row, source['grade'], judged)}}}{words}",
        escape(value),
        escape(fmt.period(row["start"], row["end"])),
        escape(f"{row['kind']}; {row['confidence']}"),
        f"{source_link(source['publisher'], row['source_id'])} {grade}",
        note,
    ]


def _marks(row: pd.Series, grade: str, judged: dict[str, str]) -> str:
    """What the page filters a row by, as attributes; all are words of a closed list."""
    marks = {name: row[name] for name in ("partner", "dimension", "kind", "confidence")}
    marks |= {"grade": grade, "verdict": judged.get(row["fact_id"], "")}
    return " ".join(f'data-{name}="{value}"' for name, value in marks.items() if value)


def _verdicts(tables: Tables) -> dict[str, str]:
    """Per fact the verdicts on the claims of the articles that it settles, each once."""
    claims = tables["claims"]
    found: dict[str, set[str]] = {}
    for column in ("fact_id", "other_fact_id"):
        for fact, verdict in zip(claims[column], claims["verdict"], strict=True):
            if fact:
                found.setdefault(fact, set()).add(verdict)
    return {fact: " ".join(sorted(verdicts)) for fact, verdicts in found.items()}


def _weak_only(tables: Tables) -> set[str]:
    """Facts whose source has the grade D and that no other fact with the same metric and period backs."""
    graded = tables["facts"].merge(tables["sources"][["source_id", "grade"]], on="source_id", how="left", validate="many_to_one")
    best = graded.groupby(["partner", "metric", "start", "end"])["grade"].transform("min")
    return set(graded.loc[best == "D", "fact_id"])


def sources(tables: Tables) -> list[Part]:
    """Every source with kind, grade and reason; anchor `source-<source_id>`."""
    used = tables["facts"].groupby("source_id").size()
    frame = tables["sources"].assign(facts=tables["sources"]["source_id"].map(used).fillna(0))
    rows = []
    for _, row in frame.sort_values(["grade", "publisher", "source_id"], key=lambda column: column.str.lower(), kind="stable").iterrows():
        title = f"[{escape(row['title'])}]({_address(row['url'])})" if row["url"] else escape(row["title"])
        behind = f" Stands for {escape(row['compiler'])}." if row["compiler"] else ""
        date = f", {escape(fmt.day(row['published']))}" if row["published"] else ""
        rows.append(
            [
                f"[]{{#source-{identifier(row['source_id'])}}}**{escape(row['publisher'])}**: {title}{date}.{behind}",
                escape(row["kind"]),
                f"[{row['grade']}]{{.grade .grade-{row['grade'].lower()}}} {escape(row['grade_reason'])}",
                f"{int(row['facts'])}",
                escape(row["note"]),
            ]
        )
    table = Table(
        "sources-list",
        "Sources by reliability grade",
        ["Source", "Kind", "Grade and reason", "Facts", "Note"],
        rows,
        [44, 12, 20, 6, 18],
        size="tiny",
        classes="register",
        align="lllrl",
    )
    legend = "\n".join(f"- [{grade}]{{.grade .grade-{grade.lower()}}} {words}" for grade, words in GRADES.items())
    about = {
        "key": table.key,
        "title": table.title,
        "subtitle": "",
        "source": "",
        "widths": table.widths,
        "size": table.size,
        "classes": table.classes,
    }
    return [Part("text", legend, {"kind": "text"}), Part("table", pipe_table(table), about)]


def _address(url: str) -> str:
    """A link's target in which no character can end the link or the cell around it."""
    return quote(url, safe=":/?#@!$&*+,;=.~%-_")


def dictionary(tables: Tables) -> list[Part]:
    """The data dictionary: each table, its columns and what is allowed in them, and the indicators."""
    parts: list[Part] = []
    for name, resource in tables.package.resources.items():
        rows = []
        for field in resource["schema"]["fields"]:
            rules = field.get("constraints", {})
            allowed = ", ".join(rules["enum"]) if "enum" in rules else ""
            rows.append(
                [
                    f"`{field['name']}`",
                    field["type"] + (", required" if rules.get("required") else ""),
                    escape(field["description"]),
                    escape(allowed),
                ]
            )
        count = len(tables[name])
        parts.append(
            Part(
                "text",
                f"## {escape(resource['title'])} {{#dictionary-{name}}}\n\n"
                f"{escape(resource['description'])} File `{resource['path']}`, {fmt.number(count)} rows.",
                {"kind": "text"},
            )
        )
        about = {
            "key": f"dictionary-{name}",
            "title": f"Columns of {resource['path']}",
            "subtitle": "",
            "source": "",
            "widths": [18, 16, 36, 30],
            "size": "tiny",
            "classes": "register",
        }
        parts.append(Part("table", pipe_table(Table(f"dictionary-{name}", "", ["Column", "Type", "Meaning", "Allowed"], rows, [])), about))
    used = set(tables["series"]["indicator"]) | set(tables["facts"]["indicator"]) | set(tables["ties"]["indicator"])
    rows = [
        [f"`{row['indicator']}`", escape(row["label"]), escape(row["unit"]), escape(row["definition"]), escape(row["note"])]
        for _, row in tables["indicators"].iterrows()
        if row["indicator"] in used
    ]
    parts.append(Part("text", "## Indicators in use {#dictionary-indicator-list}", {"kind": "text"}))
    about = {
        "key": "dictionary-indicator-list",
        "title": "Definitions of the indicators",
        "subtitle": "",
        "source": "",
        "widths": [25, 17, 11, 24, 23],
        "size": "tiny",
        "classes": "register",
    }
    parts.append(Part("table", pipe_table(Table("", "", ["Indicator", "Label", "Unit", "Definition", "Note"], rows, [])), about))
    return parts
