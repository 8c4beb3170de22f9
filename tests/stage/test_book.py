"""The staged book: numbers, references, configuration, and data that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import StageError
from helpers.stage.book import Chapter, assemble, configured, safe_csv, write
from helpers.stage.outputs import Failure, Part

EDITION = {"title": "T", "subtitle": "S", "edition": "First", "cut_off": "2026-11-21", "cut_off_words": "21 November 2026"}


def figure(key: str, data: str = "a\n1\n") -> Part:
    return Part(
        "figure", f"<svg>{key}</svg>", {"kind": "figure", "key": key, "title": key, "subtitle": "", "source": "", "alt": "x", "data": data}
    )


def table(key: str) -> Part:
    return Part(
        "table",
        "| a |",
        {"kind": "table", "key": key, "title": key, "subtitle": "", "source": "", "widths": [100], "size": "", "classes": ""},
    )


def text(body: str) -> Part:
    return Part("text", body, {"kind": "text"})


def test_figures_and_tables_are_numbered_apart_and_by_chapter() -> None:
    staged = assemble([Chapter("index", "One", [figure("a"), table("b"), figure("c")]), Chapter("alp", "Two", [table("d")])])
    got = [part.partition('"')[0] for name in ("index", "alp") for part in staged.texts[name].split(' number="')[1:]]
    assert got == ["Figure 1.1", "Table 1.1", "Figure 1.2", "Table 2.1"]


def test_chapter_has_its_number_title_and_anchor() -> None:
    got = assemble([Chapter("index", "One", []), Chapter("alp", "Alp\\*land", [])]).texts["alp"]
    assert got == "# [2]{.number} Alp\\*land {#alp}\n"


def test_reference_becomes_the_number_of_its_exhibit() -> None:
    staged = assemble(
        [Chapter("index", "One", [text("See [exhibit](alp.qmd#exhibit-b){.ref}.")]), Chapter("alp", "Two", [figure("a"), figure("b")])]
    )
    assert "See [Figure 2.2](alp.qmd#exhibit-b){.ref}." in staged.texts["index"]


def test_reference_to_no_exhibit_is_refused() -> None:
    with pytest.raises(StageError, match=r'"exhibit-b" points at no exhibit'):
        assemble([Chapter("alp", "One", [text("See [exhibit](alp.qmd#exhibit-b){.ref}.")])])


@pytest.mark.parametrize("link", ["[5 \\[x\\]](bet.qmd#claim-a){.claim}", "[5 \\[x\\]](bet.qmd#claim-a)"])
def test_link_into_a_chapter_that_is_not_built_becomes_text(link: str) -> None:
    got = assemble([Chapter("alp", "One", [text(f"See {link}.")])]).texts["alp"]
    assert "5 \\[x\\]" in got
    assert "bet.qmd" not in got


def test_link_into_a_chapter_that_is_built_stays() -> None:
    got = assemble([Chapter("alp", "One", [text("See [5](alp.qmd#claim-a){.claim}.")])]).texts["alp"]
    assert got.endswith("See [5](alp.qmd#claim-a){.claim}.\n")


def test_two_exhibits_with_one_key_are_refused() -> None:
    with pytest.raises(StageError, match='two exhibits have the key "a"'):
        assemble([Chapter("index", "One", [figure("a")]), Chapter("alp", "Two", [table("a")])])


def test_failed_chapter_says_so_and_keeps_what_ran() -> None:
    got = assemble([Chapter("alp", "One", [text("Before.")], Failure(4, "KeyError", "x"), "briefing build --partner ALP")]).texts["alp"]
    assert got.index("Code cell 4") < got.index("Before.")


def test_intro_stands_before_the_parts() -> None:
    got = assemble([Chapter("method", "One", [text("Part.")], intro="Intro.")]).texts["method"]
    assert got.index("Intro.") < got.index("Part.")


def test_figures_and_their_data_are_staged_by_key() -> None:
    staged = assemble([Chapter("index", "One", [figure("a", "x\n=1+1\n")])])
    assert (staged.figures, staged.data) == ({"a": "<svg>a</svg>"}, {"a": "x\n'=1+1\n"})


def test_written_stage_holds_chapters_figures_fonts_and_configuration(tmp_path: Path, root: Path) -> None:
    staged = assemble([Chapter("index", "One", [figure("a")])])
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "old.qmd").write_text("left over")
    write(staged, root / "report", tmp_path / "stage", EDITION)
    got = {path.relative_to(tmp_path / "stage").as_posix() for path in (tmp_path / "stage").rglob("*") if path.is_file()}
    assert {"index.qmd", "figures/a.svg", "_quarto.yml", "fonts/SourceSansPro-Regular.ttf", "theme/briefing.css"} <= got
    assert "old.qmd" not in got


def test_configuration_has_edition_and_chapters(root: Path) -> None:
    got = yaml.safe_load(configured((root / "report" / "_quarto.yml").read_text("utf-8"), ["index", "alp"], EDITION))
    assert (got["book"]["title"], got["book"]["subtitle"], got["book"]["chapters"]) == ("T", "S", ["index.qmd", "alp.qmd"])
    assert (got["edition"], got["cut-off"]) == ("First", "21 November 2026")


def test_configuration_keeps_the_formats(root: Path) -> None:
    source = (root / "report" / "_quarto.yml").read_text("utf-8")
    assert yaml.safe_load(configured(source, ["index"], EDITION))["format"] == yaml.safe_load(source)["format"]


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+1+cmd", "@SUM(1)", "-1+cmd|' /C calc'!A0", "-A1", "\tx", "-"])
def test_cell_that_reads_as_a_formula_gets_an_apostrophe(cell: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["a", cell])
    got = next(csv.reader(io.StringIO(safe_csv(out.getvalue()))))
    assert got == ["a", "'" + cell]


@pytest.mark.parametrize("cell", ["-5", "-0.5", "-.5", "-1e-05", "5", "", "a=b", "2024-01-01", "x@y"])
def test_number_or_plain_text_is_left_as_it_is(cell: str) -> None:
    got = next(csv.reader(io.StringIO(safe_csv(f"a,{cell}\n"))))
    assert got == ["a", cell]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2), min_size=1))
def test_safe_csv_changes_nothing_but_the_apostrophe(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    got = list(csv.reader(io.StringIO(safe_csv(out.getvalue()))))
    assert [[cell.removeprefix("'") for cell in row] for row in got] == [[cell.removeprefix("'") for cell in row] for row in rows]
