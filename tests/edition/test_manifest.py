"""The manifest notices each kind of change."""

from __future__ import annotations

import json

import pytest

from helpers.edition import lineage, manifest
from helpers.lineage.reads import Query
from helpers.lineage.record import Record
from helpers.lineage.record import write as write_record
from helpers.pipeline.paths import Paths
from tests.conftest import Project

SHOWN = {"output_type": "display_data", "data": {"text/markdown": "one"}, "metadata": {}}
NOTEBOOK = {
    "metadata": {"papermill": {"parameters": {"partner": "ALP"}}},
    "cells": [{"cell_type": "code", "id": "cell-04", "source": "", "outputs": [SHOWN]}],
}


@pytest.fixture
def paths(project: Project) -> Paths:
    return Paths(project.root, project.data, project.root / "report" / "_output")


def described(paths: Paths) -> dict[str, object]:
    return manifest.inputs(paths, ["ALP"], "embedded")


@pytest.mark.parametrize(
    "name", ["data/facts.csv", "data/datapackage.json", "report/partners/ALP.md", "report/theme/briefing.css", "notebooks/partner.ipynb"]
)
def test_a_changed_input_is_named(paths: Paths, name: str) -> None:
    before = described(paths)
    path = paths.root / name
    path.write_bytes(path.read_bytes() + b" ")
    assert list(manifest.input_changes(before, described(paths))) == [name]


def test_a_new_input_is_named(paths: Paths) -> None:
    before = described(paths)
    (paths.report / "partners" / "BET.md").write_text("## lead\n", "utf-8")
    got = manifest.input_changes(before, described(paths))
    assert {name: was for name, (was, _) in got.items()} == {"report/partners/BET.md": ""}


def test_another_version_is_named(paths: Paths) -> None:
    before = described(paths)
    now = {**before, "versions": {**before["versions"], "pandas": "0.1"}}  # type: ignore[dict-item]
    assert manifest.input_changes(before, now)["pandas"][1] == "0.1"


def test_another_engine_is_named(paths: Paths) -> None:
    before = described(paths)
    assert manifest.input_changes(before, {**before, "engine": "quarto"}) == {"engine": ("embedded", "quarto")}


def test_a_changed_helper_is_named(paths: Paths) -> None:
    before = described(paths)
    now = {**before, "code": {**before["code"], "errors.py": "0"}}  # type: ignore[dict-item]
    assert list(manifest.input_changes(before, now)) == ["errors.py"]


def test_the_version_of_python_is_an_input(paths: Paths) -> None:
    assert "python" in described(paths)["versions"]  # type: ignore[operator]


def test_the_committed_manifest_is_no_input(paths: Paths) -> None:
    before = described(paths)
    manifest.committed(paths).write_text("{}", "utf-8")
    assert described(paths) == before


def test_what_is_built_is_no_input(paths: Paths) -> None:
    before = described(paths)
    paths.out.mkdir()
    (paths.out / "index.html").write_text("page", "utf-8")
    assert described(paths) == before


@pytest.fixture
def content(paths: Paths) -> dict[str, object]:
    (paths.out / "notebooks").mkdir(parents=True)
    (paths.out / "notebooks" / "ALP.ipynb").write_text(json.dumps(NOTEBOOK), "utf-8")
    (paths.out / "index.html").write_text('<section id="alp" class="level2">Alpland</section>', "utf-8")
    write_record(paths.lineage / "ALP.json", Record("stamp", {}, [(("row", "facts", "alp-ships"), "1")]))
    manifest.write(paths.out, described(paths), {}, paths)
    return dict(json.loads((paths.out / manifest.NAME).read_text("utf-8")))


def test_each_notebook_has_parameters_cells_and_lineage(content: dict[str, dict[str, dict[str, object]]]) -> None:
    got = content["notebooks"]["ALP"]
    assert got["parameters"] == {"partner": "ALP"}
    assert list(got["cells"]) == ["cell-04"]  # type: ignore[call-overload]
    assert got["lineage"]["facts"]["questions"] == 1  # type: ignore[index]


def test_each_chapter_of_the_page_has_its_hash(content: dict[str, dict[str, str]]) -> None:
    assert set(content["chapters"]) == {"opening", "alp"}


def test_the_edition_is_named(content: dict[str, dict[str, str]]) -> None:
    assert content["edition"]["edition"].startswith("First edition")


def test_crate_lineage_and_workflow_are_outputs(content: dict[str, dict[str, str]]) -> None:
    exp = {"ro-crate-metadata.json", "lineage.json", "workflow/build.py", "workflow/partner.ipynb", "workflow/synthesis.ipynb"}
    assert exp <= set(content["outputs"])


def test_such_an_edition_is_current(paths: Paths, content: dict[str, object]) -> None:
    assert manifest.is_current(paths.out, described(paths))


@pytest.mark.parametrize("name", ["lineage.json", "ro-crate-metadata.json", "workflow/build.py", "notebooks/ALP.ipynb", "index.html"])
def test_a_touched_record_makes_the_edition_stale(paths: Paths, content: dict[str, object], name: str) -> None:
    path = paths.out / name
    path.write_bytes(path.read_bytes() + b" ")
    assert not manifest.is_current(paths.out, described(paths))
    assert manifest.changes(paths.out, described(paths)) == [f"{name} in the output was touched"]


def test_an_older_record_with_the_same_answers_has_the_same_lineage(paths: Paths, content: dict[str, object]) -> None:
    before = (paths.out / lineage.NAME).read_bytes()
    asked: list[tuple[Query, str]] = [(("row", "facts", "alp-ships"), "1")]
    write_record(paths.lineage / "ALP.json", Record("another", {}, asked, {"facts": {"alp-ships": "old"}}))
    lineage.write(paths.out, lineage.collect(paths.lineage, ["ALP"]))
    assert (paths.out / lineage.NAME).read_bytes() == before
