"""All commands together, and how they end."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

from helpers.cli import utf8
from helpers.cli.build import build
from helpers.cli.check import check
from helpers.cli.diff import diff
from helpers.cli.ingest import ingest
from helpers.cli.preview import preview
from helpers.cli.run import run
from helpers.cli.shared import reported
from helpers.cli.verify import verify
from helpers.cli.why import why
from helpers.interrupt import heed
from helpers.start import INTERRUPTED


class Commands(click.Group):
    """Commands that end in the shell's own way when they are interrupted: 1 would say that something in the briefing failed.

    Help that cannot be written, as on a full disk, is told as an error like any other.
    """

    def main(self, *given: Any, **named: Any) -> Any:
        """Read the options and run a command."""
        with reported():
            return super().main(*given, **named)

    def invoke(self, context: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\nInterrupted.", err=True)
            context.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alliances-without-treaties", prog_name="briefing")
def main() -> None:
    """Build and check the briefing "Alliances without treaties".

    \b
    Exit codes
      0  done
      1  something in the briefing failed; the rest is built
      2  the input is wrong; nothing was written
      130  interrupted with Ctrl-C

    \b
    Examples
      briefing check                     every finding in data/ and report/, with file, line and column
      briefing build                     the whole briefing into report/_output/
      briefing build --partner LAO       a part edition: the summary and Laos only
      briefing build --data new/ --out trial/
      briefing preview                   show the page and build it again on each change
      briefing diff HEAD~1               what changed in rows, text, verdicts, ranks and exhibits
      briefing run LAO                   one notebook again, compared with the edition cell by cell
      briefing verify                    is this the edition that was published? rebuilds and compares
      briefing why                       what a build would run, and for what reason
      briefing ingest worldbank API.csv  what a downloaded file would change in the tables
    """
    utf8.ensure()
    for stream in (sys.stdout, sys.stderr):  # a name that is no text in any encoding is shown all the same
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("NO_COLOR"):  # as no-color.org has it
        click.get_current_context().color = False
    heed()


for command in (build, check, diff, preview, run, verify, why, ingest):
    main.add_command(command)
