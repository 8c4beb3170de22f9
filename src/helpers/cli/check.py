"""`briefing check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpers.cli.shared import DATA, EXIT_INPUT, print_findings, reported, shown


@click.command()
@DATA
def check(data: Path | None) -> None:
    """Check tables and prose; list every finding at once.

    Each finding reads file:line:column: what is wrong; what was expected; the nearest valid choice.
    """
    from helpers.pipeline.checking import check as run_check
    from helpers.pipeline.paths import find

    with reported():
        paths = find(data=data)
        findings = run_check(paths)
        if findings:
            print_findings(findings)
            sys.exit(EXIT_INPUT)
        click.echo(f"No findings in {shown(paths.data)} and {shown(paths.report)}.")
