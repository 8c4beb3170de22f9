"""The PDFs of a book; each of several in a process of its own, so that what Typst took for it is given back before the next one.

The one PDF of a book is set in this process, which is fastest. It is set elsewhere where this process has set one before or is to set more:
what Typst remembers of each would never be given back.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from helpers.errors import RenderError
from helpers.render import leash
from helpers.render.compress import packed
from helpers.render.pdf import SOURCE, compile_pdf
from helpers.render.setter import Setter
from helpers.render.volumes import split

FAILED = 3
_setter = Setter()
_more = threading.Event()  # whether this process has set a PDF, or is to set several
PROGRAM = "import sys; from helpers.render.apart import main; sys.exit(main(*sys.argv[1:]))"


def expect_more() -> None:
    """Tell that this process is to set one PDF after the other."""
    _more.set()


def pdfs(source: str, stage: Path, most: int) -> dict[str, bytes]:
    """The PDFs by file name: one, or volumes of at most so many partners' chapters, set one after the other.

    Raises RenderError where Typst fails or warns.
    """
    sources = split(source, most)
    if len(sources) == 1:
        return {name: _elsewhere(text, stage) if _more.is_set() else _here(text, stage) for name, text in sources.items()}
    return {name: _apart(name, text, stage) for name, text in sources.items()}


def _here(source: str, stage: Path) -> bytes:
    _more.set()
    return packed(*compile_pdf(source, stage))


def _elsewhere(source: str, stage: Path) -> bytes:
    (stage / SOURCE).write_text(source, encoding="utf-8")
    return _setter.set(stage.resolve(), SOURCE)


def _apart(name: str, source: str, stage: Path) -> bytes:
    path = (stage / name).with_suffix(".typ")
    path.write_text(source, encoding="utf-8")
    done = leash.run([sys.executable, "-c", PROGRAM, str(stage), path.stem], stage)
    if done.returncode:
        told = done.stderr.strip() or f"its process ended with {done.returncode}"
        raise RenderError(f"Typst could not set a volume:\n{told}", str(path), "the lines named are in that file")
    return path.with_suffix(".pdf").read_bytes()


def main(stage: str, name: str) -> int:
    """Set one volume, NAME.typ of the stage, as NAME.pdf beside it; what went wrong goes to standard error."""
    path = Path(stage) / f"{name}.typ"
    try:
        pdf = packed(*compile_pdf(path.read_text(encoding="utf-8"), Path(stage), path.name))
    except RenderError as error:
        print(error, file=sys.stderr)
        return FAILED
    path.with_suffix(".pdf").write_bytes(pdf)
    return 0
