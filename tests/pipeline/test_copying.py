"""HTML copies made in a fork of the warm parent while the book is staged and rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from helpers.execute.copies import kept_copy, stale
from helpers.execute.forked import WarmParent, why_cold
from helpers.pipeline import copying
from helpers.pipeline.paths import Paths


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with WarmParent() as warm:
        assert warm.ready()
        yield warm.address


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = Paths(tmp_path, tmp_path / "data", tmp_path / "out")
    found.executed.mkdir(parents=True)
    for key in ("A", "B"):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(key)]), found.executed / f"{key}.ipynb")
    return found


@pytest.mark.skipif(bool(why_cold()), reason=f"plain kernels here: {why_cold()}")
def test_copies_are_there_when_they_have_been_waited_for(paths: Paths, address: str) -> None:
    copying.begin(paths, ["A", "B"], address)()
    assert [stale(paths.executed / f"{key}.ipynb") for key in ("A", "B")] == [False, False]


@pytest.mark.skipif(bool(why_cold()), reason=f"plain kernels here: {why_cold()}")
def test_a_copy_made_there_is_the_same_as_one_made_here(paths: Paths, address: str) -> None:
    copying.begin(paths, ["A"], address)()
    got = (paths.executed / "A.html").read_bytes()
    (paths.executed / "A.html").unlink()
    assert got == kept_copy(paths.executed / "A.ipynb").read_bytes()


@pytest.mark.skipif(bool(why_cold()), reason=f"plain kernels here: {why_cold()}")
def test_what_keeps_a_copy_from_being_made_is_said_where_it_is_asked_for(paths: Paths, address: str) -> None:
    (paths.executed / "A.ipynb").write_text("no notebook", "utf-8")
    copying.begin(paths, ["A"], address)()
    with pytest.raises(nbformat.reader.NotJSONError):
        kept_copy(paths.executed / "A.ipynb")


def test_a_notebook_that_is_not_there_is_left_out(paths: Paths) -> None:
    copying.begin(paths, ["C"], "")()
    assert not (paths.executed / "C.html").exists()


def test_nothing_is_asked_of_a_parent_where_all_copies_are_current(paths: Paths) -> None:
    kept_copy(paths.executed / "A.ipynb")
    copying.begin(paths, ["A"], "/nowhere")()  # asking there would raise
    assert not stale(paths.executed / "A.ipynb")
