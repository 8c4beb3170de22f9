"""The palette for readers who see colours otherwise, and in grey: by simulation and by contrast.

Colour vision is simulated after Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color
vision deficiency", IEEE TVCG 15(6), table of matrices at severity 1.0, in linear RGB; differences are CIE 1976 (L*a*b*).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from helpers.charts.style import DIMENSIONS, INK, MARKERS, MUTED, SEQUENCE

DEFICIENCIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))
WHITE = TO_XYZ @ np.ones(3)
APART = 10  # about four just noticeable differences


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = np.clip(TO_XYZ @ rgb, 0, None) / WHITE
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array((116 * y - 16, 500 * (x - y), 200 * (y - z)))


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2 contrast ratio."""
    return 1.05 / (float(TO_XYZ[1] @ linear(colour)) + 0.05)


def test_lines_differ_by_marker_too() -> None:
    assert len(set(MARKERS)) >= len(SEQUENCE)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_first_lines_of_a_chart_stay_apart(deficiency: str) -> None:
    matrix = np.array(DEFICIENCIES[deficiency])
    seen = {colour: lab(np.clip(matrix @ linear(colour), 0, 1)) for colour in SEQUENCE[:3]}  # further lines: names and markers
    got = [(a, b) for a, b in combinations(seen, 2) if np.linalg.norm(seen[a] - seen[b]) < APART]
    assert got == []


def test_a_white_surface_is_simulated_as_white() -> None:
    got = [float(np.abs(np.array(matrix) @ np.ones(3) - 1).max()) for matrix in DEFICIENCIES.values()]
    assert max(got) < 0.001


@pytest.mark.parametrize("colour", sorted({*DIMENSIONS.values(), *SEQUENCE}))
def test_every_line_stands_out_from_white_paper(colour: str) -> None:
    assert contrast_with_white(colour) >= 3


@pytest.mark.parametrize("colour", sorted({INK, MUTED, *DIMENSIONS.values(), *SEQUENCE}))
def test_every_colour_of_text_can_be_read(colour: str) -> None:
    assert contrast_with_white(colour) >= 4.5
