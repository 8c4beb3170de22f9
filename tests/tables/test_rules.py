"""Each rule of the domain with an input that breaks it and one that does not."""

from __future__ import annotations

import inspect

import pytest

from helpers.tables import rules

FACT = {"fact_id": "a", "value": "2", "unit": "USD bn", "start": "2024-01-01", "end": "2024-12-31"}
YEARLY = {"indicator": "trade", "unit": "USD bn", "frequency": "annual", "label": "Trade"}
SHARE = {"indicator": "share", "unit": "%", "frequency": "annual", "label": "Share of debt"}
DATED = {"indicator": "riders", "unit": "USD bn", "frequency": "dated", "label": "Riders"}
POINT = {**FACT, "partner": "ALP", "indicator": "trade"}


def found(rule: str, **tables: list[dict[str, str]]) -> list[str]:
    """Findings of one rule as text; the first row of each table stands on line 2."""
    rows = {name: list(enumerate(table, 2)) for name, table in tables.items()}
    return [str(finding) for finding in getattr(rules, rule)(rows)]


BROKEN = [
    ("finite", {"facts": [{"value": "NaN"}]}, "facts.csv:2:value"),
    ("finite", {"facts": [{"low": "-inf"}]}, "facts.csv:2:low"),
    ("finite", {"series": [{"value": "1e400"}]}, "series.csv:2:value"),
    ("finite", {"facts": [{"high": "1_000"}]}, "facts.csv:2:high"),
    ("finite", {"facts": [{"value": "٢٤"}]}, "facts.csv:2:value"),
    ("finite", {"partners": [{"order": "٣"}]}, "partners.csv:2:order"),
    ("periods", {"facts": [{**FACT, "end": "2023-12-31"}]}, "facts.csv:2:end"),
    ("periods", {"instruments": [{"signed": "2020", "until": "2019-05"}]}, "instruments.csv:2:until"),
    ("periods", {"instruments": [{"in_force": "2020-02", "until": "2020-01-31"}]}, "instruments.csv:2:until"),
    ("periods", {"memberships": [{"since": "2020", "until": "2019"}]}, "memberships.csv:2:until"),
    ("finite", {"series": [{"value": "1e15"}]}, "series.csv:2:value"),
    ("finite", {"series": [{"value": "-9999999999999999"}]}, "series.csv:2:value"),
    ("some_chapter", {"partners": []}, "partners.csv:1:group"),
    ("some_chapter", {"partners": [{"group": "comparison"}]}, "partners.csv:1:group"),
    ("real_years", {"ties": [{"year": "0000"}]}, "ties.csv:2:year"),
    ("real_dates", {"events": [{"start": "2024-02-30"}]}, "events.csv:2:start"),
    ("real_dates", {"sources": [{"published": "2024-13"}]}, "sources.csv:2:published"),
    ("real_dates", {"facts": [{"end": "2024-1-1"}]}, "facts.csv:2:end"),
    ("ranges", {"facts": [{"value": "5", "low": "1", "high": "4"}]}, "facts.csv:2:value"),
    ("ranges", {"facts": [{"value": "0.5", "low": "1", "high": ""}]}, "facts.csv:2:value"),
    ("ranges", {"facts": [{"low": "4", "high": "1"}]}, "facts.csv:2:low"),
    ("worded", {"facts": [{"fact_id": "a"}]}, "facts.csv:2:text"),
    ("worded", {"facts": [{"value": "5"}]}, "facts.csv:2:unit"),
    ("superseded", {"facts": [{**FACT, "superseded_by": "b"}, {**FACT, "fact_id": "b", "end": "2023-12-31"}]}, "facts.csv:2:superseded_by"),
    ("superseded", {"facts": [{**FACT, "superseded_by": "a"}]}, "facts.csv:2:superseded_by"),
    (
        "superseded",
        {"facts": [{**FACT, "superseded_by": "b"}, {**FACT, "fact_id": "b", "superseded_by": "a"}]},
        "facts.csv:2:superseded_by",
    ),
    ("series_points", {"indicators": [YEARLY], "facts": [{**POINT, "unit": "%"}]}, "facts.csv:2:unit"),
    ("series_points", {"indicators": [YEARLY], "facts": [{**POINT, "start": "2024-02-01"}]}, "facts.csv:2:start"),
    ("series_points", {"indicators": [YEARLY], "facts": [POINT, POINT]}, "facts.csv:3:indicator"),
    (
        "series_points",
        {"indicators": [YEARLY], "facts": [POINT], "series": [{"partner": "ALP", "indicator": "trade", "year": "2024"}]},
        "series.csv:2:year",
    ),
    ("shares", {"indicators": [SHARE], "series": [{"indicator": "share", "value": "101"}]}, "series.csv:2:value"),
    ("shares", {"indicators": [SHARE], "series": [{"indicator": "share", "value": "-1"}]}, "series.csv:2:value"),
    ("settled", {"claims": [{"verdict": "confirmed", "fact_id": ""}]}, "claims.csv:2:fact_id"),
    ("supported", {"events": [{"fact_id": "", "source_id": ""}]}, "events.csv:2:source_id"),
    ("supported", {"instruments": [{"fact_id": "", "source_id": ""}]}, "instruments.csv:2:source_id"),
    ("supported", {"projects": [{"fact_id": "", "source_id": ""}]}, "projects.csv:2:source_id"),
    (
        "evidence_only",
        {"sources": [{"source_id": "essay", "kind": "founding article"}], "facts": [{"source_id": "essay"}]},
        "facts.csv:2:source_id",
    ),
    ("known_parties", {"partners": [{"partner": "ALP", "group": "core"}], "instruments": []}, "partners.csv:2:partner"),
    ("known_parties", {"instruments": [{"partner": "ALP", "parties": "CHN Alpland"}]}, "instruments.csv:2:parties"),
    ("chapter_order", {"partners": [{"partner": "ALP", "order": "1"}, {"partner": "BET", "order": "1"}]}, "partners.csv:3:order"),
]

