"""Exhibits that show other data: which points, and what counts as none."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.changes.figures import Figures, figure_changes, key_of, published, read
from helpers.errors import InputError

POINTS = "partner,indicator,year,date,value,kind,fact_id,source_id,note\n"


def figures(**texts: str) -> Figures:
    return Figures({key.replace("_", "-"): read(text, key) for key, text in texts.items()}, {})


def points(old: str, new: str) -> list[tuple[str, str, str, str]]:
    changes = figure_changes(figures(lao_trade=POINTS + old), figures(lao_trade=POINTS + new))
    return [(row.key[-1], cell.column, cell.old, cell.new) for change in changes for row in change.points for cell in row.cells]


def test_a_point_that_changed_has_its_date_and_both_values() -> None:
    got = points("LAO,trade,2024.0,2024-12-31,5.0,actual,,imf,", "LAO,trade,2024.0,2024-12-31,6.0,actual,,imf,")
    assert got == [("2024-12-31", "value", "5.0", "6.0")]


def test_another_source_or_note_is_nothing_that_the_figure_shows() -> None:
    assert points("LAO,trade,2024.0,2024-12-31,5.0,actual,a,imf,x", "LAO,trade,2024.0,2024-12-31,5,actual,b,wb,y") == []


def test_a_new_point_is_counted() -> None:
    row = "LAO,trade,2023.0,2023-12-31,4.0,actual,,imf,\n"
    got = figure_changes(figures(lao_trade=POINTS + row), figures(lao_trade=POINTS + row + "LAO,trade,2024.0,2024-12-31,5.0,actual,,imf,"))
    assert [(change.change, change.count("added"), change.count("changed")) for change in got] == [("changed", 1, 0)]


def test_exhibits_of_one_side_are_new_or_gone() -> None:
    got = figure_changes(figures(lao_a="partner\nLAO"), figures(lao_b="partner\nLAO"))
    assert [(change.key, change.change) for change in got] == [("lao-b", "added"), ("lao-a", "removed")]


def test_exhibits_of_the_page_itself_are_left_out() -> None:
    assert figure_changes(figures(), figures(changes_rows="Table\nfacts")) == []


def test_a_printed_table_is_matched_by_its_first_columns_that_tell_rows_apart() -> None:
    frame = pd.DataFrame({"Date": ["2024", "2024"], "Title": ["a", "b"], "Kind": ["x", "x"]})
    assert key_of(frame, frame, list(frame.columns)) == ["Date", "Title"]


def test_points_are_matched_by_what_they_are_about() -> None:
    frame = pd.DataFrame({"label": ["Trade", "Trade"], "partner": ["LAO", "LAO"], "indicator": ["a", "a"], "date": ["2023", "2024"]})
    assert key_of(frame, frame, list(frame.columns)) == ["partner", "indicator", "date"]


def test_a_broken_file_is_located(tmp_path: pytest.TempPathFactory) -> None:
    (tmp_path / "lao-trade.csv").write_text('a,b\n"1,2\n')  # type: ignore[operator]
    with pytest.raises(InputError, match=r"lao-trade\.csv"):
        published(tmp_path)  # type: ignore[arg-type]


def test_a_figure_with_another_column_changed() -> None:
    got = figure_changes(figures(lao_a="partner,value\nLAO,1"), figures(lao_a="partner,value,low\nLAO,1,0"))
    assert [(change.change, change.points) for change in got] == [("changed", ())]


def test_figures_without_a_common_column_are_all_new_and_gone() -> None:
    got = figure_changes(figures(lao_a="partner\nLAO"), figures(lao_a="Date\n2024"))[0]
    assert (got.count("added"), got.count("removed")) == (1, 1)
