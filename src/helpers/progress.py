"""Progress of a build in the terminal: what runs now, what is done, in plain lines where there is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from helpers.interrupt import look

NAMES = {
    "check": "Checking tables and prose",
    "stage": "Staging the book",
    "render": "Rendering PDF and HTML",
    "compare": "Comparing artefacts",
    "synthesis": "Notebook: synthesis",
}
MARKS = {"start": "…", "done": "✓", "failed": "✗", "current": "="}


class Progress:
    """Listens to a build and shows it; use as a context."""

    def __init__(self) -> None:
        self.console = Console(file=sys.stderr)
        self.states: dict[str, tuple[str, float, float]] = {}
        self.lock = threading.Lock()
        self.live = (
            Live(console=self.console, get_renderable=self._table, refresh_per_second=4, transient=True)
            if self.console.is_terminal
            else None
        )

    def __enter__(self) -> Progress:
        if self.live:
            self.live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.live:
            self.live.stop()

    def listen(self, key: str, event: str) -> None:
        """Take note of one event of the build; "told" is a sentence to be shown at once. Raises KeyboardInterrupt if Ctrl-C was lost."""
        look()
        if event == "told":
            self.console.print(f"· {key}", highlight=False, markup=False, soft_wrap=True)
            return
        now = time.monotonic()
        with self.lock:
            begun = self.states.get(key, ("", now, now))[1]
            self.states[key] = (event, begun, now)
        if self.live is None and event != "start":
            took = "unchanged" if event == "current" else f"{now - begun:.1f} s"
            self.console.print(f"{MARKS[event]} {self._name(key)} ({took})", highlight=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        now = time.monotonic()
        with self.lock:
            for key, (event, begun, ended) in self.states.items():
                took = (now if event == "start" else ended) - begun
                table.add_row(MARKS[event], self._name(key), "unchanged" if event == "current" else f"{took:.1f} s")
        return table

    @staticmethod
    def _name(key: str) -> str:
        return NAMES.get(key, f"Notebook: {key}")
