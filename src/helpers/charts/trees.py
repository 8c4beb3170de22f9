"""A dendrogram beside the silhouettes of its cuts: linkage in, a figure out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import dendrogram

from helpers.charts.style import INK, MUTED, WIDTH

LINE = "#52606d"
ACCENT = "#0b4f6c"


def tree(linked: np.ndarray, leaves: pd.DataFrame, widths: dict[int, float], chosen: int, colours: dict[str, str]) -> Figure:
    """Tree of the leaves (`label`, `kind`, coloured by kind and written beside the name), and the mean silhouette of each cut.

    A dashed line marks the cut into `chosen` groups.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 0.5 + 0.2 * len(leaves)), width_ratios=[2.7, 1])
    figure.set_layout_engine("constrained", wspace=0.12)
    drawn = dendrogram(
        linked, ax=left, orientation="left", labels=list(leaves["label"]), color_threshold=0, above_threshold_color=LINE, leaf_font_size=8.5
    )
    kinds = dict(zip(leaves["label"], leaves["kind"], strict=True))
    left.set_yticklabels([f"{name} ({kinds[name]})" if kinds[name] else name for name in drawn["ivl"]])
    for text, name in zip(left.get_yticklabels(), drawn["ivl"], strict=True):
        text.set(color=colours.get(kinds[name], INK), fontsize=8.5)
    heights = linked[:, 2]
    count = len(leaves)
    left.axvline((heights[count - chosen - 1] + heights[count - chosen]) / 2, color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)))
    left.grid(visible=False)
    left.set_title("Distance at which groups join", loc="left", fontsize=8.5, color=INK, fontweight="semibold")
    _silhouettes(right, widths, chosen)
    return figure


def _silhouettes(axes: Axes, widths: dict[int, float], chosen: int) -> None:
    places = range(len(widths))
    bars = axes.barh(list(places), list(widths.values()), height=0.6, color=[ACCENT if count == chosen else "#c3cbd3" for count in widths])
    axes.bar_label(bars, labels=[f"{value:.2f}" for value in widths.values()], fontsize=8, color=INK, padding=3)
    axes.set_yticks(list(places), [f"{count} groups" for count in widths], color=INK)
    axes.invert_yaxis()
    axes.set_xlim(min(0.0, 1.3 * min(widths.values())), 1.35 * max(0.1, *widths.values()))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    axes.set_title("Mean silhouette", loc="left", fontsize=8.5, color=INK, fontweight="semibold")
