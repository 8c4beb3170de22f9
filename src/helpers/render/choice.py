"""Which engine renders: Quarto where it is installed, else pandoc and Typst from wheels."""

from __future__ import annotations

import shutil
import subprocess
from typing import Literal

from helpers.errors import InputError

Engine = Literal["auto", "quarto", "embedded"]
Chosen = Literal["quarto", "embedded"]
OLDEST = (1, 9)  # the first Quarto that renders a book to Typst


def choose(engine: Engine) -> Chosen:
    """The engine that will run.

    Raises InputError for a name that is none, and for Quarto where it is absent or too old.
    """
    if engine == "embedded":
        return "embedded"
    if engine not in ("auto", "quarto"):
        raise InputError(f'"{engine}" is no engine', "--engine", "choose auto, quarto or embedded")
    version = quarto_version()
    if version is not None and version >= OLDEST:
        return "quarto"
    if engine == "auto":
        return "embedded"
    found = "Quarto is not on the PATH" if version is None else f"Quarto {'.'.join(map(str, version))} is too old"
    advice = "install Quarto 1.9 or newer (conda env of environment.yml, or pip install '.[quarto]'), or use --engine embedded"
    raise InputError(found, "--engine quarto", advice)


def quarto_version() -> tuple[int, ...] | None:
    """The version of the Quarto on the PATH; None where there is none that answers."""
    program = shutil.which("quarto")
    if program is None:
        return None
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return parse_version(answer)


def parse_version(text: str) -> tuple[int, ...] | None:
    """Numbers of a version such as 1.9.38; development builds (99.9.9) count as new."""
    numbers = text.split("-")[0].split(".")
    return tuple(int(number) for number in numbers) if all(number.isdigit() for number in numbers) else None
