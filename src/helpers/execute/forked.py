"""The build's side of the warm parent: start it, ask it for kernels, end it."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from helpers import kept
from helpers.errors import BriefingError
from helpers.files import Scratch
from helpers.lineage import reads

# The same for kernels of both sorts, so that their outputs are the same.
ENVIRONMENT = {
    "MPLBACKEND": "agg",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
LOOK_SECONDS = 0.02  # how often one who waits for a fork looks whether it has ended
TOLD = (reads.VARIABLE, kept.VARIABLE)  # what a build tells a kernel besides, by the names of these variables


def why_cold() -> str:
    """Why kernels cannot be forked here; empty where they can."""
    if not hasattr(os, "fork"):
        return "this system has no fork"
    if sys.platform != "linux":
        return "fork is not safe with this system's libraries"
    return ""


def spare(folder: Path) -> dict[str, str]:
    """Where libraries keep their settings while the home of whoever builds cannot be written; by variable.

    They would say so in every kernel, and each would leave a temporary folder.
    """
    if os.access(Path("~").expanduser(), os.W_OK):
        return {}
    wanted = {"MPLCONFIGDIR": folder / "matplotlib", "IPYTHONDIR": folder / "ipython"}
    return {name: str(place) for name, place in wanted.items() if name not in os.environ}


class WarmParent:
    """A running warm parent; use as a context. `address` is the socket that kernels are asked from.

    With `data`, a folder of tables, kernels that load these find them read already.
    """

    def __init__(self, data: Path | None = None) -> None:
        self._data = [str(data)] if data else []
        self._scratch = Scratch()  # its kernels' sockets lie there too, and the parent removes it if the build cannot
        self.address = str(self._scratch.path / "warm")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> WarmParent:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "helpers.execute.warm", self.address, *self._data],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ENVIRONMENT, **spare(self._scratch.path)},
            start_new_session=True,  # Ctrl-C is for the build, which then closes this one's standard input
        )
        return self

    def ready(self) -> bool:
        """Wait until kernels can be asked for; False when the parent could not start."""
        process = self._process
        return process is not None and process.stdout is not None and process.stdout.readline().strip() == "ready"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        process = self._process
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._scratch.close()


class Lost(BriefingError):
    """A fork that ended before it answered."""


def call(address: str, function: str, arguments: list[Any], stop: threading.Event, environment: dict[str, str]) -> Callable[[], Any]:
    """Have a function ("module:name") called in a fork of the warm parent at `address`, with this `environment`.

    Returns what waits for the result.

    That raises what the function raises, KeyboardInterrupt where `stop` is set meanwhile, and Lost where the fork was killed.
    """
    answer = Path(address).with_name("answer")
    asked = {"function": function, "arguments": arguments, "answer": str(answer), "folder": str(Path.cwd()), "environment": environment}
    process = ForkedProcess(address, asked)

    def wait() -> Any:
        while process.poll() is None:
            if stop.wait(LOOK_SECONDS):
                process.kill()
                raise KeyboardInterrupt
        if process.returncode or not answer.is_file():
            raise Lost(f"the process ended with {process.returncode}", function, "run it again")
        done, outcome = pickle.loads(answer.read_bytes())
        answer.unlink()
        if not done:
            raise outcome
        return outcome

    return wait


class ForkedProcess:
    """What the warm parent has forked, as the part of `subprocess.Popen` that jupyter_client uses.

    `request` says what is to become of it: a kernel (`connection_file`, `arguments`) or the call of a function (see `call`), in
    which `folder`, with what further `environment`.
    """

    stdin = stdout = stderr = None

    def __init__(
        self,
        address: str,
        request: dict[str, Any],
    ) -> None:
        self.returncode: int | None = None
        self._lock = threading.Lock()
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._connection.connect(address)
        self._connection.sendall((json.dumps({"environment": {}, "arguments": [], **request}) + "\n").encode())
        self._answers = self._connection.makefile("r", encoding="utf-8")
        self.pid = int(self._answers.readline())
        self._connection.setblocking(False)

    def poll(self) -> int | None:
        """Exit status, or None while the kernel runs."""
        with self._lock:
            if self.returncode is None:
                try:
                    answer = self._connection.recv(64)
                except BlockingIOError:
                    return None
                except OSError:
                    answer = b""
                self.returncode = int(answer.split()[0]) if answer.strip() else -signal.SIGKILL
                self._answers.close()
                self._connection.close()
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; raises subprocess.TimeoutExpired."""
        limit = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if limit is not None and time.monotonic() > limit:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(LOOK_SECONDS)
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel while it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)
