"""The drawings of a chapter: a tidy frame in, a figure out.

Every frame has `label` (which series), `value`, and for a time axis `x` (decimal year) and `year`; `kind` says how a
single fact is meant. No function reads a table or knows a partner.
"""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from adjustText import adjust_text
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.charts.parts import BACKED, bare, broken, hatch, numbers, patterns, words
from helpers.charts.style import DASHES, INK, KINDS, MARKERS, MUTED, WIDTH, lettering, series_colours
from helpers.facts import format as fmt

FEW = 4  # so many bars and fewer would be slabs in the full width
NARROW = 4.3  # inches
STEPS = [1, 2, 2.5, 5, 10]  # of a scale: numbers that are read at a glance


def lines(frame: pd.DataFrame, colour: str, *, gap: float = 1.5) -> Figure:
    """One line a label, labelled at its end; a line breaks where points lie more than `gap` years apart.

    A point that is no outcome is hollow.
    """
    labels = list(dict.fromkeys(frame["label"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 1.65 if len(labels) == 1 else 1.8))
    colours = series_colours(labels, colour)
    for place, label in enumerate(labels):
        part = frame[frame["label"] == label].sort_values("x")
        mark, dashes = MARKERS[place % len(MARKERS)], DASHES[place % len(DASHES)]
        # Not clipped, and above the axis: zero lies on it, and half of its mark below.
        broken(axes, part, colours[label], gap, marker=mark, markersize=4.5, linestyle=dashes, clip_on=False, zorder=2.6)
        hollow = part[[bool(KINDS.get(kind)) for kind in part["kind"]]]
        rim: dict[str, Any] = {"facecolor": "white", "edgecolor": colours[label], "linewidth": 1.1}
        axes.scatter(hollow["x"], hollow["value"], marker=mark, s=20, zorder=3, clip_on=False, **rim)
    _time_axis(axes, frame)
    _value_axis(axes, frame)
    if len(labels) > 1:
        _end_labels(axes, frame, labels, colours)
    else:
        _end_values(axes, frame)
    return figure


def bars(frame: pd.DataFrame, colour: str) -> Figure:
    """One bar a year; what is not an outcome is hatched."""
    years = frame["year"].astype(int)
    span = int(years.max() - years.min()) + 1
    figure, axes = plt.subplots(figsize=(WIDTH if span > FEW else NARROW, 1.6))
    drawn = axes.bar(years, frame["value"], width=0.7, color=colour, edgecolor="white", linewidth=0)
    for bar, kind in zip(drawn, frame["kind"], strict=True):
        hatch(bar, kind, colour)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
    axes.set_xlim(years.min() - 0.7, years.max() + 0.7)  # no tick for a year without a bar at the edges
    _value_axis(axes, frame)
    if len(frame) <= 14:  # each bar says its value: a scale would say it twice, and its lines run through the figures
        axes.bar_label(drawn, labels=[fmt.number(value) for value in frame["value"]], fontsize=8, color=INK, padding=2)
        axes.set_yticks([])
    patterns(axes, frame["kind"], colour)
    return figure


def diverging(frame: pd.DataFrame, colour: str) -> Figure:
    """Two flows back to back: the first label upwards, the second downwards, on one scale."""
    span = int(frame["year"].max() - frame["year"].min()) + 1
    figure, axes = plt.subplots(figsize=(WIDTH if span > FEW else NARROW, 1.75))
    labels = list(dict.fromkeys(frame["label"]))[:2]
    colours = series_colours(labels, colour)
    for label, sign in zip(labels, (1, -1), strict=False):
        part = frame[frame["label"] == label]
        drawn = axes.bar(part["year"], sign * part["value"], width=0.7, color=colours[label])
        for bar, kind in zip(drawn, part["kind"], strict=True):
            hatch(bar, kind, colours[label])
        name: dict[str, Any] = {"transform": axes.transAxes, "fontweight": "semibold", "fontsize": 9, "va": "top" if sign > 0 else "bottom"}
        axes.text(0.005, 0.995 if sign > 0 else 0.005, label, color=lettering(colours[label]), bbox=BACKED, **name)
    above, below = (frame.loc[frame["label"] == label, "value"].max() for label in labels)
    room = 0.15 * (above + below)  # for the two names
    axes.set_ylim(-(below + room), above + room)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=STEPS))
    axes.yaxis.set_major_formatter(numbers(signed=False))
    axes.set(xlabel="", ylabel="")
    patterns(axes, frame["kind"], MUTED)
    return figure


