"""The command line: `briefing build`, `briefing check` and what else an analyst or a reviewer runs.

`main` is read when it is asked for: `python -m helpers.cli` comes through here before it can heed Ctrl-C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.cli.commands import main as main


def __getattr__(name: str) -> Any:
    if name != "main":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from helpers.cli.commands import main

    return main
