"""Drawings that compare countries and statements: a tidy frame in, a figure out.

Every frame has `label` (the row) and `value`; what else a drawing needs stands in its own line of documentation. No
function reads a table or knows a partner.
"""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from helpers.charts import parts
from helpers.charts.style import GRID, INK, MARKERS, MUTED, WIDTH, lettering
from helpers.facts import format as fmt

ROW = 0.138  # inches a row: 8.5 pt text with a little air above and below
OTHERS = parts.OTHERS


def grouped_dots(frame: pd.DataFrame, colours: dict[str, str], names: dict[str, str] | None = None) -> Figure:
    """Rows by `group`, one dot for each `series`, side by side in a field for each `panel`; where a row has none, `blank` says why.

    `main` is true for the countries under study, false for those they are compared with. `names` are short names of the series,
    to be written at the dots of one row; where no row has room for them a legend has the long ones.
    """
    fields = list(dict.fromkeys(frame["panel"]))
    rows = parts.grouped_rows(frame)
    figure, grid = plt.subplots(
        1, len(fields), figsize=(WIDTH, 0.85 + ROW * len(rows)), sharey=True, squeeze=False, width_ratios=[1.25, *[1.0] * (len(fields) - 1)]
    )
    for axes, field in zip(grid.flat, fields, strict=True):
        own = frame[frame["panel"] == field]
        parts.bands(axes, rows)
        for place, (label, main) in enumerate(rows):
            found = own[(own["label"] == label) & own["value"].notna()]
            if found.empty and main is not None:
                reason = own.loc[own["label"] == label, "blank"]
                said = reason.iloc[0] if len(reason) else ""
                axes.text(2, place, said, fontsize=7.5, color=MUTED, va="center", style="italic", bbox=parts.BACKED)
            parts.span(axes, found["value"], place)
            for _, row in found.iterrows():
                parts.dot(axes, (row["value"], place), str(row["series"]), colours, main=bool(main))
        axes.set_xlim(-3, 103)
        parts.upright_grid(axes)
        many = own["series"].nunique() > 1  # one series alone is what the name of its field says
        if many and not _name_pairs(axes, own, rows, colours, names or {}):
            parts.dot_legend(axes, dict.fromkeys(own["series"]), colours, 2, left=-0.02)
    legends = any(axes.get_legend() for axes in grid.flat)
    for axes, field in zip(grid.flat, fields, strict=True):
        axes.set_title(field, loc="left", fontsize=9, color=INK, fontweight="semibold", pad=22 if legends else 5)
    parts.row_names(grid[0, 0], rows)
    return figure


def _name_pairs(axes: Axes, frame: pd.DataFrame, rows: parts.Rows, colours: dict[str, str], names: dict[str, str]) -> bool:
    """Name both dots of the first row below the band of a group that has them far enough apart; False where none has."""
    if set(frame["series"]) - set(names):
        return False
    low, high = axes.get_xlim()
    letter = 0.025 * (high - low)  # a letter's part of a field of half the width
    for band, label in [(place, rows[place + 1][0]) for place in range(len(rows) - 1) if rows[place][1] is None and rows[place + 1][1]]:
        pair = frame[(frame["label"] == label) & frame["value"].notna()].sort_values("value")
        apart = sum(len(names[series]) for series in pair["series"]) / 2 * letter + letter
        if len(pair) == 2 and pair["value"].diff().iloc[-1] >= apart:
            for _, row in pair.iterrows():
                _name(axes, names[row["series"]], (row["value"], band), colours[row["series"]], ha="center")
            return True
    return False


def _name(axes: Axes, text: str, place: tuple[float, float], colour: str, **how: Any) -> None:
    """The name of a series beside its mark, in its colour."""
    axes.text(*place, text, **{"color": lettering(colour), "va": "center", "fontsize": 8.5, "fontweight": "semibold", **how})


def two_dots(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """A row for each label with a dot for each of two `series`, each with its value; `group` and `main` as in `grouped_dots`."""
    rows = parts.grouped_rows(frame)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.65 + ROW * len(rows)))
    parts.bands(axes, rows)
    for place, (label, main) in enumerate(rows):
        found = frame[(frame["label"] == label) & frame["value"].notna()].sort_values("value")
        parts.span(axes, found["value"], place)
        for order, (_, row) in enumerate(found.iterrows()):
            parts.dot(axes, (row["value"], place), str(row["series"]), colours, main=bool(main))
            left = order == 0 and len(found) > 1
            parts.words(
                axes, _short(row["value"]), (row["value"], place), (-6 if left else 6, 0), ha="right" if left else "left", va="center"
            )
    reach = frame["value"].max()
    axes.set_xlim(-0.09 * reach, 1.1 * reach)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(value) if value >= 0 else ""))
    parts.upright_grid(axes)
    parts.row_names(axes, rows)
    if not _name_dots(axes, frame, rows, colours):
        parts.dot_legend(axes, colours, colours, 2)
    return figure


