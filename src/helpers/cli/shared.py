"""What all commands share: options, exit codes, and how errors and findings are told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from helpers.errors import BriefingError, InputError

EXIT_FAILED = 1
EXIT_INPUT = 2
DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of the tables [default: data/ of the project].")


class reported:
    """Turn errors raised on purpose into messages and exit codes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):  # a full disk, a folder that may not be written
            error = unwritable(error)
        if not isinstance(error, BriefingError):
            return
        tell(error)
        sys.exit(EXIT_INPUT if isinstance(error, InputError) else EXIT_FAILED)


def unwritable(error: OSError) -> BriefingError:
    """What the system refused, in words; the edition is as it was, because it is put in place whole."""
    return BriefingError(
        (error.strerror or str(error) or type(error).__name__).lower(),
        str(error.filename or ""),
        "the last edition is as it was; make room or change the rights, then run it again",
    )


def tell(error: BriefingError) -> None:
    """Print an error, or all findings that it carries."""
    findings = getattr(error, "findings", None)
    if findings:
        print_findings(findings)
    else:
        click.secho(f"Error: {error}", fg="red", err=True)


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
