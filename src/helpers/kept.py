"""Results kept from build to build: one folder for each state of the helpers and packages that computed them."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, cast

VARIABLE = "BRIEFING_KEPT"  # names the folder for the processes of a build; nothing is kept where it is not set
TIME = timedelta(days=14)  # what no build has asked for in so long is dropped
MOST = "500M"  # and, beyond so much in all, what was not asked for longest
Result = TypeVar("Result")


def again(function: Callable[..., Result], *positional: object, **named: object) -> Result:
    """The result of a function, as kept when it was last given the same, or computed now.

    For costly functions of their arguments alone. The folder belongs to one state of the helpers and the packages, so these are no
    part of what tells two calls apart. What cannot be read is computed again, and what cannot be kept is not. What the function warns of
    is not told, kept or not: a notebook would else show something else when its results are there already.
    """
    folder = os.environ.get(VARIABLE)
    with _without_a_word():
        if not folder:
            return function(*positional, **named)
        from joblib import Memory  # slow to import

        try:
            return cast("Result", Memory(folder, verbose=0).cache(function)(*positional, **named))
        except OSError:
            return function(*positional, **named)


def tidy(folder: Path) -> None:
    """Drop what no build has asked for lately, of whatever state of the helpers."""
    from joblib import Memory

    with _without_a_word():  # another build may have dropped one meanwhile
        for state in folder.glob("*"):
            Memory(state, verbose=0).reduce_size(bytes_limit=MOST, age_limit=TIME)


@contextmanager
def _without_a_word() -> Iterator[None]:
    """What joblib could not keep it warns of, and what it could not read it logs; in a kernel either would be output of the notebook."""
    log = logging.getLogger("joblib")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before
