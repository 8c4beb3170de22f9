"""Each drawing draws what its frame holds: one artist a value, gaps left open, plans hatched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers.charts import compare, draw, style
from helpers.charts.svg import to_svg

BLUE, RED = "#0b4f6c", "#c2570c"


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    style.apply()
    yield
    plt.close("all")


def frame(*rows: tuple[str, float, float], kind: str = "actual", **more: object) -> pd.DataFrame:
    """A tidy frame of (label, year, value)."""
    made = pd.DataFrame(rows, columns=["label", "x", "value"])
    return made.assign(
        year=made["x"].astype(int), when=made["x"].astype(int).astype(str), kind=kind, shown=made["value"].astype(str), **more
    )


def texts(figure: plt.Figure) -> set[str]:
    """Everything written in a figure."""
    return {item.get_text() for item in figure.findobj(Text) if item.get_text()}


def heights(axes: plt.Axes) -> list[float]:
    return [patch.get_height() for patch in axes.patches if isinstance(patch, Rectangle)]


def widths(axes: plt.Axes) -> list[float]:
    return [patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)]


ONE = frame(("A", 2020, 1.0), ("A", 2021, 3.0), ("A", 2022, 2.0))
TWO = frame(("A", 2020, 1.0), ("A", 2021, 3.0), ("B", 2020, 2.0), ("B", 2021, 4.0))


def test_lines_draws_the_values_of_each_label() -> None:
    axes = draw.lines(TWO, BLUE).axes[0]
    got = [list(line.get_ydata()) for line in axes.lines]
    assert got == [[1.0, 3.0], [2.0, 4.0]]


def test_lines_leaves_a_gap_open() -> None:
    axes = draw.lines(frame(("A", 2018, 1), ("A", 2019, 2), ("A", 2022, 3), ("A", 2023, 4)), BLUE, gap=1.5).axes[0]
    got = [list(line.get_xdata()) for line in axes.lines]
    assert got == [[2018, 2019], [2022, 2023]]


def test_lines_joins_points_within_the_gap() -> None:
    axes = draw.lines(frame(("A", 2018, 1), ("A", 2022, 3)), BLUE, gap=5.5).axes[0]
    got = [list(line.get_xdata()) for line in axes.lines]
    assert got == [[2018, 2022]]


def test_lines_gives_each_label_its_own_colour() -> None:
    got = [line.get_color() for line in draw.lines(TWO, BLUE).axes[0].lines]
    assert len(set(got)) == 2
    assert got[0] == BLUE


def test_lines_names_each_of_several_labels() -> None:
    got = texts(draw.lines(TWO, BLUE))
    assert {"A: 3", "B: 4"} <= got


def test_single_line_writes_first_highest_and_last_value() -> None:
    got = texts(draw.lines(frame(("A", 2020, 1.5), ("A", 2021, 9.5), ("A", 2022, 7), ("A", 2023, 2.5)), BLUE))
    assert {"1.5", "9.5", "2.5"} <= got
    assert "7" not in got


@pytest.mark.parametrize(("first", "above"), [(1.8, True), (3.0, False)])
def test_a_first_value_near_the_axis_is_written_above_its_point(first: float, above: bool) -> None:
    figure = draw.lines(frame(("A", 2020, first), ("A", 2021, 5), ("A", 2022, 10)), BLUE)
    note = next(text for text in figure.axes[0].texts if text.get_text() == f"{first:g}")
    assert (note.xyann[1] > 0) == above  # type: ignore[attr-defined]


def test_lines_start_at_zero() -> None:
    assert draw.lines(frame(("A", 2020, 80), ("A", 2021, 90)), BLUE).axes[0].get_ylim()[0] == 0


def test_lines_show_negative_values() -> None:
    assert draw.lines(frame(("A", 2020, -5), ("A", 2021, 5)), BLUE).axes[0].get_ylim()[0] < -5


def test_bars_draws_one_bar_a_year_with_its_value() -> None:
    figure = draw.bars(ONE, BLUE)
    assert heights(figure.axes[0]) == [1.0, 3.0, 2.0]
    assert {"1", "3", "2"} <= texts(figure)


@pytest.mark.parametrize("kind", ["estimate", "forecast", "target", "capacity", "contract", "announcement"])
def test_bar_that_is_no_outcome_is_hatched(kind: str) -> None:
    got = draw.bars(frame(("A", 2020, 1), kind=kind), BLUE).axes[0].patches[0].get_hatch()
    assert got


@pytest.mark.parametrize("kind", ["actual", "cumulative", "event"])
def test_bar_that_is_an_outcome_is_not_hatched(kind: str) -> None:
    got = draw.bars(frame(("A", 2020, 1), kind=kind), BLUE).axes[0].patches[0].get_hatch()
    assert not got


def test_patterns_in_use_stand_in_the_legend() -> None:
    made = ONE.assign(kind=["announcement", "actual", "estimate"])
    got = [text.get_text() for text in draw.bars(made, BLUE).axes[0].get_legend().get_texts()]
    assert got == ["estimate", "announced"]


def test_no_legend_where_all_bars_are_outcomes() -> None:
    assert draw.bars(ONE, BLUE).axes[0].get_legend() is None


def test_kinds_differ_by_pattern() -> None:
    patterns = [pattern for pattern in style.KINDS.values() if pattern]
    assert len(set(patterns)) == len(patterns)


def test_a_point_that_is_no_outcome_is_hollow() -> None:
    axes = draw.lines(ONE.assign(kind=["actual", "estimate", "actual"]), BLUE).axes[0]
    got = [place for collection in axes.collections for place in collection.get_offsets().tolist()]
    assert got == [[2021.0, 3.0]]


def test_few_bars_are_no_slabs() -> None:
    long = frame(*[("A", 2010 + year, 1.0) for year in range(9)])
    assert draw.bars(ONE, BLUE).get_figwidth() < draw.bars(long, BLUE).get_figwidth()


def test_names_of_both_flows_stand_clear_of_the_bars() -> None:
    figure = draw.diverging(frame(("A", 2020, 10), ("B", 2020, 10)), BLUE)
    figure.canvas.draw()
    tallest = [bar.get_window_extent() for bar in figure.axes[0].patches]
    names = [text.get_window_extent() for text in figure.axes[0].texts]
    assert [name for name, bar in zip(names, tallest, strict=True) if name.overlaps(bar)] == []


def test_diverging_draws_the_second_label_downwards() -> None:
    got = heights(draw.diverging(TWO, BLUE).axes[0])
    assert got == [1.0, 3.0, -2.0, -4.0]


def test_diverging_names_both_flows() -> None:
    assert {"A", "B"} <= texts(draw.diverging(TWO, BLUE))


def test_diverging_has_room_for_every_bar() -> None:
    low, high = draw.diverging(TWO, BLUE).axes[0].get_ylim()
    assert low < -4
    assert high > 3


def test_facts_draws_bars_in_order_with_their_wording() -> None:
    figure = draw.facts(frame(("First", 2020, 5), ("Second", 2020, 9)).assign(shown=["USD 5 bn", "USD 9 bn"]), BLUE)
    assert widths(figure.axes[0]) == [5, 9]
    assert {"First", "Second", "USD 5 bn", "USD 9 bn"} <= texts(figure)
    assert figure.axes[0].yaxis_inverted()


def test_a_long_period_goes_to_a_second_line() -> None:
    made = frame(("Plan", 2020, 5)).assign(shown=["USD 400 bn (estimate, 27 March 2021 to 27 March 2046)"])
    assert "USD 400 bn\n(estimate, 27 March 2021 to 27 March 2046)" in texts(draw.facts(made, BLUE))


def test_a_line_that_ends_early_says_when() -> None:
    made = frame(("A", 2020, 1), ("A", 2021, 2), ("B", 2020, 3), ("B", 2025, 5))
    got = {text.replace("\n", " ") for text in texts(draw.lines(made, BLUE, gap=9))}
    assert {"A: 2 (2021)", "B: 5"} <= got


def test_a_mark_on_the_axis_is_whole() -> None:
    axes = draw.lines(frame(("A", 2020, 1), ("A", 2021, 0), kind="estimate"), BLUE).axes[0]
    assert not any(artist.get_clip_on() for artist in [*axes.lines, *axes.collections])


@pytest.mark.parametrize("figure", [draw.lines, draw.diverging])
def test_no_line_of_the_grid_runs_through_the_name_of_a_series(figure: Callable[..., plt.Figure]) -> None:
    named = [text for text in figure(TWO, BLUE).axes[0].texts if text.get_text()[0] in "AB"]
    assert [text.get_bbox_patch().get_facecolor() for text in named] == [(1.0, 1.0, 1.0, 1.0)] * 2


def test_bars_leave_no_empty_year_at_the_edge() -> None:
    low, high = draw.bars(ONE, BLUE).axes[0].get_xlim()
    assert (low, high) == (ONE["year"].min() - 0.7, ONE["year"].max() + 0.7)


def test_facts_hatches_only_what_is_no_outcome() -> None:
    made = frame(("Plan", 2020, 5), ("Spent", 2020, 9)).assign(kind=["contract", "actual"])
    got = [bool(patch.get_hatch()) for patch in draw.facts(made, BLUE).axes[0].patches]
    assert got == [True, False]


GROUPED = pd.DataFrame(
    {
        "group": ["core", "core"],
        "label": ["A", "A"],
        "main": [True, True],
        "series": ["x", "y"],
        "value": [10.0, 60.0],
        "panel": "P",
        "blank": "",
    }
)


def dots(figure: plt.Figure) -> set[tuple[float, float]]:
    """Places of all dots; the collections of legends are left out."""
    found = [item for axes in figure.axes for item in axes.collections if isinstance(item, PathCollection)]
    return {tuple(place) for item in found for place in item.get_offsets().tolist()}


def test_grouped_dots_leads_each_group_with_its_name() -> None:
    figure = compare.grouped_dots(GROUPED, {"x": BLUE, "y": RED})
    assert dots(figure) == {(10.0, 1.0), (60.0, 1.0)}
    assert [item.get_text() for item in figure.axes[0].get_yticklabels()] == ["core", "A"]


def test_grouped_dots_says_why_a_row_has_none() -> None:
    figure = compare.grouped_dots(GROUPED.assign(value=float("nan"), blank="not reported"), {"x": BLUE, "y": RED})
    assert "not reported" in texts(figure)


def test_two_dots_writes_each_value() -> None:
    figure = compare.two_dots(GROUPED, {"x": BLUE, "y": RED})
    assert dots(figure) == {(10.0, 1.0), (60.0, 1.0)}
    assert {"10", "60"} <= texts(figure)


def test_panels_break_at_a_gap() -> None:
    axes = compare.panels(frame(("A", 2015, 1), ("A", 2016, 2), ("A", 2020, 3), ("A", 2021, 4)), BLUE).axes[0]
    got = [list(line.get_xdata()) for line in axes.lines if line.get_color() == BLUE and len(line.get_xdata()) > 1]
    assert got == [[2015, 2016], [2020, 2021]]


def test_pairs_over_time_draws_a_line_a_side() -> None:
    made = frame(("A", 2020, 1), ("A", 2021, 2), ("A", 2020, 3), ("A", 2021, 4)).assign(series=["x", "x", "y", "y"])
    axes = compare.pairs_over_time(made, {"x": BLUE, "y": RED}).axes[0]
    got = [list(line.get_ydata()) for line in axes.lines]
    assert got == [[1, 2], [3, 4]]


def test_against_hundred_keeps_the_wording_of_what_lies_beyond_the_edge() -> None:
    made = pd.DataFrame({"label": ["A", "B"], "value": [120.0, 900.0], "kind": ["x", "y"], "shown": ["12 for 10", "90 for 10"]})
    figure = compare.against_hundred(made, {"x": BLUE, "y": RED})
    assert {"12 for 10", "90 for 10"} <= texts(figure)
    assert max(place[0] for place in dots(figure)) == 250


def test_stacked_shares_fill_the_bar_and_write_the_counts() -> None:
    figure = compare.stacked_shares(pd.DataFrame({"label": ["A", "A"], "series": ["yes", "no"], "value": [1, 3]}), {"yes": BLUE, "no": RED})
    assert widths(figure.axes[0]) == [25, 75]
    assert {"1", "3"} <= texts(figure)


DRAWINGS = {
    "lines": lambda: draw.lines(TWO, BLUE),
    "bars": lambda: draw.bars(ONE, BLUE),
    "hatched bars": lambda: draw.bars(ONE.assign(kind="forecast"), BLUE),
    "diverging": lambda: draw.diverging(TWO, BLUE),
    "facts": lambda: draw.facts(ONE, BLUE),
    "panels": lambda: compare.panels(TWO, BLUE),
    "stacked shares": lambda: compare.stacked_shares(TWO.assign(series="x"), {"x": BLUE}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_same_frame_gives_the_same_svg(name: str) -> None:
    got, exp = to_svg(DRAWINGS[name]()), to_svg(DRAWINGS[name]())
    assert got == exp


def test_svg_starts_at_its_root_without_date_or_program() -> None:
    got = to_svg(draw.bars(ONE, BLUE))
    assert got.startswith("<svg")
    assert [word for word in ("dc:date", "<metadata", "Matplotlib v", "matplotlib.org") if word in got] == []


def test_svg_keeps_text_as_text_in_the_house_typeface() -> None:
    got = to_svg(draw.bars(ONE, BLUE))
    assert ">2020</text>" in got
    assert "Source Sans Pro" in got


def test_svg_closes_its_figure() -> None:
    to_svg(draw.bars(ONE, BLUE))
    assert plt.get_fignums() == []


def test_svg_loads_nothing() -> None:
    got = to_svg(draw.bars(ONE.assign(kind="forecast"), BLUE))
    assert [part for part in got.split('href="')[1:] if not part.startswith("#")] == []
