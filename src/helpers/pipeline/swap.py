"""An edition takes the place of the last one in a single step, and what a killed build left there is cleared away."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

from helpers.edition.manifest import NAME
from helpers.errors import InputError
from helpers.pipeline.paths import Paths

_EXCHANGE, _FROM_HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of renameat2(2)


def beside(out: Path, name: str) -> Path:
    """The folder in which an edition is made ("new") or moved aside ("old")."""
    return out.with_name(f"{out.name}.{name}")


def clear(folder: Path) -> None:
    """Remove a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def guard(paths: Paths) -> None:
    """Refuse an output folder that would cost the user what lies there; raises InputError."""
    out = paths.out
    kept = [folder for folder in (paths.root, paths.data, paths.report, paths.notebooks, paths.work) if folder.is_relative_to(out)]
    inside = [folder for folder in (paths.data, paths.notebooks) if out.is_relative_to(folder)]
    if kept or inside:
        raise InputError("the edition would take the place of its own input", str(out), "give --out a folder of its own")
    if out.exists() and not out.is_dir():
        raise InputError("this is a file", str(out), "give --out a folder")
    if out != paths.report / "_output" and out.is_dir() and any(out.iterdir()) and not (out / NAME).is_file():
        raise InputError("this folder holds something else than an edition", str(out), "give --out a new folder; a build replaces it")


def swap(fresh: Path, out: Path) -> None:
    """Put a finished edition in place: at every moment `out` is the old one or the new one.

    Where the system cannot exchange two folders, the old one is moved aside first, and `recover` brings it back if need be.
    """
    if not out.exists():
        fresh.rename(out)
        return
    if _exchange(fresh, out):
        clear(fresh)  # which is the old one now
        return
    old = beside(out, "old")
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    _drop(old, out)


def left(out: Path) -> bool:
    """Whether a build that was killed left anything beside the edition."""
    return beside(out, "new").exists() or (beside(out, "old") / NAME).is_file()


def recover(out: Path) -> None:
    """Bring back an edition that a killed build had moved aside, and clear the rest; only while no other build runs."""
    old = beside(out, "old")
    if (old / NAME).is_file():  # else it is somebody's own
        if not out.exists():
            with contextlib.suppress(OSError):
                old.rename(out)
        else:
            _drop(old, out)
    clear(beside(out, "new"))


def _drop(old: Path, out: Path) -> None:
    """Remove an edition that was moved aside, under the name that is always ours: half of it could not be told from others' files."""
    clear(beside(out, "new"))
    old.rename(beside(out, "new"))
    clear(beside(out, "new"))


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where that is not to be had."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # an older C library
        return False
    return bool(rename(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0)
