"""An edition rebuilt and compared: untouched, tampered with in each kind of artefact, and by its manifest alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import nbformat
import pikepdf
import pytest
from nbclient import NotebookClient
from rocrate.rocrate import ROCrate

from helpers.edition import cells
from helpers.edition.rerun import compared
from tests.end_to_end.projects import briefing, change, read, small_project, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("verify")]
Found = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("verified"), ("LAO",))
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def edition(built: Path) -> Path:
    return built / "report" / "_output"


def replaced(old: str, new: str) -> Callable[[Path], None]:
    def tamper(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return tamper


def notebook_word(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    shown = [output for cell in content["cells"] for output in cell.get("outputs", []) if "text/markdown" in output.get("data", {})]
    shown[1]["data"]["text/markdown"] = "Another finding."
    path.write_text(json.dumps(content), "utf-8")


def notebook_drawing(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    shown = [output for cell in content["cells"] for output in cell.get("outputs", []) if "image/svg+xml" in output.get("data", {})]
    shown[0]["data"]["image/svg+xml"] = "<svg/>"
    path.write_text(json.dumps(content), "utf-8")


def pdf_page(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        del document.pages[1]
        document.save(path)


def first_row(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), "utf-8")


# One of each kind: the file, what is done to it, and what verify has to say of it.
TAMPERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "notebooks/LAO.ipynb": (notebook_word, "cell-05, output 1"),
    "notebooks/synthesis.ipynb": (notebook_drawing, "drawing"),
    "notebooks/LAO.html": (replaced("creditor", "debtor"), ""),
    "index.html": (replaced("main creditor of Laos", "main debtor of Laos"), ""),
    "briefing.pdf": (pdf_page, "number of pages"),
    "data/tables/facts.csv": (first_row, "row "),
    "data/figures/lao-trade.csv": (first_row, "row "),
    "manifest.json": (replaced('"engine": "embedded"', '"engine": "embedded", "extra": "1"'), "inputs.extra"),
    "ro-crate-metadata.json": (replaced("CreateAction", "UpdateAction"), "@graph["),
    "lineage.json": (replaced('"row"', '"rows"'), "LAO."),
    "workflow/partner.ipynb": (replaced("One partner", "Another partner"), "source"),
    "workflow/build.py": (replaced("One build", "Another build"), "line 1"),
    "data/tables/units.csv": (Path.unlink, "not in the edition"),
}


@pytest.fixture(scope="module")
def tampered(built: Path, edition: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Found, list[str]]:
    folder = tmp_path_factory.mktemp("tampered") / "edition"
    shutil.copytree(edition, folder)
    for name, (tamper, _) in TAMPERED.items():
        tamper(folder / name)
    (folder / "notes.txt").write_text("nobody built this", "utf-8")
    done = briefing(built, "verify", str(folder), "--json")
    told = json.loads(done.stdout)
    return done.returncode, {item["name"]: item for item in told["artefacts"]}, [item["where"] for item in told["inputs"]]


def test_an_untouched_edition_is_the_same(built: Path, edition: Path) -> None:
    before = snapshot(built)
    done = briefing(built, "verify", str(edition), "--jobs", "1")
    assert (done.returncode, done.stdout.splitlines()[-1][:9]) == (0, "The same:"), done.stdout
    assert snapshot(built) == before


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_artefact_is_found(tampered: tuple[int, Found, list[str]], name: str) -> None:
    item = tampered[1][name]
    assert item["status"] == ("missing" if name.endswith("units.csv") else "differs")
    assert any(TAMPERED[name][1] in difference["where"] for difference in item["differences"]), item


def test_words_that_were_tampered_with_are_shown_from_both_sides(tampered: tuple[int, Found, list[str]]) -> None:
    got = [item for item in tampered[1]["index.html"]["differences"] if "debtor" in item["before"]]
    assert len(got) == 1
    assert "creditor" in got[0]["after"]


def test_a_file_that_nobody_built_is_found(tampered: tuple[int, Found, list[str]]) -> None:
    got = tampered[1]["notes.txt"]
    assert (got["status"], got["differences"][0]["where"]) == ("missing", "not in the rebuilt edition")


def test_everything_else_is_the_same(tampered: tuple[int, Found, list[str]]) -> None:
    got = {name for name, item in tampered[1].items() if item["status"] != "same"}
    assert got == {*TAMPERED, "notes.txt"}


def test_a_tampered_edition_is_exit_1_and_its_inputs_come_first(tampered: tuple[int, Found, list[str]]) -> None:
    assert (tampered[0], tampered[2]) == (1, ["extra"])


def test_a_manifest_alone_names_the_row_the_cell_and_the_chapter(built: Path, edition: Path, tmp_path: Path) -> None:
    project = tmp_path / "clone"
    shutil.copytree(built, project, ignore=shutil.ignore_patterns("_output*", ".build"))
    shutil.copy(edition / "manifest.json", project / "report")
    key = next(row["fact_id"] for row in read(project / "data" / "facts.csv") if row["partner"] == "LAO" and row["note"])
    change(project / "data" / "facts.csv", "fact_id", key, note="Read twice.")
    done = briefing(project, "verify", "--json")
    told = json.loads(done.stdout)
    got = {item["name"]: [part["where"] for part in item["differences"]] for item in told["artefacts"] if item["status"] != "same"}
    assert done.returncode == 1
    assert [item["where"] for item in told["inputs"]] == ["data/facts.csv"]
    assert got["data/tables/facts.csv"] == ["hash"]
    assert "chapter register" in got["index.html"]


def test_a_run_shows_the_same_as_the_edition(built: Path, edition: Path) -> None:
    before = snapshot(edition)
    done = briefing(built, "run", "lao")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The same outputs as" in done.stdout
    assert (built / ".build" / "run" / "LAO.ipynb").read_bytes() == before["notebooks/LAO.ipynb"]
    assert snapshot(edition) == before


def test_a_run_on_a_changed_row_says_which_cell_differs(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "project")
    change(tmp_path / "project" / "data" / "partners.csv", "partner", "LAO", role="another role")
    done = briefing(tmp_path / "project", "run", "LAO")
    assert done.returncode == 1
    assert "cell-05" in done.stdout
    assert "another role" in done.stdout


@pytest.mark.parametrize("folder", ["report/_output/notebooks", "."])
def test_the_notebook_of_the_edition_runs_as_opened_in_jupyter(built: Path, edition: Path, folder: str) -> None:
    before = cells.read(edition / "notebooks" / "LAO.ipynb")
    notebook = nbformat.read(edition / "notebooks" / "LAO.ipynb", as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(built / folder)}}).execute()
    got = compared(before, json.loads(nbformat.writes(notebook)))
    assert {item.cell for item in got if item.status != "same"} == set()


@pytest.mark.parametrize("ending", ["ipynb", "html"])
def test_a_notebook_names_its_edition(edition: Path, ending: str) -> None:
    assert "First edition, November 2026" in (edition / "notebooks" / f"LAO.{ending}").read_text("utf-8")


def test_the_tables_are_a_valid_data_package(edition: Path) -> None:
    got = frictionless.validate(str(edition / "data" / "tables" / "datapackage.json"))
    assert got.valid, got.flatten(["type", "note"])


def test_the_crate_loads_and_its_files_are_there(edition: Path) -> None:
    crate = ROCrate(edition)
    got = {entity.id for entity in crate.data_entities if not (edition / entity.id).exists()}
    assert got == set()
    assert crate.mainEntity.id == "workflow/build.py"
    assert {"data/tables/facts.csv", "briefing.pdf"} <= {entity.id for entity in crate.data_entities}


def test_the_crate_holds_every_file_of_the_edition(edition: Path) -> None:
    got = {entity.id for entity in ROCrate(edition).data_entities}
    exp = {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()}
    assert exp - got == {"ro-crate-metadata.json"}
