"""The functions that prose calls to get numbers: each looks a row up and returns it formatted and linked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from helpers.errors import ReferenceProblem
from helpers.facts import format as fmt
from helpers.facts.across import Across
from helpers.facts.indexed import Indexed
from helpers.facts.links import claim_link, clean, escape, fact_link, source_link
from helpers.tables.findings import nearest
from helpers.tables.load import Tables

NOT_OUTCOMES = {"estimate", "forecast", "target", "capacity", "contract", "announcement"}
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)\{[^}]*\}")


class References:
    """Look-ups over one set of tables, for the prose of one partner ("" for the whole briefing).

    Every method returns Markdown. A name that no table holds, or a computation over different units, raises
    ReferenceProblem with the nearest valid choice.
    """

    def __init__(self, tables: Tables, partner: str = "") -> None:
        self.tables = tables
        self.partner = partner
        self.units: dict[str, Mapping[str, str]] = {row["unit"]: row for row in tables["units"].to_dict("records")}

    def row(self, fact_id: str) -> dict[str, Any]:
        """One fact as a dictionary."""
        try:
            return dict(self.tables.facts.loc[fact_id])
        except KeyError:
            raise ReferenceProblem(_unknown("fact", fact_id, self.tables.facts.index)) from None

    def value(self, fact_id: str) -> tuple[float, str]:
        """Value and unit of a fact that has one."""
        row = self.row(fact_id)
        if not fmt.known(row["value"]):
            raise ReferenceProblem(f'the fact "{fact_id}" has no value')
        return float(row["value"]), row["unit"]

    def plain(self, fact_id: str, mode: str = "") -> str:
        """A fact as text without a link; modes as in `fact`."""
        row = self.row(fact_id)
        if mode == "date":
            return fmt.period(row["start"], row["end"])
        value, name = self.value(fact_id)
        unit = self.units[name]
        if mode == "number":
            return fmt.number(value)
        if mode == "range":
            if not (fmt.known(row["low"]) and fmt.known(row["high"])):
                raise ReferenceProblem(f'the fact "{fact_id}" has no range')
            return fmt.span(row["low"], row["high"], unit)
        if mode not in ("", "dated", "words"):
            raise ReferenceProblem(f'fact has no mode "{mode}"; choose dated, number, words, range or date')
        text = fmt.quantity(value, unit, spelled=mode == "words")
        return f"{text} ({self.when(fact_id)})" if mode == "dated" else text

    def when(self, fact_id: str) -> str:
        """Period of a fact, with its kind where it is not an outcome."""
        row = self.row(fact_id)
        period = fmt.period(row["start"], row["end"])
        return f"{row['kind']}, {period}" if row["kind"] in NOT_OUTCOMES else period

    def fact(self, fact_id: str, mode: str = "") -> str:
        """A fact's value, linked: plain, or "dated", "number", "words", "range", "date"."""
        return fact_link(self.plain(fact_id, mode), fact_id)

    def change(self, old: str, new: str) -> str:
        """Relative change between two facts of one unit: up 12%."""
        first, last = self._same_unit(old, new)
        if first <= 0:
            raise ReferenceProblem(f'no change from zero or less: "{old}"')
        return fact_link(fmt.change(first, last), old, new)

    def share(self, part: str, whole: str) -> str:
        """One fact as percent of another."""
        numerator, denominator = self._same_unit(part, whole)
        if denominator == 0:
            raise ReferenceProblem(f'no share of zero: "{whole}"')
        return fact_link(f"{fmt.number(float(f'{numerator / denominator * 100:.3g}'))}%", part, whole)

    def ratio(self, a: str, b: str) -> str:
        """How many times b goes into a."""
        numerator, denominator = self._same_unit(a, b)
        if denominator == 0:
            raise ReferenceProblem(f'no ratio to zero: "{b}"')
        return fact_link(f"{fmt.number(float(f'{numerator / denominator:.2g}'))} times", b, a)

    def difference(self, a: str, b: str) -> str:
        """a minus b, with the unit."""
        first, second = self._same_unit(a, b)
        return fact_link(fmt.quantity(round(first - second, 6), self.units[self.value(a)[1]]), b, a)

    def total(self, *fact_ids: str) -> str:
        """Sum of facts of one unit."""
        values = self._same_unit(*fact_ids)
        return fact_link(fmt.quantity(round(sum(values), 6), self.units[self.value(fact_ids[0])[1]]), *fact_ids)

    def claim(self, claim_id: str) -> str:
        """The value that a founding article gives."""
        claims = self.tables.where("claims", claim_id=claim_id)
        if claims.empty:
            raise ReferenceProblem(_unknown("claim", claim_id, self.tables["claims"]["claim_id"]))
        row = claims.iloc[0]
        if not fmt.known(row["value"]):
            raise ReferenceProblem(f'the claim "{claim_id}" has no value')
        return claim_link(fmt.quantity(row["value"], self.units[row["unit"]]), claim_id, (row["partner"] or "index").lower())

    def point(self, indicator: str, year: int, partner: str = "") -> str:
        """One value of a series, linked to its fact or its source."""
        from helpers.profile.points import points  # profile builds on facts; imported late to keep that direction

        code = partner or self.partner
        if indicator not in self.tables.indicators.index:
            raise ReferenceProblem(_unknown("indicator", indicator, self.tables.indicators.index))
        frame = points(self.tables, indicator, [code])
        found = frame[frame["year"] == int(year)]
        if found.empty:
            raise ReferenceProblem(f"no value of {indicator} for {code} in {year}")
        row = found.iloc[-1]
        text = fmt.quantity(row["value"], self.units[self.tables.indicators.loc[indicator, "unit"]])
        return fact_link(text, row["fact_id"]) if row["fact_id"] else source_link(text, row["source_id"])

    def count(self, table: str, **where: str) -> str:
        """How many rows of a table match, in words; of this chapter's partner where the table has one."""
        if table not in self.tables.frames:
            raise ReferenceProblem(_unknown("table", table, self.tables.frames))
        columns = self.tables.columns(table)
        if self.partner and "partner" in columns and "partner" not in where:
            where = {"partner": self.partner, **where}
        for column in where:
            if column not in columns:
                raise ReferenceProblem(_unknown("column", column, columns))
        return fmt.words(len(self.tables.where(table, **where)))

    def who(self, fact_id: str) -> str:
        """Who compiled a fact, linked to the source in which it was seen."""
        source_id = self.row(fact_id)["source_id"]
        source = self.tables.sources.loc[source_id]
        return source_link(source["compiler"] or source["publisher"], source_id)

    def cite(self, source_id: str) -> str:
        """The publisher of a source, linked."""
        if source_id not in self.tables.sources.index:
            raise ReferenceProblem(_unknown("source", source_id, self.tables.sources.index))
        return source_link(self.tables.sources.loc[source_id, "publisher"], source_id)

    def edition(self, entry: str) -> str:
        """An entry about this edition from `datapackage.json`: title, edition, cut_off or next_edition; dates in words."""
        known = self.tables.package.edition
        if entry not in known:
            raise ReferenceProblem(_unknown("entry of the edition", entry, list(known)))
        return escape(fmt.day(known[entry]) if entry == "cut_off" else known[entry])

    def functions(self) -> dict[str, Callable[..., str]]:
        """What prose may call."""
        names = ("fact", "change", "share", "ratio", "difference", "total", "claim", "point", "count", "who", "cite", "edition")
        return (
            {name: getattr(self, name) for name in names} | Across(self.tables, self.units).functions() | Indexed(self.tables).functions()
        )

    def _same_unit(self, *fact_ids: str) -> list[float]:
        if not fact_ids:
            raise ReferenceProblem("no fact is named")
        pairs = [self.value(fact_id) for fact_id in fact_ids]
        if len({unit for _, unit in pairs}) > 1:
            units = ", ".join(f"{fact_id} in {unit}" for fact_id, (_, unit) in zip(fact_ids, pairs, strict=True))
            raise ReferenceProblem(f"these facts have different units: {units}")
        return [value for value, _ in pairs]


