"""Numbers of a text: which are seen, and which changes are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.changes.numbers import NumberChange, number_changes
from helpers.changes.texts import Statement, statements
from helpers.facts.links import claim_link, fact_link, source_link
from helpers.stage.book import Chapter
from helpers.stage.outputs import Failure, Part


def text(*paragraphs: str, chapter: str = "lao") -> list[Statement]:
    return statements([Chapter(chapter, chapter, [Part("text", body) for body in paragraphs])])


def table(*rows: str, title: str = "Title") -> list[Statement]:
    body = "\n".join(["| A | B |", "|:---|:---|", *rows])
    return statements([Chapter("lao", "Laos", [Part("table", body, {"key": "lao-x", "title": title, "classes": ""})])])


def told(old: list[Statement], new: list[Statement]) -> list[tuple[str, str, str]]:
    return [(change.new_key or change.old_key, change.old, change.new) for change in number_changes(old, new)]


SENTENCES = st.lists(
    st.builds(
        "{} counts {} of {}.".format,
        st.sampled_from(["Customs", "SIPRI", "The bank"]),
        st.builds(fact_link, st.sampled_from(["1 bn", "2 bn", "[3]"]), st.sampled_from(["a", "b", "c"])),
        st.sampled_from(["5", "seven", "all"]),
    ),
    max_size=6,
)


@given(SENTENCES)
def test_a_text_does_not_differ_from_itself(sentences: list[str]) -> None:
    assert number_changes(text(" ".join(sentences)), text(" ".join(sentences))) == []


@given(SENTENCES, SENTENCES)
def test_the_way_back_mirrors_the_way_there(first: list[str], second: list[str]) -> None:
    old, new = text(" ".join(first), "Always 1."), text(" ".join(second), "Always 1.")

    def seen(changes: list[NumberChange], turned: bool) -> set[tuple[str, ...]]:
        pairs = [((item.old_key, item.old), (item.new_key, item.new), item.chapters) for item in changes]
        return {(*(after if turned else before), *(before if turned else after), *chapters) for before, after, chapters in pairs}

    assert seen(number_changes(old, new), False) == seen(number_changes(new, old), True)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8, unique=True), st.data())
def test_random_edits_of_linked_numbers_are_found_exactly(values: list[int], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(values) - 1), unique=True))
    after = [-value if place in places else value for place, value in enumerate(values)]

    def written(numbers: list[int]) -> list[Statement]:
        return text(" ".join(f"Customs count {fact_link(str(number), f'fact-{place}')} ships." for place, number in enumerate(numbers)))

    got = set(told(written(values), written(after)))
    exp = {(f"fact-{place}", str(values[place]), f"-{values[place]}") for place in places}
    assert got == exp


def test_a_fact_that_changed_has_id_words_chapter_and_sentence() -> None:
    old, new = (text(f"Trade was {fact_link(words, 'trade')} in 2024.") for words in ("USD 5 bn", "USD 6 bn"))
    got = number_changes(old, new)
    assert got == [NumberChange("fact", "trade", "trade", "USD 5 bn", "USD 6 bn", ("lao",), "Trade was USD 6 bn in 2024.")]


def test_a_number_that_now_rests_on_another_fact_has_both_ids() -> None:
    old, new = text(f"Trade was {fact_link('5', 'trade-2023')}."), text(f"Trade was {fact_link('6', 'trade-2024')}.")
    got = number_changes(old, new)[0]
    assert (got.old_key, got.new_key) == ("trade-2023", "trade-2024")


def test_a_fact_is_recognised_in_a_sentence_written_anew() -> None:
    old, new = text(f"Trade was {fact_link('5 bn', 'trade')}."), text(f"Goods for {fact_link('6 bn', 'trade')} were traded.")
    assert told(old, new) == [("trade", "5 bn", "6 bn")]


def test_the_same_fact_in_other_words_elsewhere_is_no_change() -> None:
    old = text(f"It was {fact_link('5 bn', 'trade')}.", f"Then {fact_link('5', 'trade')}.")
    new = text(f"All of {fact_link('5', 'trade')} then.", f"It was {fact_link('5 bn', 'trade')}.")
    assert told(old, new) == []


def test_a_fact_shown_for_the_first_time_has_no_old_words() -> None:
    assert told(text("Always 1."), text("Always 1.", f"Trade was {fact_link('5', 'trade')}.")) == [("trade", "", "5")]


def test_a_fact_shown_no_longer_has_no_new_words() -> None:
    assert told(text("Always 1.", f"Trade was {fact_link('5', 'trade')}."), text("Always 1.")) == [("trade", "5", "")]


def test_a_count_without_a_link_is_seen_in_its_sentence() -> None:
    assert told(text("Of 178 statements ten fail."), text("Of 178 statements nine fail.")) == [("", "ten", "nine")]


def test_a_sentence_written_anew_tells_nothing_of_numbers_without_a_link() -> None:
    assert told(text("Of 178 statements ten fail. Always 1."), text("Nine of them fail. Always 1.")) == []


def test_one_change_in_two_chapters_is_told_once() -> None:
    old, new = (
        text(f"It was {fact_link(words, 'trade')}.") + text(f"Trade: {fact_link(words, 'trade')}.", chapter="index") for words in ("5", "6")
    )
    got = number_changes(old, new)
    assert [change.chapters for change in got] == [("lao", "index")]


def test_a_chapter_of_one_side_is_no_change() -> None:
    assert told(text("Always 1."), text("Always 1.") + text(f"It was {fact_link('5', 'trade')}.", chapter="cub")) == []


def test_a_chapter_that_failed_is_not_read() -> None:
    assert statements([Chapter("lao", "Laos", [Part("text", "It was 5.")], Failure(1, "KeyError", "x"))]) == []


def test_a_linked_number_in_a_table_is_seen() -> None:
    old, new = (table(f"| Ream | {fact_link(words, 'ream')} |") for words in ("1 pier", "2 piers"))
    assert told(old, new) == [("ream", "1 pier", "2 piers")]


def test_a_plain_cell_of_a_table_is_left_to_its_exhibit() -> None:
    assert told(table("| Laos | 7 |"), table("| Laos | 8 |")) == []


def test_a_number_in_the_title_of_an_exhibit_is_seen() -> None:
    assert told(table(title="Nine of 20 are listed"), table(title="Ten of 20 are listed")) == [("", "Nine", "Ten")]


def test_the_number_of_an_exhibit_is_none_of_the_text() -> None:
    old, new = text("See [Table 1.4](index.qmd#exhibit-x){.ref} of 2024."), text("See [exhibit](index.qmd#exhibit-x){.ref} of 2024.")
    assert told(old, new) == []


def test_a_row_more_does_not_shift_the_rows_below() -> None:
    rows = [f"| {fact_link(str(year), f'fact-{year}')} |" for year in range(2020, 2024)]
    got = told(table(*rows[1:]), table(*rows))
    assert got == [("fact-2020", "", "2020")]


@pytest.mark.parametrize(
    ("link", "kind", "key"),
    [
        (fact_link("5%", "a", "b"), "fact", "a b"),
        (claim_link("USD 60 bn", "s0-x", "pak"), "claim", "s0-x"),
        (source_link("40.8%", "unga"), "source", "unga"),
        (r"[20th \(6th\)](index.qmd#exhibit-synthesis-ranks){.ref}", "exhibit", "synthesis-ranks"),
    ],
)
def test_every_kind_of_link_is_told_apart(link: str, kind: str, key: str) -> None:
    got = text(f"It is {link}.")[0].numbers[0]
    assert (got.kind, got.key) == (kind, key)


def test_a_publisher_is_no_number() -> None:
    assert text(f"Says {source_link('China Daily', 'cd')}.") == []


def test_a_full_stop_inside_a_link_ends_no_sentence() -> None:
    got = text(f"Trade {fact_link('ca. 5 bn. USD', 'trade')} fell. It was 3.")
    assert [item.text for item in got] == ["Trade ca. 5 bn. USD fell.", "It was 3."]


def test_typographic_quotes_are_those_typed() -> None:
    assert told(text("China's share is 5."), text("China’s share is 6.")) == [("", "5", "6")]
