"""What the console script runs first: as long as the program is still being read, Ctrl-C ends it without a word.

A KeyboardInterrupt in the middle of an import would show Python's own trace of it, and one in a callback of the import would be lost.
This module therefore reads nothing but what the interpreter has read already.
"""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 128 + signal.SIGINT  # as shells have it


def main() -> None:
    """The command line; not to be interrupted where whoever started it ignores Ctrl-C."""
    reopen()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    from helpers.cli.commands import main as command

    command()


def reopen() -> None:
    """Give a program that was started without standard streams empty ones: what it opens next would take their numbers.

    Then a socket to a kernel would be the standard error of every process that the build starts.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115  # as long as the program runs


def leave(*_: object) -> None:
    """End at once: nothing has been begun."""
    os._exit(INTERRUPTED)
