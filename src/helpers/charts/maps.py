"""A world map in an equal-area projection, from geometry that an installed package ships.

The geometry is Natural Earth at 1:110 million (public domain), in the copy that the wheel of pyogrio holds. It shows who
administers what and takes no position; small states have no shape in it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapefile
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline

from helpers.charts.style import INK, WIDTH
from helpers.errors import InputError

SHIPPED = "tests/fixtures/naturalearth_lowres/naturalearth_lowres.shp"  # inside the package pyogrio
# Natural Earth gives these no code of their own here; the last two states are counted with the state the UN sees there.
CODES = {"France": "FRA", "Norway": "NOR", "Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
LAND, BORDER = "#ffffff", "#9aa5b1"
# Coefficients of the Equal Earth projection: Savric, Patterson and Jenny (2018), doi 10.1080/13658816.2018.1504949.
GRID = 0.007  # half a point on paper at 160 mm width
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Plane coordinates of degrees, on a sphere of radius one."""
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    square = theta**2
    slope = 9 * A4 * square**4 + 7 * A3 * square**3 + 3 * A2 * square + A1
    x = 2 * np.sqrt(3) * np.radians(longitude) * np.cos(theta) / (3 * slope)
    return x, theta * (A4 * square**4 + A3 * square**3 + A2 * square + A1)


@lru_cache(maxsize=1)
def outlines() -> dict[str, list[Outline]]:
    """Projected outlines by country code; Antarctica is left out.

    Raises InputError when the package that ships the geometry is missing or no longer ships it.
    """
    found: dict[str, list[Outline]] = {}
    with shapefile.Reader(str(_file())) as reader:
        for item in reader.iterShapeRecords():
            name, code = item.record["name"], item.record["iso_a3"]
            code = CODES.get(name, code)
            if name == "Antarctica":
                continue
            points = np.array(item.shape.points)
            x, y = equal_earth(points[:, 0], points[:, 1])
            for first, last in zip(item.shape.parts, [*item.shape.parts[1:], len(points)], strict=True):
                ring = _thinned(np.column_stack([x[first:last], y[first:last]]))
                if len(ring) > 3:
                    found.setdefault(code, []).append(Outline(ring, closed=True))
    return found


def choropleth(classes: dict[str, str], colours: dict[str, str], marked: list[str], special: dict[str, str]) -> Figure:
    """Countries filled by class, the marked ones with a strong outline; `special` gives codes a colour of their own.

    The legend follows the order of `colours`; countries without a class are grey.
    """
    shapes = outlines()
    figure, axes = plt.subplots(figsize=(WIDTH, 3.2))
    for code, rings in shapes.items():
        fill = special.get(code) or colours.get(classes.get(code, ""), LAND)
        axes.add_collection(PathCollection(rings, facecolor=fill, edgecolor=BORDER if fill == LAND else "white", linewidth=0.3))
    for code in marked:
        axes.add_collection(PathCollection(shapes.get(code, []), facecolor="none", edgecolor=INK, linewidth=1.1, zorder=3))
    axes.set_xlim(-2.3, 2.68)
    axes.set_ylim(-1.06, 1.32)
    axes.set_aspect("equal")
    axes.axis("off")
    handles = [Patch(facecolor=colour, label=name) for name, colour in colours.items()]
    handles.append(Patch(facecolor=LAND, edgecolor=BORDER, linewidth=0.6, label="not ranked"))
    handles.append(Patch(facecolor="none", edgecolor=INK, linewidth=1.1, label="partner"))
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=4, frameon=False, fontsize=8, handlelength=1.2)
    return figure


def _thinned(ring: np.ndarray) -> np.ndarray:
    """A ring on a grid of GRID, without points that fall together; neighbours stay flush, since both move alike."""
    snapped = np.round(ring / GRID) * GRID
    moved = np.any(np.diff(snapped, axis=0, prepend=snapped[:1] + 1), axis=1)
    return np.asarray(snapped[moved])


def _file() -> Path:
    package = find_spec("pyogrio")
    folder = Path(next(iter(package.submodule_search_locations or []))) if package else Path()
    if package is None or not (folder / SHIPPED).is_file():
        raise InputError("no geometry for the map", "pyogrio", "install the version of requirements.lock")
    return folder / SHIPPED
