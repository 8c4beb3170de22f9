"""Drawings kept from build to build: one folder for each state of the helpers and packages that drew them."""

from __future__ import annotations

import warnings
from datetime import timedelta
from pathlib import Path

VARIABLE = "BRIEFING_DRAWINGS"  # names the folder for the kernels of a build; nothing is kept where it is not set
TIME = timedelta(days=14)  # what no build has asked for in so long is dropped


def tidy(folder: Path) -> None:
    """Drop drawings that no build has asked for lately, of whatever state of the helpers."""
    from joblib import Memory  # slow to import

    with warnings.catch_warnings():  # another build may have dropped one meanwhile
        warnings.simplefilter("ignore")
        for state in folder.glob("*"):
            Memory(state, verbose=0).reduce_size(age_limit=TIME)
