"""What a cell writes besides what it displays, without the folders of the machine that it ran on."""

from __future__ import annotations

import re

_WARNED = re.compile(r"^\S.*[/\\](?=[^/\\\n]+:\d+: \w*Warning\b)", re.MULTILINE)


def placeless(text: str) -> str:
    """A text in which Python's warnings name the file that they are about without its folder.

    That of a cell has the number of the kernel's process in it, that of a helper the place where the project lies.
    """
    return _WARNED.sub("", text)
