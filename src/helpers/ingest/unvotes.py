"""UN General Assembly: how often a state votes as China and as the United States do.

Layouts: the voting data of the UN Digital Library (`undl_id, ms_code, ms_name, ms_vote, date, session, resolution, …`; one row per
member and roll call, votes Y, N, A and X for not voting; the bulk file of record 4060887, March 2025 and February 2026), and Erik
Voeten's roll calls (`rcid, ccode, … vote, … date`, votes 1 yes, 2 abstention, 3 no, 8 absent, 9 no member; Dataverse LEJUQZ, to 2024;
Latin-1). His ideal points and agreement scores are refused.
The first fills the indicators of single years compiled from the library (`unga_agreement_china_2025`), the second those of Voeten: they
are not one series.

Agreement as indicators.csv defines it: the average over roll calls in which both took part of 1 for the same vote, one half where one
abstained and the other did not, and 0 for yes against no. Absences do not count; a year with fewer than ten joint roll calls has no
value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from helpers.ingest.countries import CHINA, COW, USA, Countries
from helpers.ingest.layouts import Layout, Row
from helpers.ingest.numbers import Rounding
from helpers.ingest.reading import Kind, Publisher, Reading, Target, Value

Vote = Literal["yes", "no", "abstain", ""]

LIBRARY = Layout("UN Digital Library voting data, 2025 and later", ("undl_id", "ms_code", "ms_vote", "date", "resolution"))
VOETEN = Layout("Voeten's UN roll calls", ("rcid", "ccode", "vote", "date"), latin=True)
AGAIN = "which is estimated anew with each release and by sessions; choose the roll calls (UNVotes) of the same data set"
IDEAL_POINTS = Layout("Voeten's ideal points", ("ccode", "session", "IdealPointAll"), refused=f"this is the position of states, {AGAIN}")
AGREEMENT = Layout("Voeten's agreement scores", ("ccode1", "ccode2", "agree"), refused=f"this is the agreement of pairs, {AGAIN}")
LIBRARY_VOTES: dict[str, Vote] = {"Y": "yes", "N": "no", "A": "abstain", "X": "", "": ""}
VOETEN_VOTES: dict[str, Vote] = {"1": "yes", "2": "abstain", "3": "no", "8": "", "9": "", "": ""}
OUTSIDE = "9"  # of no member; Yugoslavia and Serbia have a row each in every roll call, and one number
PLACES: dict[Vote, int] = {"yes": 2, "abstain": 1, "no": 0}
FEWEST = 10

RollCalls = dict[str, tuple[int, dict[str, Vote]]]  # id of the roll call: its year, and the votes of the states looked at


@dataclass(frozen=True)
class Compiler:
    """Who compiles roll calls, and how their file tells who voted what in which; `ending` is that of their indicators' names."""

    publisher: Publisher
    call: str
    vote: str
    votes: Mapping[str, Vote]
    ending: str
    state: Callable[[Row, Countries], str]


COMPILED = {
    LIBRARY: Compiler(
        Publisher(
            "un-digital-library-votes",
            "United Nations General Assembly Voting Data",
            "UN Dag Hammarskjöld Library",
            "UN Digital Library",
            "https://digitallibrary.un.org/record/4060887",
            "dataset",
            "Licence: non-commercial, with attribution. Shares are our own count of the roll calls.",
        ),
        "undl_id",
        "ms_vote",
        LIBRARY_VOTES,
        "_{year}",
        lambda row, countries: countries.find(row["ms_code"], row["ms_name"]),
    ),
    VOETEN: Compiler(
        Publisher(
            "voeten-votes",
            "United Nations General Assembly Voting Data",
            "Harvard Dataverse",
            "Erik Voeten, Anton Strezhnev and Michael Bailey",
            "https://doi.org/10.7910/DVN/LEJUQZ",
            "dataset",
            "Licence: none stated. Shares are our own count of the roll calls.",
        ),
        "rcid",
        "vote",
        VOETEN_VOTES,
        "",
        lambda row, countries: countries.find(name=row["Countryname"], number=row["ccode"], numbers=COW),
    ),
}


