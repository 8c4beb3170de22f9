"""The Workflow Run RO-Crate of an edition, against what its profiles require."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.edition import crate

EDITION = crate.Edition(
    descriptor={
        "title": "Alliances without treaties",
        "version": "2026.1",
        "briefing": {"subtitle": "What binds them", "edition": "First edition", "cut_off": "2026-11-21"},
    },
    inputs={"engine": "embedded", "versions": {"pandas": "2.3"}},
    notebooks={"synthesis": {"parameters": {"data": "data"}}, "LAO": {"parameters": {"data": "data", "partner": "LAO"}}},
    failed={"LAO": "KeyError: x"},
    files=dict.fromkeys(
        [
            *("briefing.pdf", "index.html", "data/tables/datapackage.json", "data/figures/lao-trade.csv"),
            *("notebooks/LAO.ipynb", "notebooks/synthesis.ipynb"),
            *("workflow/build.py", "workflow/partner.ipynb", "workflow/synthesis.ipynb"),
        ],
        "0" * 64,
    ),
)


@pytest.fixture(scope="module")
def entities() -> dict[str, dict[str, Any]]:
    return {item["@id"]: item for item in crate.graph(EDITION)}


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["@id"]] if set(value) == {"@id"} else []
    return [found for item in value for found in references(item)] if isinstance(value, list) else []


def kinds(entity: dict[str, Any]) -> set[str]:
    return {entity["@type"]} if isinstance(entity["@type"], str) else set(entity["@type"])


def test_every_entity_stands_there_once() -> None:
    found = [item["@id"] for item in crate.graph(EDITION)]
    assert [name for name in found if found.count(name) > 1] == []


def test_every_reference_inside_the_crate_resolves(entities: dict[str, dict[str, Any]]) -> None:
    pointed = {target for item in entities.values() for value in item.values() for target in references(value)}
    got = {target for target in pointed - set(entities) if not target.startswith("http")}
    assert got == set()


def test_the_descriptor_is_about_the_root(entities: dict[str, dict[str, Any]]) -> None:
    assert entities[crate.NAME]["about"] == {"@id": "./"}


@pytest.mark.parametrize("name", ["name", "description", "datePublished", "license", "hasPart", "mainEntity"])
def test_the_root_has_what_ro_crate_requires(entities: dict[str, dict[str, Any]], name: str) -> None:
    assert entities["./"][name]


def test_the_root_conforms_to_the_three_profiles(entities: dict[str, dict[str, Any]]) -> None:
    got = references(entities["./"]["conformsTo"])
    assert set(got) == set(crate.PROFILES)


def test_the_main_entity_is_a_workflow_with_a_language(entities: dict[str, dict[str, Any]]) -> None:
    main = entities[entities["./"]["mainEntity"]["@id"]]
    assert kinds(main) == {"File", "SoftwareSourceCode", "ComputationalWorkflow"}
    assert kinds(entities[main["programmingLanguage"]["@id"]]) == {"ComputerLanguage"}


def test_an_action_ran_the_main_entity(entities: dict[str, dict[str, Any]]) -> None:
    got = [item["@id"] for item in entities.values() if item.get("instrument") == entities["./"]["mainEntity"]]
    assert got == ["#build"]
    assert kinds(entities["#build"]) == {"CreateAction"}


def test_each_notebook_has_its_run(entities: dict[str, dict[str, Any]]) -> None:
    got = {name: entities[name]["instrument"]["@id"] for name in ("#run-LAO", "#run-synthesis")}
    assert got == {"#run-LAO": "workflow/partner.ipynb", "#run-synthesis": "workflow/synthesis.ipynb"}


def test_parameters_of_a_run_are_its_objects(entities: dict[str, dict[str, Any]]) -> None:
    got = {
        entities[name]["name"]: entities[name].get("value") for name in references(entities["#run-LAO"]["object"]) if name != "data/tables/"
    }
    assert got == {"data": "data", "partner": "LAO"}


def test_a_failed_run_says_so(entities: dict[str, dict[str, Any]]) -> None:
    got = (entities["#run-LAO"]["actionStatus"], entities["#run-LAO"]["error"])
    assert got == ("http://schema.org/FailedActionStatus", "KeyError: x")


def test_formal_parameters_have_type_and_example(entities: dict[str, dict[str, Any]]) -> None:
    found = [item for item in entities.values() if kinds(item) == {"FormalParameter"}]
    assert len(found) == 3
    assert all(item["additionalType"] and item["workExample"]["@id"] in entities for item in found)


def test_every_file_has_its_hash(entities: dict[str, dict[str, Any]]) -> None:
    got = {name for name, item in entities.items() if "File" in kinds(item) and len(item.get("sha256", "")) == 64}
    assert got == set(EDITION.files)


def test_a_name_that_is_no_address_is_quoted() -> None:
    edition = crate.Edition(EDITION.descriptor, {}, {}, {}, EDITION.files | {"data/figures/a b.csv": "0"})
    assert "data/figures/a%20b.csv" in {item["@id"] for item in crate.graph(edition)}


def test_the_crate_holds_no_hour(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        crate.write(tmp_path / name, EDITION)
    got = (tmp_path / "one" / crate.NAME).read_bytes()
    assert got == (tmp_path / "two" / crate.NAME).read_bytes()
    assert json.loads(got)["@graph"][1]["datePublished"] == "2026-11-21"
