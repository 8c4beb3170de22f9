"""Numbers of the alignment index for prose: the rank of a country, and the findings of the test of the thesis."""

from __future__ import annotations

from collections.abc import Callable

from helpers.errors import ReferenceProblem
from helpers.facts.links import escape
from helpers.tables.findings import nearest
from helpers.tables.load import Tables

NO_DATA = "no data"  # where tables hold too little, as in a part edition


class Indexed:
    """Look-ups in the study of these tables, computed when first asked for; every number links to its exhibit."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def closeness(self, country: str) -> str:
        """Median rank of a country in alignment with China, with its 90 % interval."""
        from helpers.profile.thesis_numbers import closeness, study_of  # profile builds on facts; imported late to keep that direction

        known = set(self.tables["countries"]["country"]) | set(self.tables.partners.index)
        if country not in known:
            raise ReferenceProblem(f'no country "{country}"; the nearest is "{nearest(country, known)}"')
        study = study_of(self.tables)
        text = closeness(study, country)
        return _linked(text, "ranks") if study.shown and country in study.by_code.index else text

    def finding(self, name: str) -> str:
        """One number of the test of the thesis, by name."""
        from helpers.profile.thesis_numbers import NAMES, numbers, study_of

        if name not in NAMES:
            raise ReferenceProblem(f'no finding "{name}"; the nearest is "{nearest(name, NAMES)}"')
        study = study_of(self.tables)
        if not study.shown:
            return NO_DATA
        compute, exhibit = numbers(study)[name]
        try:
            return _linked(compute(), exhibit)
        except (KeyError, IndexError, ValueError):  # a part edition lacks the rows behind it
            return NO_DATA

    def functions(self) -> dict[str, Callable[..., str]]:
        """What prose may call."""
        return {"closeness": self.closeness, "finding": self.finding}


def _linked(text: str, exhibit: str) -> str:
    return f"[{escape(text)}](index.qmd#exhibit-synthesis-{exhibit}){{.ref}}"
