"""What the console script runs first: as long as the program is still being read, Ctrl-C ends it without a word.

A KeyboardInterrupt in the middle of an import would show Python's own trace of it, and one in a callback of the import would be lost.
This module therefore reads nothing but what the interpreter has read already.
"""

from __future__ import annotations

import os
import signal

INTERRUPTED = 128 + signal.SIGINT  # as shells have it


def main() -> None:
    """The command line; not to be interrupted where whoever started it ignores Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    from helpers.cli import main as command

    command()


def leave(*_: object) -> None:
    """End at once: nothing has been begun."""
    os._exit(INTERRUPTED)
