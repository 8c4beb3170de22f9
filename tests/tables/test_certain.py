"""A table that passes the quick look has no finding of Table Schema; one with a fault never passes it."""

from __future__ import annotations

import pytest

from helpers.tables.certain import certain
from helpers.tables.package import read_package
from helpers.tables.raw import RawTable, read_rows
from tests.conftest import Project


def tables(project: Project) -> dict[str, RawTable]:
    package = read_package(project.data)
    return {name: read_rows(package.path(name), [field["name"] for field in package.fields(name)], name)[0] for name in package.resources}


def looked(project: Project, name: str) -> bool:
    return certain(read_package(project.data), name, tables(project))


def test_every_table_of_the_small_project_passes(project: Project) -> None:
    package, read = read_package(project.data), tables(project)
    assert [name for name in read if not certain(package, name, read)] == []


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("facts", "value", "24o.1"),
        ("facts", "value", "1,000"),
        ("facts", "value", "nan"),
        ("facts", "value", "1_0"),
        ("facts", "value", "\u0661"),
        ("facts", "end", "2023-02-30"),
        ("facts", "end", ""),
        ("facts", "partner", "ALQ"),
        ("facts", "kind", "cumulated"),
        ("facts", "fact_id", "Bet Plan"),
        ("facts", "fact_id", ""),
        ("facts", "fact_id", "alp-ships"),
        ("facts", "metric", ""),
        ("series", "year", "2024.0"),
        ("partners", "order", "0"),
        ("partners", "order", "one"),
        ("events", "after_articles", "perhaps"),
    ],
)
def test_a_fault_never_passes(project: Project, table: str, column: str, cell: str) -> None:
    project.set(table, 2, column, cell)
    assert not looked(project, table)


def test_what_is_not_known_here_is_looked_at_closely(project: Project) -> None:
    package = read_package(project.data)
    package.resources["units"]["schema"]["fields"][0].setdefault("constraints", {})["maxLength"] = 99
    assert not certain(package, "units", tables(project))
