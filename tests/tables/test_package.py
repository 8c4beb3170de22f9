"""The data package: what it declares, and what it may not name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from helpers.errors import InputError
from helpers.tables.package import read_package

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project


def rewrite(folder: Path, **changes: object) -> None:
    """Set entries of the descriptor, and of its first resource where they start with `resource_`."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for key, value in changes.items():
        if key.startswith("resource_"):
            descriptor["resources"][0][key.removeprefix("resource_")] = value
        else:
            descriptor[key] = value
    path.write_text(json.dumps(descriptor), "utf-8")


@pytest.mark.parametrize("name", ["../partners.csv", "/etc/passwd", "sub/partners.csv", "..", ".", ""])
def test_path_that_leaves_the_folder_is_refused(project: Project, name: str) -> None:
    rewrite(project.data, resource_path=name)
    with pytest.raises(InputError, match="leaves the folder"):
        read_package(project.data)


@pytest.mark.parametrize("name", [["partners.csv"], 5, None])
def test_path_that_is_no_text_is_refused(project: Project, name: object) -> None:
    rewrite(project.data, resource_path=name)
    with pytest.raises(InputError, match="datapackage"):
        read_package(project.data)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": 5}', '{"resources": [{}]}', "\x00"])
def test_unreadable_package_is_refused(project: Project, text: str) -> None:
    (project.data / "datapackage.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match="not a readable data package"):
        read_package(project.data)


def test_resource_without_a_schema_is_refused(project: Project) -> None:
    rewrite(project.data, resource_schema={})
    with pytest.raises(InputError, match="not a readable data package"):
        read_package(project.data)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("string", {"a": 1}),
        ("string", {"minimum": 1}),
        ("boolean", {"enum": ["true"]}),
        ("year", {"minimum": 1900}),
        ("integer", {"pattern": "x"}),
        ("integer", {"minimum": 1.5}),
        ("number", {"maximum": float("nan")}),
        ("number", {"minimum": 10**400}),
        ([], {}),
        ({"a": 1}, {}),
    ],
)
def test_constraints_that_do_not_fit_the_column_are_refused(project: Project, kind: object, rules: dict[str, object]) -> None:
    rewrite(project.data, resource_schema={"fields": [{"name": "partner", "type": kind, "constraints": rules}]})
    with pytest.raises(InputError, match=r"not a readable data package: (the constraints of )?partners\.partner (are not|is of no)"):
        read_package(project.data)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [("string", {"enum": ["x"], "pattern": "x"}), ("number", {"minimum": 0.5, "maximum": 2}), ("year", {})],
)
def test_constraints_that_fit_the_column_are_taken(project: Project, kind: str, rules: dict[str, object]) -> None:
    rewrite(project.data, resource_schema={"fields": [{"name": "partner", "type": kind, "constraints": {"required": True, **rules}}]})
    assert read_package(project.data).fields("partners")[0]["constraints"] == {"required": True, **rules}


def test_missing_package_is_refused(project: Project) -> None:
    (project.data / "datapackage.json").unlink()
    with pytest.raises(InputError, match="no data package here"):
        read_package(project.data)


def test_briefing_entry_without_cut_off_is_refused(project: Project) -> None:
    rewrite(project.data, briefing={"subtitle": "x", "edition": "y"})
    with pytest.raises(InputError, match="lacks cut_off"):
        read_package(project.data)


def test_closed_list_is_found(project: Project) -> None:
    got = read_package(project.data).enum("facts", "confidence")
    assert got == ["high", "medium", "low"]


def test_column_without_a_closed_list_has_none(project: Project) -> None:
    got = read_package(project.data).enum("facts", "note")
    assert got == []


def test_every_column_of_the_briefing_is_described(root: Path) -> None:
    package = read_package(root / "data")
    got = [(table, field["name"]) for table in package.resources for field in package.fields(table) if not field.get("description")]
    assert got == []


def test_every_table_has_a_primary_key(root: Path) -> None:
    package = read_package(root / "data")
    got = [table for table, resource in package.resources.items() if not resource["schema"].get("primaryKey")]
    assert got == []


def test_every_source_id_is_a_foreign_key(root: Path) -> None:
    package = read_package(root / "data")
    got = {
        table
        for table, resource in package.resources.items()
        if table != "sources"
        and any(field["name"] == "source_id" for field in package.fields(table))
        and not any(
            key["fields"] == ["source_id"] and key["reference"]["resource"] == "sources" for key in resource["schema"]["foreignKeys"]
        )
    }
    assert got == set()
