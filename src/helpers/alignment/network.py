"""Ties among the partners as graphs, and how dense they are against random sets of countries."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd


def graph(nodes: list[str], ties: pd.DataFrame) -> nx.Graph:
    """Undirected graph of ties (`a`, `b`, `value`) between the nodes; values of both directions are added."""
    found: nx.Graph = nx.Graph()
    found.add_nodes_from(nodes)
    for first, second, value in zip(ties["a"], ties["b"], ties["value"], strict=True):
        if first in found and second in found and first != second:
            before = found.get_edge_data(first, second, {"value": 0.0})["value"]
            found.add_edge(first, second, value=before + float(value))
    return found


def density(found: nx.Graph) -> float:
    """Part of the possible pairs that have a tie."""
    return float(nx.density(found))


def positions(nodes: list[str]) -> dict[str, tuple[float, float]]:
    """One layout for all networks: the nodes on a ring in the order given, the first at the top, clockwise."""
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(nodes)) / max(1, len(nodes))
    return {node: (float(np.cos(angle)), float(np.sin(angle))) for node, angle in zip(nodes, angles, strict=True)}


def spread(points: np.ndarray) -> float:
    """Mean distance over all pairs of points on a line."""
    ordered = np.sort(points)
    count = len(ordered)
    return float((ordered * (2 * np.arange(count) - count + 1)).sum() * 2 / (count * (count - 1)))


def random_spreads(points: np.ndarray, size: int, seed: int, count: int = 10_000) -> np.ndarray:
    """Mean pair distance of so many random sets of countries, drawn without repetition inside a set."""
    generator = np.random.default_rng(seed)
    chosen = np.argpartition(generator.random((count, len(points))), size, axis=1)[:, :size]
    ordered = np.sort(points[chosen], axis=1)
    return np.asarray((ordered * (2 * np.arange(size) - size + 1)).sum(axis=1) * 2 / (size * (size - 1)))
