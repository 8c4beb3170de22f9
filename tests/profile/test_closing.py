"""The closing pages: every fact in the register, every source in the list, every column in the dictionary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.profile import closing
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from tests.conftest import Project

HOSTILE = "<script>x</script> {{ y }} $z$ | pipe"
ESCAPED = "\\<script\\>x\\</script\\> \\{\\{ y \\}\\} \\$z\\$ \\| pipe"


def text(parts: list) -> str:
    return "\n".join(part.body for part in parts).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("data", ["small", "real"])
def test_register_has_one_anchor_for_every_fact(small_tables: Tables, root: Path, data: str) -> None:
    tables = small_tables if data == "small" else load(root / "data")
    got = re.findall(r"\[\]\{#fact-([\w-]+)\}", text(closing.register(tables)))
    assert sorted(got) == sorted(tables.facts.index)


def test_register_has_a_fact_about_a_comparison_country(project: Project) -> None:
    project.add("partners", partner="CMP", name="Compland", group="comparison", order="3")
    project.set("facts", 8, "partner", "CMP")
    got = text(closing.register(load(project.data)))
    assert "{#fact-alp-ships}" in got


def test_register_row_has_value_range_period_kind_confidence_source_and_note(small_tables: Tables) -> None:
    got = next(line for line in text(closing.register(small_tables)).splitlines() if "{#fact-alp-trade-2024}" in line)
    exp = [
        "**Goods trade**",
        "USD 25.5 bn (24–27)",
        "2024",
        "actual; high",
        "[Customs](sources.qmd#source-customs){.cite} [A]{.grade .grade-a}",
    ]
    assert [part for part in exp if part not in got] == []


def test_register_says_what_a_fact_is_superseded_by(small_tables: Tables) -> None:
    got = next(line for line in text(closing.register(small_tables)).splitlines() if "{#fact-bet-trade-old}" in line)
    assert "Superseded by [a later reading](register.qmd#fact-bet-trade-2024)" in got


def test_register_marks_a_fact_that_rests_on_a_weak_outlet_alone(small_tables: Tables) -> None:
    got = [re.search(r"#fact-([\w-]+)", line)[1] for line in text(closing.register(small_tables)).splitlines() if "weak outlet" in line]
    assert got == ["bet-trade-old"]


@pytest.mark.parametrize("data", ["small", "real"])
def test_list_of_sources_has_one_anchor_for_every_source(small_tables: Tables, root: Path, data: str) -> None:
    tables = small_tables if data == "small" else load(root / "data")
    got = re.findall(r"\[\]\{#source-([\w-]+)\}", text(closing.sources(tables)))
    assert sorted(got) == sorted(tables.sources.index)


def test_list_of_sources_is_sorted_by_grade(small_tables: Tables) -> None:
    got = re.findall(r"\| \[([A-D])\]\{\.grade", text(closing.sources(small_tables)))
    assert got == ["A", "B", "C", "D"]


def test_list_of_sources_counts_facts(small_tables: Tables) -> None:
    line = next(line for line in text(closing.sources(small_tables)).splitlines() if "{#source-customs}" in line)
    assert line.split(" | ")[3] == "4"


@pytest.mark.parametrize(
    "url", ["https://x.org/a)<script>alert(1)</script>", "https://x.org/a|b", "https://x.org/a){onclick=x}", 'https://x.org/"><b>']
)
def test_hostile_address_cannot_leave_its_link(project: Project, url: str) -> None:
    project.set("sources", 2, "url", url)
    line = next(line for line in text(closing.sources(load(project.data))).splitlines() if "{#source-customs}" in line)
    got = re.search(r"\]\((https://x\.org/[^\s)]*)\)", line)[1]
    assert re.fullmatch(r"[^<>(){}|\"]+", got)


def test_ordinary_address_is_kept(small_tables: Tables) -> None:
    assert "[Yearbook of trade](https://example.org/trade)" in text(closing.sources(small_tables))


def test_dictionary_has_every_column_with_its_meaning(small_tables: Tables) -> None:
    got = text(closing.dictionary(small_tables))
    names = {field["name"] for table in small_tables.package.resources for field in small_tables.package.fields(table)}
    assert [name for name in names if f"`{name}`" not in got] == []


def test_dictionary_defines_the_indicators_in_use(small_tables: Tables) -> None:
    got = text(closing.dictionary(small_tables)).partition("Indicators in use")[2]
    assert "Exports and imports as China records them." in got


@pytest.mark.parametrize(
    ("table", "line", "column"),
    [
        ("facts", 2, "metric"),
        ("facts", 9, "text"),
        ("facts", 6, "note"),
        ("sources", 3, "title"),
        ("sources", 3, "grade_reason"),
        ("indicators", 2, "definition"),
    ],
)
def test_hostile_text_is_escaped(project: Project, table: str, line: int, column: str) -> None:
    project.set(table, line, column, HOSTILE)
    tables = load(project.data)
    got = text(closing.register(tables) + closing.sources(tables) + closing.dictionary(tables))
    assert ESCAPED in got
    assert HOSTILE not in got
