"""Numbers typed into prose: what is found, and what a date or a name excuses."""

from __future__ import annotations

import pytest

from helpers.facts.numbers import typed_numbers

TYPED = [
    ("Trade reached 244.8 bn.", ["244.8"]),
    ("It sold 1,741 tonnes.", ["1,741"]),
    ("About 65% went there.", ["65"]),
    ("USD 5 bn of loans.", ["5"]),
    ("Some sixty ships.", ["sixty"]),
    ("Three ships sailed.", ["Three"]),
    ("Half of it is debt.", ["Half"]),
    ("Billions were lent.", ["Billions"]),
    ("It doubled, then tripled.", ["doubled", "tripled"]),
    ("Ten percent of trade.", ["Ten", "percent"]),
    ("In 2024, 24 aircraft.", ["24"]),
    ("From 3.5 to 4.", ["3.5", "4"]),
    ("Growth of 2024%.", ["2024"]),
    ("Output of 2000 bn.", ["2000"]),
    ("A share of 20.5.", ["20.5"]),
    ("A majority of two-thirds.", ["two-thirds"]),
    ("In 2,024 cases.", ["2,024"]),
    ("{{ fact('a') }} and 7 more.", ["7"]),
    ("[12 ships](register.qmd#fact-a)", ["12"]),
    ("Between 3 and 5 visits.", ["3", "5"]),
    ("It was 2 million barrels a day.", ["2", "million"]),
    ("Millions of barrels a day.", ["Millions"]),
]

EXCUSED = [
    "Trade grew in 2024.",
    "From 2014–2018 and 2020/21.",
    "In the 1990s.",
    "On 3 December 2021.",
    "On 3–5 August 2025.",
    "December 2 was the day.",
    "The S-400 system and the J-10C.",
    "The H-6N bomber, the 5G network, the G20.",
    "Resolution 2774 passed.",
    "Article 5 and Chapter 7.",
    "Power of Siberia 2 is unbuilt.",
    "One treaty and two notes.",
    "China Three Gorges built it.",
    "{{ fact('a-2024') }} of {{ share('b-3', 'c-4') }}",
    "{{ fact(\n'alp-10') }}",
    "[text](register.qmd#fact-12)",
    "See https://example.org/2024/12/31.",
    "Words {.class-3} only.",
    "Flows are in mb/d, million barrels a day.",
    "",
]


@pytest.mark.parametrize(("text", "exp"), TYPED)
def test_typed_number_is_found(text: str, exp: list[str]) -> None:
    got = [word for _, word in typed_numbers(text)]
    assert got == exp


@pytest.mark.parametrize("text", EXCUSED)
def test_year_date_name_or_reference_is_no_typed_number(text: str) -> None:
    assert typed_numbers(text) == []


def test_typed_number_has_its_line() -> None:
    got = typed_numbers("one\n{{ fact(\n'a') }}\nof 24 ships")
    assert got == [(4, "24")]
