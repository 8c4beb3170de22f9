"""Drawings of ranks and intervals: a tidy frame in, a figure out.

Ranks run from the left, where 1 is the closest. No function reads a table or knows a partner.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.charts.style import GRID, INK, MUTED, WIDTH
from helpers.facts import format as fmt

DENSE = 0.136  # inches a row in the charts with most rows, so that they share a page with their text
OTHERS = "#7b8794"
FAINT = "#c3cbd3"
ACCENT = "#0b4f6c"
WARM = "#9a3412"


def ranked(frame: pd.DataFrame, colour: str = ACCENT) -> Figure:
    """A row for each `label` with `median` and a bar from `low` to `high`; `main` rows are coloured, `gap` starts a new block."""
    places = _places(frame)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.45 + DENSE * (places[-1] + 1)))
    for place, (_, row) in zip(places, frame.iterrows(), strict=True):
        _bar(axes, row, place, colour if row["main"] else OTHERS, named=True)
    _rows(axes, list(frame["label"]), places, list(frame["main"]))
    _rank_axis(axes, float(frame["high"].max()))
    return figure


def by_group(named: pd.DataFrame, others: pd.DataFrame, groups: list[str], colour: str = ACCENT) -> Figure:
    """Blocks by `group`: a strip with a grey dot for each of the `others`, then a row for each of the `named` countries.

    Both frames have `group`, `median`; the named ones `label`, `main`, `low`, `high`.
    """
    blocks = [group for group in groups if (named["group"] == group).any() or (others["group"] == group).any()]
    strips = [2.6 if (others["group"] == group).any() else 1.4 for group in blocks]
    heights = [strip + (named["group"] == group).sum() + 0.3 for group, strip in zip(blocks, strips, strict=True)]
    figure, axes = plt.subplots(figsize=(WIDTH, 0.45 + DENSE * sum(heights)))
    labels, places, main, top = [], [], [], 0.0
    for group, height, depth in zip(blocks, heights, strips, strict=True):
        axes.axhspan(top - 0.1, top + depth - 0.2, color="#eef2f5", zorder=0, linewidth=0)
        strip = others[others["group"] == group].sort_values("median")
        spread = np.resize([0.0, 0.28, -0.28, 0.14, -0.14], len(strip))  # so that dots of one rank do not hide one another
        axes.scatter(strip["median"], top + 1.6 + spread, s=9, color=FAINT, edgecolor=OTHERS, linewidth=0.4, zorder=2)
        counted = len(strip) + int((named["group"] == group).sum())
        axes.text(1, top + 0.55, f"{group} ({counted})", fontsize=8.5, fontweight="semibold", color=INK, va="center")
        for place, (_, row) in enumerate(named[named["group"] == group].iterrows()):
            at = top + depth + 0.4 + place
            _bar(axes, row, at, colour if row["main"] else OTHERS, named=True)
            labels.append(str(row["label"]))
            places.append(at)
            main.append(bool(row["main"]))
        top += height
    _rows(axes, labels, places, main)
    axes.set_ylim(top, -0.2)
    _rank_axis(axes, float(max(named["high"].max(), others["median"].max())))
    return figure


def indices(frame: pd.DataFrame) -> Figure:
    """First-order and total indices of each `factor`, with their intervals: two dots a row."""
    rows = list(dict.fromkeys(frame["factor"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6 + 0.27 * len(rows)))
    for column, marker, colour, shift in (("first", "o", ACCENT, -0.12), ("total", "s", WARM, 0.12)):
        axes.errorbar(
            frame[column],
            [rows.index(name) + shift for name in frame["factor"]],
            xerr=frame[f"{column}_error"],
            fmt=marker,
            color=colour,
            markersize=5,
            elinewidth=1.2,
            label="on its own" if column == "first" else "with all its interactions",
        )
    axes.set_yticks(range(len(rows)), [name[0].upper() + name[1:] for name in rows], color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_xlim(left=min(0.0, float((frame["first"] - frame["first_error"]).min())))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, borderpad=0, handletextpad=0.3)
    return figure


def strips(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """A strip for each `group` with a dot for each `median` rank, the group's middle half as a bar, and its median; `series` colours."""
    rows = list(dict.fromkeys(frame["group"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.5 + 0.37 * len(rows)))
    for place, name in enumerate(rows):
        part = frame[frame["group"] == name].sort_values("median")
        colour = colours[str(part["series"].iloc[0])]
        spread = np.resize([0.0, 0.16, -0.16, 0.08, -0.08], len(part))
        axes.scatter(part["median"], place + spread, s=10, color=colour, alpha=0.45, linewidth=0, zorder=2)
        low, middle, high = part["median"].quantile([0.25, 0.5, 0.75])
        axes.plot([low, high], [place, place], color=colour, linewidth=2.2, zorder=3)
        axes.plot([middle, middle], [place - 0.3, place + 0.3], color=INK, linewidth=1.6, zorder=4)
        axes.annotate(
            fmt.number(round(middle)),
            (middle, place - 0.3),
            textcoords="offset points",
            xytext=(0, 2),
            ha="center",
            fontsize=8,
            color=INK,
        )
    axes.set_yticks(range(len(rows)), rows, color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.7)
    _rank_axis(axes, float(frame["median"].max()))
    return figure


def band(frame: pd.DataFrame, lines: pd.DataFrame, colour: str, events: dict[float, str]) -> Figure:
    """The world's middle half over time as a band (`x`, `low`, `median`, `high`) with a thin line for each `label`, and dated events."""
    figure, axes = plt.subplots(figsize=(WIDTH, 2.5))
    axes.fill_between(frame["x"], frame["low"], frame["high"], color="#dfe5ea", linewidth=0, zorder=1)
    axes.plot(frame["x"], frame["median"], color=MUTED, linewidth=1.6, zorder=2)
    for name in dict.fromkeys(lines["label"]):
        part = lines[lines["label"] == name].sort_values("x")
        axes.plot(part["x"], part["value"], color=colour, linewidth=0.8, alpha=0.45, zorder=3)
    middle = lines.groupby("x")["value"].median()
    axes.plot(middle.index, middle, color=colour, linewidth=2.4, zorder=4)
    right = float(frame["x"].max())
    axes.text(right + 0.15, middle.iloc[-1], "median partner", color=colour, fontsize=8.5, fontweight="semibold", va="center")
    axes.text(right + 0.15, frame["median"].iloc[-1], "median country", color=MUTED, fontsize=8.5, fontweight="semibold", va="center")
    ends = lines[lines["x"] == right].set_index("label")
    for name, align in ((ends["value"].idxmax(), "center"), (ends["value"].idxmin(), "bottom")):  # the lowest may lie on the axis
        axes.text(right + 0.15, float(ends.loc[name, "value"]), str(name), color=colour, fontsize=8, va=align)
    top = float(max(frame["high"].max(), lines["value"].max()))
    for moment, words in events.items():
        axes.axvline(moment, color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)), zorder=2)
        axes.text(moment - 0.08, 1.12 * top, words, fontsize=8, color=MUTED, ha="right", va="top")
    axes.set_xlim(float(frame["x"].min()) - 0.2, right + 2.6)
    axes.set_ylim(0, 1.15 * top)
    ticks = list(range(int(frame["x"].min()), int(right) + 1, 2))
    axes.set_xticks(ticks, [str(year) for year in ticks])
    return figure


