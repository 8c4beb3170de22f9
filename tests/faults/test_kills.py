"""Builds that are killed or interrupted at random points: nothing is lost, nothing is left, the next build gives the same bytes.

BRIEFING_KILLS and BRIEFING_INTERRUPTS set how many, BRIEFING_CHAIN how many builds in a row are stopped before one may end,
BRIEFING_SEED which moments.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from helpers.start import INTERRUPTED
from tests.end_to_end.projects import snapshot
from tests.faults.killing import Yard, holds, stop, wait

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]
KILLS = int(os.environ.get("BRIEFING_KILLS", "2"))
INTERRUPTS = int(os.environ.get("BRIEFING_INTERRUPTS", "1"))
CHAIN = int(os.environ.get("BRIEFING_CHAIN", "1"))
SEED = int(os.environ.get("BRIEFING_SEED", "7"))
REPORT = os.environ.get("BRIEFING_FAULTS_LOG", "")  # a file to which each fault and what came of it is added


def faulted(place: Yard, number: int, draw: random.Random, span: float, last: bool) -> tuple[dict[str, object], float]:
    """Stop a build at a random time and look; if it is the last of a chain, build again and look.

    What was found, and the seconds in which the next one is to be stopped: as long as a build takes now.
    """
    if snapshot(place.out) == place.whole[place.state]:
        place.turn(1 - place.state)  # else there would be nothing to build
    process = place.start()
    at = draw.uniform(0.0 if number == signal.SIGKILL else 0.4, span)
    ended = wait(lambda: process.poll() is not None, at)
    said = stop(process, number, whole_group=number == signal.SIGINT)  # a terminal tells all of them of Ctrl-C
    found: dict[str, object] = {
        "at": round(at, 3),
        "ended": ended,
        "code": process.returncode,
        "traceback": "Traceback" in said,
        "broken": holds(place.out),
        "edition": next((state for state in (0, 1) if snapshot(place.out) == place.whole[state]), None),
        "quiet": place.quiet(),
        "left": place.left() if number == signal.SIGINT else [name for name in place.left() if name.startswith("briefing-")],
    }
    if last:
        begun = time.monotonic()
        code, said = place.build()
        span = time.monotonic() - begun
        found |= {
            "next": code,
            "said": said if code else "",
            "same": snapshot(place.out) == place.whole[place.state],
            "left at last": place.left(),
            "quiet at last": place.quiet(),
        }
    if REPORT:
        with Path(REPORT).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"signal": number, **found}) + "\n")
    return found, span


def lost(found: dict[str, object]) -> list[str]:
    """What went wrong, in the words of the report."""
    good: dict[str, object] = {"broken": [], "quiet": True, "next": 0, "same": True, "left": [], "left at last": [], "quiet at last": True}
    return [name for name, value in good.items() if found.get(name, value) != value] + (["edition"] if found["edition"] is None else [])


def campaign(place: Yard, number: int, times: int) -> list[dict[str, object]]:
    """Many faults; the span of time in which they fall follows the length of the builds, so that every step is met."""
    draw = random.Random(SEED + number)
    span, found = 9.0, []
    for turn in range(1, times + 1):
        one, span = faulted(place, number, draw, span, last=turn % CHAIN == 0 or turn == times)
        found.append(one)
    return found


def test_a_killed_build_loses_nothing(built: Yard) -> None:
    found = campaign(built, signal.SIGKILL, KILLS)
    assert [(one, lost(one)) for one in found if lost(one)] == []


def test_an_interrupted_build_ends_cleanly_and_loses_nothing(built: Yard) -> None:
    found = campaign(built, signal.SIGINT, INTERRUPTS)
    # the signal's own code where it comes when all is done and the interpreter goes down
    bad = [(one, lost(one)) for one in found if lost(one) or one["traceback"] or one["code"] not in (0, INTERRUPTED, -signal.SIGINT)]
    assert bad == []
