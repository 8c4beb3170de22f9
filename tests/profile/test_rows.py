"""Rows as data: texts as printers set them, addresses that cannot end early."""

from __future__ import annotations

import json

import pytest

from helpers.profile import rows


@pytest.mark.parametrize(
    ("text", "exp"),
    [
        ("Russia's share", "Russia’s share"),
        ("the 'no limits' words", "the ‘no limits’ words"),
        ("('a')", "(‘a’)"),
        ('a "b" c', "a “b” c"),
        ('("no limits")', "(“no limits”)"),
        ("  a \n b\x00\u202e ", "a b"),
    ],
)
def test_words_are_one_line_with_printers_apostrophes(text: str, exp: str) -> None:
    got = rows.words(text)
    assert got == exp


def test_a_block_has_its_head_and_a_line_for_each_row() -> None:
    body = rows.block(["A", "B"], [rows.Row([["x"], ["1"]], "fact-x", {"partner": "RUS"})], "lr")
    got = [json.loads(line) for line in body.splitlines()[1:-1]]
    exp = [{"header": ["A", "B"], "align": "lr"}, {"id": "fact-x", "data": {"partner": "RUS"}, "cells": [["x"], ["1"]]}]
    assert got == exp


def test_a_text_like_a_fence_cannot_end_the_block() -> None:
    got = rows.block(["A"], [rows.Row([[rows.words("```")]])]).count("```")
    assert got == 2


def test_a_key_becomes_an_anchor() -> None:
    got = rows.fact_link("x", "rus trade/2024")
    assert got == {"kind": "fact", "text": "x", "page": "register.qmd", "to": "fact-rus-trade-2024"}
