"""The drawings: a tidy frame in, a figure out.

Every frame has `label` (which series), `value`, and for a time axis `x` (decimal year) and `year`; `kind` says how a
single fact is meant. No function reads a table or knows a partner.
"""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
import seaborn as sns
from adjustText import adjust_text
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.charts.style import GRID, INK, KINDS, MARKERS, MUTED, SEQUENCE, WIDTH
from helpers.facts import format as fmt


def lines(frame: pd.DataFrame, colour: str, *, gap: float = 1.5) -> Figure:
    """One line a label, labelled at its end; a line breaks where points lie more than `gap` years apart."""
    figure, axes = plt.subplots(figsize=(WIDTH, 2.5))
    labels = list(dict.fromkeys(frame["label"]))
    colours = _colours(labels, colour)
    for label, marker in zip(labels, MARKERS * 3, strict=False):
        part = frame[frame["label"] == label].sort_values("x")
        runs = (part["x"].diff() > gap).cumsum()
        sns.lineplot(
            data=part.assign(run=runs),
            x="x",
            y="value",
            units="run",
            estimator=None,
            color=colours[label],
            marker=marker,
            markeredgewidth=0,
            markersize=4.5,
            ax=axes,
        )
    _time_axis(axes, frame)
    _value_axis(axes, frame)
    if len(labels) > 1:
        _end_labels(axes, frame, labels, colours)
    else:
        _end_values(axes, frame)
    return figure


def bars(frame: pd.DataFrame, colour: str) -> Figure:
    """One bar a year; what is not an outcome is hatched."""
    figure, axes = plt.subplots(figsize=(WIDTH, 2.2))
    years = frame["year"].astype(int)
    drawn = axes.bar(years, frame["value"], width=0.7, color=colour, edgecolor="white", linewidth=0)
    for bar, kind in zip(drawn, frame["kind"], strict=True):
        _hatch(bar, kind, colour)
    if len(frame) <= 14:
        axes.bar_label(drawn, labels=[fmt.number(value) for value in frame["value"]], fontsize=8, color=INK, padding=2)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
    axes.set_xlim(years.min() - 0.7, years.max() + 0.7)  # no tick for a year without a bar at the edges
    _value_axis(axes, frame)
    return figure


def diverging(frame: pd.DataFrame, colour: str) -> Figure:
    """Two flows back to back: the first label upwards, the second downwards, on one scale."""
    figure, axes = plt.subplots(figsize=(WIDTH, 2.6))
    labels = list(dict.fromkeys(frame["label"]))[:2]
    colours = _colours(labels, colour)
    for label, sign in zip(labels, (1, -1), strict=False):
        part = frame[frame["label"] == label]
        drawn = axes.bar(part["year"], sign * part["value"], width=0.7, color=colours[label])
        for bar, kind in zip(drawn, part["kind"], strict=True):
            _hatch(bar, kind, colours[label])
        edge = 0.97 if sign > 0 else 0.03
        axes.text(
            0.005,
            edge,
            label,
            transform=axes.transAxes,
            color=colours[label],
            fontweight="semibold",
            fontsize=9,
            va="top" if sign > 0 else "bottom",
        )
    above, below = (frame.loc[frame["label"] == label, "value"].max() for label in labels)
    room = 0.2 * max(above, below)  # for the two names
    axes.set_ylim(-(below + room), above + room)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(abs(value))))
    axes.set(xlabel="", ylabel="")
    return figure


