"""A process that sets PDFs, one after the other: for whoever sets many, as a preview does.

Typst remembers what it has worked out, so that a book which was changed in a few places is set in a tenth of the time; and it forgets
nothing as long as its process lives. What it remembers therefore belongs to a process of its own, which is replaced when it has grown.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from helpers.errors import RenderError
from helpers.limits import MEBIBYTE
from helpers.render import leash
from helpers.render.compress import packed
from helpers.render.pdf import compile_pdf

PROGRAM = "from helpers.render.setter import serve; serve()"
LARGEST = 1536 * MEBIBYTE  # a book of a dozen partners takes 1,200 when it is set for the first time


class Setter:
    """Sets one PDF at a time; its process starts with the first, ends with this one at the latest, and is replaced above `largest`."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.largest = largest
        self._held: leash.Held | None = None
        self._complained: IO[bytes] | None = None
        self._lock = threading.Lock()

    def set(self, stage: Path, name: str) -> bytes:
        """The PDF of NAME.typ in the stage. Raises RenderError where Typst fails or warns, or its process ends."""
        with self._lock:
            answer = self._ask(json.dumps([str(stage), name]))
            if not answer.endswith("\n"):
                raise RenderError(
                    f"Typst could not set the book: its process ended with {self.close()}\n{self._complaint()}".rstrip(), name
                )
            taken, *wrong = json.loads(answer)
            if taken > self.largest:
                self.close()
        if wrong:
            raise RenderError(*wrong)
        return (stage / name).with_suffix(".pdf").read_bytes()

    def close(self) -> int | None:
        """End the process; the next PDF starts another. Returns how it ended, if there was one."""
        held, self._held = self._held, None
        if held is None:
            return None
        with held.process as process, suppress(BrokenPipeError):
            code = process.poll()
            held.let_go()
        return process.returncode if code is None else code

    def _ask(self, line: str) -> str:
        """The answer to a line; none, or not all of it, where the process ended."""
        if self._held is None:
            self._complained = tempfile.TemporaryFile()  # noqa: SIM115  # the process writes into it as long as it lives
            self._held = leash.Held([sys.executable, "-P", "-c", PROGRAM], Path.cwd(), leash.PIPE, self._complained)
        streams = self._held.process
        assert streams.stdin and streams.stdout
        try:
            streams.stdin.write(f"{line}\n")
            streams.stdin.flush()
            return streams.stdout.readline()
        except BrokenPipeError:
            return ""

    def _complaint(self) -> str:
        if not self._complained:
            return ""
        self._complained.seek(0)
        return self._complained.read().decode("utf-8", "replace")[-2000:]


def serve() -> None:
    """Set what is asked for, a stage and a name a line; answer with the bytes of memory taken and the parts of an error."""
    for line in sys.stdin:
        stage, name = json.loads(line)
        path = Path(stage) / name
        wrong: list[str] = []
        try:
            path.with_suffix(".pdf").write_bytes(packed(*compile_pdf(path.read_text(encoding="utf-8"), path.parent, path.name)))
        except RenderError as error:
            wrong = [error.what, error.where, error.next_step]
        except OSError as error:  # a full disk
            wrong = [
                (error.strerror or str(error)).lower(),
                str(error.filename or path),
                "make room or change the rights, then run it again",
            ]
        print(json.dumps([_taken(), *wrong]), flush=True)


def _taken() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