def facts(frame: pd.DataFrame, colour: str) -> Figure:
    """Single facts as horizontal bars in the order given, each with its value; what is not an outcome is hatched."""
    names = [textwrap.fill(label, 42) for label in frame["label"]]
    shown = [_two_lines(words) for words in frame["shown"]]
    row = 0.31 if any("\n" in text for text in [*names, *shown]) else 0.25  # inches: room for two lines, or one
    figure, axes = plt.subplots(figsize=(WIDTH, 0.15 + row * len(frame)))
    drawn = axes.barh(range(len(frame)), frame["value"], height=0.66, color=colour)
    for bar, kind in zip(drawn, frame["kind"], strict=True):
        hatch(bar, kind, colour)
    axes.bar_label(drawn, labels=shown, fontsize=8.5, color=INK, padding=4, linespacing=1.05)
    bare(axes, names)
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_xlim(min(0, 1.25 * frame["value"].min()), _room(frame["value"], names, shown))
    return figure


def _two_lines(wording: str, limit: int = 30) -> str:
    """A value with a long period in brackets on two lines, so that the wording does not squeeze the bars."""
    value, bracket, period = wording.partition(" (")
    return f"{value}\n({period}" if bracket and len(wording) > limit else wording


def _room(values: pd.Series, names: list[str], shown: list[str]) -> float:
    """Right limit of the axis that leaves room for each bar's own wording (0.062 inch a character at the left, 0.057 after the bar)."""
    column = WIDTH - 0.062 * max(len(line) for name in names for line in name.splitlines()) - 0.3
    widths = [max(len(line) for line in wording.splitlines()) for wording in shown]
    reach = [value / max(0.15, 1 - (0.057 * width + 0.15) / column) for value, width in zip(values, widths, strict=True)]
    return float(max([*reach, 1e-9]))


def _time_axis(axes: Axes, frame: pd.DataFrame) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9, min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: str(int(value))))
    axes.set_xlim(frame["x"].min() - 0.3, frame["x"].max() + 0.4)
    axes.set(xlabel="", ylabel="")


def _value_axis(axes: Axes, frame: pd.DataFrame) -> None:
    low, high = frame["value"].min(), frame["value"].max()
    axes.set_ylim(1.1 * low if low < 0 else 0, 1.12 * high if high > 0 else 0.1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=STEPS))
    if (frame["value"] % 1 == 0).all():  # counts have no fractions
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5, steps=STEPS))
    axes.yaxis.set_major_formatter(numbers())
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
        below = neighbour is not None and neighbour > row["value"] and row["value"] > 0.2 * high
        words(
            axes,
            fmt.number(row["value"]),
            (row["x"], row["value"]),
            (0, -13 if below else 6),
            ha="left" if below and index == 0 else "center",  # clear of the scale at the left
            fontsize=8.5,
            bbox=BACKED,
        )


def _end_labels(axes: Axes, frame: pd.DataFrame, labels: list[str], colours: dict[str, str]) -> None:
    """Names at the end of the lines, moved apart where they would meet (adjustText, vertical moves only)."""
    right = frame["x"].max()
    texts = []
    for label in labels:
        last = frame[frame["label"] == label].sort_values("x").iloc[-1]
        # A line that ends early says when: its name stands at the right edge, far from its last point.
        year = f" ({int(last['x'])})" if last["x"] < right - 0.9 else ""
        name = textwrap.fill(f"{label}: {fmt.number(last['value'])}{year}", 27)
        how: dict[str, Any] = {"color": lettering(colours[label]), "fontsize": 8.5, "va": "center", "ha": "left", "fontweight": "semibold"}
        texts.append(axes.text(right + 0.25, last["value"], name, **how))
    width = frame["x"].max() - frame["x"].min()
    axes.set_xlim(frame["x"].min() - 0.3, right + 0.42 * width)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9, min_n_ticks=2))
    ticks = [tick for tick in axes.get_xticks() if frame["x"].min() - 0.5 <= tick <= right + 0.2]
    axes.set_xticks(ticks)
    adjust_text(texts, ax=axes, only_move="y", ensure_inside_axes=True, expand=(1.0, 1.1), avoid_self=False, explode_radius=0)
    for text in texts:  # adjustText centres what it moves; names beside line ends start at one edge
        text.set(x=right + 0.02 * width, ha="left", bbox=BACKED)
