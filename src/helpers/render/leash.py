"""A program that does not outlive this process, nor anything that it starts: no orphan goes on writing where the next build works.

As a module, the functions for the one who holds the leash; as a script (`python leash.py END PROGRAM …`), what stands between: it starts
the program in a group of its own and kills the group as soon as the pipe END closes, however its holder came to an end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

PIPE = subprocess.PIPE
NOT_STARTED = 127  # as a shell says it


class Held:
    """A program on the leash until it ends or is let go; `process` is what stands between, with the program's streams and code."""

    def __init__(self, command: list[str], cwd: Path, stdin: int = subprocess.DEVNULL, stderr: int | IO[bytes] = subprocess.PIPE) -> None:
        end, self._hold = os.pipe()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", __file__, str(end), *command],
                cwd=cwd,
                pass_fds=[end],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C is for the holder, who then lets go
            )
        except BaseException:
            os.close(self._hold)
            raise
        finally:
            os.close(end)

    def let_go(self) -> None:
        """Kill what still runs."""
        os.close(self._hold)


def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program on the leash, as `subprocess.run` with captured text would; its code is negative where a signal ended it."""
    held = Held(command, cwd)
    with held.process as process:
        try:
            said, complained = process.communicate()
        finally:
            held.let_go()
    return subprocess.CompletedProcess(command, process.returncode, said, complained)


def _between(end: int, command: list[str]) -> int:
    os.set_inheritable(end, False)
    try:
        process = subprocess.Popen(command, process_group=0)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return NOT_STARTED

    def follow() -> None:
        os.read(end, 1)  # nothing is ever written: it returns when the holder's end is closed
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)

    threading.Thread(target=follow, daemon=True).start()
    code = process.wait()
    with suppress(OSError):  # what it started and left behind
        os.killpg(process.pid, signal.SIGKILL)
    return code


if __name__ == "__main__":
    ended = _between(int(sys.argv[1]), sys.argv[2:])
    if ended < 0:  # end in the same way
        if -ended != signal.SIGKILL:
            signal.signal(-ended, signal.SIG_DFL)
        os.kill(os.getpid(), -ended)
    sys.exit(ended)
