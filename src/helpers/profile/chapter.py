"""The chapter of one partner, section by section; each part is there only where the tables have it."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import pandas as pd

from helpers.errors import InputError
from helpers.facts import format as fmt
from helpers.facts.links import escape, fact_link
from helpers.facts.prose import Prose, read_prose
from helpers.facts.references import NOT_OUTCOMES, References, render
from helpers.profile import exhibits, tabular, titles
from helpers.profile.blocks import Block, Chart, Table, Text
from helpers.profile.freshness import year_before
from helpers.tables.findings import nearest
from helpers.tables.load import Tables, within_project

NAMES = {
    "trade": "Trade",
    "energy": "Energy",
    "finance": "Finance and investment",
    "infrastructure": "Infrastructure",
    "arms": "Arms and military",
    "technology": "Technology",
    "diplomacy": "Diplomacy and votes",
    "sanctions": "Sanctions",
    "law": "What the law says",
    "timeline": "Timeline",
    "limits": "Limits and frictions",
    "claims": "What the articles claim, and what holds",
    "outlook": "Outlook",
    "sources": "Sources of this chapter",
}
DOT = "\N{NO-BREAK SPACE}· "  # never at the start of a line
_FACTS = re.compile(r'data-fact="([^"]+)"')
_CITED = re.compile(r"#source-([A-Za-z0-9-]+)")


class Chapter:
    """Everything one partner's page shows, drawn when asked for.

    Raises InputError for a partner that is not in partners.csv.
    """

    def __init__(self, tables: Tables, partner: str, report: str | Path) -> None:
        if partner not in tables.partners.index:
            raise InputError(
                f'"{partner}" is unknown',
                "partner",
                f"choose a code of partners.csv; the nearest is {nearest(partner, tables.partners.index)!r}",
            )
        self.tables = tables
        self.partner = partner
        self.row = tables.partners.loc[partner]
        self.references = References(tables, partner)
        self.prose: Prose = read_prose(within_project(report), partner)
        self.shown: set[str] = set()
        self.cited: set[str] = set()

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The partner's facts, latest first."""
        return self.tables.of("facts", self.partner).sort_values(["end", "fact_id"], ascending=[False, True], kind="stable")

    def opening(self) -> list[Block]:
        """The finding, what the partnership is called, and the role the articles give it."""
        blocks: list[Block] = []
        headline = self._render(self.prose.headline) or escape(f"{self.row['name']}: what the tables hold")
        blocks.append(Text(f"::: {{.finding}}\n{headline}\n:::"))
        parts = []
        if self.row["formula"]:
            since = f", since {fmt.day(self.row['formula_since'])}" if self.row["formula_since"] else ""
            name = escape(self.row["formula"])
            fact_id = self.row["formula_fact_id"]
            parts.append(f"**Formula:** {fact_link(self.row['formula'], fact_id) if fact_id else name}{escape(since)}")
        if self.row["role"]:
            parts.append(f"**Role in the articles:** {escape(self.row['role'])}")
        parts.append(
            f"**Data cut-off:** {escape(fmt.day(self.tables.package.edition['cut_off']))}; "
            f"latest reading {escape(fmt.day(self._latest()) or 'none')}{escape(self._age())}"
        )
        blocks.append(Text("::: {.facts-line}\n" + "  \n".join(parts) + "\n:::"))
        return self._note(blocks)

    def glance(self) -> list[Block]:
        """Five to eight key figures, each with period, kind and source."""
        chosen = [(str(item["fact"]), str(item["label"])) for item in self.prose.glance] or self._default_glance()
        if not chosen:
            return []
        cards = [self._card(fact_id, label) for fact_id, label in chosen]
        return self._note([Text("::::: {.glance}\n" + "\n\n".join(cards) + "\n:::::")])

    def section(self, name: str) -> list[Block]:
        """Prose and exhibits of one section; a table of facts where nobody has written prose."""
        prose = self.prose.sections.get(name)
        charts = [exhibits.build(self.tables, self.partner, item) for item in self.prose.exhibits if item["section"] == name]
        if not charts and name in exhibits.SECTION_DIMENSIONS:
            charts = [exhibits.standard(self.tables, self.partner, name)]
        blocks: list[Block] = [chart for chart in charts if chart is not None]
        if name == "infrastructure" and len(rows := self.tables.of("projects", self.partner)):
            blocks.append(tabular.project_rows(self.tables, rows, f"{self.key}-projects", titles.projects(rows)))
        if prose is None:
            blocks += self._facts_table(name)
        if prose is None and not blocks:
            return []
        lead = [Text(self._heading(name, prose.heading if prose else ""))] if name != "lead" else []
        words = _interleave(self._render(prose.body) if prose else "", blocks)
        return self._note([*lead, *words])

    def law(self) -> list[Block]:
        """Instruments and their obligations."""
        rows = self.tables.of("instruments", self.partner)
        prose = self.prose.sections.get("law")
        blocks: list[Block] = [Text(self._heading("law", prose.heading if prose else ""))]
        if prose:
            blocks.append(Text(self._render(prose.body)))
        if len(rows):
            blocks.append(tabular.instruments(self.tables, rows, f"{self.key}-law", titles.instruments(rows, self.row["name"])))
        else:
            blocks.append(Text("No instrument was found."))
        return self._note(blocks)

    def timeline(self) -> list[Block]:
        """Dated events."""
        rows = self.tables.of("events", self.partner)
        if rows.empty:
            return []
        return self._note(
            [
                Text(self._heading("timeline")),
                tabular.timeline(self.tables, rows, f"{self.key}-timeline", titles.events(rows, self.row["name"])),
            ]
        )

    def claims(self) -> list[Block]:
        """What the articles claim and what holds."""
        rows = self.tables.of("claims", self.partner)
        prose = self.prose.sections.get("claims")
        if rows.empty and prose is None:
            return []
        blocks: list[Block] = [Text(self._heading("claims", prose.heading if prose else ""))]
        if prose:
            blocks.append(Text(self._render(prose.body)))
        if len(rows):
            blocks.append(tabular.verdicts(self.tables, rows, f"{self.key}-verdicts", titles.verdicts(rows, self.row["name"])))
        return self._note(blocks)

    def sources(self) -> list[Block]:
        """Sources of what the chapter has shown so far; call it last."""
        known = self.tables.facts.index.intersection(sorted(self.shown))
        used = sorted(self.tables.sources.index.intersection(sorted(set(self.tables.facts.loc[known, "source_id"]) | self.cited)))
        if not used:
            return []
        return [Text(self._heading("sources")), Text("::: {.sources-list}\n" + tabular.source_items(self.tables, used) + "\n:::")]

    @property
    def key(self) -> str:
        """The partner's code in lower case: file name and prefix of every anchor."""
        return self.partner.lower()

    def _latest(self) -> str:
        """Date of the latest outcome up to the cut-off; plans and what is in force reach further."""
        cut_off = self.tables.package.edition["cut_off"]
        rows = self.facts[~self.facts["kind"].isin([*NOT_OUTCOMES, "legal status"]) & (self.facts["end"] <= cut_off)]
        return str(rows["end"].max()) if len(rows) else ""

    def _age(self) -> str:
        """How old the key figures are: how many of them end more than a year before the cut-off."""
        ends = [str(self.references.row(str(item["fact"]))["end"]) for item in self.prose.glance]
        old = sum(end < year_before(str(self.tables.package.edition["cut_off"])) for end in ends)
        if not ends:
            return ""
        many = fmt.words(old) if old else "none"
        return f"; {many} of the {fmt.words(len(ends))} key figures {'is' if old == 1 else 'are'} older than a year"

    def _heading(self, name: str, finding: str = "") -> str:
        title = f"{NAMES[name]}: {self._render(finding)}" if finding else NAMES[name]
        return f"## {title} {{#{self.key}-{name}}}"

    def _render(self, text: str) -> str:
        return render(text, self.references)

    def _card(self, fact_id: str, label: str) -> str:
        row = self.references.row(fact_id)
        kind = [] if row["kind"] == "actual" else [row["kind"]]  # an outcome goes without saying
        small = DOT.join([fmt.period(row["start"], row["end"]), *kind])
        value = self.references.fact(fact_id)
        return f":::: {{.key}}\n{value}\n\n{self._render(label)}\n\n{escape(small)}{DOT}{self.references.who(fact_id)}\n::::"

    def _default_glance(self) -> list[tuple[str, str]]:
        """The latest outcome of each dimension, surest first."""
        rows = self.facts[
            self.facts["value"].notna() & self.facts["kind"].isin(["actual", "cumulative"]) & (self.facts["superseded_by"] == "")
        ]
        first = rows.groupby("dimension", sort=False).head(1)
        return [(row["fact_id"], row["metric"].replace("{", "(")) for _, row in first.head(8).iterrows()]

    def _facts_table(self, name: str) -> list[Table]:
        wanted = exhibits.SECTION_DIMENSIONS.get(name, ["society"] if name == "limits" else [])
        rows = self.facts[self.facts["dimension"].isin(wanted) & (self.facts["superseded_by"] == "")].head(8)
        if rows.empty:
            return []
        return [tabular.key_facts(self.tables, rows, f"{self.key}-{name}-facts", f"{NAMES[name]}: latest facts")]

    def _note(self, blocks: list[Block]) -> list[Block]:
        """Remember which facts and sources were shown, for the list at the end of the chapter."""
        for block in blocks:
            text = block.markdown if isinstance(block, Text) else block.source
            if isinstance(block, Table):
                text += " ".join(cell for row in block.rows for cell in row)
            if isinstance(block, Chart):
                self.shown |= set(block.data.get("fact_id", pd.Series(dtype=str))) - {""}
                self.cited |= set(block.data.get("source_id", pd.Series(dtype=str)))
            self.shown |= {key for found in _FACTS.findall(text) for key in found.split()}
            self.cited |= set(_CITED.findall(text))
        return blocks


def _interleave(text: str, blocks: list[Block]) -> list[Block]:
    """The first paragraph, then exhibit and paragraph by turns, so that words and charts stay near each other."""
    paragraphs = [part for part in re.split(r"\n\n+", text) if part.strip()]
    mixed: list[Block] = []
    while paragraphs or blocks:
        if paragraphs:
            mixed.append(Text(paragraphs.pop(0)))
        if blocks:
            mixed.append(blocks.pop(0))
    return mixed
