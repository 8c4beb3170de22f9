"""The palette for readers who see colours otherwise, and in grey: by simulation and by contrast.

Colour vision is simulated after Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color
vision deficiency", IEEE TVCG 15(6), table of matrices at severity 1.0, in linear RGB; differences are CIE 1976 (L*a*b*).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from helpers.charts.style import DASHES, DIMENSIONS, GIVES_WAY, GREYS, INK, MARKERS, MUTED, SEQUENCE, lettering, series_colours
from helpers.render.pandoc import pandoc

DEFICIENCIES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))
WHITE = TO_XYZ @ np.ones(3)
APART = 10  # about four just noticeable differences
GREY_APART = 9  # of lightness, between the six
LED_GREY_APART = 4.5  # where a dimension's own colour leads them; markers differ as well
LED = sorted({*DIMENSIONS.values(), SEQUENCE[0]})
NAMES = [str(place) for place in range(len(SEQUENCE))]
MEETING = NAMES[:3]  # as many series as a chapter's chart has


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


def lightness(colour: str) -> float:
    return float(lab(linear(colour))[0])


def too_near(colours: Iterable[str], deficiency: str) -> list[tuple[str, str]]:
    """Pairs that this eye would take for one another."""
    matrix = np.array(DEFICIENCIES[deficiency])
    seen = {colour: lab(np.clip(matrix @ linear(colour), 0, 1)) for colour in colours}
    return [(a, b) for a, b in combinations(seen, 2) if np.linalg.norm(seen[a] - seen[b]) < APART]


def alike_in_grey(colours: Iterable[str], least: float) -> list[tuple[str, str]]:
    return [(a, b) for a, b in combinations(colours, 2) if abs(lightness(a) - lightness(b)) < least]


def test_there_are_six_series_colours() -> None:
    assert len(set(SEQUENCE)) >= 6


def test_lines_differ_by_marker_too() -> None:
    assert len(set(MARKERS)) >= len(SEQUENCE)


def test_lines_beyond_the_third_differ_by_dashes() -> None:
    assert len(set(DASHES[2:])) == len(SEQUENCE) - 2


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_every_two_series_stay_apart(deficiency: str) -> None:
    assert too_near(SEQUENCE, deficiency) == []


def test_every_two_series_stay_apart_in_grey() -> None:
    assert alike_in_grey(SEQUENCE, GREY_APART) == []


@pytest.mark.parametrize("leading", LED)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_a_dimension_stays_apart_from_the_series_it_leads(leading: str, deficiency: str) -> None:
    assert too_near(series_colours(MEETING, leading).values(), deficiency) == []


@pytest.mark.parametrize("leading", LED)
def test_a_dimension_stays_apart_in_grey_from_the_series_it_leads(leading: str) -> None:
    assert alike_in_grey(series_colours(MEETING, leading).values(), LED_GREY_APART) == []


@pytest.mark.parametrize("leading", LED)
def test_beside_a_dimension_stand_greys_and_no_other_dimension(leading: str) -> None:
    got = list(series_colours(MEETING, leading).values())
    assert got == [leading, *GREYS]
    assert set(GREYS).isdisjoint(DIMENSIONS.values())


@pytest.mark.parametrize("leading", LED)
def test_a_dimension_leads_five_others(leading: str) -> None:
    got = list(series_colours(NAMES, leading).values())
    assert (got[0], len(set(got))) == (leading, 6)


def test_every_dimension_has_a_colour_that_gives_way() -> None:
    assert set(DIMENSIONS.values()) <= set(GIVES_WAY)
    assert set(GIVES_WAY.values()) <= set(SEQUENCE)


@pytest.fixture(scope="module")
def on_dark(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each colour as the page draws it on dark ground, by the page's own rule."""
    asked = ", ".join(f'"{colour[1:]}"' for colour in sorted({*SEQUENCE, *GREYS, *LED}))
    folder = root / "report/_extensions/briefing"
    script = tmp_path_factory.mktemp("dark") / "dark.lua"
    script.write_text(f"""
package.path = "{folder}/?.lua;" .. package.path
FORMAT = "html"
local charts = require("charts")
for _, hex in ipairs {{ {asked} }} do print("#" .. hex, charts.for_dark(hex)) end
""")
    rows = pandoc(["lua", script], script.parent).splitlines()
    return dict(tuple(row.split("\t")) for row in rows)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_every_two_series_stay_apart_on_dark_ground(deficiency: str, on_dark: dict[str, str]) -> None:
    assert too_near([on_dark[colour] for colour in SEQUENCE], deficiency) == []


def test_every_line_stands_out_from_dark_ground(on_dark: dict[str, str]) -> None:
    ground = float(TO_XYZ[1] @ linear("#12181c")) + 0.05  # --ground of briefing.css
    got = {colour: (float(TO_XYZ[1] @ linear(dark)) + 0.05) / ground for colour, dark in on_dark.items()}
    assert [colour for colour, contrast in got.items() if contrast < 3] == []


def test_a_white_surface_is_simulated_as_white() -> None:
    got = [float(np.abs(np.array(matrix) @ np.ones(3) - 1).max()) for matrix in DEFICIENCIES.values()]
    assert max(got) < 0.001


@pytest.mark.parametrize("colour", sorted({*DIMENSIONS.values(), *GREYS, *SEQUENCE}))
def test_every_line_stands_out_from_white_paper(colour: str) -> None:
    assert contrast_with_white(colour) >= 3


@pytest.mark.parametrize("colour", sorted({INK, MUTED, *map(lettering, (*DIMENSIONS.values(), *GREYS, *SEQUENCE))}))
def test_every_colour_of_text_can_be_read(colour: str) -> None:
    assert contrast_with_white(colour) >= 4.5
