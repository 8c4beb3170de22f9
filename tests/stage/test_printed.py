"""The register of a project with more facts than can be printed."""

from __future__ import annotations

from helpers.stage.book import Chapter
from helpers.stage.outputs import Part
from helpers.stage.printed import printed, with_register
from helpers.tables.load import Tables

LINK = '[USD 3 bn](register.qmd#fact-bet-trade-old){.fact data-fact="bet-trade-old"}'
PLAN = Part("table", "| a |", {"source": "From [3](register.qmd#fact-bet-arms-plan){.fact}."})
CHAPTERS = [Chapter("alp", "Alpland", [Part("text", LINK), PLAN]), Chapter("register", "Register", [])]


def test_what_is_cited_is_printed_with_what_superseded_it(small_tables: Tables) -> None:
    got = printed(small_tables, ["No number.", LINK])
    assert got == {"fact-bet-trade-old", "fact-bet-trade-2024"}


def test_a_register_within_the_limit_is_left_as_it_is(small_tables: Tables) -> None:
    assert with_register(CHAPTERS, small_tables, len(small_tables.facts)) is CHAPTERS


def test_above_the_limit_the_register_has_the_facts_that_texts_and_exhibits_cite(small_tables: Tables) -> None:
    parts = with_register(CHAPTERS, small_tables, len(small_tables.facts) - 1)[1].parts
    got = sorted(line.split('"')[3] for part in parts for line in part.body.splitlines() if line.startswith('{"id":'))
    assert got == ["fact-bet-arms-plan", "fact-bet-trade-2024", "fact-bet-trade-old"]


def test_above_the_limit_the_register_says_how_many_facts_there_are(small_tables: Tables) -> None:
    got = with_register(CHAPTERS, small_tables, 5)[1].parts[0].body
    exp = "The tables hold 14 facts. Printed here are the 3 that the briefing cites; all of them are in "
    exp += "[facts.csv](data/tables/facts.csv) beside it."
    assert got == exp
