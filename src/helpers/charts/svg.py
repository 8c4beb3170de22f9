"""A figure as canonical SVG, kept from build to build where a build says where."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import partial

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from helpers import kept


def svg_of(drawing: partial[Figure]) -> str:
    """The SVG of a drawing, which is a function of what it is given and of matplotlib's settings."""
    return kept.again(_drawn, drawing.func, drawing.args, drawing.keywords, _settings())


def to_svg(figure: Figure) -> str:
    """SVG text with transparent ground, no date and no program name; closes the figure.

    `savefig` draws a figure with a layout twice, once to lay it out and once to write it. Only the layout needs to come before.
    """
    canvas = FigureCanvasSVG(figure)  # text is measured as it will be written, and at the resolution of that
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine("none")
    for patch in (figure.patch, *(axes.patch for axes in figure.axes)):
        patch.set(facecolor="none", edgecolor="none")
    buffer = io.StringIO()
    canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]  # matplotlib has no types here
    plt.close(figure)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)


def _drawn(function: Callable[..., Figure], positional: tuple[object, ...], named: Mapping[str, object], settings: str) -> str:
    return to_svg(function(*positional, **named))  # the settings are in force; as an argument they tell two drawings apart


def _settings() -> str:
    """Matplotlib's settings as text; asking for the backend would choose one."""
    return repr([(name, mpl.rcParams[name]) for name in sorted(mpl.rcParams) if not name.startswith("backend")])
