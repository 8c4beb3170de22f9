"""Each rule over several rows with an input that breaks it and one that does not."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from helpers.tables import consistency

if TYPE_CHECKING:
    from tests.conftest import Project

TOTAL = {"partner": "ALP", "indicator": "trade_total_customs", "value": "30", "unit": "USD bn", "end": "2024-12-31"}
EXPORTS = {**TOTAL, "indicator": "china_exports_customs", "value": "20"}
IMPORTS = {**TOTAL, "indicator": "china_imports_customs", "value": "10"}
YUAN = {"partner": "ALP", "year": "2024"}
RIDERS = {"partner": "ALP", "indicator": "riders", "kind": "cumulative", "end": "2023-12-02", "value": "20"}
SHARE = {"metric": "China's share of debt", "unit": "%", "value": "40"}
BANK = {"source_id": "bank", "publisher": "Bank"}
DEBT = {"indicator": "debt", "unit": "%", "dimension": "finance", "label": "Debt", "definition": "Debt owed to China."}
READING = {"partner": "ALP", "indicator": "debt", "year": "2024", "value": "41", "source_id": "bank"}
FACT = {"partner": "ALP", "dimension": "finance", "unit": "%", "value": "40", "end": "2024-12-31", "kind": "actual", "source_id": "bank"}
OLD = {"fact_id": "old", "unit": "USD bn", "superseded_by": "new"}
CORE = {"partner": "ALP", "group": "core"}


def found(rule: str, **tables: list[dict[str, str]]) -> list[str]:
    """Findings of one rule as text; the first row of each table stands on line 2, tables not given are empty."""
    rows = {name: list(enumerate(tables.get(name, []), 2)) for name in {*consistency.KEYS, *consistency.USERS, *tables}}
    return [str(finding) for finding in getattr(consistency, rule)(rows)]


def repeated(**changes: str) -> dict[str, list[dict[str, str]]]:
    """A fact beside a series point of the same compiler."""
    return {"sources": [BANK], "indicators": [DEBT], "series": [READING], "facts": [{**FACT, **changes}]}


BROKEN = [
    ("flows_add_up", {"facts": [{**TOTAL, "value": "31"}, EXPORTS, IMPORTS]}, "facts.csv:2:value"),
    ("flows_add_up", {"facts": [{**TOTAL, "value": "29.9"}, EXPORTS, IMPORTS]}, "facts.csv:2:value"),
    (
        "flows_add_up",
        {
            "series": [
                {**YUAN, "indicator": "trade_total_customs_yuan", "value": "100"},
                {**YUAN, "indicator": "china_exports_customs_yuan", "value": "60"},
                {**YUAN, "indicator": "china_imports_customs_yuan", "value": "40.2"},
            ]
        },
        "series.csv:2:value",
    ),
    (
        "flows_add_up",
        {
            "facts": [{**TOTAL, "indicator": "trade_total_comtrade", "value": "5"}],
            "series": [
                {**YUAN, "indicator": "exports_to_china_comtrade", "value": "2"},
                {**YUAN, "indicator": "imports_from_china_comtrade", "value": "4"},
            ],
        },
        "facts.csv:2:value",
    ),
    ("cumulative_rises", {"facts": [RIDERS, {**RIDERS, "end": "2024-12-02", "value": "19"}]}, "facts.csv:3:value"),
    ("cumulative_rises", {"facts": [{**RIDERS, "end": "2024-12-02", "value": "19"}, RIDERS]}, "facts.csv:2:value"),
    ("shares_in_facts", {"facts": [{**SHARE, "value": "100.1"}]}, "facts.csv:2:value"),
    ("shares_in_facts", {"facts": [{**SHARE, "value": "-1"}]}, "facts.csv:2:value"),
    ("readings_agree", repeated(), "facts.csv:2:value"),
    ("readings_agree", repeated(value="44"), "facts.csv:2:value"),
    ("sources_used", {"sources": [{"source_id": "daily", "kind": "press"}]}, "sources.csv:2:source_id"),
    ("outcomes_in_series", {"indicators": [DEBT], "facts": [{"indicator": "debt", "kind": "forecast"}]}, "facts.csv:2:indicator"),
    ("outcomes_in_series", {"indicators": [DEBT], "facts": [{"indicator": "debt", "kind": "contract"}]}, "facts.csv:2:indicator"),
    ("successors_measure_the_same", {"facts": [OLD, {"fact_id": "new", "unit": "USD m"}]}, "facts.csv:2:superseded_by"),
    ("successors_measure_the_same", {"facts": [OLD, {"fact_id": "new", "unit": ""}]}, "facts.csv:2:superseded_by"),
    ("named_rows_exist", {"partners": [CORE], "facts": [{"fact_id": "alp-a", "note": "See alp-debt."}]}, "facts.csv:2:note"),
    ("named_rows_exist", {"partners": [CORE], "facts": [{"fact_id": "alp-a", "derived_from": "alp-debt"}]}, "facts.csv:2:derived_from"),
    ("grades", {"sources": [{"kind": "state media", "grade": "B"}]}, "sources.csv:2:grade"),
    ("grades", {"sources": [{"kind": "content farm", "grade": "C"}]}, "sources.csv:2:grade"),
    ("grades", {"sources": [{"url": "https://example.org", "note": "Link withheld: a clone."}]}, "sources.csv:2:url"),
]

SOUND = [
    ("flows_add_up", {"facts": [TOTAL, EXPORTS, IMPORTS]}),
    ("flows_add_up", {"facts": [{**TOTAL, "value": "30.05"}, EXPORTS, IMPORTS]}),
    ("flows_add_up", {"facts": [{**TOTAL, "value": "31", "note": "A later vintage than the flows."}, EXPORTS, IMPORTS]}),
    ("flows_add_up", {"facts": [{**TOTAL, "value": "31"}, EXPORTS]}),
    ("flows_add_up", {"facts": [{**TOTAL, "value": "31", "end": "2023-12-31"}, EXPORTS, IMPORTS]}),
    ("cumulative_rises", {"facts": [RIDERS, {**RIDERS, "end": "2024-12-02"}]}),
    ("cumulative_rises", {"facts": [RIDERS, {**RIDERS, "end": "2024-12-02", "value": "19", "kind": "actual"}]}),
    ("shares_in_facts", {"facts": [SHARE, {**SHARE, "value": "100"}, {**SHARE, "metric": "Growth of debt", "value": "250"}]}),
    ("readings_agree", repeated(value="41.1")),
    ("readings_agree", repeated(value="20")),
    ("readings_agree", repeated(note="Another vintage of the same file.")),
    ("readings_agree", repeated(kind="forecast")),
    ("readings_agree", repeated(source_id="other")),
    ("readings_agree", repeated(indicator="debt")),
    ("sources_used", {"sources": [{"source_id": "daily", "kind": "press"}], "events": [{"source_id": "daily"}]}),
    ("sources_used", {"sources": [{"source_id": "essay", "kind": "founding article"}]}),
    ("outcomes_in_series", {"indicators": [DEBT], "facts": [{"indicator": "debt", "kind": "estimate"}]}),
    (
        "outcomes_in_series",
        {"indicators": [{**DEBT, "definition": "Value of each contract signed."}], "facts": [{"indicator": "debt", "kind": "contract"}]},
    ),
    ("successors_measure_the_same", {"facts": [OLD, {"fact_id": "new", "unit": "USD bn"}]}),
    ("named_rows_exist", {"partners": [CORE], "facts": [{"fact_id": "alp-a", "note": "As alp-a, not as bet-b."}]}),
    ("grades", {"sources": [{"kind": "state media", "grade": "C"}, {"kind": "repost", "grade": "D"}, {"kind": "press", "grade": "B"}]}),
    ("grades", {"sources": [{"url": "", "note": "Link withheld: a clone."}]}),
]


@pytest.mark.parametrize(("rule", "tables", "place"), BROKEN)
def test_rule_finds_the_broken_row(rule: str, tables: dict[str, list[dict[str, str]]], place: str) -> None:
    got = found(rule, **tables)
    assert [text.split(": ")[0] for text in got] == [place]


@pytest.mark.parametrize(("rule", "tables"), SOUND)
def test_rule_passes_sound_rows(rule: str, tables: dict[str, list[dict[str, str]]]) -> None:
    assert found(rule, **tables) == []


def test_every_rule_is_run_and_has_a_breaking_test() -> None:
    rules = {
        name
        for name, function in inspect.getmembers(consistency, inspect.isfunction)
        if function.__module__ == consistency.__name__ and list(inspect.signature(function).parameters) == ["rows"] and name != "points"
    }
    assert rules == {rule.__name__ for rule in consistency.CONSISTENCY} == {rule for rule, _, _ in BROKEN}


@pytest.mark.parametrize("kind", ["actual", "cumulative", "event"])
def test_nothing_happens_after_the_cut_off(kind: str) -> None:
    rows = {"facts": [(2, {"kind": kind, "end": "2026-12-01"})]}
    got = [str(finding).split(": ")[0] for finding in consistency.nothing_after(rows, "2026-11-21")]
    assert got == ["facts.csv:2:end"]


def test_a_plan_may_lie_after_the_cut_off() -> None:
    rows = {"facts": [(2, {"kind": "target", "end": "2030-12-31"}), (3, {"kind": "actual", "end": "2026-11-21"})]}
    assert list(consistency.nothing_after(rows, "2026-11-21")) == []


def test_an_event_of_a_later_year_is_after_the_cut_off() -> None:
    rows = {"events": [(2, {"start": "2026"}), (3, {"start": "2027"})]}
    got = [str(finding).split(": ")[0] for finding in consistency.nothing_after(rows, "2026-11-21")]
    assert got == ["events.csv:3:start"]


def test_finding_reaches_the_check(project: Project) -> None:
    project.set("facts", 11, "value", "19")
    got = project.findings()
    assert [text.split(": ")[0] for text in got] == ["facts.csv:11:value"]
