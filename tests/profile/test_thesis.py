"""The test of the thesis: its numbers come from the tables, its words name what exists, wrong weights are refused."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from helpers.charts.svg import svg_of
from helpers.errors import InputError, ReferenceProblem
from helpers.facts.references import References, render
from helpers.profile import thesis_groups as groups
from helpers.profile.blocks import Block, Chart, Table
from helpers.profile.thesis import DEFAULTS, Thesis, read
from helpers.profile.thesis_axes import dependence
from helpers.profile.thesis_numbers import NAMES, numbers, study_of
from helpers.profile.thesis_study import Study, check_weights
from helpers.tables.load import Tables, load

DIMENSIONS = ["trade", "arms", "finance", "votes", "institutions"]


@pytest.fixture(scope="module")
def tables(root: Path) -> Tables:
    return load(root / "data")


@pytest.fixture(scope="module")
def thesis(tables: Tables, root: Path) -> Thesis:
    return Thesis(tables, root / "report")


@pytest.fixture(scope="module")
def study(thesis: Thesis) -> Study:
    return thesis.study


@pytest.fixture(scope="module")
def blocks(thesis: Thesis) -> dict[str, list[Block]]:
    return {name: thesis.section(name) for name in DEFAULTS}


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_section_has_its_exhibits(blocks: dict[str, list[Block]], name: str) -> None:
    got = {block.key for block in blocks[name] if isinstance(block, Chart | Table)}
    assert got == {f"synthesis-{exhibit}" for exhibit in DEFAULTS[name][1] if exhibit != "reweighted"}


def test_every_chart_draws_and_has_data_and_alt_text(blocks: dict[str, list[Block]]) -> None:
    charts = [block for part in blocks.values() for block in part if isinstance(block, Chart)]
    got = [(chart.key, len(chart.alt) > 100, not chart.data.empty, "<svg" in svg_of(chart.drawing)) for chart in charts]
    assert got == [(key, True, True, True) for key, *_ in got] and len(got) == 8


def test_tables_of_the_index_say_what_they_hold(blocks: dict[str, list[Block]]) -> None:
    found = {block.key: block for part in blocks.values() for block in part if isinstance(block, Chart | Table)}
    cells = " ".join(cell for row in found["synthesis-coverage"].rows for cell in row)
    assert found["synthesis-positions"].title.endswith(", one by exports to China")
    assert "2000–2021" in cells
    assert re.search(r"\d{4}-\d{4}", cells) is None
    assert "the 20th country’s is 23" in found["synthesis-ranks"].source
    assert "more, in the data" not in "".join(block.source for block in found.values() if isinstance(block, Table))


def test_no_table_is_set_smaller_than_eight_points(blocks: dict[str, list[Block]]) -> None:
    assert [block.key for part in blocks.values() for block in part if isinstance(block, Table) and block.size == "tiny"] == []


def test_every_key_is_used_once(blocks: dict[str, list[Block]]) -> None:
    keys = [block.key for part in blocks.values() for block in part if isinstance(block, Chart | Table)]
    assert len(keys) == len(set(keys))


def test_every_finding_is_named_and_has_an_exhibit(study: Study, blocks: dict[str, list[Block]]) -> None:
    keys = {block.key for part in blocks.values() for block in part if isinstance(block, Chart | Table)}
    found = numbers(study)
    assert tuple(found) == NAMES
    assert [name for name, (_, exhibit) in found.items() if f"synthesis-{exhibit}" not in keys] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_finding_of_the_briefing_lacks_data(tables: Tables, study: Study, name: str) -> None:
    got = render(f'{{{{ finding("{name}") }}}}', References(tables))
    assert got.startswith("[") and "no data" not in got


def test_an_unknown_finding_is_refused_with_the_nearest(tables: Tables) -> None:
    with pytest.raises(ReferenceProblem, match='nearest is "lift_arms"'):
        References(tables).functions()["finding"]("lift_arm")


def test_an_unknown_country_is_refused(tables: Tables) -> None:
    with pytest.raises(ReferenceProblem, match="no country"):
        References(tables).functions()["closeness"]("XYZ")


def test_a_country_without_enough_readings_is_listed_with_the_reason(study: Study) -> None:
    got = study.matrix.unranked.set_index("country")["reason"].to_dict()
    assert got["TWN"] == "readings only in trade, arms"
    assert "TWN" not in set(study.ranking["country"])


def test_the_coverage_table_lists_countries_that_are_not_ranked(blocks: dict[str, list[Block]]) -> None:
    table = next(block for block in blocks["index"] if isinstance(block, Table) and block.key == "synthesis-coverage")
    assert all(name in table.source for name in ("Taiwan", "Kosovo", "Greenland"))


def test_the_united_states_are_among_the_farthest(study: Study) -> None:
    assert study.by_code.loc["USA", "median"] > 0.95 * len(study.ranking)


def test_intervals_hold_the_median(study: Study) -> None:
    frame = study.ranking
    assert ((frame["low"] <= frame["median"]) & (frame["median"] <= frame["high"])).all()


def test_north_korea_alone_is_owed_defence(study: Study) -> None:
    assert [code for code, duty in study.duties.items() if duty == "defence"] == ["PRK"]


def test_the_ratio_of_shares_is_one_number_for_size(study: Study) -> None:
    frame = dependence(study).dropna()
    # China's share of a country over the country's share of China is China's trade over the country's, whatever flows.
    trade = frame["country_in_china"] / frame["china_in_country"]
    assert np.allclose(frame["ratio"], 1 / trade)


def test_the_treaty_of_2024_is_in_the_network_of_duties(study: Study) -> None:
    frame = groups.obligations(study)
    pair = frame[frame["a"].isin(["RUS", "PRK"]) & frame["b"].isin(["RUS", "PRK"])]
    assert pair["value"].tolist() == [2.0]


def test_types_are_those_the_article_names(study: Study) -> None:
    assert study.types == {
        "RUS": "resource provider",
        "IRN": "resource provider",
        "PRK": "geopolitical buffer",
        "BLR": "geopolitical buffer",
        "PAK": "logistical node",
        "KHM": "logistical node",
        "LAO": "logistical node",
    }


def test_a_reviewer_s_weights_move_the_ranking(tables: Tables, study: Study) -> None:
    arms = Study(tables, {"trade": 0, "finance": 0, "votes": 0, "institutions": 0}, draws=500)
    assert arms.by_code.loc["PAK", "plain"] < study.by_code.loc["PAK", "plain"]
    assert arms.reweighted and not study.reweighted


def test_one_dimension_alone_ranks_by_it(tables: Tables) -> None:
    arms = Study(tables, {"trade": 0, "finance": 0, "votes": 0, "institutions": 0}, draws=500)
    assert arms.by_code.loc["KHM", "high"] <= 5


def test_a_table_shows_both_rankings_when_weights_are_set(tables: Tables, root: Path) -> None:
    found = Thesis(tables, root / "report", {"arms": 3}).section("list")
    study_of(tables, {})  # prose of later tests goes by equal weights again
    assert "synthesis-reweighted" in [block.key for block in found if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("weights", "exp"),
    [
        ({"vote": 1.0}, "no dimension \"vote\".*nearest is 'votes'"),
        ({"votes": -1.0}, "the weight of votes is -1.0"),
        ({"votes": float("nan")}, "the weight of votes is nan"),
        (dict.fromkeys(DIMENSIONS, 0.0), "all weights are zero"),
    ],
)
def test_wrong_weights_are_refused(weights: dict[str, float], exp: str) -> None:
    with pytest.raises(InputError, match=exp):
        check_weights(weights, DIMENSIONS)


def test_tables_without_a_framework_give_no_section(small_tables: Tables, small_root: Path) -> None:
    thesis = Thesis(small_tables, small_root / "report")
    assert [thesis.section(name) for name in DEFAULTS] == [[]] * len(DEFAULTS)


def test_an_unknown_section_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("## anser: x\n", "utf-8")
    with pytest.raises(InputError, match="nearest is 'answer'"):
        read(tmp_path / "thesis.md")


def test_an_unknown_exhibit_is_refused(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("## map\n[exhibit: mapp]\n", "utf-8")
    with pytest.raises(InputError, match="the nearest is 'map'"):
        Thesis(tables, tmp_path).section("map")


def test_prose_names_only_exhibits_of_its_section(root: Path) -> None:
    found = read(root / "report" / "thesis.md")
    got = {name: set(re.findall(r"\[exhibit: ([\w-]+)\]", body)) for name, (_, body) in found.items()}
    assert got == {name: set(exhibits) for name, (_, exhibits) in DEFAULTS.items()}
