"""Drawings kept from build to build: taken again where nothing that they show has changed, and only there."""

from __future__ import annotations

import io
import os
import re
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers import kept
from helpers.charts import style
from helpers.charts.svg import svg_of, to_svg

DRAWN: list[str] = []


def line(frame: pd.DataFrame, colour: str) -> Figure:
    """A drawing that says when it is made."""
    DRAWN.append(colour)
    figure, axes = plt.subplots(figsize=(3, 2), layout="constrained")
    axes.plot(frame["x"], frame["value"], color=colour)
    axes.set_ylabel("an axis with a long name")
    return figure


def drawing(value: float = 2.0, colour: str = "#0b4f6c") -> partial[Figure]:
    return partial(line, pd.DataFrame({"x": [1, 2], "value": [1.0, value]}), colour)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    DRAWN.clear()
    style.apply()
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept" / "state"))
    return tmp_path / "kept" / "state"


def test_the_same_drawing_is_made_once() -> None:
    got = [svg_of(drawing()), svg_of(drawing())]
    assert (got[0] == got[1], len(DRAWN)) == (True, 1)


def test_a_kept_drawing_is_what_would_be_drawn() -> None:
    svg_of(drawing())
    got, exp = svg_of(drawing()), to_svg(line(*drawing().args))
    assert got == exp


def test_another_value_is_drawn_anew() -> None:
    got = svg_of(drawing(2.0)) == svg_of(drawing(2.0000001))
    assert (got, len(DRAWN)) == (False, 2)


def test_another_setting_of_matplotlib_is_drawn_anew() -> None:
    svg_of(drawing())
    with mpl.rc_context({"font.size": 13}):
        svg_of(drawing())
    assert len(DRAWN) == 2


def test_nothing_is_kept_outside_a_build(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv(kept.VARIABLE)
    svg_of(drawing())
    svg_of(drawing())
    assert (len(DRAWN), folder.exists()) == (2, False)


def test_a_kept_drawing_that_cannot_be_read_is_drawn_again_without_a_word(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    exp = svg_of(drawing())
    for path in folder.rglob("output.pkl"):
        path.write_bytes(b"half")
    got = svg_of(drawing())
    assert (got, len(DRAWN), caplog.records) == (exp, 2, [])


def test_a_result_that_cannot_be_kept_is_used_without_a_word() -> None:
    with warnings.catch_warnings(record=True) as got:
        warnings.simplefilter("always")
        assert kept.again(nameless, 3)() == 3
    assert got == []


@pytest.mark.parametrize("where", ["kept", "not kept"])
def test_what_a_function_warns_of_is_not_told_kept_or_not(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "not kept":
        monkeypatch.delenv(kept.VARIABLE)
    with warnings.catch_warnings(record=True) as got:
        warnings.simplefilter("always")
        assert kept.again(warning, 3) == 3
    assert got == []


def warning(value: int) -> int:
    """What a drawing on one point says."""
    warnings.warn("identical low and high limits", stacklevel=1)
    return value


def nameless(value: int) -> Callable[[], int]:
    """What no file can hold."""
    return lambda: value


def test_a_folder_that_cannot_be_made_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "file" / "kept"))
    assert "<svg" in svg_of(drawing())


def test_drawings_that_no_build_asks_for_are_dropped(folder: Path) -> None:
    svg_of(drawing(2.0))
    svg_of(drawing(3.0))
    (old, _) = sorted(folder.rglob("output.pkl"))
    long_ago = time.time() - kept.TIME.total_seconds() - 60
    for path in (old, old.parent / "metadata.json"):
        os.utime(path, (long_ago, long_ago))
    kept.tidy(folder.parent)
    got = [path.parent.name for path in folder.rglob("output.pkl")]
    assert (len(got), old.parent.name in got) == (1, False)


@pytest.mark.parametrize("resolution", [30, 72, 100, 600])
def test_a_figure_is_drawn_as_matplotlib_would_save_it(resolution: int) -> None:
    with mpl.rc_context({"figure.dpi": resolution}):  # a letter is as large on paper
        into = io.StringIO()
        line(*drawing().args).savefig(into, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        got = to_svg(line(*drawing().args))
    exp = re.sub(r"\s*<metadata>.*?</metadata>", "", into.getvalue()[into.getvalue().index("<svg") :], flags=re.DOTALL)
    assert got == exp
