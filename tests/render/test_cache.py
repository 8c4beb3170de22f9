"""Pieces kept from build to build: the same book as converted whole, and only what changed is converted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.render import cache, embedded
from helpers.render.book import Book, Chapter

TEXTS = {
    "index.qmd": "# [1]{.number} In brief {#index}\n\nWords.\n\n## First {#index-first}\n\nMore.\n\n### Deep {#index-deep}\n\n- a\n- b\n",
    "lao.qmd": "# Laos {#lao}\n\n::: {.note}\n## no heading of the book\n:::\n\n## Trade {#lao-trade}\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n",
}


def book(stage: Path, **texts: str) -> Book:
    return Book(stage, {"book": {"title": "T"}}, tuple(Chapter(name, text) for name, text in {**TEXTS, **texts}.items()))


@pytest.fixture
def converted(tmp_path: Path) -> tuple[list[str], cache.Writers]:
    """A stand-in for pandoc that writes down what it was given."""
    given: list[str] = []

    def parse(text: str) -> str:
        given.append(text)
        return embedded.pandoc(["--from=markdown", "--to=json"], tmp_path, text)

    def writer(options: tuple[str, ...]) -> Callable[[str], str]:
        return lambda tree: embedded.pandoc(options, tmp_path, tree)

    return given, cache.Writers(parse, writer(embedded.TYPST), writer(embedded.HTML))


def both(staged: Book, kept: Path, writers: cache.Writers) -> tuple[str, str]:
    typst, html = cache.convert(staged, cache.pieces(staged) or [], kept, "", writers)
    return typst, html()


def test_pieces_are_chapters_and_sections(tmp_path: Path) -> None:
    got = [piece.name for piece in cache.pieces(book(tmp_path)) or []]
    assert got == ["index", "index-first", "lao", "lao-trade"]


@pytest.mark.parametrize(
    "text", ["# A {#a}\n\nNote.[^1]\n\n[^1]: Here.\n", "# A {#a}\n\n## No id\n", "# A {#a}\n\n### No id\n", "Text first.\n"]
)
def test_a_book_that_cannot_be_taken_to_pieces_is_converted_whole(tmp_path: Path, text: str) -> None:
    assert cache.pieces(book(tmp_path, **{"a.qmd": text})) is None


def test_pieces_make_the_same_book(tmp_path: Path, converted: tuple) -> None:
    staged = book(tmp_path)
    got = both(staged, tmp_path / "kept", converted[1])
    tree = converted[1].parse("\n\n".join(TEXTS.values()))
    exp = (converted[1].typst(tree).rstrip("\n"), converted[1].html(tree).rstrip("\n"))
    assert got == exp


def test_pieces_that_are_kept_make_the_same_book(tmp_path: Path, converted: tuple) -> None:
    staged = book(tmp_path)
    first, second = (both(staged, tmp_path / "kept", converted[1]) for _ in range(2))
    assert first == second


def test_only_the_changed_piece_is_converted(tmp_path: Path, converted: tuple) -> None:
    given, run = converted
    staged = book(tmp_path)
    both(staged, tmp_path / "kept", run)
    given.clear()
    staged = book(tmp_path, **{"lao.qmd": TEXTS["lao.qmd"].replace("2 |", "3 |")})
    _, html = both(staged, tmp_path / "kept", run)
    assert len(given) == 1 and given[0].startswith("## Trade") and "# Laos" not in given[0].replace("## ", "")
    assert ">3</td>" in html


@pytest.mark.parametrize("name", ["figures/x.svg", "theme/briefing.lua", "_quarto.yml"])
def test_what_a_piece_shows_and_what_converts_it_count(tmp_path: Path, converted: tuple, name: str) -> None:
    given, run = converted
    staged = book(tmp_path, **{"x.qmd": "# X {#x}\n\nSee `figures/x.svg`.\n"})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    for text in ("one", "two"):
        given.clear()
        (tmp_path / name).write_text(text)
        both(staged, tmp_path / "kept", run)
    assert given


def test_a_shell_needs_each_mark_once() -> None:
    with pytest.raises(embedded.cache.RenderError, match="2 places"):
        cache.filled("M M", {"M": "x"})


def test_a_part_that_holds_a_mark_stays_as_it_is() -> None:
    assert cache.filled("<A> <AB>", {"A>": "AB", "AB": "A>"}) == "<AB <A>>"


def test_many_pieces_go_through_pandoc_in_batches_of_a_bounded_length() -> None:
    found = [cache.Piece("x" * 100, f"p{number}", first=False) for number in range(10)]
    got = [sum(len(piece.text) for piece in batch) for batch in cache._batches(found, 300)]
    assert got == [300, 300, 200, 200]


def test_few_pieces_go_through_pandoc_in_two_batches() -> None:
    found = [cache.Piece("x" * 100, f"p{number}", first=False) for number in range(4)]
    assert [len(batch) for batch in cache._batches(found, 1000)] == [2, 2]