def read(rows: Iterable[Row], reading: Reading) -> None:
    """Votes of the General Assembly by state; the layout decides who compiled them, and so which indicators they fill."""
    compiler = COMPILED[reading.head.layout]
    reading.publisher = compiler.publisher
    calls: RollCalls = {}
    wanted = {*reading.countries.partners, CHINA, USA}
    for row in rows:
        if row["resolution"].upper().startswith("S/"):
            reading.skip("a vote of the Security Council", row.line, row["resolution"])
        elif (state := compiler.state(row, reading.countries)) in wanted:
            _note(calls, row, state, compiler, reading)
        else:
            reading.skip("not a partner of partners.csv", row.line)
    _measure(calls, compiler.ending, reading)


def _note(calls: RollCalls, row: Row, state: str, compiler: Compiler, reading: Reading) -> None:
    """Keep one vote."""
    column, votes, call = compiler.vote, compiler.votes, row[compiler.call]
    spelled = row[column].upper().removesuffix(".0")
    if spelled not in votes:
        reading.wrong(row.line, column, f'"{row[column][:40]}" is no vote', ", ".join(mark for mark in votes if mark))
        return
    if compiler.ending == "" and spelled == OUTSIDE:
        reading.skip("no member at the time", row.line, row["Countryname"])
        return
    day = _day(row["date"])
    if day is None:
        reading.wrong(row.line, "date", f'"{row["date"][:40]}" is not a date', "a date like 2025-12-30")
        return
    _, noted = calls.setdefault(call, (day.year, {}))
    if noted.setdefault(state, votes[spelled]) != votes[spelled]:
        reading.wrong(row.line, column, f"a second, different vote of {state} in roll call {call[:40]}", "one vote a state")


def _day(text: str) -> date | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}", text)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def agreement(pairs: Iterable[tuple[Vote, Vote]]) -> tuple[Decimal, int]:
    """Agreement in percent over the roll calls in which both voted, and how many these are."""
    joint = [(PLACES[one], PLACES[other]) for one, other in pairs if one and other]
    halves = sum(2 - abs(one - other) for one, other in joint)
    return (Decimal(halves) / (2 * len(joint)) * 100 if joint else Decimal(0)), len(joint)


def _measure(calls: RollCalls, suffix: str, reading: Reading) -> None:
    """Agreement with China and the United States of each partner in each year, and the joint roll calls behind it."""
    by_year: dict[int, list[dict[str, Vote]]] = defaultdict(list)
    for of_year, votes in calls.values():
        by_year[of_year].append(votes)
    for of_year, cast in sorted(by_year.items()):
        ending = suffix.format(year=of_year)
        for with_whom, name in ((CHINA, "china"), (USA, "usa")):
            indicator = f"unga_agreement_{name}{ending}"
            if of_year < reading.start(indicator):
                reading.skip("before the first year of the series", 0, str(of_year))
                continue
            for partner in reading.countries.partners:
                if partner == with_whom:
                    continue
                share, count = agreement((votes.get(partner, ""), votes.get(with_whom, "")) for votes in cast)
                if count < FEWEST:
                    reading.skip(f"fewer than {FEWEST} joint roll calls in the year", 0, f"{partner} {of_year}")
                    continue
                reading.values.append(Value(partner, indicator, of_year, share, 0, ""))
                reading.values.append(Value(partner, f"unga_joint_votes_{name}{ending}", of_year, Decimal(count), 0, ""))


KIND = Kind(
    "unvotes",
    "UN General Assembly roll calls: agreement with China and the United States",
    (LIBRARY, VOETEN, IDEAL_POINTS, AGREEMENT),
    {
        f"unga_{measure}_{name}{ending}": Target(unit, Rounding(places=places), word)
        for measure, unit, places in (("agreement", "%", 3), ("joint_votes", "votes", 0))
        for name in ("china", "usa")
        for ending, word in (("", "Voeten"), ("_{year}", "UN Digital Library"))
    },
    read,
)
