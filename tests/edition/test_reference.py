"""What `briefing verify` takes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.edition import told
from helpers.edition.difference import Artefact, Difference
from helpers.edition.verify import Verdict, copied, reference
from helpers.errors import InputError
from helpers.pipeline.paths import Paths
from tests.conftest import Project

WHOLE = {"inputs": {"partners": ["ALP"], "engine": "embedded"}, "outputs": {"index.html": "0"}}


@pytest.fixture
def paths(project: Project) -> Paths:
    return Paths(project.root, project.data, project.root / "report" / "_output")


def test_a_folder_is_an_edition(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(WHOLE))
    got = reference(tmp_path, paths)
    assert (got.folder, got.source) == (tmp_path, tmp_path / "manifest.json")


def test_a_file_is_a_manifest_alone(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(json.dumps(WHOLE))
    assert reference(tmp_path / "published.json", paths).folder is None


def test_nothing_given_is_the_committed_manifest(paths: Paths) -> None:
    (paths.report / "manifest.json").write_text(json.dumps(WHOLE))
    assert reference(None, paths).source == paths.report / "manifest.json"


def test_no_committed_manifest_says_how_to_make_one(paths: Paths) -> None:
    with pytest.raises(InputError, match="make manifest"):
        reference(None, paths)


@pytest.mark.parametrize(
    "part",
    [
        {"inputs": {"partners": [{}], "engine": "embedded"}},
        {"outputs": []},
        {"outputs": {"index.html": None}},
        {"notebooks": {"LAO": []}},
        {"notebooks": {"LAO": {"cells": []}}},
        {"chapters": {"lao": 1}},
        {"edition": "First"},
        {"inputs": {**WHOLE["inputs"], "limits": {"facts": "many"}}},
    ],
)
def test_a_manifest_with_a_part_of_another_form_is_refused(paths: Paths, tmp_path: Path, part: dict[str, object]) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({**WHOLE, **part}))
    with pytest.raises(InputError, match="no manifest of an edition"):
        reference(tmp_path, paths)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"inputs": {}, "outputs": {}}',
        '{"inputs": {"partners": 1, "engine": ""}, "outputs": {"a": 1}}',
        "[" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_manifest_is_refused(paths: Paths, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match=r"manifest\.json"):
        reference(tmp_path, paths)


def test_a_manifest_of_other_partners_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    Path("manifest.json").write_text(json.dumps({**WHOLE, "inputs": {"partners": ["ALP", "RUS"], "engine": "embedded"}}))
    got = CliRunner().invoke(main, ["verify", "manifest.json"])
    assert (got.exit_code, "manifest.json: it has chapters that these tables lack: RUS" in got.output) == (2, True), got.output


def test_the_copy_leaves_out_what_was_built(paths: Paths, tmp_path: Path) -> None:
    for name in ("_output", "_output.new", "_output.old"):
        (paths.report / name).mkdir()
    (paths.report / "manifest.json").write_text("{}")
    there = copied(paths, tmp_path / "copy")
    got = {path.name for path in there.report.iterdir()}
    assert got == {"_quarto.yml", "_extensions", "theme", "partners"}


def test_tables_outside_the_project_stay_where_they_are(paths: Paths, tmp_path: Path) -> None:
    outside = Paths(paths.root, tmp_path / "elsewhere", paths.out)
    assert copied(outside, tmp_path / "copy").data == tmp_path / "elsewhere"


def verdict(*artefacts: Artefact, inputs: tuple[Difference, ...] = ()) -> Verdict:
    return Verdict(Path("manifest.json"), "First edition", inputs, artefacts)


SAME = Artefact("index.html", "page", "same")
OTHER = Artefact("data/tables/facts.csv", "table", "differs", (Difference("lao-a, value", "1", "2"),))
GONE = Artefact("briefing.pdf", "PDF", "missing")


def test_all_the_same_is_the_same() -> None:
    assert verdict(SAME).same
    assert told.summary(verdict(SAME)).startswith("The same: First edition")


@pytest.mark.parametrize("artefact", [OTHER, GONE])
def test_one_artefact_is_enough_to_differ(artefact: Artefact) -> None:
    assert not verdict(SAME, artefact).same


def test_another_input_is_enough_to_differ() -> None:
    found = verdict(SAME, inputs=(Difference("pandas", "2", "3"),))
    assert not found.same
    assert "all 1 artefacts are the same, 1 inputs differ" in told.summary(found)


def test_the_summary_counts() -> None:
    got = told.summary(verdict(SAME, OTHER, GONE))
    assert got == "Not the same as First edition: 1 of 3 artefacts differ, 1 missing."


def test_programs_are_told_everything() -> None:
    got = told.as_json(verdict(OTHER))["artefacts"][0]
    exp = {"where": "lao-a, value", "before": "1", "after": "2"}
    assert (got["name"], got["status"], got["differences"]) == ("data/tables/facts.csv", "differs", (exp,))


@pytest.mark.parametrize("command", ["verify", "run"])
@pytest.mark.parametrize("words", ["Exit codes", "--data", "edition"])
def test_help_teaches(command: str, words: str) -> None:
    assert words in CliRunner().invoke(main, [command, "--help"]).output


def test_a_manifest_that_is_not_there_is_exit_2(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    got = CliRunner().invoke(main, ["verify", "nowhere"])
    assert got.exit_code == 2
    assert "no manifest here" in got.output


def test_an_edition_with_a_previous_one_needs_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    Path("manifest.json").write_text(json.dumps({**WHOLE, "inputs": {**WHOLE["inputs"], "since": "0"}}))  # type: ignore[dict-item]
    got = CliRunner().invoke(main, ["verify", "manifest.json"])
    assert got.exit_code == 2
    assert "--since" in got.output


@pytest.mark.parametrize("arguments", [["run", "XYZ"], ["run", "ALP", "-p", "partner", "BET"], ["run", "ALP", "-p", "nothing", "1"]])
def test_a_run_of_what_is_not_there_is_exit_2(project: Project, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(project.root)
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_a_run_on_wrong_tables_is_exit_2(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    project.set("facts", 2, "value", "two")
    got = CliRunner().invoke(main, ["run", "ALP"])
    assert got.exit_code == 2
    assert "facts.csv:2" in got.output
