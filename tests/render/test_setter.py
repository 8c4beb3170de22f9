"""PDFs set one after the other by a process of their own: what it says, how it ends, and that it does not grow for ever."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.errors import RenderError
from helpers.render import apart
from helpers.render.apart import pdfs
from helpers.render.pdf import SOURCE, compile_pdf
from helpers.render.setter import LARGEST, Setter

BOOK = '#set document(title: "T")\n#set text(lang: "en", font: "Source Sans Pro")\n= Told\nTrade rose.\n'


@pytest.fixture
def setter() -> Iterator[Setter]:
    made = Setter()
    yield made
    made.close()


def written(stage: Path, source: str) -> Path:
    (stage / SOURCE).write_text(source, "utf-8")
    return stage


def process(setter: Setter) -> int:
    return setter._held.process.pid if setter._held else 0


def test_it_sets_what_this_process_would_set(stage: Path, setter: Setter) -> None:
    got = setter.set(written(stage, BOOK), SOURCE)
    assert got == apart.packed(*compile_pdf(BOOK, stage))


def test_what_typst_says_is_told_in_the_same_words(stage: Path, setter: Setter) -> None:
    source = f"{BOOK}#nonsense()\n"
    with pytest.raises(RenderError) as exp:
        compile_pdf(source, stage)
    with pytest.raises(RenderError) as got:
        setter.set(written(stage, source), SOURCE)
    assert got.value.args == exp.value.args


def test_one_process_sets_many(stage: Path, setter: Setter) -> None:
    found = []
    for turn in range(3):
        setter.set(written(stage, f"{BOOK}{turn}\n"), SOURCE)
        found.append(process(setter))
    assert (len(set(found)), 0 in found) == (1, False)


@pytest.mark.parametrize(("largest", "exp"), [(1, 0), (LARGEST, 1)])
def test_a_process_that_has_grown_is_ended(stage: Path, setter: Setter, largest: int, exp: int) -> None:
    setter.largest = largest
    setter.set(written(stage, BOOK), SOURCE)
    assert bool(process(setter)) == exp


def test_a_process_that_is_killed_is_told_and_replaced(stage: Path, setter: Setter) -> None:
    setter.set(written(stage, BOOK), SOURCE)
    (program,) = Path(f"/proc/{process(setter)}/task/{process(setter)}/children").read_text().split()
    os.kill(int(program), signal.SIGKILL)
    with pytest.raises(RenderError, match=r"its process ended with -9"):
        setter.set(written(stage, BOOK), SOURCE)
    assert setter.set(written(stage, BOOK), SOURCE).startswith(b"%PDF")


def test_a_pdf_that_cannot_be_written_is_told_and_no_end(stage: Path, setter: Setter) -> None:
    (stage / "briefing.pdf").mkdir()
    with pytest.raises(RenderError, match=r"briefing\.pdf: is a directory \(make room"):
        setter.set(written(stage, BOOK), SOURCE)
    assert process(setter)


def test_its_last_words_are_told(stage: Path, setter: Setter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpers.render.setter.PROGRAM", "import sys; input(); sys.exit('no room')")
    with pytest.raises(RenderError, match=r"ended with 1\nno room"):
        setter.set(written(stage, BOOK), SOURCE)


def test_a_second_book_is_set_elsewhere(stage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(apart, "_more", threading.Event())
    monkeypatch.setattr(Setter, "set", lambda _, folder, name: asked.append((folder / name).read_text("utf-8")) or b"")
    pdfs(BOOK, stage, 1)
    assert asked == []
    pdfs(f"{BOOK}More.\n", stage, 1)
    assert asked == [f"{BOOK}More.\n"]


def test_where_many_are_expected_the_first_is_set_elsewhere_too(stage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(apart, "_more", threading.Event())
    monkeypatch.setattr(Setter, "set", lambda *_: asked.append(1) or b"")
    apart.expect_more()
    pdfs(BOOK, stage, 1)
    assert asked == [1]


def test_a_preview_sets_all_its_pdfs_elsewhere(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_project)
    monkeypatch.setattr(apart, "_more", threading.Event())
    monkeypatch.setattr("helpers.pipeline.preview.preview", lambda *_: None)
    got = CliRunner().invoke(main, ["preview", "--no-open"])
    assert (got.exit_code, apart._more.is_set()) == (0, True)
