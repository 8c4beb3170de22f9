"""Functions called in a fork of the warm parent."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from helpers.errors import InputError
from helpers.execute.forked import Lost, WarmParent, call, why_cold

pytestmark = pytest.mark.skipif(bool(why_cold()), reason=f"plain kernels here: {why_cold()}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with WarmParent() as warm:
        assert warm.ready()
        yield warm.address


def called(address: str, function: str, *arguments: object, stop: threading.Event | None = None) -> object:
    return call(address, function, list(arguments), stop or threading.Event(), {"BRIEFING_TOLD": "yes"})()


def test_the_result_comes_back(address: str) -> None:
    assert called(address, "json:loads", '{"a": [1, null]}') == {"a": [1, None]}


def test_it_runs_in_a_process_of_its_own(address: str) -> None:
    assert called(address, "os:getpid") not in (os.getpid(), called(address, "os:getpid"))


def test_it_is_told_what_the_build_tells(address: str) -> None:
    assert called(address, "os:getenv", "BRIEFING_TOLD") == "yes"


def test_what_it_raises_comes_back_with_its_fields(address: str) -> None:
    with pytest.raises(InputError, match="unknown indicator") as told:
        called(address, "tests.execute.test_call:fail")
    assert told.value.where == "facts.csv"


def test_a_fork_that_was_killed_is_lost(address: str) -> None:
    with pytest.raises(Lost, match="-9"):
        called(address, "tests.execute.test_call:end", signal.SIGKILL)


def test_a_result_that_cannot_be_passed_on_is_lost(address: str) -> None:
    with pytest.raises(Lost):
        called(address, "threading:Lock")


def test_half_an_answer_is_lost(address: str) -> None:
    with pytest.raises(Lost, match="ended with 1"):
        called(address, "tests.execute.test_call:too_much")


def test_an_interrupted_build_does_not_wait(address: str) -> None:
    stop = threading.Event()
    wait = call(address, "time:sleep", [60], stop, {})
    stop.set()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        wait()
    assert time.monotonic() - started < 20


def fail() -> None:
    """As a function of a build may."""
    raise InputError("unknown indicator", "facts.csv", "name one that is there")


def end(number: int) -> None:
    """End as a process does that the system kills."""
    os.kill(os.getpid(), number)


def too_much() -> bytes:
    """More than the disk takes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    return bytes(100_000)
