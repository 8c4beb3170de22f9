"""The modules a notebook can reach."""

from __future__ import annotations

from pathlib import Path

from helpers.lineage.imports import closure, every, of_notebook


def test_imports_inside_functions_count() -> None:
    assert "helpers.profile.points" in closure(["helpers.facts.references"])


def test_packages_around_a_module_count() -> None:
    assert {"helpers", "helpers.facts"} <= set(closure(["helpers.facts.format"]))


def test_names_of_modules_in_strings_count() -> None:
    assert "helpers.profile.synthesis" in closure(["helpers.execute.warm"])


def test_a_partner_does_not_depend_on_rendering(root: Path) -> None:
    got = closure(of_notebook(root / "notebooks" / "partner.ipynb"))
    assert "helpers.profile.chapter" in got
    assert [name for name in got if name.startswith(("helpers.render", "helpers.stage", "helpers.pipeline", "helpers.cli"))] == []


def test_a_notebook_that_cannot_be_parsed_depends_on_everything(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text('{"cells": [{"cell_type": "code", "source": ["%magic here"]}]}')
    assert of_notebook(tmp_path / "a.ipynb") == every()
