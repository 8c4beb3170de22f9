"""An index that rests on too little is refused, with the row named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.tables.index_rules import INDEX
from helpers.tables.rules import Rows

if TYPE_CHECKING:
    from tests.conftest import Project

CODES = [f"{letter}AA" for letter in "ABDEFGHIJKLM"]


def rows(**changed: list[tuple[int, dict[str, str]]]) -> Rows:
    """A sound index of one indicator over twelve countries, with tables replaced."""
    world = [(line, {"country": code, "indicator": "share", "year": "2025", "value": str(line)}) for line, code in enumerate(CODES, 2)]
    frame = {"indicator": "share", "dimension": "trade", "year": "2025", "scale": "linear", "base": "", "least": "", "usa": ""}
    known = [(2, {"indicator": "share", "direction": "closer"}), (3, {"indicator": "volume", "direction": "none"})]
    return {"world": world, "framework": [(2, frame)], "indicators": known} | changed


def findings(given: Rows) -> list[str]:
    return [str(finding) for rule in INDEX for finding in rule(given)]


def test_a_sound_index_has_no_finding() -> None:
    assert findings(rows()) == []


def test_fewer_than_ten_countries_are_refused() -> None:
    got = findings(rows(world=rows()["world"][:9]))
    assert got == [
        "framework.csv:2:indicator: share has readings for 9 countries in 2025; expected at least 10 countries, in world.csv or series.csv"
    ]


def test_countries_of_the_series_count_too() -> None:
    series = [(2, {"partner": "ZAA", "indicator": "share", "year": "2025", "value": "1"})]
    assert findings(rows(world=rows()["world"][:9], series=series)) == []


def test_a_constant_indicator_is_refused() -> None:
    same = [(line, {**row, "value": "7"}) for line, row in rows()["world"]]
    got = findings(rows(world=same))
    assert got == ["framework.csv:2:indicator: share is 7 for every country; expected readings that differ"]


def test_zero_on_a_log_scale_is_refused_in_its_row() -> None:
    world = rows()["world"]
    world[3] = (5, {**world[3][1], "value": "0"})
    frame = {**rows()["framework"][0][1], "scale": "log"}
    got = findings(rows(world=world, framework=[(2, frame)]))
    assert got == ["world.csv:5:value: 0 has no place on the log scale of share; expected a number above 0"]


@pytest.mark.parametrize(
    ("changed", "exp"),
    [
        ({"base": "volum", "least": "5"}, "framework.csv:2:base: \"volum\" is unknown; expected an indicator of indicators.csv; nearest is 'volume'"),  # noqa: E501
        ({"usa": "shore"}, "framework.csv:2:usa: \"shore\" is unknown; expected an indicator of indicators.csv; nearest is 'share'"),
        ({"base": "volume"}, "framework.csv:2:least: a base without its least value, or the reverse; expected both or neither"),
    ],
)  # fmt: skip
def test_a_framework_names_what_exists(changed: dict[str, str], exp: str) -> None:
    frame = {**rows()["framework"][0][1], **changed}
    assert findings(rows(framework=[(2, frame)])) == [exp]


def test_an_indicator_without_direction_is_refused() -> None:
    got = findings(rows(indicators=[(2, {"indicator": "share", "direction": "none"})]))
    assert got == ["framework.csv:2:indicator: share has no direction; expected closer or farther in indicators.csv"]


def test_a_point_in_two_tables_is_refused() -> None:
    series = [(9, {"partner": "AAA", "indicator": "share", "year": "2025", "value": "2"})]
    got = findings(rows(series=series))
    assert got == ["world.csv:2:country: this point stands in series.csv:9 already; expected each point in one table"]


def test_an_infinite_reading_is_refused_in_its_row(project: Project) -> None:
    project.add("countries", country="AAA", name="Aland", region="Europe", un_member="true")
    line = project.add("world", country="AAA", indicator="trade_total_customs", year="2025", value="inf", source_id="customs")
    got = [text for text in project.findings() if text.startswith("world.csv")]
    assert any(text.startswith(f"world.csv:{line}:value:") and "finite" in text for text in got)


def test_a_country_that_no_table_names_is_refused(project: Project) -> None:
    line = project.add("world", country="QQQ", indicator="trade_total_customs", year="2025", value="1", source_id="customs")
    assert any(text.startswith(f'world.csv:{line}:country: "QQQ" is unknown') for text in project.findings())


def test_the_framework_of_the_briefing_covers_what_it_says(root: Path) -> None:
    from helpers.profile.thesis_readings import matrix
    from helpers.tables.load import load

    got = matrix(load(root / "data")).dimensions
    assert got == ["trade", "arms", "finance", "votes", "institutions"]
