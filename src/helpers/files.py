"""Files and folders that appear whole or not at all, and temporary folders that do not outlive what made them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "briefing-"
HELD = ".held"  # locked by the process that a temporary folder belongs to


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
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        beside = self.path / (HELD + ".new")
        self._handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        beside.rename(self.path / HELD)  # named only when it is locked, so that no sweep can take it for left

    def close(self) -> None:
        """Remove the folder; doing so twice is no error."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def sweep() -> None:
    """Remove temporary folders whose process is gone."""
    for held in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{HELD}"):
        with contextlib.suppress(OSError):  # another's, or swept meanwhile
            handle = os.open(held, os.O_RDWR | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.getuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(held.parent, ignore_errors=True)
            finally:
                os.close(handle)
