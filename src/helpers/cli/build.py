"""`briefing build`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from helpers.cli.shared import DATA, EXIT_FAILED, legible, limited, reported, show_page, shown
from helpers.limits import Limits


@click.command()
@DATA
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the edition [default: report/_output/ of the project].")
@click.option(
    "--partner", "partners", multiple=True, metavar="CODE", help="Build only this partner's chapter beside the summary; may be given again."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "quarto", "embedded"]),
    default="auto",
    show_default=True,
    help="Who renders; auto takes Quarto when it is on the PATH, else pandoc and Typst from wheels.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="one per core", help="Notebooks that run at once."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Run the notebooks on the Dask cluster there, such as tcp://host:8786.")
@click.option("--since", type=click.Path(path_type=Path), metavar="FOLDER", help="A previous edition: a page says what changed since.")
@limited
@click.option("--force", is_flag=True, help="Run everything, changed or not.")
@click.option("--open", "show", is_flag=True, help="Show the page when it is built.")
def build(
    data: Path | None,
    out: Path | None,
    partners: tuple[str, ...],
    engine: str,
    jobs: int,
    scheduler: str,
    since: Path | None,
    limits: Limits,
    force: bool,
    show: bool,
) -> None:
    """Build the briefing: tables, notebooks, book, PDF and HTML.

    Only what changed is run again. The edition appears whole or not at all: a build that fails leaves the last one as
    it is. One failing notebook does not stop the others; its chapter says so, and the exit code is 1.
    """
    from helpers.pipeline.build import build as run_build
    from helpers.pipeline.paths import find
    from helpers.progress import Progress

    started = time.monotonic()
    with reported():
        paths = find(data=data, out=out)
        with Progress() as progress:
            codes = [code.upper() for code in partners]
            result = run_build(
                paths,
                codes,
                engine,  # type: ignore[arg-type]  # click has checked the choice
                jobs,
                progress.listen,
                force=force,
                scheduler=scheduler,
                since=since,
                limits=limits,
            )
        seconds = f"{time.monotonic() - started:.1f} s"
        if result.current:
            click.echo(f"Nothing changed; {shown(result.out)} is current ({seconds}).")
            show_page(result.out, show)
            return
        for key, error in result.failures.items():
            click.secho(f"{key} failed: {legible(error)}", fg="red", err=True)
        click.echo(f"Rendered by {'Quarto' if result.engine == 'quarto' else 'pandoc and Typst (embedded)'} in {seconds}:")
        for path in (*volumes(result.out), result.out / "index.html"):
            click.echo(f"  {shown(path)}")
        show_page(result.out, show)
        if result.failures:
            sys.exit(EXIT_FAILED)


def volumes(out: Path) -> list[Path]:
    """The PDFs of an edition, in order."""
    return sorted(out.glob("briefing*.pdf"), key=lambda path: (len(path.name), path.name))
