"""The closing pages: register, sources, data dictionary; straight from the tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import pandas as pd

from helpers.facts import format as fmt
from helpers.facts.links import escape, identifier
from helpers.facts.references import References
from helpers.profile.rows import Cell, Inline, Row, again, block, code, emphasis, fact_link, grade, source_link, strong, web_link, words
from helpers.profile.tabular import published, shown_value
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
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
LONG = 60  # letters: what is shorter is said again as quickly as pointed to
Said = dict[str, tuple[str, str]]  # which row has said a text: its name and its anchor
GRADES = {
    "A": "primary: statistics, treaty texts and data sets from whoever compiles them, or a faithful copy",
    "B": "established agencies, newspapers and research",
    "C": "secondary: state media, reposts and rewrites that name their primary",
    "D": "weak: content farms, blogs, forums, partisan or unknown outlets",
}


def register(tables: Tables, printed: Collection[str] | None = None) -> list[Part]:
    """Every fact: value, unit, period, kind, source, confidence, note; anchor `fact-<fact_id>`.

    With `printed`, only the facts with these anchors, and a line that says so.
    """
    references = References(tables)
    weak = _weak_only(tables)
    judged = _verdicts(tables)
    parts: list[Part] = [] if printed is None else [_left_out(len(tables["facts"]), len(printed))]
    for partner in tables.partners.index:
        name = tables.partners.loc[partner, "name"]
        facts = tables.of("facts", partner)
        if printed is not None:
            facts = facts[[f"fact-{identifier(key)}" in printed for key in facts["fact_id"]]]
        if facts.empty:
            continue
        place = {dimension: number for number, dimension in enumerate(DIMENSION_ORDER)}
        facts = facts.assign(place=facts["dimension"].map(place)).sort_values(["place", "metric", "end", "fact_id"], kind="stable")
        parts.append(Part("text", f"## {escape(name)} {{#register-{partner.lower()}}}", {"kind": "text"}))
        said: Said = {}
        rows = [_register_row(references, tables, row, weak, judged, said, printed) for _, row in facts.iterrows()]
        header = ["Fact", "Value", "Period", "Kind and confidence", "Source", "Note"]
        parts.append(_part(f"register-{partner.lower()}", f"Facts on {name}", [49, 22, 23, 24, 33, 49], header, rows))
    return parts


def _left_out(facts: int, printed: int) -> Part:
    """What a register says that does not print every fact."""
    told = f"The tables hold {fmt.number(facts)} facts. Printed here are the {fmt.number(printed)} that the briefing cites"
    return Part("text", f"{told}; all of them are in [facts.csv](data/tables/facts.csv) beside it.", {"kind": "text"})


def _part(key: str, title: str, widths: Sequence[int], header: Sequence[str], rows: Sequence[Row], align: str = "") -> Part:
    """A closing table as the stage takes it."""
    about = {"key": key, "title": title, "subtitle": "", "source": "", "widths": list(widths), "size": "tiny", "classes": "register"}
    return Part("table", block(header, rows, align), about)


def _once(text: str, said: Said, where: str, anchor: str = "") -> Inline:
    """A text for a row, or where a long one stands that a row above has said; remembers which row says it."""
    if len(text) < LONG or text not in said:
        said.setdefault(text, (where, anchor))
        return words(text)
    return again(text, *said[text]) if len(said[text][0]) < len(text) else words(text)


def _name(row: pd.Series) -> str:
    """What tells a fact from others in running text: its metric, and its period unless the metric says it."""
    period = fmt.period(row["start"], row["end"])
    return str(row["metric"]) if period in row["metric"] else f"{row['metric']}, {period}"


def _named(note: str, tables: Tables, printed: Collection[str] | None = None) -> list[Inline]:
    """A note in which other facts stand by their keys, which print does not show: each by its name and period.

    A link where the fact is `printed`, or all are.
    """
    facts = tables.facts
    found: list[Inline] = []
    end = 0
    for key in _KEY.finditer(note):
        if key[0] in facts.index:
            name = _name(facts.loc[key[0]])
            linked = printed is None or f"fact-{identifier(key[0])}" in printed
            found += [_spaced(note[end : key.start()]), fact_link(name, key[0]) if linked else words(name)]
            end = key.end()
    return [inline for inline in (*found, _spaced(note[end:])) if inline]


def _spaced(text: str) -> str:
    """A part of a text as it is printed, with the spaces that keep it from its neighbours."""
    return f"{' ' * text.startswith(' ')}{words(text)}{' ' * text.endswith(' ')}"


def _register_row(
    references: References,
    tables: Tables,
    row: pd.Series,
    weak: set[str],
    judged: dict[str, str],
    said: Said,
    printed: Collection[str] | None,
) -> Row:
    source = tables.sources.loc[row["source_id"]]
    remarks: list[Cell] = []
    if row["note"]:
        named = _named(row["note"], tables, printed)
        remarks.append(named if len(named) > 1 else [_once(row["note"], said, _name(row), f"fact-{identifier(row['fact_id'])}")])
    if row["fact_id"] in weak:
        remarks.append([emphasis("Rests on a weak outlet alone.")])
    if row["superseded_by"]:
        remarks.append(["Superseded by ", fact_link("a later reading", row["superseded_by"]), "."])
    return Row(
        [
            [strong(row["metric"]), *([f" {words(row['text'])}"] if row["text"] else [])],
            [words(shown_value(references, row) or "—")],
            [words(fmt.period(row["start"], row["end"]))],
            [words(f"{row['kind']}; {row['confidence']}")],
            [source_link(source["publisher"], row["source_id"]), "\N{NO-BREAK SPACE}", grade(source["grade"])],
            [inline for place, remark in enumerate(remarks) for inline in ([" "] if place else []) + list(remark)],
        ],
        f"fact-{identifier(row['fact_id'])}",
        _marks(row, source["grade"], judged),
    )


def _marks(row: pd.Series, grade: str, judged: dict[str, str]) -> dict[str, str]:
    """What the page filters a row by; all are words of a closed list."""
    marks = {name: row[name] for name in ("partner", "dimension", "kind", "confidence")}
    marks |= {"grade": grade, "verdict": judged.get(row["fact_id"], "")}
    return {name: value for name, value in marks.items() if value}


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


def _noted(tables: Tables, row: pd.Series, said: Said) -> Cell:
    """The note of an indicator; the facts that it names have no links, as a long register prints only some of them."""
    named = "".join(str(part) for part in _named(row["note"], tables, ()))
    return [_once(named, said, row["label"])]


def sources(tables: Tables) -> list[Part]:
    """Every source with kind, grade and reason; anchor `source-<source_id>`."""
    used = tables["facts"].groupby("source_id").size()
    frame = tables["sources"].assign(facts=tables["sources"]["source_id"].map(used).fillna(0))
    rows = []
    for _, row in frame.sort_values(["grade", "publisher", "source_id"], key=lambda column: column.str.lower(), kind="stable").iterrows():
        behind = f" Stands for {row['compiler']}." if row["compiler"] else ""
        cells: list[Cell] = [
            [
                strong(row["publisher"]),
                ": ",
                web_link(row["title"], row["url"]) if row["url"] else words(row["title"]),
                f"{published(row)}.{' ' if behind else ''}{words(behind)}",
            ],
            [words(row["kind"])],
            [grade(row["grade"]), f" {words(row['grade_reason'])}"],
            [f"{int(row['facts'])}"],
            [words(row["note"])],
        ]
        rows.append(Row(cells, f"source-{identifier(row['source_id'])}"))
    legend = "\n".join(f"- [{letter}]{{.grade .grade-{letter.lower()}}} {meaning}" for letter, meaning in GRADES.items())
    header = ["Source", "Kind", "Grade and reason", "Facts", "Note"]
    table = _part("sources-list", "Sources by reliability grade", [40, 11, 20, 5, 24], header, rows, "lllrl")
    return [Part("text", legend, {"kind": "text"}), table]


def dictionary(tables: Tables) -> list[Part]:
    """The data dictionary: each table, its columns and what is allowed in them, and the indicators."""
    parts: list[Part] = []
    for name, resource in tables.package.resources.items():
        rows = []
        for field in resource["schema"]["fields"]:
            rules = field.get("constraints", {})
            allowed = ", ".join(rules["enum"]) if "enum" in rules else ""
            kind = field["type"] + (", required" if rules.get("required") else "")
            rows.append(Row([[code(field["name"])], [kind], [words(field["description"])], [words(allowed)]]))
        count = len(tables[name])
        parts.append(
            Part(
                "text",
                f"## {escape(resource['title'])} {{#dictionary-{name}}}\n\n"
                f"{escape(resource['description'])} File `{resource['path']}`, {fmt.number(count)} rows.",
                {"kind": "text"},
            )
        )
        title = f"Columns of {resource['path']}"
        parts.append(_part(f"dictionary-{name}", title, [18, 16, 36, 30], ["Column", "Type", "Meaning", "Allowed"], rows))
    used = set(tables["series"]["indicator"]) | set(tables["facts"]["indicator"]) | set(tables["ties"]["indicator"])
    said: dict[str, Said] = {"definition": {}, "note": {}}
    rows = [
        Row(
            [
                [code(row["indicator"])],
                *([words(row[name])] for name in ("label", "unit")),
                [_once(row["definition"], said["definition"], row["label"])],
                _noted(tables, row, said["note"]),
            ]
        )
        for _, row in tables["indicators"].iterrows()
        if row["indicator"] in used
    ]
    parts.append(Part("text", "## Indicators in use {#dictionary-indicator-list}", {"kind": "text"}))
    header = ["Indicator", "Label", "Unit", "Definition", "Note"]
    parts.append(_part("dictionary-indicator-list", "Definitions of the indicators", [51, 27, 15, 52, 55], header, rows))
    return parts
