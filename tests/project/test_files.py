"""What may stand in the files of the project, and how long a module may be."""

from __future__ import annotations

import re
import statistics
import subprocess
from pathlib import Path

import pytest

MEDIAN = 120
LONGEST = 400
# Put together from parts, so that this file holds none of them itself.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "conda." + "anaconda",
    "index" + "-url =",
    "--index" + "-url",
    "--extra-" + "index-url",
]
HOMES = re.compile(r"(?<![\w.:/~)}*-])/(?:work|home|root|Users|mnt|private)/\w")


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """Text files that git tracks or would track, by name; all below the folder where there is no git."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=False
    )
    left_out = {".venv", ".git", ".build", "__pycache__", "_output"}
    names = done.stdout.splitlines() or [path.relative_to(root).as_posix() for path in root.rglob("*") if not left_out & set(path.parts)]
    found = {}
    for name in names:
        path = root / name
        if path.is_file() and b"\x00" not in (data := path.read_bytes()):
            found[name] = data.decode("utf-8")
    return found


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, int]:
    """Lines of every module of the package, by name."""
    folder = root / "src" / "helpers"
    return {path.relative_to(folder).as_posix(): len(path.read_text("utf-8").splitlines()) for path in folder.rglob("*.py")}


def test_the_files_are_found(texts: dict[str, str]) -> None:
    assert {"pyproject.toml", "data/facts.csv", "notebooks/partner.ipynb", "tests/project/test_files.py"} <= set(texts)


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    got = [(name, word) for name, text in texts.items() for word in REGISTRIES if word in text]
    assert got == []


def test_no_file_holds_a_path_of_one_machine(texts: dict[str, str]) -> None:
    got = [(name, found[0]) for name, text in texts.items() for found in HOMES.finditer(text)]
    assert got == []


@pytest.mark.parametrize("text", ["'{}'", "({}", " {}", "={}", '"{}"'])
def test_the_path_of_a_machine_is_recognised(text: str) -> None:
    assert HOMES.search(text.format("/" + "home/anna/data"))


@pytest.mark.parametrize("text", ["https://example.org{}", "docs{}", "~{}", "../..{}"])
def test_an_address_or_relative_path_is_no_path_of_a_machine(text: str) -> None:
    assert not HOMES.search(text.format("/" + "home/anna"))


def test_no_module_is_longer_than_the_limit(modules: dict[str, int]) -> None:
    got = {name: lines for name, lines in modules.items() if lines > LONGEST}
    assert got == {}


def test_the_median_module_is_short(modules: dict[str, int]) -> None:
    got = statistics.median(lines for name, lines in modules.items() if not name.endswith("__init__.py"))
    assert got <= MEDIAN


def test_every_module_says_its_purpose(root: Path) -> None:
    got = [path.name for path in (root / "src" / "helpers").rglob("*.py") if not path.read_text("utf-8").startswith('"""')]
    assert got == []


def test_built_files_are_not_tracked(texts: dict[str, str]) -> None:
    got = [name for name in texts if name.startswith(("report/_output/", ".build/", ".venv/")) or "__pycache__" in name]
    assert got == []
