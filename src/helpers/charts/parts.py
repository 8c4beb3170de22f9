"""Parts that several drawings share: rows with their names, dots, stacked bars, broken lines, legends and marks of kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.charts.style import GRID, INK, KIND_WORDS, KINDS, MARKERS, MUTED
from helpers.facts import format as fmt

OTHERS = "#7b8794"  # comparison countries: grey, and told apart by position too
BAND = "#eef2f5"
BACKED = {"facecolor": "white", "edgecolor": "none", "pad": 0}  # behind words, so that no line of the grid runs through them
LEGEND: dict[str, Any] = {"frameon": False, "borderpad": 0.0, "columnspacing": 1.2}
Rows = list[tuple[str, bool | None]]  # name, and whether under study; None marks the name of a group


# Kinds ---------------------------------------------------------------------------------------------------------------


def hatch(bar: Rectangle, kind: str, colour: str) -> None:
    """Draw a bar that is no outcome as an outline with the pattern of its kind."""
    if KINDS.get(kind):
        bar.set(facecolor="white", edgecolor=colour, hatch=KINDS[kind], linewidth=0.9)


def patterns(axes: Axes, kinds: Iterable[str], colour: str) -> None:
    """A legend of the patterns in use, above the axes at the right; none where all are outcomes."""
    used = set(kinds)
    found = [kind for kind in KIND_WORDS if kind in used]
    handles = [Patch(facecolor="white", edgecolor=colour, hatch=KINDS[kind], linewidth=0.9, label=KIND_WORDS[kind]) for kind in found]
    if handles:
        axes.legend(
            handles=handles,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=len(found),
            handlelength=2,
            handleheight=1.1,
            handletextpad=0.5,
            **LEGEND,
        )


# Dots ----------------------------------------------------------------------------------------------------------------


def marker(colours: Mapping[str, str], name: str) -> str:
    """The marker of a series by its place, so that colour is never the only difference."""
    return MARKERS[list(colours).index(name) % len(MARKERS)]


def dot(axes: Axes, place: tuple[float, float], name: str, colours: Mapping[str, str], *, main: bool = True) -> None:
    """One reading of a series in its row; grey for a comparison country."""
    axes.scatter(*place, color=colours[name] if main else OTHERS, marker=marker(colours, name), s=30, zorder=3)


def dot_legend(axes: Axes, names: Iterable[str], colours: Mapping[str, str], columns: int, *, left: float = 0) -> None:
    """Names of the dots, above the axes at the left."""
    handles = [
        Line2D([], [], color=colours[name], marker=marker(colours, name), markersize=5.5, linestyle="", label=name) for name in names
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(left, 1), ncols=columns, handletextpad=0.1, **LEGEND)


def span(axes: Axes, values: pd.Series, place: float) -> None:
    """The thin line between the outer dots of a row."""
    if len(values) > 1:
        axes.plot([values.min(), values.max()], [place, place], color=GRID, linewidth=2, zorder=1)


# Rows ----------------------------------------------------------------------------------------------------------------


def grouped_rows(frame: pd.DataFrame) -> Rows:
    """Row names in order, each group led by its own name."""
    rows: Rows = []
    for group, part in frame.groupby("group", sort=False):
        rows.append((str(group), None))
        seen = part.drop_duplicates("label")
        rows += [(str(label), bool(main)) for label, main in zip(seen["label"], seen["main"], strict=True)]
    return rows


def bands(axes: Axes, rows: Rows) -> None:
    """A light band behind the name of each group."""
    for place, (_, main) in enumerate(rows):
        if main is None:
            axes.axhspan(place - 0.5, place + 0.5, color=BAND, zorder=0, linewidth=0)


def row_names(axes: Axes, rows: Rows) -> None:
    """Names of the rows from above: groups bold, comparison countries quiet."""
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for text, (_, main) in zip(axes.get_yticklabels(), rows, strict=True):
        text.set(color=MUTED if main is False else INK, fontweight="semibold" if main is None else "normal")


def upright_grid(axes: Axes) -> None:
    """Lines for the values of rows, none for the rows."""
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")


def bare(axes: Axes, names: list[str]) -> None:
    """Horizontal bars named from above, without a scale: their values are written."""
    axes.set_yticks(range(len(names)), names, color=INK)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


# Axes ----------------------------------------------------------------------------------------------------------------


def numbers(*, signed: bool = True) -> FuncFormatter:
    """Ticks as the text writes numbers; without their sign for an axis that runs both ways."""
    return FuncFormatter(lambda value, _: fmt.number(value if signed else abs(value)))


def panel(axes: Axes, label: str) -> None:
    """One of several small charts: its name above it, few ticks."""
    axes.set_title(label, loc="left", fontsize=8.5, color=INK, fontweight="semibold", pad=3)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
    axes.tick_params(labelsize=8)


def broken(axes: Axes, part: pd.DataFrame, colour: str, gap: float, **how: Any) -> None:
    """A line through `x` and `value` that breaks where points lie more than `gap` years apart; `how` goes to matplotlib.

    A point that stands alone keeps a dot.
    """
    for _, run in part.groupby((part["x"].diff() > gap).cumsum()):
        mark = how.get("marker") or ("o" if len(run) == 1 and how.get("zorder", 2) > 1 else "")
        axes.plot(run["x"], run["value"], color=colour, markeredgewidth=0, **{**how, "marker": mark})


def words(axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], **how: Any) -> None:
    """A value written beside its point, `offset` in points of print."""
    axes.annotate(text, at, textcoords="offset points", xytext=offset, **{"fontsize": 8, "color": INK, **how})
