"""A project above the limits of what is printed: volumes, and a register of what is cited."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.end_to_end.projects import briefing, read, small_project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("volumes")]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two partners, one in a PDF, and more facts than the register prints."""
    folder = small_project(tmp_path_factory.mktemp("volumes") / "project")
    done = briefing(folder, "build", "--engine", "embedded", "--register-limit", "10", "--volume-limit", "1")
    assert done.returncode == 0, done.stderr
    return folder / "report" / "_output"


def test_each_chapter_is_in_a_volume_of_its_own(edition: Path) -> None:
    got = sorted(path.name for path in edition.glob("*.pdf"))
    assert got == ["briefing-2.pdf", "briefing-3.pdf", "briefing.pdf"]


def test_the_page_stays_whole(edition: Path) -> None:
    got = re.findall(r'<section id="([a-z]+)" class="level2"', (edition / "index.html").read_text("utf-8"))
    assert got[:3] == ["index", "lao", "cub"]


def test_the_register_prints_what_is_cited_and_says_so(edition: Path) -> None:
    page = (edition / "index.html").read_text("utf-8")
    rows = set(re.findall(r'<tr id="(fact-[\w-]+)"', page))
    cited = set(re.findall(r'href="#(fact-[\w-]+)"', page))
    facts = len(read(edition / "data" / "tables" / "facts.csv"))
    assert (rows, f"The tables hold {facts} facts. Printed here are the {len(rows)} that the briefing cites" in page) == (cited, True)


def test_the_manifest_notes_the_limits(edition: Path) -> None:
    got = json.loads((edition / "manifest.json").read_text("utf-8"))["inputs"]["limits"]
    assert got == {"chapters": 1, "facts": 10}
