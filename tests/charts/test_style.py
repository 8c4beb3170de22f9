"""The palette can be read: contrast on white, one colour a dimension, colours that differ in grey."""

from __future__ import annotations

import pytest

from helpers.charts import faces, style
from helpers.tables.package import read_package


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str) -> float:
    """Contrast against white paper."""
    return 1.05 / (luminance(colour) + 0.05)


@pytest.mark.parametrize("colour", sorted({style.INK, style.MUTED, *style.DIMENSIONS.values()}))
def test_text_and_dimension_colours_have_contrast_aa(colour: str) -> None:
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("colour", style.SEQUENCE)
def test_line_colours_have_the_contrast_of_graphics(colour: str) -> None:
    assert contrast(colour) >= 3


def test_every_dimension_has_a_colour(root) -> None:
    got = set(style.DIMENSIONS)
    assert set(read_package(root / "data").enum("indicators", "dimension")) <= got


def test_every_kind_is_drawn_as_outcome_or_hatched(root) -> None:
    got = set(style.KINDS)
    assert got == set(read_package(root / "data").enum("facts", "kind"))


def test_fonts_come_with_all_faces() -> None:
    got = sorted(path.stem for path in faces.font_files())
    exp = sorted(f"{family}-{face}" for family in ("SourceSansPro", "SourceSerifPro") for face in faces.FACES)
    assert got == exp
