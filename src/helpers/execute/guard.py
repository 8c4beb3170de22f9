"""A papermill engine with limits: a cell that hangs, floods or kills its kernel fails its own notebook, with what ran before kept."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from helpers.limits import MEBIBYTE, CellLimits

NAME = "briefing"
LOOK_SECONDS = 0.25  # how often a waiting notebook looks whether it is to stop
STOP = threading.Event()  # set by whoever interrupts a build: running notebooks give up their kernels and end


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C into `STOP`, so that notebooks in other threads end first; raises KeyboardInterrupt when they have."""
    STOP.clear()
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # as in the background of a script
    if ignored or threading.current_thread() is not threading.main_thread():  # only the main thread is told of signals
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: STOP.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if STOP.is_set():
        raise KeyboardInterrupt


class GuardedClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is untyped for us
    """Runs the cells of a notebook within limits."""

    def __init__(self, nb_man: Any, limits: CellLimits, **options: Any) -> None:
        super().__init__(nb_man, timeout=limits.seconds, **options)
        self.limits = limits
        self.written = 0
        self.flooded = False

    def execute(self, **options: Any) -> Any:
        """As papermill does it, but a kernel that is gone is asked nothing more."""
        self.reset_execution_trackers()
        with self.setup_kernel(**options):
            if self.cells_done():
                self.nb.metadata["language_info"] = self.wait_for_reply(self.kc.kernel_info())["content"]["language_info"]
        return self.nb

    def cells_done(self) -> bool:
        """Run the cells in order up to the first that fails; False when its kernel is of no more use."""
        for index, cell in enumerate(self.nb.cells):
            self.written = 0
            self.nb_man.cell_start(cell, index)
            try:
                self.execute_cell(cell, index)
            except (CellTimeoutError, DeadKernelError) as error:
                name, words = self._told(error)
                if cell.execution_count is None:  # the kernel was gone before it could say which cell it took up
                    cell.execution_count = sum(other.cell_type == "code" for other in self.nb.cells[: index + 1])
                cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=words, traceback=[f"{name}: {words}"]))
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                return False
            except Exception as error:
                if not hasattr(error, "ename"):  # what a cell raises carries its name; anything else is ours
                    raise
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                return True
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
        return True

    def process_message(self, message: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Take one message of the kernel; too much output ends the notebook."""
        if message["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data", "error"):
            content = message["content"]
            self.written += sum(len(str(part)) for part in (content.get("text", ""), *content.get("data", {}).values()))
            if self.written > self.limits.output:
                if not self.flooded:
                    self.flooded = True
                    self.task_poll_for_reply.cancel()
                return None
        return super().process_message(message, cell, cell_index)

    async def _async_poll_kernel_alive(self) -> None:
        """Beside a running cell: look whether the kernel is alive and the build still wanted."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.kc is None:  # the notebook is over
                return
            if STOP.is_set() or not await self.kc.is_alive():
                self.task_poll_for_reply.cancel()
                return

    def _told(self, error: Exception) -> tuple[str, str]:
        if self.flooded:
            return "OutputFlood", f"the cell wrote more than {self.limits.output / MEBIBYTE:g} MiB, the most that one cell may show"
        if STOP.is_set():
            return "Interrupted", "the build was interrupted while this cell ran"
        if isinstance(error, CellTimeoutError):
            return "CellTimeout", f"the cell ran longer than the {self.limits.seconds} seconds that one cell may take"
        status = getattr(getattr(self.km, "provisioner", None), "process", None)
        code = status.poll() if status is not None else None
        return "KernelDied", "the kernel died while this cell ran" + (f" (exit status {code})" if code is not None else "")


class GuardedEngine(Engine):  # type: ignore[misc]
    """papermill's way in."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run one notebook."""
        wanted = ("kernel_manager_class", "shutdown_kernel", "resources")
        kept = {name: options[name] for name in wanted if name in options}
        started = {"kernel_name": kernel_name, "startup_timeout": options.get("start_timeout", 60)}
        GuardedClient(nb_man, options["limits"], **started, **kept).execute()


papermill_engines.register(NAME, GuardedEngine)
