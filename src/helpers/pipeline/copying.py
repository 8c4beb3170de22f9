"""The HTML copies of a build's notebooks, made while the book is staged and rendered: in a fork of the warm parent, where there is one.

Python runs one thread of a process at a time, and rendering has enough for this one's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from helpers.pipeline.paths import Paths


def begin(paths: Paths, keys: list[str], address: str) -> Callable[[], None]:
    """Begin to make the copies that are stale in a fork of the warm parent at `address`; returns what waits for them.

    A copy that is not made there is made when it is asked for, which then says what was wrong; so is each where there is no parent.
    """
    from helpers.execute.copies import stale

    notebooks = [path for key in keys if (path := paths.executed / f"{key}.ipynb").is_file()]
    wanted = [str(path) for path in notebooks if stale(path)]
    if not address or not wanted:
        return lambda: None
    from helpers.execute.forked import call

    answer = call(address, f"{__name__}:in_fork", [wanted], threading.Event(), {})

    def wait() -> None:
        with suppress(Exception):
            answer()

    return wait


def in_fork(notebooks: list[str]) -> None:
    """Make the copies of these notebooks."""
    from helpers.execute.copies import kept_copy

    for notebook in notebooks:
        kept_copy(Path(notebook))
