"""Runs pandoc and takes its warnings seriously."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from helpers.errors import RenderError


def pandoc(arguments: Sequence[str | Path], cwd: Path, given: str | None = None) -> str:
    """Output of pandoc run in `cwd`, with `given` as its input.

    Raises RenderError where pandoc fails or warns, for instance of a resource that is not there.
    """
    command = [pypandoc.get_pandoc_path(), *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or "[WARNING]" in done.stderr:
        raise RenderError(
            f"pandoc could not render the book:\n{done.stderr.strip()}",
            str(cwd),
            "the message names the construct; look for it in the chapters there",
        )
    return done.stdout
