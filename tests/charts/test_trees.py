"""The dendrogram names its leaves and marks its cut."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from helpers.alignment.groups import distances, tree
from helpers.charts import trees

LEAVES = pd.DataFrame({"label": ["A", "B", "C", "D"], "kind": ["node", "", "node", "buffer"]})
LINKED = tree(distances(np.array([[0.0, 0], [0, 1], [9, 9], [9, 8]])))


def test_leaves_carry_their_kind() -> None:
    figure = trees.tree(LINKED, LEAVES, {2: 0.8, 3: 0.4}, 2, {"node": "#2f6f4f"})
    got = {text.get_text() for text in figure.axes[0].get_yticklabels()}
    plt.close(figure)
    assert got == {"A (node)", "B", "C (node)", "D (buffer)"}


def test_each_cut_has_its_silhouette() -> None:
    figure = trees.tree(LINKED, LEAVES, {2: 0.8, 3: 0.4}, 2, {})
    got = [text.get_text() for text in figure.axes[1].texts]
    plt.close(figure)
    assert got == ["0.80", "0.40"]


def test_the_chosen_cut_lies_between_its_joins() -> None:
    figure = trees.tree(LINKED, LEAVES, {2: 0.8, 3: 0.4}, 2, {})
    got = figure.axes[0].lines[-1].get_xdata()[0]
    plt.close(figure)
    assert LINKED[1, 2] < got < LINKED[2, 2]
