"""Results kept from build to build: one folder for each state of the helpers and packages that computed them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
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
    part of what tells two calls apart. What cannot be read is computed again, and what cannot be kept is not.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        return function(*positional, **named)
    from joblib import Memory  # slow to import

    with warnings.catch_warnings():  # in which joblib says what it could not read or keep
        warnings.simplefilter("ignore")
        try:
            return cast("Result", Memory(folder, verbose=0).cache(function)(*positional, **named))
        except OSError:
            return function(*positional, **named)


def tidy(folder: Path) -> None:
    """Drop what no build has asked for lately, of whatever state of the helpers."""
    from joblib import Memory

    with warnings.catch_warnings():  # another build may have dropped one meanwhile
        warnings.simplefilter("ignore")
        for state in folder.glob("*"):
            Memory(state, verbose=0).reduce_size(bytes_limit=MOST, age_limit=TIME)
