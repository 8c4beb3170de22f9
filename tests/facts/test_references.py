"""Each function that prose can call, with right names, wrong names and units that do not fit; and the sandbox."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReferenceProblem
from helpers.facts.references import References, render, without_links
from helpers.tables.load import Tables


def plain(text: str) -> str:
    """A rendered reference without its link and with ordinary spaces."""
    return without_links(text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def references(small_tables: Tables) -> References:
    return References(small_tables, "ALP")


CALLS = [
    ('fact("alp-trade-2024")', "USD 25.5 bn"),
    ('fact("alp-trade-2024", "dated")', "USD 25.5 bn (2024)"),
    ('fact("alp-port-cost", "dated")', "USD 1.5 bn (contract, 2024)"),
    ('fact("alp-ships", "words")', "eight ships"),
    ('fact("bet-ships")', "1 ship"),
    ('fact("alp-debt-share", "number")', "48.3"),
    ('fact("alp-trade-2024", "range")', "USD 24–27 bn"),
    ('fact("alp-passengers-2024", "date")', "3 December 2021 to 2 December 2024"),
    ('change("alp-trade-2022", "alp-trade-2023")', "up 50%"),
    ('change("alp-trade-2023", "alp-trade-2024")', "down 15%"),
    ('share("alp-port-spent", "alp-port-cost")', "26.7%"),
    ('ratio("alp-trade-2023", "alp-trade-2022")', "1.5 times"),
    ('difference("alp-trade-2024", "alp-trade-2023")', "USD −4.5 bn"),
    ('total("alp-trade-2022", "alp-trade-2023", "alp-trade-2024")', "USD 75.5 bn"),
    ('claim("s0-alp-trade")', "USD 31 bn"),
    ('point("trade_total_customs", 2023)', "USD 30 bn"),
    ('point("trade_total_comtrade", 2024)', "USD 22 bn"),
    ('point("trade_total_comtrade", 2024, partner="BET")', "USD 3.5 bn"),
    ('count("facts", kind="cumulative")', "three"),
    ('count("facts", partner="BET")', "four"),
    ('count("sources")', "four"),
    ('who("alp-trade-2024")', "Customs"),
    ('who("alp-ships")', "The Daily"),
    ('cite("blog")', "A blog"),
    ('edition("title")', "Alliances without treaties"),
    ("partners()", "two"),
    ('partners_counted("trade_total_comtrade", 2024)', "two"),
    ('partners_with("trade_total_comtrade", 2024, above=10)', "one"),
    ('together("trade_total_comtrade", 2024)', "USD 25.5 bn"),
    ('extent("trade_total_comtrade", 2024)', "USD 3.5–22 bn"),
    ('closeness("ALP")', "not ranked"),  # too few countries for an index
    ('finding("lift")', "no data"),
]


@pytest.mark.parametrize(("call", "exp"), CALLS)
def test_call_prints(references: References, call: str, exp: str) -> None:
    got = plain(render(f"{{{{ {call} }}}}", references))
    assert got == exp


def test_every_function_is_tested(references: References) -> None:
    got = {call.partition("(")[0] for call, _ in CALLS}
    assert got == set(references.functions())


WRONG = [
    ('fact("alp-trade-2042")', 'the nearest is "alp-trade-2024"'),
    ('fact("alp-formula")', "has no value"),
    ('fact("alp-ships", "range")', "has no range"),
    ('fact("alp-ships", "word")', "choose dated, number, words, range or date"),
    ("fact()", "missing 1 required"),
    ('change("alp-trade-2023", "alp-ships")', "different units: alp-trade-2023 in USD bn, alp-ships in ships"),
    ('share("alp-ships", "alp-trade-2024")', "different units"),
    ('ratio("alp-ships", "alp-trade-2024")', "different units"),
    ('difference("alp-ships", "alp-trade-2024")', "different units"),
    ('total("alp-ships", "alp-trade-2024")', "different units"),
    ("total()", "no fact is named"),
    ('claim("s0-alp-trad")', 'the nearest is "s0-alp-trade"'),
    ('claim("s1-bet-pact")', "has no value"),
    ('point("trade_total_custom", 2024)', 'the nearest is "trade_total_customs"'),
    ('point("trade_total_customs", 1999)', "no value of trade_total_customs for ALP in 1999"),
    ('point("trade_total_customs", "soon")', "invalid literal"),
    ('point("trade_total_customs", 1e999)', "inf"),
    ('count("fact")', 'no table "fact"; the nearest is "facts"'),
    ('count("facts", knd="actual")', 'no column "knd"; the nearest is "kind"'),
    ('who("alp-ship")', 'the nearest is "alp-ships"'),
    ('cite("dayly")', 'the nearest is "daily"'),
    ('edition("cutoff")', 'the nearest is "cut_off"'),
    ('fct("alp-ships")', 'no function "fct"; the nearest is "fact"'),
    ('together("trade_total_customs", 1999)', "1999"),
    ('extent("trade_total_comtrade", 2024, without="ALP BET")', "no partner is left"),
]


@pytest.mark.parametrize(("call", "exp"), WRONG)
def test_wrong_call_is_refused(references: References, call: str, exp: str) -> None:
    with pytest.raises(ReferenceProblem) as got:
        render(f"{{{{ {call} }}}}", references)
    assert exp in str(got.value)


def test_no_change_share_or_ratio_of_zero(small_tables: Tables) -> None:
    facts = small_tables["facts"].copy()
    facts.loc[facts["fact_id"] == "alp-trade-2022", "value"] = 0
    references = References(Tables(small_tables.package, {**small_tables.frames, "facts": facts}))
    for call in ("change", "share", "ratio"):
        names = ("alp-trade-2022", "alp-trade-2023") if call == "change" else ("alp-trade-2023", "alp-trade-2022")
        with pytest.raises(ReferenceProblem, match="zero"):
            getattr(references, call)(*names)


def test_no_change_from_a_negative_value(small_tables: Tables) -> None:
    facts = small_tables["facts"].copy()
    facts.loc[facts["fact_id"] == "alp-trade-2022", "value"] = -10
    references = References(Tables(small_tables.package, {**small_tables.frames, "facts": facts}))
    with pytest.raises(ReferenceProblem, match="zero or less"):
        references.change("alp-trade-2022", "alp-trade-2023")


def test_fact_links_to_its_row(references: References) -> None:
    got = references.fact("alp-ships")
    assert got == '[8\N{NO-BREAK SPACE}ships](register.qmd#fact-alp-ships){.fact data-fact="alp-ships"}'


def test_derived_number_names_all_its_facts(references: References) -> None:
    got = references.change("alp-trade-2022", "alp-trade-2023")
    assert got.endswith('(register.qmd#fact-alp-trade-2023){.fact .derived data-fact="alp-trade-2022 alp-trade-2023"}')


def test_point_of_a_fact_links_to_the_fact(references: References) -> None:
    got = references.point("trade_total_customs", 2024)
    assert 'data-fact="alp-trade-2024"' in got


def test_point_of_a_series_links_to_its_source(references: References) -> None:
    got = references.point("trade_total_comtrade", 2024)
    assert "(sources.qmd#source-customs)" in got


def test_claim_links_to_the_ledger_of_its_chapter(references: References) -> None:
    got = references.claim("s0-alp-trade")
    assert "(alp.qmd#claim-s0-alp-trade)" in got


def test_cut_off_is_written_in_words(small_tables: Tables) -> None:
    descriptor = {**small_tables.package.descriptor, "briefing": {"cut_off": "2026-11-21"}}
    tables = Tables(replace(small_tables.package, descriptor=descriptor), small_tables.frames)
    assert References(tables).edition("cut_off") == "21 November 2026"


def test_changed_value_changes_the_reference(small_tables: Tables) -> None:
    facts = small_tables["facts"].copy()
    facts.loc[facts["fact_id"] == "alp-ships", "value"] = 9
    got = plain(References(Tables(small_tables.package, {**small_tables.frames, "facts": facts})).fact("alp-ships"))
    assert got == "9 ships"


ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ fact.__globals__ }}",
    "{{ fact.__self__.tables }}",
    "{{ fact.__init__.__globals__['os'] }}",
    "{{ self.__dict__ }}",
    "{{ fact }}",
    "{{ 42 }}",
    "{{ 'forty' }}",
    "{{ 'a' * 5 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 'x' * 10 ** 12 }}",
    "{{ fact('alp-ships') ~ 5 }}",
    "{{ fact('alp-ships') | upper }}",
    "{{ fact('alp-ships').upper() }}",
    "{{ fact('alp-ships').format(fact) }}",
    "{{ fact(['alp-ships']) }}",
    "{{ fact(*['alp-ships']) }}",
    "{{ fact(cite('daily')) }}",
    "{{ fact('alp-ships') if 1 else 2 }}",
    "{{ range(9) }}",
    "{{ lipsum() }}",
    "{{ cycler() }}",
    "{% set x = 5 %}{{ x }}",
    "{% if 1 %}x{% endif %}",
    "{% for a in 'ab' %}x{% endfor %}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{{ fact(" + "(" * 5000,
]


@pytest.mark.parametrize("text", ESCAPES, ids=lambda text: text[:40])
def test_only_plain_calls_can_stand_in_braces(references: References, text: str) -> None:
    with pytest.raises(ReferenceProblem):
        render(text, references)


def test_loop_bomb_is_refused_at_once(references: References) -> None:
    bomb = "{% for a in 'aaaaaaaaaa' %}" * 12 + "x" + "{% endfor %}" * 12
    started = time.monotonic()
    with pytest.raises(ReferenceProblem):
        render(bomb, references)
    assert time.monotonic() - started < 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="{}%#'\"()|.[]_ afct0123,=-~*", max_size=40))
def test_any_text_renders_or_is_refused(small_tables: Tables, text: str) -> None:
    try:
        got = render(text, References(small_tables, "ALP"))
    except ReferenceProblem:
        return
    assert isinstance(got, str)


def test_text_without_braces_is_untouched(references: References) -> None:
    exp = "A **bold** claim, $5, @x and <b>.\n"
    assert render(exp, references) == exp


def test_wrong_reference_names_its_line(references: References) -> None:
    with pytest.raises(ReferenceProblem, match="line 3"):
        render("one\n\n{{ fact(", references)


def test_without_links_keeps_the_words() -> None:
    got = without_links('Trade was [USD 5 bn](register.qmd#fact-a){.fact data-fact="a"} \\*once\\*')
    assert got == "Trade was USD 5 bn *once*"
