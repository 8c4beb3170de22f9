"""An edition against another, and against a manifest alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.edition import cells, compare
from helpers.edition.difference import Artefact, Difference
from helpers.pipeline import fingerprint

NOTEBOOK = {"metadata": {}, "cells": [{"cell_type": "code", "id": "cell-04", "source": "", "outputs": []}]}
FILES = {
    "index.html": '<p>Words.</p><section id="lao" class="level2"><p>Laos.</p></section>',
    "data/tables/facts.csv": "fact_id,value\nlao-a,1\n",
    "data/figures/lao-trade.csv": "year,value\n2024,1\n",
    "notebooks/LAO.ipynb": json.dumps(NOTEBOOK),
    "lineage.json": '{"LAO": {}}',
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path / "old", FILES)


def against(old: Path, tmp_path: Path, changed: dict[str, str]) -> dict[str, Artefact]:
    new = write(tmp_path / "new", FILES | changed)
    found = compare.folders(old, new, fingerprint.tree(old), fingerprint.tree(new), fingerprint.tree(old))
    return {item.name: item for item in found}


def test_the_same_files_are_the_same(old: Path, tmp_path: Path) -> None:
    got = {item.status for item in against(old, tmp_path, {}).values()}
    assert got == {"same"}


@pytest.mark.parametrize(
    ("name", "text", "exp"),
    [
        ("data/tables/facts.csv", "fact_id,value\nlao-a,2\n", Difference("lao-a, value", "1", "2")),
        ("data/figures/lao-trade.csv", "year,value\n2024,2\n", Difference("2024, value", "1", "2")),
        ("index.html", FILES["index.html"].replace("Laos.", "Lao."), Difference("lao", "Laos.", "Lao.")),
        (
            "notebooks/LAO.ipynb",
            FILES["notebooks/LAO.ipynb"].replace('"source": ""', '"source": "1"'),
            Difference("cell-04, source", "", "1"),
        ),
        ("lineage.json", '{"LAO": 1}', Difference("LAO", "{}", "1")),
    ],
)
def test_a_file_that_differs_says_where(old: Path, tmp_path: Path, name: str, text: str, exp: Difference) -> None:
    got = against(old, tmp_path, {name: text})
    assert (got[name].status, got[name].differences) == ("differs", (exp,))
    assert {item.status for item in got.values() if item.name != name} == {"same"}


def test_other_bytes_with_the_same_words_differ(old: Path, tmp_path: Path) -> None:
    got = against(old, tmp_path, {"index.html": FILES["index.html"].replace("<p>Words", "<p >Words")})
    assert got["index.html"].differences == (compare.OTHER_BYTES,)


def test_a_damaged_notebook_differs(old: Path, tmp_path: Path) -> None:
    got = against(old, tmp_path, {"notebooks/LAO.ipynb": "{"})
    assert "cannot be read" in got["notebooks/LAO.ipynb"].differences[0].where


def test_a_file_that_the_edition_lacks_is_missing(old: Path, tmp_path: Path) -> None:
    got = against(old, tmp_path, {"data/figures/lao-arms.csv": "a\n"})["data/figures/lao-arms.csv"]
    assert (got.status, got.differences) == ("missing", (compare.NOT_IN_EDITION,))


def test_a_file_that_the_rebuild_lacks_is_missing(old: Path, tmp_path: Path) -> None:
    write(old, {"data/figures/extra.csv": "a\n"})
    got = against(old, tmp_path, {})["data/figures/extra.csv"]
    assert (got.status, got.differences) == ("missing", (compare.NOT_REBUILT,))


def test_a_file_touched_since_the_build_is_said(old: Path, tmp_path: Path) -> None:
    listed = fingerprint.tree(old)
    write(old, {"data/tables/facts.csv": "fact_id,value\nlao-a,7\n"})
    new = write(tmp_path / "new", FILES)
    found = compare.folders(old, new, listed, fingerprint.tree(new), fingerprint.tree(old))
    got = next(item.differences for item in found if item.status == "differs")
    assert got == (Difference(compare.TOUCHED), Difference("lao-a, value", "7", "1"))


def manifest_of(folder: Path) -> dict[str, object]:
    page = compare.chapters((folder / "index.html").read_text("utf-8"))
    return {
        "outputs": fingerprint.tree(folder),
        "notebooks": {"LAO": cells.describe(cells.read(folder / "notebooks" / "LAO.ipynb"))},
        "chapters": {key: cells.digest(text) for key, text in page.items()},
    }


def by_hash(old: Path, tmp_path: Path, changed: dict[str, str], beside: Path | None = None) -> dict[str, list[str]]:
    new = write(tmp_path / "new", FILES | changed)
    found = compare.hashes(manifest_of(old), new, fingerprint.tree(new), beside)
    return {item.name: [difference.where for difference in item.differences] for item in found if item.status != "same"}


def test_a_manifest_alone_finds_the_same(old: Path, tmp_path: Path) -> None:
    assert by_hash(old, tmp_path, {}) == {}


def test_a_manifest_alone_names_the_cell(old: Path, tmp_path: Path) -> None:
    shown = {"output_type": "display_data", "data": {"text/markdown": "one"}, "metadata": {}}
    other = {**NOTEBOOK, "cells": [{**NOTEBOOK["cells"][0], "outputs": [shown]}]}  # type: ignore[index, dict-item]
    got = by_hash(old, tmp_path, {"notebooks/LAO.ipynb": json.dumps(other)})
    assert got == {"notebooks/LAO.ipynb": ["cell-04"]}


def test_a_manifest_alone_names_the_chapter(old: Path, tmp_path: Path) -> None:
    got = by_hash(old, tmp_path, {"index.html": FILES["index.html"].replace("Laos.", "Lao.")})
    assert got == {"index.html": ["chapter lao"]}


def test_a_manifest_alone_tells_other_files_by_their_hash(old: Path, tmp_path: Path) -> None:
    got = by_hash(old, tmp_path, {"data/tables/facts.csv": "fact_id,value\nlao-a,2\n"})
    assert got == {"data/tables/facts.csv": ["hash"]}


def test_the_very_file_beside_the_manifest_is_compared_in_full(old: Path, tmp_path: Path) -> None:
    got = by_hash(old, tmp_path, {"data/tables/facts.csv": "fact_id,value\nlao-a,2\n"}, beside=old)
    assert got == {"data/tables/facts.csv": ["lao-a, value"]}


def test_a_file_that_the_manifest_lacks_is_missing(old: Path, tmp_path: Path) -> None:
    got = by_hash(old, tmp_path, {"extra.txt": "1"})
    assert got == {"extra.txt": ["not in the edition"]}


def test_a_manifest_that_says_the_same_is_no_artefact() -> None:
    assert compare.records({"edition": {"edition": "First"}, "inputs": 1}, {"inputs": 2, "edition": {"edition": "First"}}) == []


@pytest.mark.parametrize(
    ("part", "exp"),
    [
        ({"edition": {"edition": "Second"}}, Difference("edition.edition", "Second", "First")),
        ({"failed": {}}, Difference("failed.LAO", "", "it failed")),
        ({"chapters": {"lao": "2"}}, Difference("chapters.lao", "2", "1")),
        ({"extra": "1"}, Difference("extra", "1", "")),
    ],
)
def test_words_of_a_manifest_that_nobody_built_differ(part: dict[str, object], exp: Difference) -> None:
    made = {"edition": {"edition": "First"}, "failed": {"LAO": "it failed"}, "chapters": {"lao": "1"}}
    got = compare.records({**made, **part}, made)
    assert got == [Artefact("manifest.json", "record", "differs", (exp,))]
