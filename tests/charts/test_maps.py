"""The map: geometry from an installed package, an equal-area projection, and shapes for all who are large enough."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.charts import maps
from helpers.errors import InputError


def test_every_partner_has_a_shape() -> None:
    got = {"RUS", "PRK", "IRN", "PAK", "BLR", "KHM", "LAO", "MMR", "SRB", "VEN", "CUB", "CHN"} - set(maps.outlines())
    assert got == set()


def test_states_without_a_code_in_the_file_are_found_by_name() -> None:
    assert {"FRA", "NOR", "XKX"} <= set(maps.outlines())


def test_no_shape_lacks_a_code() -> None:
    assert "-99" not in maps.outlines()


def test_antarctica_is_left_out() -> None:
    assert "ATA" not in maps.outlines()


def test_the_projection_keeps_the_equator_and_the_meridian() -> None:
    x, y = maps.equal_earth(np.array([0.0, 90.0, 0.0]), np.array([0.0, 0.0, 45.0]))
    assert (x[0], y[0], y[1], x[2]) == pytest.approx((0, 0, 0, 0))


def test_the_projection_is_equal_area() -> None:
    # Cells of one degree have the area of the sphere: the determinant of the mapping is the cosine of the latitude.
    for latitude in (0.0, 30.0, 60.0, 80.0):
        step = 1e-4
        (x0, y0), (x1, y1), (x2, y2) = (
            maps.equal_earth(np.array([20.0 + east]), np.array([latitude + north])) for east, north in ((0, 0), (step, 0), (0, step))
        )
        area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))[0] / np.radians(step) ** 2
        assert area == pytest.approx(np.cos(np.radians(latitude)), rel=1e-3)


def test_the_ends_of_the_map_are_those_published() -> None:
    x, y = maps.equal_earth(np.array([180.0, 0.0]), np.array([0.0, 90.0]))
    assert (x[0], y[1]) == pytest.approx((2.7066, 1.3173), abs=1e-3)  # Savric, Patterson and Jenny (2018)


def test_the_legend_says_what_is_not_ranked() -> None:
    figure = maps.choropleth({"RUS": "close"}, {"close": "#08394d"}, ["RUS"], {"CHN": "#52606d"})
    got = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    plt.close(figure)
    assert got == ["close", "not ranked", "partner"]


def test_missing_geometry_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "SHIPPED", str(Path("no") / "such.shp"))
    with pytest.raises(InputError, match="no geometry for the map"):
        maps._file()