def _name_dots(axes: Axes, frame: pd.DataFrame, rows: parts.Rows, colours: dict[str, str]) -> bool:
    """Name both dots of the first row in the band above it; False where there is no band, or no row with two dots far enough apart."""
    first = frame[frame["label"] == rows[1][0]] if len(rows) > 1 and rows[0][1] is None else frame.iloc[:0]
    first = first[first["value"].notna()].sort_values("value")
    if len(first) != 2 or first["value"].diff().iloc[-1] < 0.6 * frame["value"].max():
        return False
    for side, (_, row) in zip(("left", "right"), first.iterrows(), strict=True):
        _name(axes, str(row["series"]), (row["value"], 0), colours[str(row["series"])], ha=side)
    return True


def panels(frame: pd.DataFrame, colour: str, *, columns: int = 6, bars: bool = False, gap: float = 1.5) -> Figure:
    """One panel a label, all on one scale, with the last value; lines break where points lie more than `gap` years apart.

    With `bars`, a bar for each reading instead of a line.
    """
    labels = list(dict.fromkeys(frame["label"]))
    rows = -(-len(labels) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(WIDTH, 1.05 * rows + 0.2), sharex=True, sharey=True, squeeze=False)
    for axes, label in zip(grid.flat, labels, strict=False):
        own = frame[frame["label"] == label].sort_values("x")
        if bars:
            axes.bar(own["x"], own["value"], width=3.4, color=colour)
            for _, row in own.iterrows():
                parts.words(axes, _short(row["value"]), (row["x"], row["value"]), (0, 2), ha="center", fontsize=7.5)
        else:
            for other in labels:
                parts.broken(axes, frame[frame["label"] == other].sort_values("x"), GRID, gap, linewidth=0.7, zorder=1)
            parts.broken(axes, own, colour, gap, linewidth=1.8, zorder=3)
            axes.plot(own["x"].iloc[-1:], own["value"].iloc[-1:], "o", color=colour, markersize=4, zorder=4)
            axes.text(0.98, 0.97, f"{own['value'].iloc[-1]:.2f}", transform=axes.transAxes, ha="right", va="top", fontsize=8, color=INK)
        parts.panel(axes, label)
    _hide_empty(grid, len(labels))
    grid[0, 0].set_ylim(0, (1.15 if bars else 1.3) * (frame["value"].max() or 1))
    years = sorted(set(frame["x"].astype(int)))
    marked = [years[0], years[len(years) // 2], years[-1]]
    grid[0, 0].set_xticks(marked, [f"’{year % 100:02d}" for year in marked])
    for axes in grid.flat[max(0, len(labels) - columns) : len(labels)]:  # the lowest of each column, also where the last row is short
        axes.tick_params(labelbottom=True)
    return figure


def pairs_over_time(frame: pd.DataFrame, colours: dict[str, str], *, columns: int = 3) -> Figure:
    """One panel a label with its own scale, a line for each `series`: the same flow as two sides count it."""
    labels = list(dict.fromkeys(frame["label"]))
    rows = -(-len(labels) // columns)
    figure, grid = plt.subplots(
        rows, columns, figsize=(WIDTH, 0.4 + 1.1 * rows), sharex=True, squeeze=False, layout=ConstrainedLayoutEngine(h_pad=0.08)
    )
    for axes, label in zip(grid.flat, labels, strict=False):
        for name, mark in zip(colours, MARKERS, strict=False):
            own = frame[(frame["label"] == label) & (frame["series"] == name)].sort_values("x")
            parts.broken(axes, own, colours[name], 1.5, linewidth=1.4, zorder=3, marker=mark)
        axes.set_ylim(0, 1.12 * (frame.loc[frame["label"] == label, "value"].max() or 1))
        parts.panel(axes, label)
        axes.yaxis.set_major_formatter(parts.numbers())
    _hide_empty(grid, len(labels))
    for axes in grid.flat:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.tick_params(labelbottom=True)
    handles = [
        Line2D([], [], color=colour, marker=mark, markersize=4, label=name)
        for (name, colour), mark in zip(colours.items(), MARKERS, strict=False)
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles), **parts.LEGEND)
    return figure


def against_hundred(frame: pd.DataFrame, colours: dict[str, str], *, wrap: int = 46, limit: float = 250.0, ratio: bool = False) -> Figure:
    """A row for each label, its value where the better or other value is 100; `kind` picks the colour, `shown` writes both values.

    Values beyond `limit` stand at the edge with an arrow and keep their number in `shown`. With `ratio`, half and double lie
    equally far from 100.
    """
    names = [textwrap.fill(label, wrap) for label in frame["label"]]
    heights = [0.08 + 0.13 * (name.count("\n") + 1) for name in names]
    places = [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6 + sum(heights)))
    kinds = list(dict.fromkeys(frame["kind"]))
    top = min(limit, max(110.0, 1.05 * frame["value"].max()))
    low = min(90.0, 0.95 * frame["value"].min())
    for place, (_, row) in zip(places, frame.iterrows(), strict=True):
        kind, beyond = str(row["kind"]), row["value"] > top
        at = top if beyond else row["value"]
        axes.plot([100, at], [place, place], color=GRID, linewidth=2, zorder=1)
        axes.scatter(100, place, facecolor="white", edgecolor=INK, s=24, zorder=3)
        mark = ">" if beyond else parts.marker(colours, kind)
        axes.scatter(at, place, color=colours[kind], marker=mark, s=32, zorder=4, clip_on=False)
        edge = {"xycoords": ("axes fraction", "data"), "annotation_clip": False}
        parts.words(axes, row["shown"], (1.0, place), (6, 0), va="center", **edge)
    axes.axvline(100, color=MUTED, linewidth=0.8, zorder=2)
    if ratio:
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticks([tick for tick in (25, 50, 75, 100, 150, 200) if low <= tick <= top])
        axes.xaxis.set_major_formatter(parts.numbers())
    axes.set_xlim(low, top)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks(places, names, color=INK, fontsize=8)
    parts.upright_grid(axes)
    if len(kinds) > 1 and not _name_kinds(axes, frame, places, colours):
        parts.dot_legend(axes, [kind for kind in colours if kind in kinds], colours, len(kinds))
    return figure


def _name_kinds(axes: Axes, frame: pd.DataFrame, places: list[float], colours: dict[str, str]) -> bool:
    """Name each kind at one of its marks, between it and the line at 100 or at the right of both; False where one has no room."""
    low, high = axes.get_xlim()
    letter = 0.036 * (high - low)  # a letter's part of a field that names and values leave a third of the width
    found: dict[str, tuple[float, float, str]] = {}
    for place, value, kind in zip(places, frame["value"], frame["kind"], strict=True):
        room = letter * (len(kind) + 1)
        if kind in found or not low < value < high:
            continue
        if value - 100 >= room + letter:
            found[kind] = (value - letter, place, "right")
        elif max(value, 100.0) + room + letter <= high:
            found[kind] = (max(value, 100.0) + letter, place, "left")
    if set(frame["kind"]) - set(found):
        return False
    for kind, (at, place, side) in found.items():
        _name(axes, kind, (at, place), colours[kind], ha=side, fontsize=8, bbox=parts.BACKED, zorder=2.5)
    return True


def stacked_shares(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """One bar of equal length a label, divided by `series` in proportion to `value`; the counts stand in the parts."""
    labels = list(dict.fromkeys(frame["label"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.3 + 0.28 * len(labels)))
    table = frame.pivot_table(index="label", columns="series", values="value", aggfunc="sum", fill_value=0).reindex(
        index=labels, columns=list(colours), fill_value=0
    )
    shares = table.div(table.sum(axis=1), axis=0) * 100
    left = pd.Series(0.0, index=labels)
    for name in colours:
        drawn = axes.barh(
            range(len(labels)), shares[name], left=left, height=0.68, color=colours[name], edgecolor="white", linewidth=0.8, label=name
        )
        counts = [fmt.number(count) if count else "" for count in table[name]]
        axes.bar_label(drawn, labels=counts, label_type="center", color="white", fontsize=8, fontweight="semibold")
        left = left + shares[name]
    parts.bare(axes, [f"{label} ({fmt.number(total)})" for label, total in table.sum(axis=1).items()])
    axes.set(xlim=(0, 100))
    if not _name_parts(axes, shares.iloc[0], colours):
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(colours), handlelength=1, handleheight=1, **parts.LEGEND)
    return figure


def _name_parts(axes: Axes, shares: pd.Series, colours: dict[str, str]) -> bool:
    """Name the parts of the first bar above it, those without room in a row of their own; False where that has none either."""
    letter, ends = 1.4, {-0.5: 0.0, -1.1: 0.0}  # percent of the bar a letter takes; how far each row of names is filled
    found = []
    left = 0.0
    for name, share in shares.items():
        right, room = left + share, letter * len(str(name))
        middle = min((left + right) / 2, 100 - room / 2)
        # above its part; a longer name may reach to the left of it; else higher up, with a line to its part
        tries = [(middle, -0.5)] if room <= share else [(right - room / 2, -0.5), (middle, -1.1)]
        fitting = [(at, row) for at, row in tries if at - room / 2 >= ends[row]]
        if not share or not fitting:
            return False
        at, row = fitting[0]
        if row < -1:
            axes.plot([(left + right) / 2] * 2, [-0.4, -0.9], color=colours[str(name)], linewidth=0.8, clip_on=False)
            ends[-0.5] = max(ends[-0.5], (left + right) / 2 + letter)
        ends[row] = at + room / 2 + letter
        found.append((str(name), at, row))
        left = right
    for name, at, row in found:
        _name(axes, name, (at, row), colours[name], ha="center", va="bottom" if row > -1 else "center", clip_on=False)
    return True


def _hide_empty(grid: object, used: int) -> None:
    for axes in list(grid.flat)[used:]:  # type: ignore[attr-defined]  # an array of axes, which numpy types as objects
        axes.set_visible(False)


def _short(value: float) -> str:
    return fmt.number(float(f"{value:.2g}"))
