"""A figure as canonical SVG, kept from build to build where a build says where."""

from __future__ import annotations

import io
import os
import re
import warnings
from functools import partial

import matplotlib as mpl
from joblib import Memory
from matplotlib import pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from helpers.charts.kept import VARIABLE

POINTS = 72  # dots an inch of the SVG backend


def svg_of(drawing: partial[Figure]) -> str:
    """The SVG of a drawing: the one kept of the same function, arguments and settings, or drawn now.

    A drawing is a function of what it is given and of matplotlib's settings. The folder belongs to one state of the helpers and
    the packages, so these are no part of what tells two drawings apart.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        return to_svg(drawing())
    with warnings.catch_warnings():  # what cannot be read is drawn again, and what cannot be kept is not: both are said in warnings
        warnings.simplefilter("ignore")
        try:
            return str(Memory(folder, verbose=0).cache(_drawn)(drawing.func, drawing.args, drawing.keywords, _settings()))
        except OSError:
            return to_svg(drawing())


def to_svg(figure: Figure) -> str:
    """SVG text with transparent ground, no date and no program name; closes the figure.

    `savefig` draws a figure with a layout twice, once to lay it out and once to write it. Only the layout needs to come before.
    """
    canvas = FigureCanvasSVG(figure)  # text is measured as it will be written
    engine = figure.get_layout_engine()
    if engine is not None:
        figure.set_dpi(POINTS)
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


def _drawn(function, positional, named, settings):  # type: ignore[no-untyped-def]  # joblib keeps results by these four
    return to_svg(function(*positional, **named))


def _settings() -> str:
    """Matplotlib's settings as text; asking for the backend would choose one."""
    return repr([(name, mpl.rcParams[name]) for name in sorted(mpl.rcParams) if not name.startswith("backend")])
