"""A build with a previous edition: the page shows what changed, in HTML and PDF, and the edition is current for it alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.end_to_end.projects import briefing, change, small_project, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("since")]
FACT = "lao-rail-pax-2025-12-02"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its last edition in last/ and, after one value changed, the next one in next/."""
    folder = small_project(tmp_path_factory.mktemp("since"))
    done = briefing(folder, "build", "--engine", "embedded", "--out", "last")
    assert done.returncode == 0, done.stderr
    change(folder / "data" / "facts.csv", "fact_id", FACT, value="63.9")
    done = briefing(folder, "build", "--engine", "embedded", "--out", "next", "--since", "last")
    assert done.returncode == 0, done.stderr
    return folder


def section(folder: Path) -> str:
    text = (folder / "next" / "index.html").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    return text[text.index('<section id="changes"') : text.index('<section id="method"')]


def test_the_page_shows_the_change_before_and_after(built: Path) -> None:
    got = re.sub(r"<[^>]+>", " ", section(built))
    assert "What changed since the last edition" in got
    assert re.search(r"62\.5 million passengers\s+63\.9 million passengers", got)
    assert re.search(r"18%\s+17\.6%", got)  # a share that rests on it


def test_the_page_links_to_the_row_the_chapter_and_the_exhibit(built: Path) -> None:
    got = set(re.findall(r'href="#([\w-]+)"', section(built)))
    assert got >= {f"fact-{FACT}", "lao", "exhibit-lao-rail-passengers"}


def test_every_link_of_the_page_leads_somewhere(built: Path) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', (built / "next" / "index.html").read_text("utf-8")))
    assert set(re.findall(r'href="#([\w-]+)"', section(built))) - anchors == set()


def test_the_page_has_no_note_on_a_notebook_of_its_own(built: Path) -> None:
    assert "executed notebook" not in section(built)


def test_the_pdf_shows_the_change(built: Path) -> None:
    sheets = [sheet.extract_text() for sheet in PdfReader(built / "next" / "briefing.pdf").pages]
    got = next(text for text in sheets if "What changed since" in text and "Before" in text)
    assert "63.9" in got
    assert "62.5" in got


def test_the_manifest_notes_the_previous_edition_and_the_edition_is_current_for_it(built: Path) -> None:
    assert json.loads((built / "next" / "manifest.json").read_text("utf-8"))["inputs"]["since"]
    assert "Nothing changed" in briefing(built, "build", "--engine", "embedded", "--out", "next", "--since", "last").stdout


def test_the_same_build_elsewhere_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for name in ("data", "notebooks", "report"):
        shutil.copytree(built / name, tmp_path / "project" / name)
    shutil.copytree(built / "last", tmp_path / "elsewhere")
    done = briefing(tmp_path / "project", "build", "--engine", "embedded", "--out", "next", "--since", "../elsewhere")
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "project" / "next") == snapshot(built / "next")


def test_two_editions_tell_the_same_as_the_page(built: Path) -> None:
    got = json.loads(briefing(built, "diff", "last", "next", "--json").stdout)
    assert got["counts"]["rows_changed"] == 1
    assert {FACT} <= {number["new_key"] for number in got["numbers"]}
    assert "lao-rail-passengers" in {figure["key"] for figure in got["figures"]}
    assert not [number for number in got["numbers"] if not (number["old"] and number["new"])]


def test_an_edition_does_not_differ_from_itself(built: Path) -> None:
    assert briefing(built, "diff", "last", "last", "--exit-code").returncode == 0


def test_an_edition_against_its_own_tables_does_not_differ(built: Path) -> None:
    done = briefing(built, "diff", "next", "data", "--exit-code")
    assert done.returncode == 0, done.stdout


def test_a_broken_previous_edition_is_exit_2_and_leaves_the_output(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "last", tmp_path / "broken")
    (tmp_path / "broken" / "notebooks" / "LAO.ipynb").write_text("{")
    before = snapshot(built / "next")
    done = briefing(built, "build", "--engine", "embedded", "--out", "next", "--since", str(tmp_path / "broken"))
    assert done.returncode == 2
    assert "LAO.ipynb" in done.stderr
    assert snapshot(built / "next") == before
