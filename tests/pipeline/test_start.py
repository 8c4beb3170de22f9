"""What a build brings in before it knows whether anything changed."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("library", ["pandas", "papermill", "pytask", "fontTools", "matplotlib", "typst"])
def test_a_build_of_which_nothing_changed_waits_for_no_large_library(library: str) -> None:
    code = f"import sys, helpers.cli, helpers.cli.build, helpers.pipeline.build; print({library!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    got = done.stdout.strip()
    assert got == "False"