def _bar(axes: Axes, row: pd.Series, place: float, colour: str, *, named: bool) -> None:
    axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.4, solid_capstyle="butt", zorder=2)
    axes.plot(row["median"], place, "o", color=colour, markersize=4.5, zorder=3)
    if named:
        axes.annotate(
            fmt.number(row["median"]), (row["high"], place), textcoords="offset points", xytext=(4, 0), va="center", fontsize=7.5, color=INK
        )


def _places(frame: pd.DataFrame) -> list[float]:
    """Rows one below the other; a true `gap` leaves half a row free above."""
    gaps = frame["gap"] if "gap" in frame else pd.Series(False, index=frame.index)
    return list(np.arange(len(frame)) + 0.6 * gaps.cumsum().to_numpy())


def _rows(axes: Axes, labels: list[str], places: list[float], main: list[bool]) -> None:
    axes.set_yticks(places, labels)
    if places:
        axes.set_ylim(places[-1] + 0.7, places[0] - 0.7)
    for text, chosen in zip(axes.get_yticklabels(), main, strict=True):
        text.set(color=INK if chosen else MUTED, fontweight="semibold" if chosen else "normal", fontsize=8)


def _rank_axis(axes: Axes, highest: float) -> None:
    axes.set_xlim(-0.02 * highest, 1.06 * highest)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(max(1, value)) if value >= 0 else ""))
    axes.grid(axis="x", color=GRID)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