SOUND = [
    ("finite", {"facts": [{"value": "-1.5e3", "low": "", "high": "+2"}]}),
    ("finite", {"facts": [{"value": "24o.1"}]}),  # no number at all: the schema's finding, said once
    ("periods", {"facts": [{**FACT, "start": "2024-12-31"}]}),
    ("periods", {"instruments": [{"signed": "2020-05-01", "until": "2020"}]}),
    ("finite", {"series": [{"value": "999999999999999"}, {"value": "1e14"}]}),
    ("some_chapter", {"partners": [{"group": "comparison"}, {"group": "core"}]}),
    ("some_chapter", {"facts": []}),
    ("real_years", {"ties": [{"year": "1000"}], "world": [{"year": ""}]}),
    ("real_dates", {"events": [{"start": "2024-02-29", "end": "2024"}]}),
    ("ranges", {"facts": [{"value": "1", "low": "1", "high": "1"}]}),
    ("worded", {"facts": [{"text": "Both call it so."}]}),
    ("superseded", {"facts": [{**FACT, "superseded_by": "b"}, {**FACT, "fact_id": "b"}]}),
    (
        "series_points",
        {"indicators": [DATED], "facts": [{**POINT, "indicator": "riders"}, {**POINT, "indicator": "riders", "end": "2024-12-30"}]},
    ),
    ("series_points", {"indicators": [YEARLY], "facts": [POINT, {**POINT, "partner": "BET"}]}),
    ("shares", {"indicators": [{**SHARE, "label": "Debt, % of GDP"}], "series": [{"indicator": "share", "value": "140"}]}),
    ("settled", {"claims": [{"verdict": "unverifiable", "fact_id": ""}]}),
    ("supported", {"events": [{"fact_id": "a", "source_id": ""}]}),
    ("evidence_only", {"sources": [{"source_id": "daily", "kind": "press"}], "facts": [{"source_id": "daily"}]}),
    ("known_parties", {"partners": [{"partner": "IND", "group": "comparison"}], "instruments": []}),
    ("chapter_order", {"partners": [{"partner": "ALP", "order": "1"}, {"partner": "BET", "order": "2"}]}),
]


@pytest.mark.parametrize(("rule", "tables", "exp"), BROKEN)
def test_rule_finds_what_breaks_it(rule: str, tables: dict[str, list[dict[str, str]]], exp: str) -> None:
    got = found(rule, **tables)
    assert any(finding.startswith(exp + ": ") for finding in got), got


@pytest.mark.parametrize(("rule", "tables"), SOUND)
def test_rule_passes_what_is_sound(rule: str, tables: dict[str, list[dict[str, str]]]) -> None:
    got = found(rule, **tables)
    assert got == []


def test_every_rule_has_a_broken_and_a_sound_input() -> None:
    got = ({rule for rule, *_ in BROKEN}, {rule for rule, *_ in SOUND})
    exp = {rule.__name__ for rule in rules.RULES}
    assert got == (exp, exp)


def test_every_rule_of_the_module_is_applied() -> None:
    got = {rule.__name__ for rule in rules.RULES}
    exp = {name for name, item in inspect.getmembers(rules, inspect.isgeneratorfunction) if item.__module__ == rules.__name__}
    assert got == exp