def facts(frame: pd.DataFrame, colour: str) -> Figure:
    """Single facts as horizontal bars in the order given, each with its value; what is not an outcome is hatched."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.5 + 0.36 * len(frame)))
    names = [textwrap.fill(label, 42) for label in frame["label"]]
    shown = [_two_lines(words) for words in frame["shown"]]
    drawn = axes.barh(range(len(frame)), frame["value"], height=0.62, color=colour)
    for bar, kind in zip(drawn, frame["kind"], strict=True):
        _hatch(bar, kind, colour)
    axes.bar_label(drawn, labels=shown, fontsize=8.5, color=INK, padding=4, linespacing=1.05)
    axes.set_yticks(range(len(frame)), names, color=INK)
    axes.invert_yaxis()
    axes.grid(False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(min(0, 1.25 * frame["value"].min()), _room(frame["value"], names, shown))
    return figure


def _two_lines(words: str, limit: int = 30) -> str:
    """A value with a long period in brackets on two lines, so that the wording does not squeeze the bars."""
    value, bracket, period = words.partition(" (")
    return f"{value}\n({period}" if bracket and len(words) > limit else words


def _room(values: pd.Series, names: list[str], shown: list[str]) -> float:
    """Right limit of the axis that leaves room for each bar's own wording (0.062 inch a character at the left, 0.057 after the bar)."""
    column = WIDTH - 0.062 * max(len(line) for name in names for line in name.splitlines()) - 0.3
    widths = [max(len(line) for line in words.splitlines()) for words in shown]
    reach = [value / max(0.15, 1 - (0.057 * width + 0.15) / column) for value, width in zip(values, widths, strict=True)]
    return float(max([*reach, 1e-9]))


def small_multiples(frame: pd.DataFrame, colour: str, *, columns: int = 4) -> Figure:
    """One panel a label on one scale, the others in grey behind it."""
    labels = list(dict.fromkeys(frame["label"]))
    rows = -(-len(labels) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(WIDTH, 1.25 * rows), sharex=True, sharey=True, squeeze=False)
    for axes, label in zip(grid.flat, labels, strict=False):
        for other in labels:
            part = frame[frame["label"] == other]
            chosen = other == label
            axes.plot(
                part["x"], part["value"], color=colour if chosen else GRID, linewidth=1.8 if chosen else 0.7, zorder=3 if chosen else 1
            )
        last = frame[frame["label"] == label].sort_values("x").iloc[-1]
        axes.plot(last["x"], last["value"], "o", color=colour, markersize=4, zorder=4)
        axes.annotate(
            fmt.number(last["value"]),
            (last["x"], last["value"]),
            textcoords="offset points",
            xytext=(0, 5),
            ha="right",
            fontsize=8,
            color=INK,
        )
        axes.set_title(label, loc="left", fontsize=8.5, color=INK, fontweight="semibold", pad=3)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
        axes.tick_params(labelsize=8)
    for axes in list(grid.flat)[len(labels) :]:
        axes.set_visible(False)
    return figure


def ranked_dots(frame: pd.DataFrame, colour: str) -> Figure:
    """One row a label, a dot for each `series`; rows in the order given, points of one row joined by a thin line."""
    series = list(dict.fromkeys(frame["series"]))
    rows = list(dict.fromkeys(frame["label"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.7 + 0.27 * len(rows)))
    for place, label in enumerate(rows):
        part = frame[frame["label"] == label]
        axes.plot([part["value"].min(), part["value"].max()], [place, place], color=GRID, linewidth=2, zorder=1)
    colours = _colours(series, colour)
    for name, marker in zip(series, MARKERS, strict=False):
        part = frame[frame["series"] == name]
        axes.scatter(
            part["value"], [rows.index(label) for label in part["label"]], color=colours[name], marker=marker, s=28, zorder=3, label=name
        )
    axes.set_yticks(range(len(rows)), rows, color=INK)
    axes.invert_yaxis()
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(value)))
    if len(series) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(series), frameon=False, handletextpad=0.2, borderpad=0)
    return figure


def stacked_counts(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """One horizontal bar a label, divided by `series`, with the count in each part."""
    table = frame.pivot_table(index="label", columns="series", values="value", aggfunc="sum", fill_value=0, sort=False)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.75 + 0.33 * len(table)))
    left = np.zeros(len(table))
    for name in table.columns:
        drawn = axes.barh(
            range(len(table)), table[name], left=left, height=0.66, color=colours[name], edgecolor="white", linewidth=0.8, label=name
        )
        axes.bar_label(
            drawn,
            labels=[fmt.number(v) if v else "" for v in table[name]],
            label_type="center",
            color="white",
            fontsize=8,
            fontweight="semibold",
        )
        left += table[name].to_numpy()
    axes.set_yticks(range(len(table)), list(table.index), color=INK)
    axes.invert_yaxis()
    axes.grid(False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(table.columns),
        frameon=False,
        handlelength=1,
        handleheight=1,
        columnspacing=1.2,
        borderpad=0,
    )
    return figure


