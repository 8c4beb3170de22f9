"""Ctrl-C is never lost, and never heeded where it is ignored."""

from __future__ import annotations

import signal
import weakref
from collections.abc import Iterator

import pytest

from helpers.execute.guard import STOP, interruptible
from helpers.interrupt import heed, look
from helpers.progress import Progress


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    """Python's own handler before and after."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
    heed()
    signal.signal(signal.SIGINT, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_press_that_python_drops_is_found_at_the_next_step() -> None:
    heed()
    thing = type("Thing", (), {})()
    watched = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    assert watched() is None
    with pytest.raises(KeyboardInterrupt):
        Progress().listen("render", "start")


def test_a_press_raises_at_once() -> None:
    heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_the_next_command_starts_anew() -> None:
    heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    heed()
    look()


def test_what_ignores_ctrl_c_goes_on_doing_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heed()
    with interruptible():
        signal.raise_signal(signal.SIGINT)
    look()
    assert (signal.getsignal(signal.SIGINT), STOP.is_set()) == (signal.SIG_IGN, False)
