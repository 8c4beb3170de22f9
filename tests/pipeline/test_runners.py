"""Who executes a notebook, and what it is held to."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from helpers import kept
from helpers.execute import forked
from helpers.execute.run import CellFailure
from helpers.limits import CellLimits
from helpers.pipeline import build as building
from helpers.pipeline.build import _kernels, _runner
from helpers.pipeline.jobs import Job
from helpers.pipeline.paths import find
from helpers.pipeline.runners import local
from tests.execute.test_run import template


def job(folder: Path, source: str, **own: str) -> Job:
    return Job("ALP", template(folder, source), folder / "out.ipynb", {}, own, "", (), folder, folder / "lineage" / "ALP.json")


def test_the_limits_of_a_build_are_those_of_its_cells(tmp_path: Path) -> None:
    with pytest.raises(CellFailure, match="OutputFlood"):
        local("", CellLimits(output=1000))(job(tmp_path, "print('x' * 5000)"))


@pytest.mark.parametrize("keep", [True, False])
def test_a_kernel_is_told_where_results_are_kept_unless_all_is_to_be_made_anew(tmp_path: Path, *, keep: bool) -> None:
    asked = job(tmp_path, f"import os; print(os.environ.get('{kept.VARIABLE}'))")
    asked.record.parent.mkdir()
    local("", keep=keep)(asked)
    got = nbformat.read(asked.output, 4).cells[-1].outputs[0].text.strip()
    assert got == (str(asked.kept) if keep else "None")


@pytest.mark.parametrize(("name", "exp"), [("module helpers.charts.draw", False), ("version matplotlib", False), ("prose method.md", True)])
def test_kept_results_belong_to_one_state_of_helpers_and_packages(tmp_path: Path, name: str, exp: bool) -> None:  # of a table
    got = job(tmp_path, "pass", **{name: "1"}).kept == job(tmp_path, "pass", **{name: "2"}).kept
    assert got == exp


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_where_fork_is_not_safe_kernels_are_plain_ones_and_that_is_said(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(forked.sys, "platform", platform)
    monkeypatch.setattr(building, "_kernels", _kernels)  # tests of faults in the same process build with one parent for all
    told: list[tuple[str, str]] = []
    with _runner(find(start=small_project), 2, "", lambda *event: told.append(event), CellLimits(), keep=True) as asked:
        _, workers, address = asked()
    assert (workers, address, told) == (2, "", [("plain kernels, for fork is not safe with this system's libraries", "told")])
