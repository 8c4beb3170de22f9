"""Small networks on one layout: graphs in, a figure out."""

from __future__ import annotations

import networkx as nx
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.style import INK, MUTED, WIDTH

NODE = "#1f2933"


def panels(graphs: dict[str, nx.Graph], places: dict[str, tuple[float, float]], names: dict[str, str], colours: dict[str, str]) -> Figure:
    """One panel a graph, titled by its key, all with the nodes at the same places; wider lines for larger values of one panel."""
    rows = -(-len(graphs) // 2)
    figure, grid = plt.subplots(rows, 2, figsize=(WIDTH, 2.0 * rows), squeeze=False)
    for axes, (title, found) in zip(grid.flat, graphs.items(), strict=False):
        _panel(axes, found, places, names, colours.get(title, INK))
        axes.set_title(title, loc="left", fontsize=9, color=INK, fontweight="semibold", pad=4)
    for axes in list(grid.flat)[len(graphs) :]:
        axes.set_visible(False)
    return figure


def _panel(axes: Axes, found: nx.Graph, places: dict[str, tuple[float, float]], names: dict[str, str], colour: str) -> None:
    values = [data["value"] for _, _, data in found.edges(data=True)]
    most = max(values, default=1.0) or 1.0
    widths = [0.7 + 3.2 * (value / most) ** 0.5 for value in values]  # the area of a line, not its width, follows the value
    nx.draw_networkx_edges(found, places, ax=axes, width=widths, edge_color=colour, alpha=0.75)
    tied = [node for node in found if found.degree(node)]
    nx.draw_networkx_nodes(found, places, ax=axes, nodelist=tied, node_size=26, node_color=NODE)
    nx.draw_networkx_nodes(
        found, places, ax=axes, nodelist=[node for node in found if node not in tied], node_size=22, node_color="white", edgecolors=MUTED
    )
    for node, (x, y) in places.items():
        side = "left" if x > 0.15 else "right" if x < -0.15 else "center"
        axes.text(
            1.1 * x,
            1.14 * y,
            names[node],
            ha=side,
            va="center" if side != "center" else ("bottom" if y > 0 else "top"),
            fontsize=8,
            color=INK if node in tied else MUTED,
        )
    axes.set(xlim=(-2.0, 2.0), ylim=(-1.35, 1.35), xticks=[], yticks=[])
    axes.set_aspect("equal")
    for spine in axes.spines.values():
        spine.set_visible(False)
