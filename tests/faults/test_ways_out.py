"""Nothing that an input names lies outside the project: partner codes, ids, tables, links."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.errors import InputError
from helpers.pipeline.checking import check
from helpers.pipeline.paths import Paths
from helpers.tables.package import read_package

if TYPE_CHECKING:
    from tests.conftest import Project

CODES = ["../x", "..", "/etc", "A/B", "A\\B", "alp", "ALPX", "A.B", "CON1", "AL\u202eP"]


def loosened(project: Project) -> None:
    """A data package that allows any partner code."""

    def loosen(descriptor: dict[str, Any]) -> None:
        for resource in descriptor["resources"]:
            for field in resource["schema"]["fields"]:
                if field["name"] == "partner":
                    field["constraints"].pop("pattern", None)

    project.describe(loosen)


@pytest.mark.parametrize("code", CODES)
def test_a_partner_code_that_is_a_path_is_a_finding_whatever_the_package_allows(project: Project, code: str) -> None:
    loosened(project)
    line = project.add("partners", partner=code, name="Nowhere", group="preferred", order="9")
    got = [finding for finding in project.findings() if finding.startswith(f"partners.csv:{line}:partner:")]
    assert any("is no code" in finding for finding in got)


def test_a_partner_asked_for_where_there_is_none_is_refused_in_words(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    table = project.root / "data" / "partners.csv"
    table.write_text(f"{table.read_text('utf-8').splitlines()[0]}\n", "utf-8")
    got = CliRunner().invoke(main, ["build", "--partner", "ALP"])
    assert (got.exit_code, "no partner has a chapter" in got.output) == (2, True)


@pytest.mark.parametrize("code", CODES)
def test_a_partner_asked_for_that_is_a_path_is_refused(project: Project, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    before = sorted(path for path in project.root.parent.rglob("*"))
    got = CliRunner().invoke(main, ["build", "--engine", "embedded", "--partner", code.replace("alp", "alq")])
    assert (got.exit_code, "unknown partner" in got.output, "Traceback" in got.output) == (2, True, False)
    assert sorted(path for path in project.root.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["../../evil", "/tmp/evil", "a b", "<b>", "A"])
def test_an_exhibit_id_that_is_a_path_is_a_finding_on_its_line(project: Project, name: str) -> None:
    prose = project.report / "partners" / "ALP.md"
    text = prose.read_text("utf-8").replace("  - id: port", f"  - id: {name}")
    prose.write_text(text, "utf-8")
    line = text.splitlines().index(f"  - id: {name}") + 1
    got = [str(finding) for finding in check(Paths(project.root, project.data, project.root / "out"))]
    assert any(finding.startswith(f"ALP.md:{line}:") and "this is no id" in finding for finding in got), got


ELSEWHERE = ["..\\partners.csv", "https://example.org/partners.csv", "partners\u0000.csv", "facts.csv/../../x"]
TOO_LONG = [f"{'a' * 252}.csv", "中" * 90]


@pytest.mark.parametrize(
    ("name", "exp"),
    [*((name, "leaves the folder") for name in ELSEWHERE), *((name, "partners has a path of more than 255 bytes") for name in TOO_LONG)],
)
def test_a_table_path_elsewhere_or_that_no_system_takes_is_refused(project: Project, name: str, exp: str) -> None:
    project.describe(lambda descriptor: descriptor["resources"][0].update(path=name))
    with pytest.raises(InputError, match=exp):
        read_package(project.data)


@pytest.mark.parametrize("name", ["facts.csv", "more.csv", "folder"])
def test_a_link_out_of_the_folder_is_refused(project: Project, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("secret\n")
    (project.data / name).unlink(missing_ok=True)
    (project.data / name).symlink_to(outside if name == "folder" else outside / "secret.csv")
    with pytest.raises(InputError, match=r"the link .* leaves the folder"):
        read_package(project.data)


def test_a_link_within_the_folder_is_followed(project: Project) -> None:
    os.rename(project.path("facts"), project.data / "facts-2026.csv")  # noqa: PTH104
    project.path("facts").symlink_to("facts-2026.csv")
    assert project.findings() == []


def test_a_link_in_a_circle_is_refused_or_located(project: Project) -> None:
    project.path("facts").unlink()
    project.path("facts").symlink_to("facts.csv")
    try:
        got = project.findings()
    except InputError as error:
        got = [str(error)]
    assert any("facts.csv" in finding for finding in got)


def test_a_zip_in_the_place_of_a_table_is_located(project: Project) -> None:
    project.path("facts").write_bytes(b"PK\x03\x04\x14\x00\x00\x00" + bytes(40))
    assert any(finding.startswith("facts.csv:1: NUL bytes") for finding in project.findings())
