"""The real edition, built once for all tests that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.projects import briefing, copy_project


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a whole build by the embedded engine."""
    folder = copy_project(tmp_path_factory.mktemp("whole"))
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return folder / "report" / "_output"
