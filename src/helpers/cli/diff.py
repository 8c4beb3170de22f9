"""`briefing diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpers.cli.shared import EXIT_FAILED, console, reported


@click.command()
@click.argument("old")
@click.argument("new", default="")
@click.option("--json", "as_json", is_flag=True, help="Every change, for programs.")
@click.option("--rows", type=click.IntRange(min=0), default=15, show_default=True, help="Lines of each kind; 0 shows all.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something differs.")
def diff(old: str, new: str, as_json: bool, rows: int, exit_code: bool) -> None:
    """Show what changed from OLD to NEW: rows, numbers in the text, verdicts, ranks and exhibits.

    Each is a folder of tables, the folder of an edition, or a git revision: HEAD~3, or HEAD~3:data where the tables lie
    elsewhere. NEW is the project's data/ unless given. Revisions are read and never checked out.

    \b
    Two editions are compared as they were published. Otherwise the tables of both
    sides are read with prose; a side without any borrows the other's.
    """
    import json

    from helpers.changes.compare import between
    from helpers.errors import InputError
    from helpers.pipeline.paths import find

    with reported():
        try:
            paths = find()
            root, data = paths.root, paths.data
        except InputError:  # two folders can be compared anywhere
            if not new:
                raise
            root, data = Path.cwd(), Path.cwd() / "data"
        changes = between(old, new or str(data), root, data)
        if as_json:
            from helpers.changes.records import as_json as all_of

            click.echo(json.dumps(all_of(changes), indent=1, ensure_ascii=False))
        else:
            from helpers.changes.terminal import as_group

            console().print(as_group(changes, rows))
        if exit_code and not changes.same:
            sys.exit(EXIT_FAILED)
