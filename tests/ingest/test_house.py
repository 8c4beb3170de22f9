"""The project of these tests is sound, so that what the tests find is of the files."""

from __future__ import annotations

from helpers.ingest.run import KINDS
from helpers.tables.package import read_package
from helpers.tables.raw import read_rows
from tests.conftest import ROOT, Project


def test_the_project_of_these_tests_has_no_finding(shared_house: Project) -> None:
    assert shared_house.findings() == []


def test_every_indicator_that_a_kind_fills_is_a_real_one_in_its_unit() -> None:
    table, _ = read_rows(ROOT / "data" / "indicators.csv", [], "")
    package = read_package(ROOT / "data")
    table, findings = read_rows(package.path("indicators"), [field["name"] for field in package.fields("indicators")], "indicators.csv")
    assert findings == []
    real = {row["indicator"]: row for row in (dict(zip(table.header, cells, strict=True)) for cells in table.rows)}
    targets = {name.replace("{year}", "2025"): target for kind in KINDS.values() for name, target in kind.targets.items()}
    got = {name: (real[name]["unit"], target.compiler in real[name]["compiler"]) for name, target in targets.items() if name in real}
    assert got == {name: (target.unit, True) for name, target in targets.items()}
