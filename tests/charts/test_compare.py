"""Drawings that compare: what is drawn for which rows, and that nothing is joined or hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from helpers.charts import compare, style
from helpers.charts.svg import to_svg

COLOURS = {"exports": "#0b4f6c", "imports": "#c2570c"}


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    style.apply()
    yield
    plt.close("all")


def rows() -> pd.DataFrame:
    """Two countries in one group, one of them a comparison country, one value missing."""
    return pd.DataFrame(
        {
            "group": ["Duty"] * 4,
            "label": ["Alpland", "Alpland", "Gamland", "Gamland"],
            "main": [True, True, False, False],
            "panel": ["Trade"] * 4,
            "series": ["exports", "imports"] * 2,
            "value": [10.0, 30.0, 20.0, float("nan")],
            "blank": ["no data"] * 4,
        }
    )


def dots(axes: Axes) -> dict[tuple[float, float], str]:
    """Colour of each dot that is drawn, by place."""
    return {
        (float(x), float(y)): to_hex(collection.get_facecolor()[0]) for collection in axes.collections for x, y in collection.get_offsets()
    }


def test_grouped_dots_draw_every_value_that_is_known() -> None:
    axes = compare.grouped_dots(rows(), COLOURS).axes[0]
    assert set(dots(axes)) == {(10.0, 1.0), (30.0, 1.0), (20.0, 2.0)}


def test_comparison_countries_are_grey() -> None:
    got = dots(compare.grouped_dots(rows(), COLOURS).axes[0])
    assert got[20.0, 2.0] == compare.OTHERS
    assert got[10.0, 1.0] == COLOURS["exports"]


def test_a_row_without_a_value_says_why() -> None:
    frame = rows().assign(value=float("nan"))
    texts = [text.get_text() for text in compare.grouped_dots(frame, COLOURS).axes[0].texts]
    assert texts == ["no data", "no data"]


def test_groups_stand_as_rows_of_their_own() -> None:
    axes = compare.two_dots(rows(), COLOURS).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Duty", "Alpland", "Gamland"]


def test_two_dots_write_both_values() -> None:
    axes = compare.two_dots(rows(), COLOURS).axes[0]
    assert [text.get_text() for text in axes.texts][:3] == ["10", "30", "20"]


def test_dots_far_apart_are_named_in_place_of_a_legend() -> None:
    axes = compare.two_dots(rows(), COLOURS).axes[0]
    names = {text.get_text() for text in axes.texts} & set(COLOURS)
    assert (len(names), axes.get_legend()) == (2, None)


def test_dots_too_close_for_their_names_have_a_legend() -> None:
    frame = rows()
    frame["value"] = 20.0 + frame["value"] / 10
    assert compare.two_dots(frame, COLOURS).axes[0].get_legend() is not None


SHORT = {"exports": "out", "imports": "in"}


def test_dots_of_a_field_are_named_once_above_the_first_row_of_a_group() -> None:
    axes = compare.grouped_dots(rows(), COLOURS, SHORT).axes[0]
    got = {text.get_text(): tuple(map(float, text.get_position())) for text in axes.texts if text.get_text() in SHORT.values()}
    assert (got, axes.get_legend()) == ({"out": (10.0, 0.0), "in": (30.0, 0.0)}, None)


@pytest.mark.parametrize("names", [None, {"exports": "out"}, {"exports": "exports to the country", "imports": "imports from the country"}])
def test_dots_of_a_field_without_room_or_names_have_a_legend(names: dict[str, str] | None) -> None:
    assert compare.grouped_dots(rows(), COLOURS, names).axes[0].get_legend() is not None


def test_no_line_of_the_grid_runs_through_the_reason_of_an_empty_row() -> None:
    frame = rows().assign(value=float("nan"))
    assert all(text.get_bbox_patch() is not None for text in compare.grouped_dots(frame, COLOURS).axes[0].texts)


KINDS = {"right": "#1f6b3a", "wrong": "#9a3412"}


def ratios(*values: float) -> pd.DataFrame:
    return pd.DataFrame({"label": ["A", "B"], "value": values, "kind": list(KINDS), "shown": "x"})


def test_kinds_are_named_beside_one_of_their_marks() -> None:
    axes = compare.against_hundred(ratios(240.0, 80.0), KINDS).axes[0]
    got = {text.get_text(): (text.get_position()[0], text.get_ha()) for text in axes.texts if text.get_text() in KINDS}
    assert axes.get_legend() is None
    assert {name: side for name, (_, side) in got.items()} == {"right": "right", "wrong": "left"}
    assert 100 < got["right"][0] < 240 and got["wrong"][0] > 100


def test_a_kind_beyond_the_edge_cannot_be_named_and_all_have_a_legend() -> None:
    axes = compare.against_hundred(ratios(900.0, 80.0), KINDS).axes[0]
    assert axes.get_legend() is not None
    assert set(KINDS).isdisjoint(text.get_text() for text in axes.texts)


def stacked(*values: float) -> Axes:
    names = list("abc")
    frame = pd.DataFrame({"label": ["All"] * 3, "series": names, "value": values})
    return compare.stacked_shares(frame.replace({"series": LONG}), {LONG[name]: "#1f6b3a" for name in names}).axes[0]


LONG = {"a": "confirmed", "b": "contradicted", "c": "unverifiable"}


def names_above(axes: Axes) -> dict[str, float]:
    return {text.get_text(): float(text.get_position()[1]) for text in axes.texts if text.get_text() in LONG.values()}


def test_parts_of_the_first_bar_are_named_above_it() -> None:
    axes = stacked(40, 30, 30)
    assert (names_above(axes), axes.get_legend()) == (dict.fromkeys(LONG.values(), -0.5), None)


def test_the_name_of_a_narrow_part_reaches_to_its_left() -> None:
    got = names_above(stacked(75, 5, 20))
    assert got["contradicted"] == -0.5


def test_the_name_of_a_narrow_part_without_room_stands_higher_with_a_line_to_it() -> None:
    axes = stacked(16, 2, 82)
    assert names_above(axes) == {"confirmed": -0.5, "contradicted": -1.1, "unverifiable": -0.5}
    assert [float(x) for x in np.asarray(axes.lines[0].get_xdata())] == [17.0, 17.0]


def test_parts_that_the_first_bar_lacks_have_a_legend() -> None:
    axes = stacked(70, 0, 30)
    assert (names_above(axes), axes.get_legend() is not None) == ({}, True)


def test_half_and_double_lie_equally_far_from_a_hundred() -> None:
    frame = pd.DataFrame({"label": ["A", "B"], "value": [50.0, 200.0], "kind": "k", "shown": "x"})
    axes = compare.against_hundred(frame, {"k": "#0b4f6c"}, ratio=True).axes[0]
    half, whole, double = (axes.transData.transform((value, 0))[0] for value in (50, 100, 200))
    assert whole - half == pytest.approx(double - whole)


def test_every_column_of_panels_has_years_below_it() -> None:
    frame = pd.DataFrame({"label": ["A", "B", "C"], "x": [2020.0] * 3, "value": [1.0] * 3})
    axes = compare.panels(frame, "#0b4f6c", columns=2).axes
    assert [part.xaxis.get_tick_params()["labelbottom"] for part in axes[:3]] == [False, True, True]


def test_lines_in_panels_break_at_gaps() -> None:
    frame = pd.DataFrame({"label": ["Alpland"] * 4, "x": [2010.0, 2011.0, 2015.0, 2016.0], "value": [1.0, 2.0, 3.0, 4.0]})
    axes = compare.panels(frame, "#0b4f6c").axes[0]
    runs = [
        [float(x) for x in np.asarray(line.get_xdata())]
        for line in axes.lines
        if len(np.asarray(line.get_xdata())) > 1 and line.get_linewidth() > 1
    ]
    assert runs == [[2010.0, 2011.0], [2015.0, 2016.0]]


@pytest.mark.parametrize("draw", [compare.panels, compare.pairs_over_time])
def test_panels_of_nothing_but_zeros_have_a_scale(draw: Callable[..., Figure], recwarn: pytest.WarningsRecorder) -> None:
    frame = pd.DataFrame({"label": "A", "series": "one", "x": [2020.0, 2021.0], "value": 0.0, "year": [2020, 2021], "kind": "actual"})
    axes = draw(frame, "#0b4f6c" if draw is compare.panels else {"one": "#0b4f6c"}).axes[0]
    assert (axes.get_ylim()[1] > 0, len(recwarn)) == (True, 0)


def test_panels_share_one_scale() -> None:
    frame = pd.DataFrame({"label": ["Alpland", "Betland"], "x": [2020.0, 2020.0], "value": [1.0, 80.0]})
    figure = compare.panels(frame, "#0b4f6c", bars=True)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


def test_two_sides_are_two_lines() -> None:
    frame = pd.DataFrame(
        {
            "label": ["Alpland"] * 4,
            "series": ["exports", "exports", "imports", "imports"],
            "x": [2020.0, 2021.0] * 2,
            "value": [1.0, 2.0, 3.0, 4.0],
        }
    )
    axes = compare.pairs_over_time(frame, COLOURS).axes[0]
    assert [[float(y) for y in np.asarray(line.get_ydata())] for line in axes.lines] == [[1.0, 2.0], [3.0, 4.0]]


def test_a_value_beyond_the_limit_stands_at_the_edge_and_keeps_its_number() -> None:
    frame = pd.DataFrame(
        {"label": ["Far", "Near"], "value": [900.0, 120.0], "kind": ["exports", "exports"], "shown": ["9 against 1", "6 against 5"]}
    )
    axes = compare.against_hundred(frame, COLOURS, limit=250).axes[0]
    assert max(x for x, _ in dots(axes)) == axes.get_xlim()[1] == 250
    assert [text.get_text() for text in axes.texts] == ["9 against 1", "6 against 5"]


def test_stacked_shares_fill_each_bar() -> None:
    frame = pd.DataFrame({"label": ["a", "a", "b"], "series": ["exports", "imports", "exports"], "value": [3, 1, 2]})
    axes = compare.stacked_shares(frame, COLOURS).axes[0]
    widths = [[bar.get_width() for bar in container] for container in axes.containers]
    assert [sum(parts) for parts in zip(*widths, strict=True)] == [100, 100]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a (4)", "b (2)"]


def test_the_same_frame_gives_the_same_bytes() -> None:
    assert to_svg(compare.grouped_dots(rows(), COLOURS)) == to_svg(compare.grouped_dots(rows(), COLOURS))
