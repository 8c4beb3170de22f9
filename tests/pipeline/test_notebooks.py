"""What is done while notebooks run: prose is read, the book is staged when the last has ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.execute.guard import STOP
from helpers.pipeline import notebooks
from helpers.pipeline.paths import Paths


def test_a_stop_of_the_build_before_does_not_end_one_of_which_nothing_is_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(notebooks, "load", lambda *_: None)
    monkeypatch.setattr(notebooks, "prose_findings", lambda *_: [])
    monkeypatch.setattr(notebooks, "plan", lambda *_: None)
    monkeypatch.setattr("helpers.pipeline.graph.run_jobs", lambda *_, **__: {})
    STOP.set()
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "out")
    got = notebooks.run_and_stage(paths, [], lambda: (lambda job: None, 1), lambda *_: None, {}, lambda tables: lambda: "staged")
    assert got == ({}, "staged")
