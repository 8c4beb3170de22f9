"""What is done while notebooks run: prose is read, the book is staged when the last has ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.errors import BriefingError
from helpers.execute.guard import STOP
from helpers.pipeline import notebooks
from helpers.pipeline.checking import InputFindings
from helpers.pipeline.paths import Paths
from helpers.pipeline.reading import Prose
from helpers.tables.findings import Finding


def begun(
    monkeypatch: pytest.MonkeyPatch, folder: Path, prose: Prose | None = None, stage: Callable[..., str] = lambda *_: "staged"
) -> tuple[Callable[[], dict[str, BriefingError]], str]:
    """Run no notebook, with this prose."""
    monkeypatch.setattr(notebooks, "load", lambda *_: None)
    monkeypatch.setattr(notebooks, "plan", lambda *_: SimpleNamespace(jobs=[SimpleNamespace(kept=folder)]))
    monkeypatch.setattr(notebooks.reading, "begin", lambda *_: lambda tables: prose or Prose([]))
    paths = Paths(folder, folder / "data", folder / "out")
    return notebooks.run_and_stage(paths, [], lambda: (lambda job: None, 1, ""), lambda *_: None, {}, 5000, stage)


def test_a_stop_of_the_build_before_does_not_end_one_of_which_nothing_is_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", lambda *_, **__: {})
    STOP.set()
    failures, got = begun(monkeypatch, tmp_path)
    assert (failures(), got) == ({}, "staged")


def test_the_book_is_staged_before_pytask_has_noticed_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    noticed = threading.Event()

    def run_jobs(*given: Any, ended: Callable[[], None], **_: object) -> dict[str, BriefingError]:
        given[3]("ALP", "start")
        ended()
        return {"ALP": BriefingError("it failed")} if noticed.wait(20) else {}

    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", run_jobs)
    failures, staged = begun(monkeypatch, tmp_path)
    got = (staged, noticed.is_set())
    noticed.set()
    assert (*got, list(failures())) == ("staged", False, ["ALP"])


def test_wrong_prose_ends_the_notebooks_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    over = threading.Event()

    def run_jobs(
        _: object, __: object, ___: int, listen: Callable[[str, str], None], *____: object, **_____: object
    ) -> dict[str, BriefingError]:
        listen("ALP", "start")
        assert STOP.wait(60)
        over.set()
        return {}

    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", run_jobs)
    with pytest.raises(InputFindings):
        begun(monkeypatch, tmp_path, Prose([Finding("method.md", 1, "", "no such fact")]))
    assert (over.is_set(), STOP.is_set()) == (True, False)


def test_a_graph_that_cannot_be_collected_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run_jobs(*_: object, **__: object) -> dict[str, BriefingError]:
        raise BriefingError("the graph could not be collected")

    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", run_jobs)
    with pytest.raises(BriefingError, match="collected"):
        begun(monkeypatch, tmp_path)


def test_a_full_disk_is_told_rather_than_a_notebook_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    staging = threading.Event()

    def run_jobs(*given: Any, ended: Callable[[], None], **_: object) -> dict[str, BriefingError]:
        given[3]("ALP", "start")
        ended()
        staging.wait(60)
        raise OSError(28, "No space left on device")

    def stage(*_: object) -> str:
        staging.set()
        raise FileNotFoundError("synthesis.ipynb")

    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", run_jobs)
    with pytest.raises(OSError, match="No space left"):
        begun(monkeypatch, tmp_path, stage=stage)
