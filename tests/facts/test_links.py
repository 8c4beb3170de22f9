"""Text from tables prints as itself; links carry provenance."""

from __future__ import annotations

import re
import subprocess

import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.facts.links import claim_link, clean, escape, fact_link, for_notebook, identifier, source_link

DIVIDER = "Zqx"
HOSTILE = [
    "<script>alert(1)</script>",
    "#include <stdio.h>",
    "# heading",
    "{{ fact('a') }}",
    "{% x %}",
    "$x^2$ and $y$",
    "@citation",
    "*bold* _it_ **b** __u__ ~~s~~",
    "=SUM(A1:A3)",
    "AT&T, R&D, &amp; &lt; &#65; &copy;",
    "1. first",
    "2) second",
    "(3) third",
    "a) letter",
    "i. roman",
    "(@x) example",
    "#. auto",
    "- dash",
    "+ plus",
    "* star",
    ": definition",
    "> quote",
    "| line block",
    "| a | b |",
    "::: warning",
    "```code```",
    "~~~",
    "---",
    "***",
    "===",
    "% title",
    "[text](http://x.y){.c}",
    "![image](x.png)",
    "[^1] and [@x]",
    "[a]: b",
    "http://example.org and www.example.org",
    "a -- b --- c ... d",
    "\\begin{x} \\LaTeX \\",
    "H~2~O x^2^",
    "`raw`{=html}",
    "<!-- comment -->",
    ":smile:",
    "1986. A great year",
    "Société Générale – 中国 – Россия",
]
PIECES = st.sampled_from(
    [*HOSTILE, *'abc XI19.,;:!?()[]{}<>#*+-_=~^`"\\/|&$%@', "é", "–", "…", "\n", "\t", "\u200b", "\u202e", "\x00", "  "]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map("".join) | st.text(max_size=30)


def printed(texts: list[str]) -> list[str]:
    """What pandoc prints for escaped texts, each at the start of a paragraph of its own."""
    given_text = f"\n\n{DIVIDER}\n\n".join([DIVIDER, *map(escape, texts), DIVIDER])
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "plain", "--wrap=none"]
    done = subprocess.run(command, input=given_text, capture_output=True, text=True, encoding="utf-8", check=True)
    return re.split(rf"\n*{DIVIDER}\n*", done.stdout.strip("\n"))[2:-2]


def typography(text: str) -> str:
    """Text without what pandoc's typography may touch: straight or curly quotes and the space beside them."""
    return re.sub(r"\s*['‘’]\s*", "'", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


def test_hostile_text_prints_as_itself() -> None:
    got = [typography(text) for text in printed(HOSTILE)]
    exp = [typography(clean(text)) for text in HOSTILE]
    assert got == exp


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(TEXTS.filter(lambda text: typography(clean(text)) and DIVIDER not in text), min_size=10, max_size=60))
def test_any_text_prints_as_itself(texts: list[str]) -> None:
    got = [typography(text) for text in printed(texts)]
    exp = [typography(clean(text)) for text in texts]
    assert got == exp


@given(st.text())
def test_clean_is_one_printable_line_without_runs_of_spaces(text: str) -> None:
    got = clean(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]|  ", got)


@given(st.text())
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "exp"),
    [("a \t\r\n b", "a b"), (" a ", "a"), ("a\u202eb\u200bc", "abc"), ("a\x00b", "ab"), ("中\u3000国", "中\u3000国")],
)
def test_clean(text: str, exp: str) -> None:
    assert clean(text) == exp


def test_escaped_prose_stays_readable() -> None:
    exp = "Trade (2024), customs: 5% up; China's share!"
    assert escape(exp) == exp


@given(st.text())
def test_identifier_is_an_anchor(text: str) -> None:
    assert re.fullmatch(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)?", identifier(text))


def test_identifier_keeps_a_key() -> None:
    assert identifier("rus-trade-2024") == "rus-trade-2024"


def test_identifier_of_hostile_text() -> None:
    assert identifier('a"}){.x} <b>') == "a-x-b"


def test_fact_link_of_one_fact() -> None:
    got = fact_link("5 [x]", "a-1")
    assert got == '[5 \\[x\\]](register.qmd#fact-a-1){.fact data-fact="a-1"}'


def test_fact_link_of_several_facts_links_to_the_last() -> None:
    got = fact_link("5", "a", "b")
    assert got == '[5](register.qmd#fact-b){.fact .derived data-fact="a b"}'


def test_source_link() -> None:
    assert source_link("The *Daily*", "daily") == "[The \\*Daily\\*](sources.qmd#source-daily){.cite}"


def test_claim_link() -> None:
    assert claim_link("5", "s0-a", "alp") == '[5](alp.qmd#claim-s0-a){.claim data-claim="s0-a"}'


NOTEBOOK = [
    (fact_link("5 bn", "a"), "[5 bn](../index.html#fact-a)"),
    (fact_link("5 [x]", "a"), "[5 \\[x\\]](../index.html#fact-a)"),
    ("[exhibit](lao.qmd#exhibit-lao-trade){.ref}", "[exhibit](../index.html#exhibit-lao-trade)"),
    ("[confirmed]{.verdict .confirmed}", "confirmed"),
    ("::: {.finding}\nText\n:::", "Text"),
    ("## Trade: up {#lao-trade}", "## Trade: up"),
    ("Plain **bold** text", "Plain **bold** text"),
]


@pytest.mark.parametrize(("markdown", "exp"), NOTEBOOK)
def test_for_notebook(markdown: str, exp: str) -> None:
    assert for_notebook(markdown) == exp
