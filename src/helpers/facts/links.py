"""Markdown around text from tables: escaping, and links that carry provenance."""

from __future__ import annotations

import re
import unicodedata

REGISTER = "register.qmd"
SOURCES = "sources.qmd"
_SPECIAL = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_SAFE = re.compile(r"[,.;:!?()'’%/+&-]")


def clean(text: str) -> str:
    """One line of printable text: control and direction characters are dropped, white space is folded."""
    kept = (
        " " if character in "\t\n\r\v\f" else character
        for character in text
        if character in "\t\n\r\v\f" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )
    return re.sub(" {2,}", " ", "".join(kept)).strip()


def escape(text: str) -> str:
    """Text that prints as itself: every ASCII punctuation mark that Markdown could read is escaped.

    Marks that mean nothing in the middle of a line stay as they are, so that executed notebooks can be read.
    """
    line = clean(text)
    escaped = _SPECIAL.sub(lambda mark: mark[1] if _SAFE.fullmatch(mark[1]) else "\\" + mark[1], line)
    escaped = re.sub(r"^(\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))([.)])(?=\s|$)", r"\1\\\2", escaped)  # else a list
    escaped = re.sub(r"&(?=#?\w+;)", r"\\&", escaped)  # else a character reference
    escaped = re.sub(r"(-{2,}|\.{3,})", lambda run: "".join("\\" + mark for mark in run[0]), escaped)
    escaped = re.sub(r"^([-+:%])", r"\\\1", escaped)
    return re.sub(r"(?<![\w])(https?|www)([:.])", r"\1\\\2", escaped)


def identifier(text: str) -> str:
    """A key as an anchor: what is not a letter, digit or hyphen becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")


def fact_link(text: str, *fact_ids: str) -> str:
    """A number linked to the row it rests on; a derived one names all its rows and links to the last."""
    kind = ".fact .derived" if len(fact_ids) > 1 else ".fact"
    return f'[{escape(text)}]({REGISTER}#fact-{identifier(fact_ids[-1])}){{{kind} data-fact="{" ".join(map(identifier, fact_ids))}"}}'


def source_link(text: str, source_id: str) -> str:
    """A publisher linked to its row in the list of sources."""
    return f"[{escape(text)}]({SOURCES}#source-{identifier(source_id)}){{.cite}}"


def claim_link(text: str, claim_id: str, chapter: str) -> str:
    """What an article says, linked to its row in the ledger of the chapter."""
    key = identifier(claim_id)
    return f'[{escape(text)}]({chapter}.qmd#claim-{key}){{.claim data-claim="{key}"}}'


_TEXT = r"(?:\\.|[^\]\\])*"
_MARKED_LINK = re.compile(rf"\[({_TEXT})\]\([\w-]+\.qmd(#[\w-]+)\)(?:\{{[^}}]*\}})?")
_SPAN = re.compile(rf"\[({_TEXT})\]\{{[^}}]*\}}")
_HEADING_ID = re.compile(r"^(#+ .*?) *\{#[\w-]+\}$", re.MULTILINE)
_FENCE = re.compile(r"^:::+.*$\n?", re.MULTILINE)


def for_notebook(markdown: str) -> str:
    """Markdown as Jupyter knows it: without fenced divisions and attributes, links into the published page beside it."""
    text = _FENCE.sub("", markdown)
    text = _HEADING_ID.sub(r"\1", text)
    text = _MARKED_LINK.sub(r"[\1](../index.html\2)", text)
    return _SPAN.sub(r"\1", text).strip()
