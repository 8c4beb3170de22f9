"""Who executes a notebook, and what it is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.execute.run import CellFailure
from helpers.limits import CellLimits
from helpers.pipeline.jobs import Job
from helpers.pipeline.runners import local
from tests.execute.test_run import template


def test_the_limits_of_a_build_are_those_of_its_cells(tmp_path: Path) -> None:
    job = Job("ALP", template(tmp_path, "print('x' * 5000)"), tmp_path / "out.ipynb", {}, {}, "", (), tmp_path, tmp_path / "record.json")
    with pytest.raises(CellFailure, match="OutputFlood"):
        local("", CellLimits(output=1000))(job)
