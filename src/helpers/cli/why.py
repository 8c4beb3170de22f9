"""`briefing why`."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.cli.shared import DATA, console, limited, reported
from helpers.limits import Limits


@click.command()
@DATA
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the edition [default: report/_output/ of the project].")
@click.option("--partner", "partners", multiple=True, metavar="CODE", help="As for build: this partner's chapter beside the summary.")
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="auto", show_default=True, help="As for build.")
@click.option("--since", type=click.Path(path_type=Path), metavar="FOLDER", help="As for build: a previous edition.")
@limited
@click.option("--json", "as_json", is_flag=True, help="All reasons, for programs.")
def why(
    data: Path | None, out: Path | None, partners: tuple[str, ...], engine: str, since: Path | None, limits: Limits, as_json: bool
) -> None:
    """List what a build would run and for what reason, row by row; run nothing.

    A notebook runs again when its template, a helper it imports, a parameter, a package version, its prose or a row that
    it read last time changed. The limits are those of the build that is asked about; what a cell may take makes nothing run again.
    """
    import json

    from helpers.pipeline import explain
    from helpers.pipeline.build import chapters_asked
    from helpers.pipeline.checking import InputFindings, table_findings
    from helpers.pipeline.paths import find
    from helpers.render.choice import choose

    with reported():
        paths = find(data=data, out=out)
        if findings := table_findings(paths, {}):  # a build would refuse them, and rows that cannot be read are not gone
            raise InputFindings(findings)
        codes = chapters_asked(paths, [code.upper() for code in partners])
        explained = explain.explain(paths, codes, choose(engine), since, limits)  # type: ignore[arg-type]  # click has checked the choice
        if as_json:
            click.echo(json.dumps(explain.as_json(explained), indent=1))
        elif not any(item.reasons for item in explained):
            click.echo("Nothing would run.")
        else:
            console().print(explain.as_table(explained))