def _colours(labels: list[str], first: str) -> dict[str, str]:
    order = [first, *(colour for colour in SEQUENCE if colour != first)]
    return {label: order[place % len(order)] for place, label in enumerate(labels)}


def _hatch(bar: object, kind: str, colour: str) -> None:
    if KINDS.get(kind):
        bar.set(facecolor="white", edgecolor=colour, hatch=KINDS[kind], linewidth=0.9)  # type: ignore[attr-defined]  # matplotlib's Patch


def _time_axis(axes: Axes, frame: pd.DataFrame) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9, min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: str(int(value))))
    axes.set_xlim(frame["x"].min() - 0.3, frame["x"].max() + 0.4)
    axes.set(xlabel="", ylabel="")


def _value_axis(axes: Axes, frame: pd.DataFrame) -> None:
    low, high = frame["value"].min(), frame["value"].max()
    axes.set_ylim(1.1 * low if low < 0 else 0, 1.12 * high if high > 0 else 0.1)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(value)))
    if (frame["value"] % 1 == 0).all():  # counts have no fractions
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.set(xlabel="", ylabel="")


def _end_values(axes: Axes, frame: pd.DataFrame) -> None:
    """First, highest and last value of a single line, written beside their points."""
    ordered = frame.sort_values("x").reset_index(drop=True)
    last = len(ordered) - 1
    beside = {0: ordered["value"].get(1), last: ordered["value"].get(last - 1)}  # the neighbours of both ends
    high = ordered["value"].max()
    for index in sorted({0, last, int(ordered["value"].idxmax())}):
        row, neighbour = ordered.loc[index], beside.get(index)
        # Below the point where the line climbs to a neighbour, so that it does not run through the figure; never onto the axis.
        below = neighbour is not None and neighbour > row["value"] and row["value"] > 0.12 * high
        axes.annotate(
            fmt.number(row["value"]),
            (row["x"], row["value"]),
            textcoords="offset points",
            xytext=(0, -13 if below else 6),
            ha="left" if below and index == 0 else "center",  # clear of the scale at the left
            fontsize=8.5,
            color=INK,
        )


def _end_labels(axes: Axes, frame: pd.DataFrame, labels: list[str], colours: dict[str, str]) -> None:
    """Names at the end of the lines, moved apart where they would meet (adjustText, vertical moves only)."""
    right = frame["x"].max()
    texts = []
    for label in labels:
        last = frame[frame["label"] == label].sort_values("x").iloc[-1]
        # A line that ends early says when: its name stands at the right edge, far from its last point.
        year = f" ({int(last['x'])})" if last["x"] < right - 0.9 else ""
        name = textwrap.fill(f"{label} {fmt.number(last['value'])}{year}", 24)
        texts.append(
            axes.text(right + 0.25, last["value"], name, color=colours[label], fontsize=8.5, va="center", ha="left", fontweight="semibold")
        )
    width = frame["x"].max() - frame["x"].min()
    axes.set_xlim(frame["x"].min() - 0.3, right + 0.42 * width)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9, min_n_ticks=2))
    ticks = [tick for tick in axes.get_xticks() if frame["x"].min() - 0.5 <= tick <= right + 0.2]
    axes.set_xticks(ticks)
    adjust_text(texts, ax=axes, only_move="y", ensure_inside_axes=True, expand=(1.0, 1.1), avoid_self=False, explode_radius=0)
    for text in texts:  # adjustText centres what it moves; names beside line ends start at one edge
        text.set(x=right + 0.02 * width, ha="left")
