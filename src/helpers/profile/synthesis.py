"""The synthesis that opens the briefing: sections of written prose with exhibits over all partners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import InputError
from helpers.facts import format as fmt
from helpers.facts.links import escape
from helpers.facts.prose import LOADER
from helpers.facts.references import NOT_OUTCOMES, References, render
from helpers.profile import compare, disagree, freshness, ledger, mirror, obligation
from helpers.profile.blocks import Block, Text
from helpers.profile.compared import ON_STATEMENTS, compared, noted
from helpers.profile.points import points
from helpers.profile.written import Page, sections
from helpers.tables.load import Tables, within_project

# Each section after the summary: the heading and the exhibits it has where nobody has written it.
DEFAULTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "compare": ("Partners side by side", ("formulas", "measures", "arms", "votes", "agreement")),
    "obligation": ("Obligation against interdependence", ("law", "directions", "interdependence")),
    "mirror": ("The mirror gap", ("mirror", "mirror-years", "mirror-table")),
    "claims": ("Verdicts on the articles", ("verdicts", "important", "numbers", "clashes", "verdicts-partner", "ledger")),
    "disagree": ("Where sources disagree", ("disagreements",)),
    "unknown": ("What we do not know", ("freshness",)),
}
SECTIONS = ("summary", *DEFAULTS)
# Indicators without which an exhibit says nothing: it is left out where no partner has a value of one of them.
NEEDS: dict[str, tuple[str, ...]] = {
    "arms": ("arms_share_china_5y",),
    "votes": ("unga_idealpoint_fp_distance_china",),
    "agreement": ("unga_agreement_china_2025", "unga_agreement_usa_2025"),
    "directions": ("share_of_china_trade_customs", "imts_exports_to_china", "imts_total_exports", "imts_total_imports"),
    "interdependence": (
        "imts_china_share_of_exports",
        "imts_china_share_of_imports",
        "arms_share_china_5y",
        "arms_total_5y",
        "atop_china_defence",
    ),
}


class Synthesis:
    """Everything the opening chapter shows, drawn when asked for.

    A section that `report/synthesis.md` does not have gets its usual exhibits under a plain heading; an exhibit without
    data is left out. Raises InputError when the file has an unknown section or names an exhibit that does not exist.
    """

    def __init__(self, tables: Tables, report: str | Path) -> None:
        self.tables = tables
        self.side_by_side = compared(tables)
        self.report = within_project(report)
        self.references = References(tables)
        self.path = self.report / "synthesis.md"
        self.head, self.prose = read(self.path)

    @property
    def exhibits(self) -> dict[str, Callable[[], Block | None]]:
        """What prose can place with `[exhibit: name]`, by name."""
        tables, head = self.side_by_side, self.head
        found: dict[str, Callable[[], Block | None]] = {
            "formulas": partial(compare.formulas, tables),
            "measures": partial(compare.measures, tables),
            "votes": partial(compare.votes, tables),
            "agreement": partial(compare.agreement, tables),
            "arms": partial(compare.arms, tables),
            "law": partial(obligation.law, tables),
            "interdependence": partial(obligation.interdependence, tables),
            "directions": partial(obligation.directions, tables),
            "mirror": partial(mirror.gap, tables),
            "mirror-years": partial(mirror.over_time, tables),
            "mirror-table": partial(mirror.years, tables),
            "verdicts": partial(ledger.counted, tables),
            "verdicts-partner": partial(ledger.by_partner, tables),
            "important": partial(ledger.important, self.tables, list(head.get("claims") or [])),
            "numbers": partial(ledger.dumbbell, tables),
            "clashes": partial(ledger.clashes, tables, list(head.get("clashes") or [])),
            "ledger": partial(ledger.unclaimed, tables),
            "disagreements": partial(disagree.pairs, self.tables, list(head.get("disagreements") or [])),
            "freshness": partial(freshness.freshness, tables, self.report, dict(head.get("look_up") or {})),
        }
        return {name: partial(self._with_data, name, exhibit) for name, exhibit in found.items()}

    def _with_data(self, name: str, exhibit: Callable[[], Block | None]) -> Block | None:
        if any(points(self.tables, indicator, self.tables.chapters).empty for indicator in NEEDS.get(name, ())):
            return None
        return exhibit() if name in ON_STATEMENTS else noted(exhibit(), self.tables)

    def summary(self) -> list[Block]:
        """The executive summary: one page that stands alone, closed by the cut-off."""
        _, body = self.prose.get("summary", ("", ""))
        dates = f"**Data cut-off:** {escape(fmt.day(self._cut_off()))}; latest reading {escape(fmt.day(self._latest()) or 'none')}."
        return [Text(f"::: {{.summary}}\n{render(body, self.references)}\n\n{dates}\n:::")]

    def section(self, name: str) -> list[Block]:
        """Heading, paragraphs, and each exhibit where the prose places it."""
        return Page(self.path, self.prose, DEFAULTS, self.references, self.exhibits, "synthesis").section(name)

    def _cut_off(self) -> str:
        return str(self.tables.package.edition["cut_off"])

    def _latest(self) -> str:
        """Date of the latest outcome up to the cut-off; what is in force or planned reaches further."""
        facts = self.tables["facts"]
        rows = facts[~facts["kind"].isin([*NOT_OUTCOMES, "legal status"]) & (facts["end"] <= self._cut_off())]
        return str(rows["end"].max()) if len(rows) else ""


def read(path: Path) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Front matter, and heading and body by section, of the synthesis' prose; both empty where there is no file.

    Raises InputError for a front matter that is no YAML mapping and for an unknown section.
    """
    text = path.read_text("utf-8-sig") if path.is_file() else ""
    head, _, body = text[4:].partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    try:
        loaded = yaml.load(head, Loader=LOADER) or {}
    except yaml.YAMLError as error:
        raise InputError("the front matter is not YAML", path.name, "quote texts that hold a colon") from error
    if not isinstance(loaded, dict):
        raise InputError("the front matter is no list of entries", path.name, "write entries such as claims: [...]")
    return loaded, sections(body, SECTIONS, path.name)
