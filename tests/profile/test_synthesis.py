"""The synthesis: what it compares, what it counts, and what it refuses to compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.charts import style
from helpers.errors import InputError
from helpers.profile import compare, disagree, freshness, ledger, mirror, obligation
from helpers.profile.across import coded_duties, how_many, reading, written_duties
from helpers.profile.blocks import Block, Chart, Table, Text
from helpers.profile.points import points
from helpers.profile.synthesis import DEFAULTS, SECTIONS, Synthesis, read
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from tests.conftest import Project

ROOT = Path(__file__).parents[2]
DUTIES = ("defence", "consultation")


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    style.apply()
    yield
    plt.close("all")


@pytest.fixture
def wide(project: Project) -> Project:
    """The small project with a comparison country and the indicators that a comparison needs."""
    project.add("partners", partner="GAM", name="Gamland", group="comparison", order="3")
    for duty in DUTIES:
        project.add("indicators", indicator=f"atop_china_{duty}", label=duty, unit="%", dimension="diplomacy", frequency="annual")
    for partner, duty, year, value in (
        ("ALP", "defence", "2017", "1"),
        ("ALP", "defence", "2018", "0"),
        ("ALP", "consultation", "2018", "1"),
        ("BET", "defence", "2018", "1"),
        ("BET", "consultation", "2018", "1"),
        ("GAM", "defence", "2018", "0"),
    ):
        project.add("series", partner=partner, indicator=f"atop_china_{duty}", year=year, value=value, source_id="customs")
    return project


@pytest.fixture(scope="module")
def real() -> dict[str, list[Block]]:
    """Every section of the real synthesis, drawn once."""
    style.apply()
    synthesis = Synthesis(load(ROOT / "data"), ROOT / "report")
    return {name: synthesis.section(name) if name in DEFAULTS else synthesis.summary() for name in SECTIONS}


def exhibits(blocks: list[Block]) -> list[str]:
    return [block.key for block in blocks if isinstance(block, Chart | Table)]


# --- words and places


def write(report: Path, text: str) -> Path:
    (report / "synthesis.md").write_text(text, "utf-8")
    return report


def test_front_matter_may_be_left_out(tmp_path: Path) -> None:
    got = read(write(tmp_path, "## summary\nOne line.\n") / "synthesis.md")
    assert got == ({}, {"summary": ("", "One line.")})


def test_an_unknown_section_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'mirror'"):
        read(write(tmp_path, "## miror: Two books\nText.\n") / "synthesis.md")


def test_front_matter_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no list of entries"):
        read(write(tmp_path, "---\n- a\n---\n## summary\n") / "synthesis.md")


def test_without_a_file_each_section_has_the_exhibits_that_the_tables_have(small_tables: Tables, small_root: Path) -> None:
    synthesis = Synthesis(small_tables, small_root / "report")
    got = {name: exhibits(synthesis.section(name)) for name in ("compare", "mirror", "unknown")}
    exp = {
        "compare": ["synthesis-formulas"],
        "mirror": ["synthesis-mirror", "synthesis-mirror-years", "synthesis-mirror-table"],
        "unknown": ["synthesis-freshness"],
    }
    assert got == exp


def test_prose_places_its_exhibits(small_tables: Tables, small_root: Path, tmp_path: Path) -> None:
    report = write(tmp_path, "## mirror: Two books\nBefore.\n\n[exhibit: mirror-table]\n\nAfter {{ partners() }}.\n")
    got = [block.markdown if isinstance(block, Text) else block.key for block in Synthesis(small_tables, report).section("mirror")]
    assert got == ["## Two books {#synthesis-mirror}", "Before.", "synthesis-mirror-table", "After two."]


def test_an_unknown_exhibit_is_refused_with_the_nearest(small_tables: Tables, tmp_path: Path) -> None:
    report = write(tmp_path, "## mirror\n[exhibit: miror]\n")
    with pytest.raises(InputError, match="nearest is 'mirror'"):
        Synthesis(small_tables, report).section("mirror")


def test_the_summary_ends_with_cut_off_and_latest_outcome(small_tables: Tables, tmp_path: Path) -> None:
    report = write(tmp_path, "## summary\n{{ partners() }} partners.\n")
    block = Synthesis(small_tables, report).summary()[0]
    assert isinstance(block, Text)
    assert block.markdown.startswith("::: {.summary}\ntwo partners.")
    assert "latest reading 31 December 2024" in block.markdown  # the contract of 2027 is a plan


# --- readings and duties


def test_an_older_value_never_stands_in(small_tables: Tables) -> None:
    got = reading(small_tables, "trade_total_comtrade", 2023).set_index("partner")["value"]
    assert pd.isna(got["ALP"])  # has 2022 and 2024
    assert got["BET"] == 2.5


def test_the_latest_year_is_one_in_which_a_partner_has_a_value(wide: Project) -> None:
    wide.add("series", partner="GAM", indicator="trade_total_comtrade", year="2025", value="9", source_id="customs")
    assert set(reading(load(wide.data), "trade_total_comtrade")["year"]) == {2024}


def test_duties_are_those_of_the_last_year_strongest_first(wide: Project) -> None:
    got = coded_duties(load(wide.data))
    assert got == (2018, {"ALP": ["consultation"], "BET": ["defence", "consultation"], "GAM": []})


def test_only_treaties_in_force_with_china_bind(wide: Project) -> None:
    wide.add(
        "instruments",
        instrument_id="old",
        partner="BET",
        title="Old pact",
        parties="CHN BET",
        obligations="defence",
        form="treaty",
        status="expired",
        source_id="daily",
    )
    wide.add(
        "instruments",
        instrument_id="far",
        partner="BET",
        title="Other pact",
        parties="GAM BET",
        obligations="defence",
        form="treaty",
        status="in force",
        source_id="daily",
    )
    tables = load(wide.data)
    assert (written_duties(tables, "ALP"), written_duties(tables, "BET")) == (["consultation"], [])


def test_the_law_table_counts_the_partners_that_china_must_defend(wide: Project) -> None:
    assert obligation.law(load(wide.data)).title == "A treaty obliges China to defend one of two partners"


def test_a_count_of_nothing_reads_none() -> None:
    assert (how_many(0), how_many(3), how_many(15)) == ("none", "three", "15")


def test_a_country_name_prints_as_itself(wide: Project) -> None:
    wide.set("partners", 2, "name", "<b>Alp</b> | *x*")
    row = compare.formulas(load(wide.data)).rows[0]
    assert row[0] == "[\\<b\\>Alp\\</b\\> \\| \\*x\\*](alp.qmd#alp)"


# --- the mirror gap


def test_only_years_that_both_sides_report_are_compared(small_tables: Tables) -> None:
    got = mirror.mirrored(small_tables)[["partner", "year", "own", "customs", "gap"]].to_numpy().tolist()
    assert got == [["ALP", 2022.0, 19.0, 20.0, 1.0], ["ALP", 2024.0, 22.0, 25.5, 3.5]]


def test_dollars_as_printed_come_before_converted_yuan(wide: Project) -> None:
    wide.add(
        "indicators", indicator="trade_total_customs_converted", label="Converted", unit="USD bn", dimension="trade", frequency="annual"
    )
    for partner in ("ALP", "BET"):
        wide.add("series", partner=partner, indicator="trade_total_customs_converted", year="2024", value="7", source_id="daily")
    got = mirror.mirrored(load(wide.data)).query("year == 2024").set_index("partner")["customs"]
    assert got.to_dict() == {"ALP": 25.5, "BET": 7.0}


def test_gaps_either_way_rank_by_their_size() -> None:
    frame = pd.DataFrame({"partner": ["A", "B", "C"], "year": [2024, 2024, 2024], "ratio": [140.0, 50.0, 101.0], "label": ["A", "B", "C"]})
    assert mirror.ranked(frame)["partner"].tolist() == ["B", "A", "C"]


def test_partners_without_a_common_year_are_named(small_tables: Tables) -> None:
    chart = mirror.gap(small_tables)
    assert chart is not None
    assert "No year in which both report: Betland" in chart.source


# --- the ledger


def claim(project: Project, claim_id: str, **cells: str) -> None:
    project.add("claims", **{"claim_id": claim_id, "article": "s2", "claim": claim_id, "verdict": "imprecise", "why": "Because.", **cells})


def test_verdicts_add_up(small_tables: Tables) -> None:
    chart = ledger.counted(small_tables)
    assert chart is not None
    assert chart.data[chart.data["article"] == "all"]["value"].sum() == len(small_tables["claims"])
    assert chart.title == "Of 2 statements 0 hold as written"


def test_a_claim_in_another_unit_is_not_compared(project: Project) -> None:
    claim(project, "growth", value="3", unit="%", fact_id="alp-trade-2024")
    got = ledger.numeric(load(project.data))
    assert got is not None
    assert got["claim_id"].tolist() == ["s0-alp-trade"]
    assert got["ratio"].round(1).tolist() == [121.6]  # 31 against 25.5


def test_a_claim_that_adds_two_facts_is_set_against_their_sum(project: Project) -> None:
    claim(project, "sum", value="1.9", unit="USD bn", verdict="confirmed", fact_id="alp-port-cost", other_fact_id="alp-port-spent")
    got = ledger.numeric(load(project.data))
    assert got is not None
    assert got.set_index("claim_id").loc["sum", "ratio"] == pytest.approx(100)


def test_articles_that_give_one_figure_differently_stand_side_by_side(project: Project) -> None:
    claim(project, "s2-alp-trade", value="26", unit="USD bn", fact_id="alp-trade-2024", partner="ALP")
    table = ledger.clashes(load(project.data))
    assert table is not None
    assert re.findall(r"\*\*(s\d)\*\*", table.rows[0][1]) == ["s0", "s2"]


def test_a_clash_of_words_is_shown_where_the_prose_names_it(small_tables: Tables) -> None:
    chosen = [{"about": "Trade", "claims": ["s0-alp-trade"], "says": "It fell."}]
    table = ledger.clashes(small_tables, chosen)
    assert table is not None
    assert (table.rows[-1][0], table.rows[-1][2]) == ("Trade", "It fell.")
    with pytest.raises(InputError, match="s0-alp-trade"):
        ledger.clashes(small_tables, [{**chosen[0], "claims": ["s0-alp-trad"]}])


def test_a_statement_that_names_a_number_is_shown_with_it(small_tables: Tables) -> None:
    chosen = [{"about": "Trade", "claims": ["s0-alp-trade", "s1-bet-pact"], "says": "It fell."}]
    clash, table = ledger.clashes(small_tables, chosen), ledger.important(small_tables, ["s0-alp-trade"])
    assert clash is not None
    assert table is not None
    exp = "Trade reached a record: USD\N{NO-BREAK SPACE}31\N{NO-BREAK SPACE}bn"
    assert f"[{exp} (s0)]" in table.rows[0][0]
    assert f"[{exp}]" in clash.rows[-1][1]
    assert "[A pact was signed]" in clash.rows[-1][1]


def test_rounding_is_no_contradiction(project: Project) -> None:
    claim(project, "s2-alp-trade", value="31.1", unit="USD bn", fact_id="alp-trade-2024", partner="ALP")
    assert ledger.clashes(load(project.data)) is None


def test_an_unknown_claim_is_refused_with_the_nearest(small_tables: Tables) -> None:
    with pytest.raises(InputError, match="s0-alp-trade"):
        ledger.important(small_tables, ["s0-alp-trad"])


def test_anchors_of_claims_stand_only_where_no_chapter_has_them(project: Project) -> None:
    claim(project, "shared", verdict="unverifiable")
    tables = load(project.data)
    shared, chosen = ledger.unclaimed(tables), ledger.important(tables, ["s0-alp-trade"])
    assert shared is not None
    assert chosen is not None
    assert "[]{#claim-shared}" in shared.rows[0][0]
    assert "#claim-s0-alp-trade)" in chosen.rows[0][0]
    assert "{#claim" not in chosen.rows[0][0]


# --- disagreements and freshness


def test_a_pair_shows_both_values_and_their_gap(project: Project) -> None:
    project.add(
        "facts",
        fact_id="alp-port-blog",
        partner="ALP",
        dimension="infrastructure",
        metric="Cost",
        value="2",
        unit="USD bn",
        start="2024-01-01",
        end="2024-12-31",
        kind="estimate",
        source_id="blog",
    )
    table = disagree.pairs(load(project.data), [{"a": "alp-port-cost", "b": "alp-port-blog", "measure": "Cost", "why": "Two outlets"}])
    assert table is not None
    assert table.rows[0][4] == "33%"


@pytest.mark.parametrize(("other", "exp"), [("alp-ships", "unit"), ("bet-trade-2024", "partner"), ("alp-trade-2023", "end")])
def test_facts_that_measure_something_else_are_no_pair(small_tables: Tables, other: str, exp: str) -> None:
    with pytest.raises(InputError, match=f"differ in {exp}"):
        disagree.pairs(small_tables, [{"a": "alp-trade-2024", "b": other, "measure": "x", "why": "y"}])


@pytest.mark.parametrize(
    ("gaps", "exp"),
    [([5.3, 70.0, None], "Three pairs of readings differ by 5.3% to 70%"), ([5.3], "Two compilers, two numbers")],
)
def test_title_of_disagreements_says_how_far_they_go(gaps: list[float | None], exp: str) -> None:
    assert disagree._title(gaps) == exp


TOLD = "Gas through the Power of Siberia\nVoting power of the states, in Chinese customs\nPower plants, net\nNet trade"


@pytest.mark.parametrize(
    ("label", "exp"),
    [
        ("Coal from Russia", "coal from Russia"),
        ("LNG from Russia", "LNG from Russia"),
        ("Chinese cars", "Chinese cars"),
        ("Goods trade, KOTRA", "goods trade (KOTRA)"),
        ("Power of Siberia gas", "Power of Siberia gas"),
        ("Power plants built", "power plants built"),
        ("Net trade", "net trade"),
    ],
)
def test_label_inside_a_line_is_small_unless_a_name_begins_it(label: str, exp: str) -> None:
    assert freshness._within(label, TOLD) == exp


def test_names_of_the_briefing_keep_their_capital_in_a_line(root: Path) -> None:
    tables = load(root / "data")
    readings = pd.concat([freshness.last_readings(tables, root / "report", code) for code in tables.chapters])
    got = {label.split()[0] for label in readings["label"] if label[0].isupper()}
    assert {"Chinese", "Iranian", "Power"} <= got
    assert {"Net", "Goods", "Coal", "Sanctions", "Share"}.isdisjoint(got)


def test_no_table_of_the_opening_chapter_is_set_smaller_than_eight_points(real: dict[str, list[Block]]) -> None:
    assert [block.key for part in real.values() for block in part if isinstance(block, Table) and block.size == "tiny"] == []


def test_a_year_in_which_one_side_counts_nothing_is_not_ranked() -> None:
    frame = pd.DataFrame({"partner": ["A", "A", "B"], "year": [2022, 2023, 2023], "own": [2.0, 1.0, 0.0], "customs": [1.0, 0.0, 3.0]})
    got = mirror.ranked(frame.assign(ratio=100 * frame["customs"] / frame["own"]))
    assert list(got[["partner", "year"]].itertuples(index=False, name=None)) == [("A", 2022)]


def test_mirror_title_counts_the_partners_with_more_in_customs() -> None:
    got = mirror._who_counts_more(pd.DataFrame({"gap": [1.0, -1.0, 2.0]}))
    assert got == "For two of three partners Chinese customs count more trade than the partner does"


def test_title_of_statements_counts_those_that_hold() -> None:
    rows = pd.DataFrame({"verdict": ["confirmed", "imprecise"]})
    assert ledger._holding(rows, "on several partners") == "Of two statements on several partners one holds as written"


def test_one_source_does_not_disagree_with_itself(small_tables: Tables) -> None:
    with pytest.raises(InputError, match="one source"):
        disagree.pairs(small_tables, [{"a": "alp-port-cost", "b": "alp-port-spent", "measure": "x", "why": "y"}])


@pytest.mark.parametrize(("day", "exp"), [("2026-11-21", "2025-11-21"), ("2028-02-29", "2027-02-28")])
def test_a_year_before(day: str, exp: str) -> None:
    assert freshness.year_before(day) == exp


@pytest.mark.parametrize("partner", ["RUS", "LAO"])
def test_last_outcome_is_that_of_the_points(root: Path, partner: str) -> None:
    tables = load(root / "data")
    got, exp = {}, {}
    for name in tables.indicators.index:
        found = points(tables, name, [partner])
        found = found[found["value"].notna() & ~found["kind"].isin(freshness.AHEAD)]
        got[name], exp[name] = freshness.last_outcome(tables, name, partner), found["date"].max() if len(found) else ""
    assert got == exp


@pytest.mark.parametrize(
    ("behind", "exp"),
    [
        (3, "All three partners have series older than a year"),
        (2, "Two of three partners have series older than a year"),
        (1, "One of three partners has series older than a year"),
        (0, "None of three partners has series older than a year"),
    ],
)
def test_title_of_freshness_counts_partners_with_old_series(behind: int, exp: str) -> None:
    assert freshness._title(behind, 3) == exp


def test_freshness_lists_old_series_by_year_and_leaves_fresh_ones_out(project: Project) -> None:
    project.add(
        "facts",
        fact_id="alp-trade-2025",
        partner="ALP",
        dimension="trade",
        metric="Goods trade",
        value="26",
        unit="USD bn",
        start="2025-01-01",
        end="2025-12-31",
        kind="actual",
        indicator="trade_total_customs",
        source_id="customs",
    )
    rows = freshness.freshness(load(project.data), project.report, {"ALP": "Customs for 2026"}).rows
    assert rows[0][2] == "**2024** partner’s trade returns"
    assert rows[0][3] == "Customs for 2026"


def test_a_forecast_does_not_make_a_series_fresh(project: Project) -> None:
    project.add(
        "facts",
        fact_id="alp-plan",
        partner="ALP",
        dimension="trade",
        metric="Goods trade",
        value="99",
        unit="USD bn",
        start="2030-01-01",
        end="2030-12-31",
        kind="forecast",
        indicator="trade_total_customs",
        source_id="customs",
    )
    got = freshness.last_readings(load(project.data), project.report, "ALP").set_index("indicator")["date"]
    assert got["trade_total_customs"] == "2024-12-31"


# --- the real one


def test_every_exhibit_of_the_real_synthesis_is_there_once(real: dict[str, list[Block]]) -> None:
    got = [key for name in DEFAULTS for key in exhibits(real[name])]
    exp = {f"synthesis-{name}" for _, names in DEFAULTS.values() for name in names}
    assert len(got) == len(set(got))
    assert set(got) == exp


def test_every_exhibit_has_title_source_and_alt_text(real: dict[str, list[Block]]) -> None:
    shown = [block for blocks in real.values() for block in blocks if isinstance(block, Chart | Table)]
    assert [block.key for block in shown if not (block.title and block.source)] == []
    assert [block.key for block in shown if isinstance(block, Chart) and len(block.alt) < 60] == []


def test_the_summary_fits_a_page(real: dict[str, list[Block]]) -> None:
    text = " ".join(block.markdown for block in real["summary"] if isinstance(block, Text))
    words = re.sub(r"\]\([^)]*\)|\{[^}]*\}|[\[\]*:-]", " ", text).split()
    assert len(words) <= 420


def test_every_linked_fact_exists(real: dict[str, list[Block]]) -> None:
    tables = load(ROOT / "data")
    texts = []
    for block in (block for blocks in real.values() for block in blocks):
        texts += [block.markdown] if isinstance(block, Text) else [block.source]
        texts += [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
    linked = {key for found in re.findall(r'data-fact="([^"]+)"', " ".join(texts)) for key in found.split()}
    assert linked - set(tables.facts.index) == set()
