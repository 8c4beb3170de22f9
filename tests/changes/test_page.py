"""The page on what changed: house form, links to what stands now, and text from old tables as itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.changes.compare import Changes, between
from helpers.changes.figures import FigureChange
from helpers.changes.page import MOST, page
from helpers.changes.ranks import Rank, RankChange
from helpers.changes.since import previous, stamp
from helpers.errors import InputError
from helpers.stage.book import Chapter, assemble
from helpers.tables.load import load
from tests.conftest import Project, write_small

HOSTILE = "<script>x</script> {{ y }} $z$ | pipe #include @ref =SUM(A1)"
ESCAPED = r"\<script\>x\</script\> \{\{ y \}\} \$z\$ \| pipe \#include \@ref \=SUM(A1)"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Project, Project]:
    return Project(write_small(tmp_path / "old")), Project(write_small(tmp_path / "new"))


def compared(pair: tuple[Project, Project]) -> Changes:
    return between(str(pair[0].root), str(pair[1].root), pair[1].root, pair[1].data)


def chapter(pair: tuple[Project, Project], changes: Changes | None = None, shown: frozenset[str] = frozenset()) -> Chapter:
    return page(changes or compared(pair), load(pair[1].data), shown)


def text(found: Chapter) -> str:
    return "\n".join(part.body for part in found.parts).replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_difference_the_page_says_so(pair: tuple[Project, Project]) -> None:
    got = chapter(pair)
    assert "Nothing differs" in text(got)
    assert [part for part in got.parts if part.kind == "table"] == []


def test_a_changed_number_links_to_its_row_and_chapter(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    got = next(line for line in text(chapter(pair)).splitlines() if "| USD 25.5 bn |" in line)
    assert "(register.qmd#fact-alp-trade-2024)" in got
    assert "| USD 26.5 bn |" in got
    assert "[Alpland](alp.qmd#alp)" in got


def test_a_fact_that_is_gone_links_nowhere(pair: tuple[Project, Project]) -> None:
    pair[0].add("facts", fact_id="old-fact", partner="BET", metric="Old", value="3", unit="ships", source_id="daily")
    got = text(chapter(pair))
    assert "old-fact" in got
    assert "#fact-old-fact" not in got


def test_text_of_old_tables_is_escaped(pair: tuple[Project, Project]) -> None:
    pair[0].set("facts", 6, "note", HOSTILE)
    got = text(chapter(pair))
    assert ESCAPED in got
    assert "<script>" not in got


def test_every_table_has_title_source_and_a_key_of_its_own(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    pair[1].set("claims", 2, "verdict", "imprecise")
    tables = [part.about for part in chapter(pair).parts if part.kind == "table"]
    assert len({about["key"] for about in tables}) == len(tables) == 5
    assert [about for about in tables if not about["title"] or not about["source"].startswith("Source: ")] == []


def test_long_tables_are_cut_and_counted(pair: tuple[Project, Project]) -> None:
    for number in range(MOST + 5):
        pair[1].add("events", event_id=f"bet-{number}", partner="BET", start="2025", kind="visit", title="Visit", source_id="daily")
    got = next(part for part in chapter(pair).parts if part.about.get("key") == "changes-cells")
    assert len(got.body.splitlines()) == MOST + 2
    assert f"The {MOST} that matter most of {MOST + 5}" in got.about["source"]


def test_ranks_and_exhibits_read_as_in_the_briefing(pair: tuple[Project, Project]) -> None:
    changes = replace(
        compared(pair),
        ranks=[RankChange("ALP", "Alpland", True, Rank(1, 20, 60), Rank(1, 18, 60))],
        figures=[FigureChange("alp-trade", "Trade fell", "added"), FigureChange("alp-gone", "Gone", "removed")],
    )
    got = text(chapter(pair, changes, frozenset({"alp-trade"})))
    assert "| [Alpland](alp.qmd#alp) | 20 (1–60) | 18 (1–60) | 2 closer |" in got
    assert "| [exhibit](alp.qmd#exhibit-alp-trade){.ref} | Trade fell | added |" in got
    assert "| — | Gone | removed |" in got


def test_the_stage_takes_the_page(pair: tuple[Project, Project]) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    got = assemble([chapter(pair)])
    assert set(got.data) == {"changes-numbers", "changes-exhibits", "changes-tables", "changes-cells"}


def test_the_page_holds_no_path(pair: tuple[Project, Project], tmp_path: Path) -> None:
    pair[1].set("facts", 4, "value", "26.5")
    got = text(chapter(pair, replace(compared(pair), notes=[])))
    assert not re.search(re.escape(str(tmp_path)), got)


def edition(project: Project) -> Path:
    folder = project.root / "edition"
    (folder / "data").mkdir(parents=True)
    project.data.rename(folder / "data" / "tables")
    return folder


def test_the_stamp_follows_what_the_page_is_made_from(project: Project) -> None:
    folder = edition(project)
    before = stamp(folder, project.root / "out")
    (folder / "data" / "tables" / "facts.csv").write_text("other")
    assert stamp(folder, project.root / "out") != before


def test_the_stamp_is_that_of_the_content_wherever_it_lies(project: Project) -> None:
    folder = edition(project)
    before = stamp(folder, project.root / "out")
    assert stamp(folder.rename(project.root / "moved"), project.root / "out") == before


def test_without_a_previous_edition_the_manifest_is_as_before() -> None:
    assert stamp(None, Path("out")) == {}


def test_an_edition_cannot_be_compared_with_the_one_that_replaces_it(project: Project) -> None:
    folder = edition(project)
    with pytest.raises(InputError, match="would be replaced"):
        previous(folder, folder)


def test_a_folder_of_tables_is_no_previous_edition(project: Project) -> None:
    with pytest.raises(InputError, match="no edition"):
        previous(project.data, project.root / "out")


def test_a_previous_edition_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not there"):
        previous(tmp_path / "last", tmp_path / "out")
