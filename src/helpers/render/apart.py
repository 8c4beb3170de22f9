"""The PDFs of a book; each of several in a process of its own, so that what Typst took for it is given back before the next one."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.errors import RenderError
from helpers.render import leash
from helpers.render.compress import packed
from helpers.render.pdf import compile_pdf
from helpers.render.volumes import split

FAILED = 3
PROGRAM = "import sys; from helpers.render.apart import main; sys.exit(main(*sys.argv[1:]))"


def pdfs(source: str, stage: Path, most: int) -> dict[str, bytes]:
    """The PDFs by file name: one, or volumes of at most so many partners' chapters, set one after the other.

    Raises RenderError where Typst fails or warns.
    """
    sources = split(source, most)
    if len(sources) == 1:
        return {name: packed(*compile_pdf(text, stage)) for name, text in sources.items()}
    return {name: _apart(name, text, stage) for name, text in sources.items()}


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
