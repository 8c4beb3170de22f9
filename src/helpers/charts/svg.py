"""A figure as canonical SVG."""

from __future__ import annotations

import io
import re

from matplotlib import pyplot as plt
from matplotlib.figure import Figure


def to_svg(figure: Figure) -> str:
    """SVG text with transparent ground, no date and no program name; closes the figure."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    plt.close(figure)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
