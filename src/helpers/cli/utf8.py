"""The same names and texts under any locale."""

from __future__ import annotations

import os
import sys


def ensure() -> None:
    """Start the program again in Python's UTF-8 mode where the locale has another encoding; paths of other letters would not be found.

    For programs only: the process is replaced, with its arguments and open files as they are.
    """
    if sys.getfilesystemencoding().lower().replace("-", "") == "utf8":
        return
    os.environ["PYTHONUTF8"] = "1"  # for the kernels too
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
