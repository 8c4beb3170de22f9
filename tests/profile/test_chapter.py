"""A chapter shows what the tables have, with and without prose, and prints hostile text as itself."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.charts import style
from helpers.errors import InputError
from helpers.profile import exhibits, tabular
from helpers.profile.blocks import Block, Chart, Table, Text, metadata, pipe_table
from helpers.profile.chapter import NAMES, Chapter
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

HOSTILE = "<script>x</script> #include {{ y }} $z$ @w *v* =SUM(A1) | pipe"
ESCAPED = "\\<script\\>x\\</script\\> \\#include \\{\\{ y \\}\\} \\$z\\$ \\@w \\*v\\* \\=SUM(A1) \\| pipe"


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    style.apply()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def written(small_tables: Tables, small_root: Path) -> Chapter:
    """The chapter of a partner with prose."""
    return Chapter(small_tables, "ALP", small_root / "report")


@pytest.fixture(scope="module")
def unwritten(small_tables: Tables, small_root: Path) -> Chapter:
    """The chapter of a partner without prose."""
    return Chapter(small_tables, "BET", small_root / "report")


def words(blocks: list[Block]) -> str:
    """All Markdown of blocks: flowing text, cells, titles and sources."""
    parts = []
    for block in blocks:
        if isinstance(block, Text):
            parts.append(block.markdown)
        else:
            parts += [block.title, block.subtitle, block.source]
        if isinstance(block, Table):
            parts.append(pipe_table(block))
    return "\n".join(parts).replace("\N{NO-BREAK SPACE}", " ")


def kinds(blocks: list[Block]) -> list[str]:
    return [type(block).__name__ for block in blocks]


def every(chapter: Chapter) -> list[Block]:
    """The blocks of a whole chapter in the order of the notebook."""
    names = ("lead", "trade", "energy", "finance", "infrastructure", "arms", "technology", "diplomacy", "sanctions")
    parts = [chapter.opening(), chapter.glance(), *(chapter.section(name) for name in names), chapter.law(), chapter.timeline()]
    parts += [chapter.section("limits"), chapter.claims(), chapter.section("outlook"), chapter.sources()]
    return [block for part in parts for block in part]


def test_unknown_partner_is_refused_with_the_nearest(small_tables: Tables, small_root: Path) -> None:
    with pytest.raises(InputError, match=r"\"ALQ\" is unknown.*'ALP'"):
        Chapter(small_tables, "ALQ", small_root)


def test_opening_states_the_finding_with_its_number(written: Chapter) -> None:
    got = words(written.opening())
    assert "Alpland traded [USD 25.5 bn](register.qmd#fact-alp-trade-2024)" in got


def test_opening_names_formula_role_and_cut_off(written: Chapter) -> None:
    got = words(written.opening())
    assert '**Formula:** [strategic partnership](register.qmd#fact-alp-formula){.fact data-fact="alp-formula"}, since April 2015' in got
    assert "**Role in the articles:** gateway" in got
    assert "**Data cut-off:**" in got


def test_opening_dates_the_latest_outcome_and_no_plan(unwritten: Chapter) -> None:
    got = words(unwritten.opening())
    assert "latest reading 31 December 2024" in got


def test_opening_says_how_many_key_figures_are_old(written: Chapter) -> None:
    assert re.search(r"(none|one|two) of the two key figures (is|are) older than a year", words(written.opening()))


def test_opening_without_key_figures_says_nothing_of_their_age(unwritten: Chapter) -> None:
    assert "key figures" not in words(unwritten.opening())


def test_chosen_events_stand_as_a_table_in_their_section(project: Project) -> None:
    path = project.report / "partners" / "ALP.md"
    event = load(project.data)["events"]["event_id"].iloc[0]
    entry = f"exhibits:\n  - {{id: dated, section: diplomacy, chart: events, events: [{event}], title: By date, note: Chosen}}\n"
    path.write_text(path.read_text("utf-8").replace("exhibits:\n", entry, 1) + "\n## diplomacy\nWords.\n", "utf-8")
    chapter = Chapter(load(project.data), "ALP", project.report)
    table = next(block for block in chapter.section("diplomacy") if isinstance(block, Table))
    assert (table.key, table.title, len(table.rows)) == ("alp-dated", "By date", 1)
    assert table.source.endswith("Note: Chosen.")


def test_series_of_zeros_is_no_chart(small_tables: Tables, small_root: Path) -> None:
    series = small_tables["series"].assign(value=0.0)
    facts = small_tables["facts"].assign(indicator="")
    chapter = Chapter(Tables(small_tables.package, {**small_tables.frames, "series": series, "facts": facts}), "BET", small_root / "report")
    assert "Chart" not in kinds(chapter.section("trade"))


def test_compiler_named_twice_stands_once_in_a_source_line(small_tables: Tables) -> None:
    sources = small_tables.sources.copy()
    first, second = sources.index[:2]
    sources.loc[first, "compiler"], sources.loc[second, "compiler"] = "Customs", "Customs; Central Bank"
    tables = SimpleNamespace(sources=sources)
    got = re.findall(r"\[([^]]*)\]", exhibits.source_line(tables, [first, second]))  # type: ignore[arg-type]
    assert got == ["Customs", "Central Bank"]


@pytest.mark.parametrize(("table", "exp"), [(False, "and 2 more, in the data of this exhibit."), (True, "Outlet 5.")])
def test_a_table_names_its_sources_itself_as_its_data_name_none(small_tables: Tables, table: bool, exp: str) -> None:
    row = small_tables.sources.iloc[[0]]
    sources = pd.concat([row.assign(publisher=f"Outlet {number}", compiler="") for number in range(6)])
    sources.index = pd.Index([f"s{number}" for number in range(6)])
    got = exhibits.source_line(SimpleNamespace(sources=sources), list(sources.index), table=table)  # type: ignore[arg-type]
    assert re.sub(r"\[([^]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", got).endswith(exp)


@pytest.mark.parametrize(
    ("rows", "told", "exp"),
    [
        ([("2013, CRS", "2013-01-01", "2013-12-31", "actual")], False, ["5"]),
        ([("2005 to 2009", "2005-01-01", "2009-12-31", "actual")], False, ["5"]),
        ([("Plan", "2021-03-27", "2046-03-27", "actual")], False, ["5 (2021–2046)"]),
        ([("Drill", "2022-09-01", "2022-09-07", "actual")], False, ["5 (1–7 September 2022)"]),
        ([("Plan", "2024-01-01", "2024-12-31", "actual")], True, ["5"]),
        ([("Plan", "2024-01-01", "2024-12-31", "estimate")], True, ["5"]),
        (
            [("Plan", "2024-01-01", "2024-12-31", "estimate"), ("Sum", "2023-01-01", "2023-12-31", "contract")],
            False,
            ["5 (estimate, 2024)", "5 (contract, 2023)"],
        ),
    ],
    ids=["year in name", "span in name", "days years apart", "days", "in subtitle", "one kind", "two kinds"],
)
def test_bar_says_beside_its_value_what_nothing_else_says(rows: list[tuple[str, ...]], told: bool, exp: list[str]) -> None:
    frame = pd.DataFrame(rows, columns=["label", "start", "end", "kind"])
    assert exhibits._beside(frame, ["5"] * len(rows), told=told) == exp


@pytest.mark.parametrize(("title", "exp"), [("List of May 2025", ""), ("List of May", ", May 2025")])
def test_date_that_a_title_holds_is_not_said_again(title: str, exp: str) -> None:
    assert tabular.published(pd.Series({"title": title, "published": "2025-05"})) == exp


def test_instrument_without_a_start_says_until_when(small_tables: Tables) -> None:
    rows = small_tables["instruments"].iloc[[0]].assign(signed="2001", in_force="", until="2014")
    assert tabular.instruments(small_tables, rows, "k", "t").rows[0][1] == "2001; in force until 2014"


@pytest.mark.parametrize(("since", "exp"), [("2003", "in force 2003"), ("", "–")])
def test_instrument_without_a_date_of_signature_has_no_blank_before_its_term(small_tables: Tables, since: str, exp: str) -> None:
    rows = small_tables["instruments"].iloc[[0]].assign(signed="", in_force=since, until="")
    assert tabular.instruments(small_tables, rows, "k", "t").rows[0][1] == exp


@pytest.mark.parametrize(("publisher", "exp"), [("someone/copies (GitHub)", "Institute"), ("Daily", "Daily")])
def test_evidence_names_the_compiler_in_place_of_a_repository(small_tables: Tables, publisher: str, exp: str) -> None:
    sources = small_tables.sources.reset_index(drop=True)
    sources.loc[sources["source_id"] == "daily", ["publisher", "compiler"]] = [publisher, "Institute"]
    tables = Tables(small_tables.package, {**small_tables.frames, "sources": sources})
    assert tabular.evidence(tables, pd.Series({"fact_id": "", "source_id": "daily"})).startswith(f"[{exp}]")


def test_fault_of_a_statement_comes_before_the_reason(small_tables: Tables) -> None:
    rows = small_tables["claims"].iloc[[1]]
    assert tabular.verdicts(small_tables, rows, "k", "t").rows[0][3] == "*Opinion.* No text was found."


def test_glance_shows_the_chosen_facts_with_period_kind_and_source(written: Chapter) -> None:
    got = words(written.glance())
    assert got.count(":::: {.key}") == 2
    assert "Goods trade, Chinese customs" in got
    assert re.search(r"\n2024 · \[Customs\]\(sources\.qmd#source-customs\)", got)


def test_key_figure_that_is_no_outcome_says_its_kind(written: Chapter, monkeypatch: pytest.MonkeyPatch) -> None:
    row = written.references.row("alp-trade-2024") | {"kind": "estimate"}
    monkeypatch.setattr(written.references, "row", lambda _: row)
    assert "2024 · estimate · [Customs]" in words(written.glance())


def test_no_line_of_a_key_figure_begins_with_a_dot(written: Chapter) -> None:
    got = " ".join(block.markdown for block in written.glance() if isinstance(block, Text))
    assert "\u00a0·" in got
    assert " ·" not in got


def test_partner_without_prose_has_a_glance_of_outcomes(unwritten: Chapter) -> None:
    got = words(unwritten.glance())
    assert "fact-bet-trade-2024" in got
    assert [name for name in ("bet-trade-old", "bet-arms-plan") if name in got] == []


def test_partner_without_prose_has_a_standard_chart_and_a_table_of_facts(unwritten: Chapter) -> None:
    got = unwritten.section("trade")
    assert sorted(kinds(got)) == ["Chart", "Table", "Text"]


def test_standard_chart_shows_the_series_of_the_partner(unwritten: Chapter) -> None:
    got = next(block for block in unwritten.section("trade") if isinstance(block, Chart))
    assert (list(got.data["value"]), set(got.data["partner"])) == ([2, 2.5, 3.5], {"BET"})


def test_partner_without_prose_has_law_and_claims(unwritten: Chapter) -> None:
    assert "Joint statement" in words(unwritten.law())
    assert "A pact was signed" in words(unwritten.claims())


def test_table_of_facts_has_value_period_and_source(unwritten: Chapter) -> None:
    table = next(block for block in unwritten.section("arms") if isinstance(block, Table))
    got = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table.rows]
    assert got[1][0] == "Ships delivered"
    assert got[1][1].startswith("[1 ship](register.qmd#fact-bet-ships)")
    assert [row[2] for row in got] == ["2026–2027 (contract)", "2020–2024 (cumulative)"]
    assert got[1][3].startswith("[The Daily](sources.qmd#source-daily)")


def test_fact_in_words_is_told_in_words(small_tables: Tables) -> None:
    facts = small_tables["facts"]
    got = tabular.key_facts(small_tables, facts[facts["fact_id"] == "alp-formula"], "k", "t").rows[0]
    assert got[:2] == ["Both call it a strategic partnership.", '[in words](register.qmd#fact-alp-formula){.fact data-fact="alp-formula"}']


def test_superseded_fact_is_not_in_the_table_of_latest_facts(unwritten: Chapter) -> None:
    got = words(unwritten.section("trade"))
    assert "fact-bet-trade-2024" in got
    assert "fact-bet-trade-old" not in got


def test_section_without_prose_and_rows_is_absent(unwritten: Chapter) -> None:
    assert unwritten.section("sanctions") == []


def test_section_with_prose_has_its_heading_with_the_finding(written: Chapter) -> None:
    got = written.section("trade")[0]
    assert isinstance(got, Text)
    assert got.markdown.startswith("## Trade: Trade fell [down 15%](")
    assert got.markdown.endswith("{#alp-trade}")


def test_lead_has_no_heading(written: Chapter) -> None:
    assert words(written.section("lead")) == "Credit and trade bind Alpland to China."


def test_section_shows_the_charts_that_the_prose_asks_for(written: Chapter) -> None:
    got = [block for block in written.section("trade") if isinstance(block, Chart)]
    assert [(chart.key, chart.title) for chart in got] == [("alp-trade", "The two ledgers differ")]


def test_chart_data_keep_the_ledgers_apart(written: Chapter) -> None:
    chart = next(block for block in written.section("trade") if isinstance(block, Chart))
    got = chart.data.groupby("indicator")["value"].apply(list).to_dict()
    assert got == {"trade_total_customs": [20, 30, 25.5], "trade_total_comtrade": [18, 19, 22]}


def test_subtitle_of_a_chart_says_unit_rhythm_and_years(written: Chapter) -> None:
    chart = next(block for block in written.section("trade") if isinstance(block, Chart))
    assert chart.subtitle == "Billion US dollars at current prices, a year, 2021–2024"


INDEX = "Gap between the points of the state and {} in the same year, from all votes."


@pytest.mark.parametrize(
    ("second", "exp"),
    [
        (
            "Gap between the points of the state and B in the same year, from all votes.",
            "the state and the one named in the same year, from all votes",
        ),
        ("Gap between the points of the state and A in the same year, from few.", "the state and A in the same year"),
    ],
)
def test_index_is_told_in_the_words_that_its_series_share(project: Project, second: str, exp: str) -> None:
    project.add("units", unit="score", quantity="index", description="index or score without a unit")
    shared = {"unit": "score", "dimension": "diplomacy", "flow": "none", "frequency": "annual", "source_id": "daily", "direction": "none"}
    project.add("indicators", indicator="gap_a", label="A", definition=INDEX.format("A"), **shared)
    project.add("indicators", indicator="gap_b", label="B", definition=second, **shared)
    for year, value in ((2022, "0.5"), (2023, "2.5")):
        for name in ("gap_a", "gap_b"):
            project.add("series", partner="ALP", indicator=name, year=str(year), value=value, source_id="daily")
    project.add("series", partner="BET", indicator="gap_a", year="2023", value="3", source_id="daily")
    project.add("series", partner="BET", indicator="gap_a", year="2019", value="9", source_id="daily")  # not among the years shown
    item = {"id": "gap", "chart": "lines", "indicators": ["gap_a", "gap_b"], "title": "A gap"}
    got = exhibits.over_time(load(project.data), "ALP", item, "diplomacy")
    assert got is not None
    assert got.subtitle == f"Gap between the points of {exp}, 2022–2023; partners and comparison countries lie between 0.5 and 3"


def test_chart_names_sources_and_note(written: Chapter) -> None:
    chart = next(block for block in written.section("trade") if isinstance(block, Chart))
    assert chart.source == "Source: [Customs](sources.qmd#source-customs){.cite}. Note: As published by each side."


def test_chart_since_a_year_drops_what_is_older(project: Project) -> None:
    path = project.report / "partners" / "ALP.md"
    path.write_text(path.read_text("utf-8").replace('    title: "The two', '    since: 2023\n    title: "The two'), "utf-8")
    chart = next(block for block in Chapter(load(project.data), "ALP", project.report).section("trade") if isinstance(block, Chart))
    assert chart.data["year"].min() == 2023


def test_chart_of_facts_says_that_plans_are_hatched(written: Chapter) -> None:
    chart = next(block for block in written.section("infrastructure") if isinstance(block, Chart))
    assert "Hatched" in chart.source
    assert "USD\N{NO-BREAK SPACE}1.5\N{NO-BREAK SPACE}bn (contract, 2024)" in chart.alt


def test_infrastructure_lists_the_projects(written: Chapter) -> None:
    assert "Harbour of Alp" in words(written.section("infrastructure"))


def test_project_shows_place_status_years_and_the_fact_it_rests_on(written: Chapter) -> None:
    table = next(block for block in written.section("infrastructure") if isinstance(block, Table))
    assert table.rows[0][:4] == ["Harbour of Alp", "port", "South coast", "operating, 2021–2024"]
    assert "fact-alp-port-cost" in table.rows[0][4]


def test_law_shows_obligations_dates_and_status(written: Chapter) -> None:
    table = next(block for block in written.law() if isinstance(block, Table))
    assert table.rows[0][1:4] == ["16 July 2001; in force 28 February 2002", "consultation", "in force"]


def test_partner_without_instruments_says_that_none_was_found(small_tables: Tables, small_root: Path) -> None:
    empty = small_tables["instruments"].iloc[0:0]
    chapter = Chapter(Tables(small_tables.package, {**small_tables.frames, "instruments": empty}), "BET", small_root / "report")
    assert "No instrument was found." in words(chapter.law())


def test_timeline_is_sorted_and_marks_what_came_after_the_articles(written: Chapter) -> None:
    table = next(block for block in written.timeline() if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["20 April 2015", "1–5 September 2025"]
    assert [row[1] for row in table.rows] == ["State visit", "Naval exercise *(after the articles)*"]


def test_event_marked_by_a_spreadsheet_is_marked_too(project: Project) -> None:
    project.set("events", 3, "after_articles", "TRUE")
    table = next(block for block in Chapter(load(project.data), "ALP", project.report).timeline() if isinstance(block, Table))
    assert table.rows[1][1] == "Naval exercise *(after the articles)*"


def test_verdict_shows_claim_verdict_and_better_value(written: Chapter) -> None:
    table = next(block for block in written.claims() if isinstance(block, Table))
    got = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in table.rows[0]]
    assert got[0].startswith("[]{#claim-s0-alp-trade}Trade reached a record")
    assert got[0].endswith(": **USD 31 bn** (s0)")
    assert got[1] == "[contradicted]{.verdict .contradicted}"
    assert "[USD 25.5 bn (2024)](register.qmd#fact-alp-trade-2024)" in got[2]
    assert got[2].endswith('; [USD 30 bn (2023)](register.qmd#fact-alp-trade-2023){.fact data-fact="alp-trade-2023"}')


def test_verdict_that_no_fact_settles_shows_a_dash(unwritten: Chapter) -> None:
    table = next(block for block in unwritten.claims() if isinstance(block, Table))
    assert table.rows[0][2] == "–"


def test_worst_verdict_comes_first(small_tables: Tables) -> None:
    rows = small_tables["claims"].iloc[[1, 0]]
    got = [re.search(r"\.verdict \.(\w+)", row[1])[1] for row in tabular.verdicts(small_tables, rows, "k", "t").rows]
    assert got == ["contradicted", "unverifiable"]


def test_sources_list_what_was_shown_and_nothing_else(small_tables: Tables, small_root: Path) -> None:
    chapter = Chapter(small_tables, "BET", small_root / "report")
    chapter.section("trade")
    got = words(chapter.sources())
    assert "#source-customs" in got
    assert "#source-daily" not in got


def test_every_link_to_a_fact_names_a_fact(written: Chapter, unwritten: Chapter, small_tables: Tables) -> None:
    got = set(re.findall(r"#fact-([\w-]+)", words(every(written) + every(unwritten))))
    assert got <= set(small_tables.facts.index)
    assert len(got) >= 8


def test_every_exhibit_of_a_chapter_has_a_key_of_its_own(written: Chapter) -> None:
    got = [block.key for block in every(written) if not isinstance(block, Text)]
    assert len(got) == len(set(got))
    assert all(key.startswith("alp-") for key in got)


def test_every_heading_is_one_of_the_names(written: Chapter) -> None:
    got = {line[3:].partition(":")[0].partition(" {")[0] for line in words(every(written)).splitlines() if line.startswith("## ")}
    assert got <= set(NAMES.values())


def test_changed_value_changes_text_table_chart_and_alt_text(project: Project) -> None:
    project.set("facts", 4, "value", "26.6")
    chapter = Chapter(load(project.data), "ALP", project.report)
    chart = next(block for block in chapter.section("trade") if isinstance(block, Chart))
    claims = words(chapter.claims())
    assert "USD 26.6 bn" in words(chapter.opening())
    assert "26.6" in chart.alt
    assert 26.6 in set(chart.data["value"])
    assert "USD 26.6 bn" in claims


CELLS = [
    ("partners", 2, "formula"),
    ("partners", 2, "role"),
    ("instruments", 2, "title"),
    ("instruments", 2, "note"),
    ("events", 2, "title"),
    ("projects", 2, "name"),
    ("projects", 2, "place"),
    ("claims", 2, "claim"),
    ("claims", 2, "why"),
    ("facts", 8, "metric"),
    ("facts", 9, "text"),
    ("sources", 3, "publisher"),
    ("sources", 3, "title"),
]


@pytest.fixture(scope="module")
def hostile(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """All words of a chapter whose cells are hostile, each with its own name behind."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(small_root / "data", data)
    for table, line, column in CELLS:
        path = data / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        rows[line - 1][rows[0].index(column)] = f"{HOSTILE} {table} {column}"
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path.write_text(out.getvalue(), "utf-8")
    return words(every(Chapter(load(data), "ALP", small_root / "report")))


