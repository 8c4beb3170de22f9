"""Files and folders that appear whole or not at all, and temporary folders that do not outlive what made them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "briefing-"
HELD = ".held"  # locked by the process that a temporary folder belongs to
STARTED = f"{HELD}.new"  # its name until it is locked


def write_whole(path: Path, text: str) -> None:
    """Write a text so that no reader, and no kill, meets half of it."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


class Scratch:
    """A temporary folder of this process: `path`, until `close`.

    A process that is killed closes nothing; the next one to make such a folder sweeps those that nobody holds.
    """

    def __init__(self) -> None:
        sweep()
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
            with contextlib.suppress(FileNotFoundError):  # a sweep took it for left before it was held
                self._handle = _held(self.path)
                return

    def close(self) -> None:
        """Remove the folder; doing so twice is no error."""
        remove(self.path)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder while the context lasts, swept by the next one if this process is killed."""
    made = Scratch()
    try:
        yield made.path
    finally:
        made.close()


def sweep() -> None:
    """Remove temporary folders whose process is gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another's, or swept meanwhile
            if folder.lstat().st_uid == os.getuid():
                _sweep(folder)


def _sweep(folder: Path) -> None:
    for name in (HELD, STARTED):
        try:
            handle = os.open(folder / name, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(folder)
        finally:
            os.close(handle)
        return
    if len(folder.name) == len(PREFIX) + 8:  # a name that mkdtemp made up
        folder.rmdir()  # which removes nothing but an empty folder, left between two steps of `remove` or of a start


def remove(folder: Path) -> None:
    """Remove a temporary folder, and last what says whose it is: what a kill leaves of it is swept all the same."""
    with contextlib.suppress(OSError):
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == HELD):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
        folder.rmdir()


def _held(folder: Path) -> int:
    """Take hold of a new folder; raises FileNotFoundError where a sweep was faster."""
    handle = os.open(folder / STARTED, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        (folder / STARTED).rename(folder / HELD)
    except OSError:
        os.close(handle)
        raise
    return handle
