"""The closing pages: every fact in the register, every source in the list, every column in the dictionary."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.profile import closing
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from tests.conftest import Project

HOSTILE = "<script>x</script> {{ y }} $z$ | pipe `code` [a](b.qmd#c) {#fact-z} \\u0022"


def rows(parts: list) -> list[dict]:
    """The rows of all tables, as the filter reads them."""
    found = []
    for part in parts:
        if part.kind == "table":
            first, *lines, last = part.body.splitlines()
            assert (first, last) == ("```{.rows}", "```")
            found += [json.loads(line) for line in lines[1:]]
    return found


def words(cell: list) -> str:
    return "".join(inline if isinstance(inline, str) else inline["text"] for inline in cell)


def row(parts: list, anchor: str) -> dict:
    return next(row for row in rows(parts) if row["id"] == anchor)


@pytest.mark.parametrize("data", ["small", "real"])
def test_register_has_one_anchor_for_every_fact(small_tables: Tables, root: Path, data: str) -> None:
    tables = small_tables if data == "small" else load(root / "data")
    got = [row["id"] for row in rows(closing.register(tables))]
    assert sorted(got) == sorted(f"fact-{fact}" for fact in tables.facts.index)


def test_register_has_a_fact_about_a_comparison_country(project: Project) -> None:
    project.add("partners", partner="CMP", name="Compland", group="comparison", order="3")
    project.set("facts", 8, "partner", "CMP")
    got = row(closing.register(load(project.data)), "fact-alp-ships")["data"]["partner"]
    assert got == "CMP"


def test_register_row_has_value_range_period_kind_confidence_and_source(small_tables: Tables) -> None:
    cells = row(closing.register(small_tables), "fact-alp-trade-2024")["cells"]
    got = [words(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in cells[:5]]
    exp = ["Goods trade", "USD 25.5 bn (24–27)", "2024", "actual; high", "Customs A"]
    assert got == exp


def test_register_row_carries_what_the_page_filters_by(small_tables: Tables) -> None:
    got = row(closing.register(small_tables), "fact-alp-trade-2024")["data"]
    exp = {"partner": "ALP", "dimension": "trade", "kind": "actual", "confidence": "high", "grade": "A"}
    assert {name: got[name] for name in exp} == exp


def test_register_leads_from_a_fact_to_its_source(small_tables: Tables) -> None:
    got = row(closing.register(small_tables), "fact-alp-trade-2024")["cells"][4][0]
    assert got == {"kind": "cite", "text": "Customs", "page": "sources.qmd", "to": "source-customs"}


def test_register_says_what_a_fact_is_superseded_by(small_tables: Tables) -> None:
    got = row(closing.register(small_tables), "fact-bet-trade-old")["cells"][5]
    assert "Superseded by " in got
    assert {"kind": "fact", "text": "a later reading", "page": "register.qmd", "to": "fact-bet-trade-2024"} in got


NOTE = "Derived: the remainder after all other creditors, so that rounding of the others moves it."


def noted(project: Project, first: str, second: str) -> list[dict]:
    """The last cells of two facts of one partner, in the order of the register."""
    project.set("facts", 2, "note", first)
    project.set("facts", 3, "note", second)
    keys = [f"fact-{project.rows('facts')[place - 1][0]}" for place in (2, 3)]
    found = [row for row in rows(closing.register(load(project.data))) if row["id"] in keys]
    return [row["cells"][5] for row in found]


def test_register_says_a_long_note_once_and_then_where(project: Project) -> None:
    first, second = noted(project, NOTE, NOTE)
    assert first[0] == NOTE
    assert second[0]["kind"] == "again" and second[0]["text"] == NOTE and second[0]["to"].startswith("fact-alp-")


def test_register_repeats_a_short_note(project: Project) -> None:
    note = "Rounded by the agency that told it."
    assert [cell[0] for cell in noted(project, note, note)] == [note, note]


def test_register_names_a_fact_that_a_note_gives_by_its_key(project: Project) -> None:
    got, _ = noted(project, "Below alp-ships, the state-run count; see it.", "")
    link = {"kind": "fact", "text": "Ships delivered, 2020–2024", "page": "register.qmd", "to": "fact-alp-ships"}
    assert got == ["Below ", link, ", the state-run count; see it."]


def test_register_links_only_to_facts_that_it_prints(project: Project) -> None:
    project.set("facts", 2, "note", "Below alp-ships, seen late.")
    tables = load(project.data)
    got = row(closing.register(tables, {"fact-alp-trade-2022"}), "fact-alp-trade-2022")["cells"][5]
    assert got == ["Below ", "Ships delivered, 2020–2024", ", seen late."]


def test_dictionary_names_the_facts_of_its_notes(root: Path) -> None:
    tables = load(root / "data")
    got = [words(row["cells"][4]) for row in rows(closing.dictionary(tables)[-1:])]
    assert [note for note in got if any(key in note for key in tables.facts.index)] == []


def test_register_tells_a_period_once_where_it_names_a_fact(project: Project) -> None:
    project.set("facts", 3, "metric", "Goods trade of 2023")
    got, _ = noted(project, "", "Below alp-trade-2023.")[::-1]
    assert got[1]["text"] == "Goods trade of 2023"


def test_dictionary_says_a_long_note_once_and_then_where(root: Path) -> None:
    cells = [cell[0] for row in rows(closing.dictionary(load(root / "data"))[-1:]) for cell in row["cells"] if cell]
    said = [cell for cell in cells if isinstance(cell, str) and len(cell) >= closing.LONG]
    again = [cell for cell in cells if not isinstance(cell, str) and cell["kind"] == "again"]
    assert again and all(cell["text"] in said and cell["to"] == "" for cell in again)


def test_register_marks_a_fact_that_rests_on_a_weak_outlet_alone(small_tables: Tables) -> None:
    got = [row["id"] for row in rows(closing.register(small_tables)) if "weak outlet" in words(row["cells"][5])]
    assert got == ["fact-bet-trade-old"]


@pytest.mark.parametrize("data", ["small", "real"])
def test_list_of_sources_has_one_anchor_for_every_source(small_tables: Tables, root: Path, data: str) -> None:
    tables = small_tables if data == "small" else load(root / "data")
    got = [row["id"] for row in rows(closing.sources(tables))]
    assert sorted(got) == sorted(f"source-{source}" for source in tables.sources.index)


def test_list_of_sources_is_sorted_by_grade(small_tables: Tables) -> None:
    got = [row["cells"][2][0]["text"] for row in rows(closing.sources(small_tables))]
    assert got == ["A", "B", "C", "D"]


def test_list_of_sources_counts_facts(small_tables: Tables) -> None:
    got = words(row(closing.sources(small_tables), "source-customs")["cells"][3])
    assert got == "4"


@pytest.mark.parametrize(
    "url", ["https://x.org/a)<script>alert(1)</script>", "https://x.org/a|b", "https://x.org/a){onclick=x}", 'https://x.org/"><b>']
)
def test_hostile_address_cannot_leave_its_link(project: Project, url: str) -> None:
    project.set("sources", 2, "url", url)
    got = row(closing.sources(load(project.data)), "source-customs")["cells"][0][2]["url"]
    assert re.fullmatch(r"[^<>(){}|\"]+", got)


def test_ordinary_address_is_kept(small_tables: Tables) -> None:
    got = row(closing.sources(small_tables), "source-customs")["cells"][0][2]
    assert got == {"kind": "web", "text": "Yearbook of trade", "url": "https://example.org/trade"}


def test_dictionary_has_every_column_with_its_meaning(small_tables: Tables) -> None:
    got = [words(row["cells"][0]) for row in rows(closing.dictionary(small_tables))]
    names = {field["name"] for table in small_tables.package.resources for field in small_tables.package.fields(table)}
    assert [name for name in names if name not in got] == []


def test_dictionary_defines_the_indicators_in_use(small_tables: Tables) -> None:
    got = [words(row["cells"][3]) for row in rows(closing.dictionary(small_tables)[-1:])]
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
def test_hostile_text_stays_the_text_that_it_is(project: Project, table: str, line: int, column: str) -> None:
    project.set(table, line, column, HOSTILE)
    tables = load(project.data)
    found = rows(closing.register(tables) + closing.sources(tables) + closing.dictionary(tables))
    got = [cell for row in found for cell in row["cells"] if HOSTILE in words(cell)]
    assert got != []


def test_no_text_of_a_row_reads_as_markup_before_it_is_decoded(project: Project) -> None:
    project.set("facts", 2, "metric", HOSTILE)
    body = "\n".join(part.body for part in closing.register(load(project.data)) if part.kind == "table")
    got = [mark for mark in ("{{", "](", "{#", "<script", "`code`") if mark in body]
    assert got == []
