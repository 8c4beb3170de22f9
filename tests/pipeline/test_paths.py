"""Where a project is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import InputError
from helpers.pipeline.paths import find


def project(folder: Path) -> Path:
    for name in ("notebooks/partner.ipynb", "report/_quarto.yml"):
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text("{}")
    return folder


def test_a_project_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    inside = project(tmp_path) / "data" / "deep"
    inside.mkdir(parents=True)
    assert find(start=inside).root == tmp_path


def test_outside_a_project_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="change into the folder"):
        find(start=tmp_path)


def test_the_output_lies_in_the_project_unless_told_otherwise(tmp_path: Path) -> None:
    got = find(start=project(tmp_path)).out
    assert got == tmp_path / "report" / "_output"
