"""`briefing preview`."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from helpers.cli.shared import DATA, legible, reported, tell
from helpers.errors import BriefingError


@click.command()
@DATA
@click.option("--partner", "partners", multiple=True, metavar="CODE", help="As for build: this partner's chapter beside the summary.")
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="embedded", show_default=True, help="As for build.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="a free one", help="Port on the loopback address.")
@click.option("--open/--no-open", "show", default=True, show_default=True, help="Show the page.")
def preview(data: Path | None, partners: tuple[str, ...], engine: str, port: int, show: bool) -> None:
    """Show the page, and build it again when a file of data/, report/ or notebooks/ changes; Ctrl-C ends it.

    The edition goes into .build/preview/; the published one stays as it is. Only this machine can reach the page.
    """
    from helpers.pipeline.build import build as run_build
    from helpers.pipeline.paths import find
    from helpers.pipeline.preview import preview as run_preview
    from helpers.progress import Progress
    from helpers.render.apart import expect_more

    def once() -> bool:
        started = time.monotonic()
        try:
            with Progress() as progress:
                codes = [code.upper() for code in partners]
                result = run_build(paths, codes, engine, os.cpu_count() or 1, progress.listen)  # type: ignore[arg-type]  # click has checked the choice
        except BriefingError as error:  # a half-written row is no reason to end
            tell(error)
            return False
        for key, failure in result.failures.items():
            click.secho(f"{key} failed: {legible(failure)}", fg="red", err=True)
        click.echo(f"Built in {time.monotonic() - started:.1f} s.")
        return not result.current

    def ready(address: str) -> None:
        click.echo(f"{address} (Ctrl-C ends)")
        if show:
            click.launch(address)

    with reported():
        paths = find(data=data)
        paths = find(data=data, out=paths.work / "preview")
        expect_more()
        try:
            run_preview(paths, once, port, ready)
        except KeyboardInterrupt:
            click.echo("Preview ended.")
