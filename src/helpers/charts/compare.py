"""Drawings that compare countries and statements: a tidy frame in, a figure out.

Every frame has `label` (the row) and `value`; what else a drawing needs stands in its own line of documentation. No
function reads a table or knows a partner.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.charts.style import GRID, INK, MARKERS, MUTED, WIDTH
from helpers.facts import format as fmt

ROW = 0.175  # inches a row: 8.5 pt text with air above and below
OTHERS = "#7b8794"  # comparison countries: grey, and told apart by position too
CHARACTER = 0.062  # inches: the mean width of a character at 8.5 pt


def grouped_dots(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """Rows by `group`, one dot for each `series`, side by side in a field for each `panel`; where a row has none, `blank` says why.

    `main` is true for the countries under study, false for those they are compared with.
    """
    panels = list(dict.fromkeys(frame["panel"]))
    rows = _rows(frame)
    figure, grid = plt.subplots(
        1, len(panels), figsize=(WIDTH, 0.85 + ROW * len(rows)), sharey=True, squeeze=False, width_ratios=[1.25, *[1.0] * (len(panels) - 1)]
    )
    for axes, panel in zip(grid.flat, panels, strict=True):
        part = frame[frame["panel"] == panel]
        _bands(axes, rows)
        for place, (label, main) in enumerate(rows):
            found = part[(part["label"] == label) & part["value"].notna()]
            if found.empty and main is not None:
                words = part.loc[part["label"] == label, "blank"]
                axes.text(2, place, words.iloc[0] if len(words) else "", fontsize=7.5, color=MUTED, va="center", style="italic")
            if len(found) > 1:
                axes.plot([found["value"].min(), found["value"].max()], [place, place], color=GRID, linewidth=2, zorder=1)
            for _, row in found.iterrows():
                name = str(row["series"])
                axes.scatter(
                    row["value"], place, color=colours[name] if main else OTHERS, marker=MARKERS[list(colours).index(name)], s=30, zorder=3
                )
        for name in dict.fromkeys(part["series"]):
            axes.scatter([], [], color=colours[name], marker=MARKERS[list(colours).index(name)], s=30, label=name)
        axes.set_xlim(-3, 103)
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        axes.set_title(panel, loc="left", fontsize=9, color=INK, fontweight="semibold", pad=22)
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(-0.02, 1.0),
            ncols=2,
            frameon=False,
            handletextpad=0.1,
            borderpad=0,
            columnspacing=1.0,
            fontsize=8.5,
        )
    _row_names(grid[0, 0], rows)
    return figure


def two_dots(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """A row for each label with a dot for each of two `series`, each with its value; `group` and `main` as in `grouped_dots`."""
    rows = _rows(frame)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.65 + ROW * len(rows)))
    _bands(axes, rows)
    for place, (label, main) in enumerate(rows):
        found = frame[(frame["label"] == label) & frame["value"].notna()].sort_values("value")
        if len(found) > 1:
            axes.plot(found["value"].iloc[[0, -1]], [place, place], color=GRID, linewidth=2, zorder=1)
        for order, (_, row) in enumerate(found.iterrows()):
            name = str(row["series"])
            axes.scatter(
                row["value"], place, color=colours[name] if main else OTHERS, marker=MARKERS[list(colours).index(name)], s=30, zorder=3
            )
            left = order == 0 and len(found) > 1
            axes.annotate(
                _short(row["value"]),
                (row["value"], place),
                textcoords="offset points",
                xytext=(-6 if left else 6, 0),
                ha="right" if left else "left",
                va="center",
                fontsize=8,
                color=INK,
            )
    for name in colours:
        axes.scatter([], [], color=colours[name], marker=MARKERS[list(colours).index(name)], s=30, label=name)
    reach = frame["value"].max()
    axes.set_xlim(-0.09 * reach, 1.1 * reach)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(value) if value >= 0 else ""))
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    _row_names(axes, rows)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, handletextpad=0.1, borderpad=0)
    return figure


def panels(frame: pd.DataFrame, colour: str, *, columns: int = 6, bars: bool = False, gap: float = 1.5) -> Figure:
    """One panel a label, all on one scale, with the last value; lines break where points lie more than `gap` years apart.

    With `bars`, a bar for each reading instead of a line.
    """
    labels = list(dict.fromkeys(frame["label"]))
    rows = -(-len(labels) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(WIDTH, 1.08 * rows + 0.2), sharex=True, sharey=True, squeeze=False)
    for axes, label in zip(grid.flat, labels, strict=False):
        part = frame[frame["label"] == label].sort_values("x")
        if bars:
            axes.bar(part["x"], part["value"], width=3.4, color=colour)
        else:
            for other in labels:
                _broken(axes, frame[frame["label"] == other].sort_values("x"), GRID, 0.7, gap, 1)
            _broken(axes, part, colour, 1.8, gap, 3)
            axes.plot(part["x"].iloc[-1:], part["value"].iloc[-1:], "o", color=colour, markersize=4, zorder=4)
        for _, row in (part if bars else part[:0]).iterrows():
            axes.annotate(
                _short(row["value"]),
                (row["x"], row["value"]),
                textcoords="offset points",
                xytext=(0, 2),
                ha="center",
                fontsize=7.5,
                color=INK,
            )
        if not bars:
            axes.text(0.98, 0.97, f"{part['value'].iloc[-1]:.2f}", transform=axes.transAxes, ha="right", va="top", fontsize=8, color=INK)
        _panel(axes, label)
    for axes in list(grid.flat)[len(labels) :]:
        axes.set_visible(False)
    grid[0, 0].set_ylim(0, (1.15 if bars else 1.3) * frame["value"].max())
    years = sorted(set(frame["x"].astype(int)))
    marked = [years[0], years[len(years) // 2], years[-1]]
    grid[0, 0].set_xticks(marked, [f"’{year % 100:02d}" for year in marked])
    return figure


def pairs_over_time(frame: pd.DataFrame, colours: dict[str, str], *, columns: int = 3) -> Figure:
    """One panel a label with its own scale, a line for each `series`: the same flow as two sides count it."""
    labels = list(dict.fromkeys(frame["label"]))
    rows = -(-len(labels) // columns)
    figure, grid = plt.subplots(
        rows, columns, figsize=(WIDTH, 0.4 + 1.2 * rows), sharex=True, squeeze=False, layout=ConstrainedLayoutEngine(h_pad=0.08)
    )
    for axes, label in zip(grid.flat, labels, strict=False):
        for name, marker in zip(colours, MARKERS, strict=False):
            part = frame[(frame["label"] == label) & (frame["series"] == name)].sort_values("x")
            _broken(axes, part, colours[name], 1.4, 1.5, 3, marker)
        own = frame[frame["label"] == label]
        axes.set_ylim(0, 1.12 * own["value"].max())
        _panel(axes, label)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.number(value)))
    for axes in list(grid.flat)[len(labels) :]:
        axes.set_visible(False)
    for axes in grid.flat:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.tick_params(labelbottom=True)
    handles = [
        Line2D([], [], color=colour, marker=marker, markersize=4, label=name)
        for (name, colour), marker in zip(colours.items(), MARKERS, strict=False)
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, borderpad=0, fontsize=8.5)
    return figure


def against_hundred(frame: pd.DataFrame, colours: dict[str, str], *, wrap: int = 46, limit: float = 250.0) -> Figure:
    """A row for each label, its value where the better or other value is 100; `kind` picks the colour, `shown` writes both values.

    Values beyond `limit` stand at the edge with an arrow and keep their number in `shown`.
    """
    names = [textwrap.fill(label, wrap) for label in frame["label"]]
    heights = [0.08 + 0.13 * (name.count("\n") + 1) for name in names]
    places = [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6 + sum(heights)))
    kinds = list(dict.fromkeys(frame["kind"]))
    top = min(limit, max(110.0, 1.05 * frame["value"].max()))
    low = min(90.0, 0.95 * frame["value"].min())
    for place, (_, row) in zip(places, frame.iterrows(), strict=True):
        beyond = row["value"] > top
        at = top if beyond else row["value"]
        axes.plot([100, at], [place, place], color=GRID, linewidth=2, zorder=1)
        axes.scatter(100, place, facecolor="white", edgecolor=INK, s=24, zorder=3)
        axes.scatter(
            at,
            place,
            color=colours[row["kind"]],
            marker=">" if beyond else MARKERS[list(colours).index(row["kind"])],
            s=32,
            zorder=4,
            clip_on=False,
        )
        axes.annotate(
            row["shown"],
            (1.0, place),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            xytext=(6, 0),
            fontsize=8,
            color=INK,
            va="center",
            annotation_clip=False,
        )
    axes.axvline(100, color=MUTED, linewidth=0.8, zorder=2)
    axes.set_xlim(low, top)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks(places, names, color=INK, fontsize=8)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    for name in [kind for kind in colours if kind in kinds]:
        axes.scatter([], [], color=colours[name], marker=MARKERS[list(colours).index(name)], s=32, label=name)
    if len(kinds) > 1:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(kinds), frameon=False, handletextpad=0.1, borderpad=0, columnspacing=1.0
        )
    return figure


def stacked_shares(frame: pd.DataFrame, colours: dict[str, str]) -> Figure:
    """One bar of equal length a label, divided by `series` in proportion to `value`; the counts stand in the parts."""
    labels = list(dict.fromkeys(frame["label"]))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.5 + 0.33 * len(labels)))
    table = frame.pivot_table(index="label", columns="series", values="value", aggfunc="sum", fill_value=0).reindex(
        index=labels, columns=list(colours), fill_value=0
    )
    shares = table.div(table.sum(axis=1), axis=0) * 100
    left = pd.Series(0.0, index=labels)
    for name in colours:
        drawn = axes.barh(
            range(len(labels)), shares[name], left=left, height=0.66, color=colours[name], edgecolor="white", linewidth=0.8, label=name
        )
        axes.bar_label(
            drawn,
            labels=[fmt.number(count) if count else "" for count in table[name]],
            label_type="center",
            color="white",
            fontsize=8,
            fontweight="semibold",
        )
        left = left + shares[name]
    axes.set_yticks(range(len(labels)), [f"{label} ({fmt.number(total)})" for label, total in table.sum(axis=1).items()], color=INK)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set(xlim=(0, 100), xticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(colours),
        frameon=False,
        handlelength=1,
        handleheight=1,
        columnspacing=1.2,
        borderpad=0,
    )
    return figure


def _rows(frame: pd.DataFrame) -> list[tuple[str, bool | None]]:
    """Row names in order, each group led by its own name (marked by None)."""
    rows: list[tuple[str, bool | None]] = []
    for group, part in frame.groupby("group", sort=False):
        rows.append((str(group), None))
        seen = part.drop_duplicates("label")
        rows += [(str(label), bool(main)) for label, main in zip(seen["label"], seen["main"], strict=True)]
    return rows


def _bands(axes: Axes, rows: list[tuple[str, bool | None]]) -> None:
    for place, (_, main) in enumerate(rows):
        if main is None:
            axes.axhspan(place - 0.5, place + 0.5, color="#eef2f5", zorder=0, linewidth=0)


def _row_names(axes: Axes, rows: list[tuple[str, bool | None]]) -> None:
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for text, (_, main) in zip(axes.get_yticklabels(), rows, strict=True):
        text.set(color=MUTED if main is False else INK, fontweight="semibold" if main is None else "normal")


def _broken(axes: Axes, part: pd.DataFrame, colour: str, width: float, gap: float, order: int, marker: str = "") -> None:
    """A line that breaks at gaps; a point that stands alone keeps a dot."""
    for _, run in part.groupby((part["x"].diff() > gap).cumsum()):
        alone = len(run) == 1 and order > 1
        axes.plot(
            run["x"],
            run["value"],
            color=colour,
            linewidth=width,
            marker=marker or ("o" if alone else ""),
            markersize=3.5,
            markeredgewidth=0,
            zorder=order,
        )


def _short(value: float) -> str:
    return fmt.number(float(f"{value:.2g}"))


def _panel(axes: Axes, label: str) -> None:
    axes.set_title(label, loc="left", fontsize=8.5, color=INK, fontweight="semibold", pad=3)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
    axes.tick_params(labelsize=8)
