"""The two ways to install name the same packages with the same lower bounds, and the lock holds names and hashes only."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Names on conda-forge that differ from those on the Python index, and parts that conda packages apart.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "quarto-cli": "quarto"}
ONLY_CONDA = {"python", "pip", "brotli-python"}  # the interpreter, the installer, and an extra of fonttools
LOCKED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,0-9-]+\])?==[^\s;]+(\s*;[^#@]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
EXTRAS = ("quarto", "review")  # in the conda environment from the start


def bounds(text: str) -> tuple[str, str]:
    """Name and version bounds of a requirement."""
    requirement = Requirement(text)
    return canonicalize_name(requirement.name), str(requirement.specifier)


@pytest.fixture(scope="module")
def declared(root: Path) -> dict[str, str]:
    """Bounds by name from pyproject.toml, in conda's names."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [*project["dependencies"], *(item for extra in EXTRAS for item in project["optional-dependencies"][extra])]
    return {CONDA_NAMES.get(name, name): bound for name, bound in map(bounds, listed)}


@pytest.fixture(scope="module")
def environment(root: Path) -> dict[str, str]:
    """Bounds by name from environment.yml, the pip part included."""
    items = yaml.safe_load((root / "environment.yml").read_text("utf-8"))["dependencies"]
    listed = [item for item in items if isinstance(item, str)]
    listed += [item for part in items if isinstance(part, dict) for item in part["pip"]]
    return dict(map(bounds, listed))


def test_both_name_the_same_packages(declared: dict[str, str], environment: dict[str, str]) -> None:
    assert set(environment) - ONLY_CONDA == set(declared)


def test_both_have_the_same_bounds(declared: dict[str, str], environment: dict[str, str]) -> None:
    got = {name: (bound, environment[name]) for name, bound in declared.items() if name in environment and environment[name] != bound}
    assert got == {}


def test_both_ask_for_the_same_python(root: Path, environment: dict[str, str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert environment["python"] == project["requires-python"]


def test_conda_forge_is_the_only_channel(root: Path) -> None:
    assert yaml.safe_load((root / "environment.yml").read_text("utf-8"))["channels"] == ["conda-forge"]


@pytest.fixture(scope="module")
def lock(root: Path) -> list[str]:
    """Requirements of the lock, each on one line."""
    text = (root / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_lock_has_names_versions_and_hashes_only(lock: list[str]) -> None:
    got = [item[:60] for item in lock if not LOCKED.fullmatch(item)]
    assert got == []


@pytest.mark.parametrize(
    "line",
    [
        "a==1",
        "a @ https://example.org/a.whl --hash=sha256:" + "0" * 64,
        "-i https://example.org",
        "--find" + "-links x",
        "a>=1 --hash=sha256:" + "0" * 64,
    ],
)
def test_other_lines_are_not_taken_for_locked(line: str) -> None:
    assert not LOCKED.fullmatch(line)


@pytest.mark.parametrize("line", ["a==1 {0}", "a-b[c]==1.2 {0}  {0}", 'a==1 ; python_version < "3.12" {0}'])
def test_locked_lines_are_recognised(line: str) -> None:
    assert LOCKED.fullmatch(line.format("--hash=sha256:" + "0" * 64))


def test_lock_holds_every_declared_package_within_its_bounds(root: Path, lock: list[str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    held = {
        canonicalize_name(found[1]): found[2] for item in lock if (found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", item))
    }
    wanted = [Requirement(item) for item in [*project["dependencies"], *project["optional-dependencies"]["test"]]]
    got = [
        str(item)
        for item in wanted
        if canonicalize_name(item.name) not in held or not item.specifier.contains(held[canonicalize_name(item.name)])
    ]
    assert got == []
