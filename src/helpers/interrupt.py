"""Ctrl-C that is never lost.

Python drops a KeyboardInterrupt that falls into one of its own callbacks, such as those of an import: it prints "Exception ignored" and
goes on. So the press is noted as well, and looked for wherever a build passes from one step to the next.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

from helpers.start import leave

_pressed = threading.Event()


def heed() -> None:
    """From now on, note Ctrl-C besides raising KeyboardInterrupt; not where it is ignored, as it is in the background of a script."""
    _pressed.clear()
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) in (signal.default_int_handler, leave):
        signal.signal(signal.SIGINT, _note)


def look() -> None:
    """Raise the KeyboardInterrupt that was lost, if one was; to be called by the main thread between two steps."""
    if _pressed.is_set() and threading.current_thread() is threading.main_thread():
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    _pressed.set()
    raise KeyboardInterrupt
