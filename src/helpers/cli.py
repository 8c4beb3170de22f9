"""The command line: `briefing build`, `briefing preview`, `briefing check`, `briefing why`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from helpers.errors import BriefingError, InputError

EXIT_FAILED = 1
EXIT_INPUT = 2
DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of the tables [default: data/ of the project].")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alliances-without-treaties", prog_name="briefing")
def main() -> None:
    """Build and check the briefing "Alliances without treaties".

    \b
    Exit codes
      0  done
      1  something in the briefing failed; the rest is built
      2  the input is wrong; nothing was written

    \b
    Examples
      briefing check                     every finding in data/ and report/, with file, line and column
      briefing build                     the whole briefing into report/_output/
      briefing build --partner LAO       a part edition: the summary and Laos only
      briefing build --data new/ --out trial/
      briefing preview                   show the page and build it again on each change
      briefing why                       what a build would run, and for what reason
    """


@main.command()
@DATA
def check(data: Path | None) -> None:
    """Check tables and prose; list every finding at once.

    Each finding reads file:line:column: what is wrong; what was expected; the nearest valid choice.
    """
    from helpers.pipeline.build import check as run_check
    from helpers.pipeline.paths import find

    with _reported():
        paths = find(data=data)
        findings = run_check(paths)
        if findings:
            _print_findings(findings)
            sys.exit(EXIT_INPUT)
        click.echo(f"No findings in {_shown(paths.data)} and {_shown(paths.report)}.")


@main.command()
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
@click.option("--force", is_flag=True, help="Run everything, changed or not.")
@click.option("--open", "show", is_flag=True, help="Show the page when it is built.")
def build(
    data: Path | None, out: Path | None, partners: tuple[str, ...], engine: str, jobs: int, scheduler: str, force: bool, show: bool
) -> None:
    """Build the briefing: tables, notebooks, book, PDF and HTML.

    Only what changed is run again. The edition appears whole or not at all: a build that fails leaves the last one as
    it is. One failing notebook does not stop the others; its chapter says so, and the exit code is 1.
    """
    from helpers.pipeline.build import build as run_build
    from helpers.pipeline.paths import find
    from helpers.progress import Progress

    started = time.monotonic()
    with _reported():
        paths = find(data=data, out=out)
        with Progress() as progress:
            codes = [code.upper() for code in partners]
            result = run_build(paths, codes, engine, jobs, progress.listen, force=force, scheduler=scheduler)  # type: ignore[arg-type]  # click has checked the choice
        seconds = f"{time.monotonic() - started:.1f} s"
        if result.current:
            click.echo(f"Nothing changed; {_shown(result.out)} is current ({seconds}).")
            _open(result.out, show)
            return
        for key, error in result.failures.items():
            click.secho(f"{key} failed: {error}", fg="red", err=True)
        click.echo(f"Rendered by {'Quarto' if result.engine == 'quarto' else 'pandoc and Typst (embedded)'} in {seconds}:")
        for name in ("briefing.pdf", "index.html"):
            click.echo(f"  {_shown(result.out / name)}")
        _open(result.out, show)
        if result.failures:
            sys.exit(EXIT_FAILED)


@main.command()
@DATA
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the edition [default: report/_output/ of the project].")
@click.option("--partner", "partners", multiple=True, metavar="CODE", help="As for build: this partner's chapter beside the summary.")
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="auto", show_default=True, help="As for build.")
@click.option("--json", "as_json", is_flag=True, help="All reasons, for programs.")
def why(data: Path | None, out: Path | None, partners: tuple[str, ...], engine: str, as_json: bool) -> None:
    """List what a build would run and for what reason, row by row; run nothing.

    A notebook runs again when its template, a helper it imports, a parameter, a package version, its prose or a row that
    it read last time changed.
    """
    import json

    from helpers.pipeline import explain
    from helpers.pipeline.build import chapters_asked
    from helpers.pipeline.paths import find
    from helpers.render.choice import choose

    with _reported():
        paths = find(data=data, out=out)
        codes = chapters_asked(paths, [code.upper() for code in partners])
        explained = explain.explain(paths, codes, choose(engine))  # type: ignore[arg-type]  # click has checked the choice
        if as_json:
            click.echo(json.dumps(explain.as_json(explained), indent=1))
        elif not any(item.reasons for item in explained):
            click.echo("Nothing would run.")
        else:
            from rich.console import Console

            Console().print(explain.as_table(explained))


@main.command()
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

    def once() -> bool:
        started = time.monotonic()
        try:
            with Progress() as progress:
                codes = [code.upper() for code in partners]
                result = run_build(paths, codes, engine, os.cpu_count() or 1, progress.listen)  # type: ignore[arg-type]  # click has checked the choice
        except BriefingError as error:  # a half-written row is no reason to end
            _tell(error)
            return False
        for key, failure in result.failures.items():
            click.secho(f"{key} failed: {failure}", fg="red", err=True)
        click.echo(f"Built in {time.monotonic() - started:.1f} s.")
        return not result.current

    def ready(address: str) -> None:
        click.echo(f"{address} (Ctrl-C ends)")
        if show:
            click.launch(address)

    with _reported():
        paths = find(data=data)
        paths = find(data=data, out=paths.work / "preview")
        try:
            run_preview(paths, once, port, ready)
        except KeyboardInterrupt:
            click.echo("Preview ended.")


def _open(out: Path, wanted: bool) -> None:
    if wanted:
        click.launch(str(out / "index.html"))


class _reported:
    """Turn errors raised on purpose into messages and exit codes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, BriefingError):
            return
        _tell(error)
        sys.exit(EXIT_INPUT if isinstance(error, InputError) else EXIT_FAILED)


def _tell(error: BriefingError) -> None:
    findings = getattr(error, "findings", None)
    if findings:
        _print_findings(findings)
    else:
        click.secho(f"Error: {error}", fg="red", err=True)


def _print_findings(findings: Sequence[object]) -> None:
    for finding in findings:
        click.echo(str(finding), err=True)
    click.secho(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}; nothing was written.", fg="red", err=True)


def _shown(path: Path) -> str:
    """A path relative to the working folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


if __name__ == "__main__":
    main()
