"""The register of a project with more facts than can be printed: those that the briefing cites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from helpers.facts.links import identifier
from helpers.profile import closing
from helpers.stage.book import Chapter
from helpers.tables.load import Tables

REGISTER = "register"
_CITED = re.compile(r"\]\(register\.qmd#(fact-[\w-]+)\)")


def with_register(chapters: list[Chapter], tables: Tables, most: int) -> list[Chapter]:
    """The chapters, with the facts that they cite in the register where the tables hold more than so many facts."""
    if len(tables["facts"]) <= most:
        return chapters
    texts = [chapter.intro for chapter in chapters]
    texts += [text for chapter in chapters for part in chapter.parts for text in (part.body, str(part.about.get("source", "")))]
    parts = closing.register(tables, printed(tables, texts))
    return [replace(chapter, parts=parts) if chapter.key == REGISTER else chapter for chapter in chapters]


def printed(tables: Tables, texts: Iterable[str]) -> frozenset[str]:
    """Anchors of the facts that texts cite, and of those that superseded them."""
    facts = tables["facts"]
    rows = facts.loc[facts["superseded_by"] != "", ["fact_id", "superseded_by"]]
    later = {f"fact-{identifier(old)}": f"fact-{identifier(new)}" for old, new in rows.itertuples(index=False)}
    found = {anchor for text in texts for anchor in _CITED.findall(text)}
    ahead = found
    while ahead := {later[anchor] for anchor in ahead if anchor in later} - found:
        found = found | ahead
    return frozenset(found)
