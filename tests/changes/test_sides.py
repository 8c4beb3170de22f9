"""What a name can stand for, and what is refused with what was expected."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpers.changes.sides import Side, SideFindings, of_folder, open_side, package_of, read_tables
from helpers.errors import InputError
from tests.conftest import Project, write_small


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project with two states in git: alp-trade-2024 is 25.5, then 26.5."""
    root = write_small(tmp_path / "project")
    git(root, "init", "-q")
    git(root, "add", "data", "report")
    git(root, "commit", "-qm", "first")
    Project(root).set("facts", 4, "value", "26.5")
    git(root, "commit", "-qam", "second")
    return root


def value(side: Side) -> str:
    frame = read_tables(side, package_of(side))["facts"].frame.set_index("fact_id")
    return str(frame.loc["alp-trade-2024", "value"])


def opened(name: str, root: Path, stack: ExitStack) -> Side:
    return open_side(name, root, root / "data", stack)


@pytest.mark.parametrize(("name", "exp"), [("HEAD", "26.5"), ("HEAD~1", "25.5"), ("HEAD~1:data", "25.5"), ("main", "26.5")])
def test_a_revision_has_the_tables_of_its_time(repository: Path, stack: ExitStack, name: str, exp: str) -> None:
    assert value(opened(name, repository, stack)) == exp


def test_a_revision_brings_its_prose(repository: Path, stack: ExitStack) -> None:
    report = opened("HEAD~1", repository, stack).report
    assert report is not None
    assert (report / "partners" / "ALP.md").is_file()


def test_a_project_below_the_top_of_its_repository_is_found(tmp_path: Path, stack: ExitStack) -> None:
    root = write_small(tmp_path / "top" / "below")
    git(tmp_path / "top", "init", "-q")
    git(tmp_path / "top", "add", ".")
    git(tmp_path / "top", "commit", "-qm", "first")
    assert value(opened("HEAD", root, stack)) == "25.5"


def test_reading_a_revision_leaves_the_working_tree_and_index_alone(repository: Path, stack: ExitStack) -> None:
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    opened("HEAD~1", repository, stack)
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


def test_what_was_read_is_cleared(repository: Path) -> None:
    with ExitStack() as opening:
        data = opened("HEAD", repository, opening).data
        assert data.is_dir()
    assert not data.exists()


def test_a_link_in_a_revision_is_refused(repository: Path, stack: ExitStack) -> None:
    path = repository / "data" / "facts.csv"
    path.unlink()
    path.symlink_to("/etc/passwd")
    git(repository, "commit", "-qam", "link")
    with pytest.raises(InputError, match="is a link"):
        opened("HEAD", repository, stack)


@pytest.mark.parametrize(
    "name", ["HEAD~9", "nowhere", "HEAD:nowhere", "HEAD:data/facts.csv", "--output=x", "-h", ":data", "", "HEAD..main"]
)
def test_no_such_revision_is_refused_with_what_was_expected(repository: Path, stack: ExitStack, name: str) -> None:
    with pytest.raises(InputError, match="HEAD~3"):
        opened(name, repository, stack)


def test_outside_a_repository_is_said(small_project: Path, stack: ExitStack) -> None:
    with pytest.raises(InputError, match="not a git repository"):
        opened("HEAD", small_project, stack)


def test_no_git_is_said(repository: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="git cannot be run"):
        opened("HEAD", repository, stack)


@pytest.mark.parametrize("inside", ["data", "."])
def test_a_folder_of_tables_or_a_project_is_read_with_its_prose(small_project: Path, inside: str) -> None:
    got = of_folder(small_project / inside, "x")
    assert (got.kind, got.data, got.report) == ("tables", (small_project / "data").resolve(), (small_project / "report").resolve())


def test_a_folder_of_an_edition_is_known_by_its_tables(small_project: Path) -> None:
    (small_project / "edition" / "data").mkdir(parents=True)
    (small_project / "data").rename(small_project / "edition" / "data" / "tables")
    assert of_folder(small_project / "edition", "x").kind == "edition"


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"datapackage\.json"):
        of_folder(tmp_path, "x")


def test_a_file_is_no_side(small_project: Path, stack: ExitStack) -> None:
    with pytest.raises(InputError, match="this is a file"):
        opened(str(small_project / "data" / "facts.csv"), small_project, stack)


def test_a_link_out_of_a_folder_is_refused(project: Project) -> None:
    project.path("facts").unlink()
    project.path("facts").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match="link out of the folder"):
        of_folder(project.data, "x")


def test_everything_that_does_not_parse_is_told_at_once(project: Project) -> None:
    project.set("facts", 2, "value", "24o.1")
    project.path("claims").write_bytes(b"\xff\xfe")
    project.path("events").unlink()
    side = of_folder(project.data, "new")
    with pytest.raises(SideFindings) as got:
        read_tables(side, package_of(side))
    assert [str(finding).partition(";")[0] for finding in got.value.findings] == [
        "new/claims.csv:1: not UTF-8 (the byte for 'ÿ' looks like Latin-1)",
        "new/events.csv: this table is missing",
        'new/facts.csv:2:value: "24o.1" is not a number',
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": 1}', "1", "null"])
def test_a_broken_data_package_is_located(project: Project, text: str) -> None:
    (project.data / "datapackage.json").write_text(text)
    with pytest.raises(InputError, match=r"new: datapackage\.json"):
        package_of(of_folder(project.data, "new"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"primaryKey": [\n     "partner"', '"primaryKey": [\n     7'),
        ('"name": "partner"', '"nam": "partner"'),
        ('"edition": "', '"edition": 7, "x": "'),
    ],
)
def test_a_data_package_of_another_shape_is_located(project: Project, old: str, new: str) -> None:
    path = project.data / "datapackage.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError, match=r"new: datapackage\.json"):
        package_of(of_folder(project.data, "new"))