def render(text: str, references: References) -> str:
    """Markdown with every reference resolved (Jinja2, sandboxed: only the functions above can be called).

    Raises ReferenceProblem for an unknown name, a syntax error or anything the sandbox refuses.
    """
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    environment.globals = dict(references.functions())
    environment.filters = {}
    environment.tests = {}
    try:
        _only_calls(environment.parse(text), environment.globals)
        return environment.from_string(text).render()
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, NameError, RecursionError) as error:
        number = getattr(error, "lineno", None)
        line = f" in line {number}" if number else ""
        raise ReferenceProblem(f"{error}{line}", next_step="see report/README.md for what prose can call") from error


def _only_calls(tree: nodes.Template, functions: Mapping[str, Any]) -> None:
    """Refuse all but calls with plain arguments: a loop may never end, and an expression may print what no table backs."""
    for node in (node for part in tree.body for node in getattr(part, "nodes", [part])):
        if isinstance(node, nodes.TemplateData):
            continue
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            raise ReferenceProblem(f'only calls such as fact("…") can stand in braces, no {type(node).__name__.lower()}')
        if node.node.name not in functions:
            raise ReferenceProblem(_unknown("function", node.node.name, list(functions)))
        for value in [*node.args, *(pair.value for pair in node.kwargs)]:
            if not isinstance(value, nodes.Const | nodes.Neg) or not isinstance(getattr(value, "node", value), nodes.Const):
                raise ReferenceProblem(f"an argument of {node.node.name} is no plain text or number")


def without_links(markdown: str) -> str:
    """Rendered references as plain text, for alt text and page titles."""
    text = _LINK.sub(lambda found: found[1], markdown)
    return clean(re.sub(r"\\([^\w\s])", r"\1", text))


def _unknown(kind: str, name: str, choices: Any) -> str:
    close = nearest(name, pd.Index(choices).astype(str))
    return f'no {kind} "{name}"' + (f'; the nearest is "{close}"' if close else "")


__all__ = ["References", "escape", "render", "without_links"]
