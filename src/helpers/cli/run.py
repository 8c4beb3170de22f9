"""`briefing run`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpers.cli.shared import DATA, EXIT_FAILED, console, reported, shown, tell

MARKS = {"same": "=", "differs": "≠", "missing": "✗"}


@click.command()
@click.argument("partner", metavar="PARTNER")
@DATA
@click.option("-p", "changed", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter otherwise; may be given again.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The executed notebook [default: .build/run/PARTNER.ipynb].")
def run(partner: str, data: Path | None, changed: tuple[tuple[str, str], ...], out: Path | None) -> None:
    """Run one notebook again, as the build does, and compare it with the edition, cell by cell.

    PARTNER is a code such as LAO, or synthesis. The edition stays as it is.

    \b
    Exit codes
      0  it ran; every cell shows what the edition's shows, or a parameter was changed, or there is no edition here
      1  a cell failed, or shows something else than the edition's
      2  the input is wrong: an unknown partner or parameter, findings in the tables

    \b
    Examples
      briefing run LAO
      briefing run synthesis -p draws 500 --out trial.ipynb
    """
    from rich.table import Table
    from rich.text import Text

    from helpers.edition.rerun import rerun
    from helpers.errors import InputError
    from helpers.pipeline.build import chapters_asked
    from helpers.pipeline.checking import InputFindings
    from helpers.pipeline.checking import check as run_check
    from helpers.pipeline.jobs import SYNTHESIS
    from helpers.pipeline.paths import find

    with reported():
        paths = find(data=data)
        key = SYNTHESIS if partner.lower() == SYNTHESIS else chapters_asked(paths, [partner.upper()])[0]
        if any(name == "partner" for name, _ in changed):
            raise InputError("the partner is given already", "-p partner", "briefing run PARTNER runs the notebook of another")
        if findings := run_check(paths):
            raise InputFindings(findings)
        done = rerun(paths, key, dict(changed), out or paths.work / "run" / f"{key}.ipynb")
        if done.cells:
            table = Table(box=None, pad_edge=False)
            for name in ("", "Cell", "Runs", "Where", "Edition", "Here"):
                table.add_column(name, overflow="fold")
            for item in done.cells:
                table.add_row(MARKS[item.status], item.cell, Text(item.source), "" if item.differences else "same", "", "")
                for difference in item.differences:
                    where = difference.where.removeprefix(f"{item.cell}, ")
                    table.add_row("", "", "", Text(where), Text(difference.before), Text(difference.after))
            console().print(table)
        click.echo(f"Executed: {shown(done.output)}")
        if done.failure:
            tell(done.failure)
            sys.exit(EXIT_FAILED)
        if done.edition is None:
            click.echo("There is no edition here to compare with; briefing build makes one.")
        elif done.same:
            click.echo(f"The same outputs as {shown(done.edition)}, all {len(done.cells)} cells that show something.")
        else:
            count = sum(item.status != "same" for item in done.cells)
            click.echo(f"{count} of {len(done.cells)} cells show something else than {shown(done.edition)}.")
            if not changed:
                sys.exit(EXIT_FAILED)
