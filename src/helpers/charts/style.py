"""House style: one palette, one typeface, thin grid, sizes that match the column."""

from __future__ import annotations

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager

from helpers.charts.faces import font_files

WIDTH = 6.3  # inches: the text column of the PDF, 160 mm, so that 8.5 pt in a chart is 8.5 pt in print
INK = "#1f2933"
MUTED = "#52606d"
GRID = "#d9dee3"
# Okabe and Ito's colours, darkened where white paper needs it; one dimension keeps one colour everywhere.
DIMENSIONS = {
    "trade": "#0b4f6c",
    "energy": "#b45309",
    "finance": "#5b4b8a",
    "investment": "#5b4b8a",
    "infrastructure": "#2f6f4f",
    "arms": "#9a3412",
    "military": "#9a3412",
    "technology": "#0072b2",
    "diplomacy": "#7a3e6b",
    "sanctions": "#6b4f1d",
    "legal": "#374151",
    "society": "#374151",
    "context": "#374151",
}
# Colours of series that meet in one chart: a ladder of lightness, so that they differ in grey too, chosen by search so that
# every two differ for every kind of colour vision, on white and on dark ground.
SEQUENCE = ("#0b4f6c", "#c06018", "#8490cc", "#486c48", "#541818", "#0c1824")
# Beside the series in a dimension's colour: greys, so that a colour never stands for a compiler or a direction of trade.
GREYS = ("#7b8794", "#1f2933")
# Where more than three meet, the member of the sequence that would be taken for the leading colour gives way.
GIVES_WAY = {
    "#0b4f6c": "#0b4f6c",
    "#b45309": "#c06018",
    "#9a3412": "#c06018",
    "#2f6f4f": "#486c48",
    "#0072b2": "#486c48",
    "#5b4b8a": "#0b4f6c",
    "#7a3e6b": "#0b4f6c",
    "#6b4f1d": "#0b4f6c",
    "#374151": "#0b4f6c",
}
LETTERING = {"#c06018": "#b45309", "#8490cc": "#5a66a6", "#7b8794": MUTED}  # darker for words: small letters need more contrast than lines
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "-", "-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (5, 1.2, 1.2, 1.2)))  # where more than three lines meet
KINDS = {
    "actual": "",
    "cumulative": "",
    "event": "",
    "legal status": "",
    "estimate": "\\\\\\\\",  # lines only: dots would make a drawing ten times as large
    "forecast": "////",
    "target": "++++",
    "capacity": "||||",
    "contract": "----",
    "announcement": "xxxx",
}
# What a hatched bar is called in a legend.
KIND_WORDS = {
    "estimate": "estimate",
    "forecast": "forecast",
    "target": "target",
    "capacity": "capacity",
    "contract": "contract value",
    "announcement": "announced",
}


def series_colours(labels: list[str], first: str) -> dict[str, str]:
    """A colour for each label: `first` for the first, then greys, then the sequence without what would be taken for it."""
    rest = [colour for colour in SEQUENCE if colour != GIVES_WAY.get(first, first)]
    order = [first, *GREYS, *rest]
    return {label: order[place % len(order)] for place, label in enumerate(labels)}


def lettering(colour: str) -> str:
    """The tone of a colour that words are set in."""
    return LETTERING.get(colour, colour)


def apply() -> None:
    """Set the house style for every figure drawn after this call."""
    for path in font_files():
        font_manager.fontManager.addfont(path)
    sns.set_theme(style="white", font="Source Sans Pro")
    mpl.rcParams.update(
        {
            "figure.figsize": (WIDTH, 3.0),
            "figure.constrained_layout.use": True,
            "font.size": 9,
            "axes.labelsize": 9,
            "axes.titlesize": 9.5,
            "xtick.labelsize": 8.5,
            "ytick.labelsize": 8.5,
            "legend.fontsize": 8.5,
            "text.parse_math": False,  # a label is text from a table: dollars are dollars
            "text.color": INK,
            "axes.labelcolor": MUTED,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "axes.edgecolor": GRID,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "axes.grid": True,
            "axes.grid.axis": "y",
            "axes.axisbelow": True,
            "grid.color": GRID,
            "grid.linewidth": 0.6,
            "lines.linewidth": 1.8,
            "lines.markersize": 3.5,
            "hatch.linewidth": 0.6,
            "svg.fonttype": "none",  # text stays text: selectable, searchable, and set in the page's own font
            "svg.hashsalt": "alliances-without-treaties",  # the same figure gives the same bytes
        }
    )