@pytest.mark.parametrize(("table", "line", "column"), CELLS)
def test_hostile_text_is_escaped_wherever_it_is_shown(hostile: str, table: str, line: int, column: str) -> None:
    assert f"{ESCAPED} {table} {column.replace('_', chr(92) + '_')}" in hostile


def test_no_hostile_text_is_shown_as_it_is(hostile: str) -> None:
    assert HOSTILE not in hostile


def test_hostile_label_of_an_indicator_stays_text(project: Project) -> None:
    project.set("indicators", 3, "label", HOSTILE)
    chart = next(block for block in Chapter(load(project.data), "BET", project.report).section("trade") if isinstance(block, Chart))
    assert ESCAPED in chart.subtitle


def test_cell_with_a_line_break_stays_in_its_row() -> None:
    got = pipe_table(Table("k", "t", ["A"], [["one\ntwo"]], [100]))
    assert got.splitlines()[2:] == ["| one two |"]


def test_empty_cell_keeps_its_place() -> None:
    got = pipe_table(Table("k", "t", ["A", "B"], [["", "x"]], [50, 50]))
    assert got.splitlines()[2] == "|   | x |"


def test_alignment_of_a_table() -> None:
    got = pipe_table(Table("k", "t", ["A", "B", "C"], [], [], align="lrc"))
    assert got.splitlines()[1] == "|:---|---:|:---:|"


def test_metadata_of_a_chart_carries_its_data(written: Chapter) -> None:
    chart = next(block for block in written.section("trade") if isinstance(block, Chart))
    got = metadata(chart)
    assert (got["kind"], got["key"], got["data"].splitlines()[0].split(",")[:3]) == (
        "figure",
        "alp-trade",
        ["partner", "indicator", "label"],
    )
