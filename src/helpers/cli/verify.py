"""`briefing verify`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from helpers.cli.shared import DATA, EXIT_FAILED, console, reported


@click.command()
@click.argument("edition", required=False, type=click.Path(path_type=Path))
@DATA
@click.option("--since", type=click.Path(path_type=Path), help="The previous edition, where EDITION was built with one.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="one per core", help="Notebooks that run at once."
)
@click.option("--json", "as_json", is_flag=True, help="All that was found, for programs.")
def verify(edition: Path | None, data: Path | None, since: Path | None, jobs: int, as_json: bool) -> None:
    """Rebuild an edition in a temporary place and compare it, artefact by artefact.

    EDITION is the output folder of a build or a manifest.json; without it, the manifest kept with the project,
    report/manifest.json. The rebuild takes the engine and the chapters that the manifest names, and the tables, prose
    and code of this project; where those are not the edition's, that is said first. Nothing of the project is changed.

    \b
    Exit codes
      0  every input and every artefact is the same
      1  something differs or is missing: which cell, figure, page or number, and how
      2  there is no edition to compare with, or the input is wrong
    """
    from helpers.edition import told
    from helpers.edition.verify import reference
    from helpers.edition.verify import verify as run_verify
    from helpers.pipeline.paths import find
    from helpers.progress import Progress

    with reported():
        paths = find(data=data)
        known = reference(edition, paths)
        with Progress() as progress:
            verdict = run_verify(known, paths, jobs, progress.listen, since)
        if as_json:
            click.echo(json.dumps(told.as_json(verdict), indent=1, ensure_ascii=False))
        else:
            if (differing := told.inputs(verdict)) is not None:
                console().print(differing)
            console().print(told.artefacts(verdict))
            click.echo(told.summary(verdict))
        if not verdict.same:
            sys.exit(EXIT_FAILED)
