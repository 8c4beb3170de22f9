"""One build at a time in one project; a second one says for whom it waits."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "lock"


@contextmanager
def locked(work: Path, listen: Callable[[str, str], None]) -> Iterator[bool]:
    """Hold the lock of a project while the context lasts; whether it had to be waited for, and `listen` is told for whom."""
    work.mkdir(parents=True, exist_ok=True)
    handle = _opened(work)
    try:
        waited = not _taken(handle)
        if waited:
            listen(f"waiting for {_holder(handle)}, which builds in this project", "told")
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield waited
    finally:
        os.close(handle)


@contextmanager
def free(work: Path) -> Iterator[bool]:
    """Whether nobody builds in a project; if so, nobody does while the context lasts."""
    if not work.is_dir():
        yield True
        return
    handle = _opened(work)
    try:
        yield _taken(handle)
    finally:
        os.close(handle)


def _opened(work: Path) -> int:
    return os.open(work / NAME, os.O_RDWR | os.O_CREAT, 0o666)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: int) -> str:
    number = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdigit() else "another build"
