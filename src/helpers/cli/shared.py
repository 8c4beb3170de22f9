"""What all commands share: options, exit codes, and how errors and findings are told."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from helpers.errors import BriefingError, InputError
from helpers.limits import MEBIBYTE, USUAL, CellLimits, Limits
from helpers.tables.findings import visible

if TYPE_CHECKING:
    from rich.console import Console

EXIT_FAILED = 1
EXIT_INPUT = 2
DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of the tables [default: data/ of the project].")

LIMITS = (
    click.option(
        "--cell-seconds", type=click.IntRange(min=1), default=USUAL.cell.seconds, show_default=True, help="Longest time one cell may run."
    ),
    click.option(
        "--cell-output",
        type=click.IntRange(min=1),
        default=USUAL.cell.output // MEBIBYTE,
        show_default=True,
        metavar="MIB",
        help="Most that one cell may show, in MiB.",
    ),
    click.option(
        "--register-limit",
        type=click.IntRange(min=0),
        default=USUAL.facts,
        show_default=True,
        metavar="FACTS",
        help="Most facts that the register prints; where there are more it prints those that the briefing cites.",
    ),
    click.option(
        "--volume-limit",
        type=click.IntRange(min=1),
        default=USUAL.chapters,
        show_default=True,
        metavar="CHAPTERS",
        help="Most partners in one PDF; where there are more their chapters become volumes (embedded engine).",
    ),
)


def limited(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of what a build is held to, which it is given as `limits`."""

    @functools.wraps(command)
    def with_limits(*, cell_seconds: int, cell_output: int, register_limit: int, volume_limit: int, **options: Any) -> None:
        command(limits=Limits(register_limit, volume_limit, CellLimits(cell_seconds, cell_output * MEBIBYTE)), **options)

    for option in reversed(LIMITS):
        with_limits = option(with_limits)
    return with_limits


NARROWEST = 60  # columns of a table; a narrower terminal breaks its lines, which reads better than columns of single letters


def console() -> Console:
    """Where tables are printed."""
    from rich.console import Console  # slow to import

    made = Console(highlight=False)
    made.width = max(made.width, NARROWEST)
    return made


class reported:
    """Turn errors raised on purpose into messages and exit codes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):  # a full disk, a folder that may not be written
            error = unsaid(error) if in_saying(trace) else unwritable(error)
        if not isinstance(error, BriefingError):
            return
        tell(error)
        sys.exit(EXIT_INPUT if isinstance(error, InputError) else EXIT_FAILED)


def in_saying(trace: TracebackType | None) -> bool:
    """Whether an error rose where words are printed rather than files written."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0] in ("click", "rich")


def unsaid(error: OSError) -> BriefingError:
    """What the system refused to print, in words."""
    return BriefingError(f"what the command says cannot be written: {worded(error)}", "standard output", "what it does, it has done")


def worded(error: OSError) -> str:
    """What the system says."""
    return (error.strerror or str(error) or type(error).__name__).lower()


def unwritable(error: OSError) -> BriefingError:
    """What the system refused, in words; the edition is as it was, because it is put in place whole."""
    return BriefingError(
        worded(error),
        str(error.filename or ""),
        "the last edition is as it was; make room or change the rights, then run it again",
    )


def tell(error: BriefingError) -> None:
    """Print an error, or all findings that it carries."""
    findings = getattr(error, "findings", None)
    if findings:
        print_findings(findings)
    else:
        click.secho(f"Error: {legible(error)}", fg="red", err=True)


def legible(error: BriefingError) -> str:
    """An error line by line, with every character shown: a path or a cell's error may hold what a terminal obeys."""
    return "\n".join(visible(line) for line in str(error).splitlines())


def print_findings(findings: Sequence[object]) -> None:
    """Print findings, and how many they are."""
    for finding in findings:
        click.echo(str(finding), err=True)
    click.secho(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}; nothing was written.", fg="red", err=True)


def shown(path: Path) -> str:
    """A path relative to the working folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def show_page(out: Path, wanted: bool) -> None:
    """Open the page of an edition in the browser, if asked for."""
    if wanted:
        click.launch(str(out / "index.html"))
