"""`briefing ingest`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from helpers.cli.shared import DATA, EXIT_INPUT, console, reported, shown

KINDS = ("comtrade", "worldbank", "sipri", "unvotes", "imf")
MOST_ROWS = 40


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("file", type=click.Path(path_type=Path))
@DATA
@click.option("--write", "wanted", is_flag=True, help="Write the rows; without it, only show what would change.")
@click.option("--replace", is_flag=True, help="Replace values that differ from those of the file; their row notes what it replaces.")
@click.option("--partner", "partners", multiple=True, metavar="CODE", help="Rows of this partner only.")
@click.option("--since", type=click.IntRange(1900, 2100), metavar="YEAR", help="From this year [default: the first that the tables have].")
@click.option(
    "--accessed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of the download, for the source [default: the file's date, in UTC].",
)
@click.option(
    "--scale", type=click.Choice(["units", "thousands", "millions", "billions"]), help="Scale of an IMF file that states none (DOTS)."
)
@click.option("--json", "as_json", is_flag=True, help="All changes, what was passed over, and findings, for programs.")
def ingest(
    kind: str,
    file: Path,
    data: Path | None,
    wanted: bool,
    replace: bool,
    partners: tuple[str, ...],
    since: int | None,
    accessed: datetime | None,
    scale: str | None,
    as_json: bool,
) -> None:
    """Read a file as its publisher gives it, and show what it would change in series.csv.

    \b
    KIND
      comtrade   UN Comtrade CSV of comtradeplus.un.org: partners' returns of trade with China
      worldbank  World Bank indicator or DataBank CSV: GDP (NY.GDP.MKTP.CD), population (SP.POP.TOTL)
      sipri      SIPRI trade register CSV: arms from and to China
      unvotes    roll calls of the UN General Assembly, from the UN Digital Library or Erik Voeten
      imf        IMF bilateral trade (IMTS, formerly DOTS): exports by pair of countries

    A value that differs from one that stands is held back, with the rest of its series, until --replace. A value of another compiler
    than the indicator's is refused. With --write the rows and their source go in together, after briefing check has passed them.
    """
    import json

    from helpers.ingest import show
    from helpers.ingest.run import Asked, prepare
    from helpers.ingest.standing import Refused, read_standing
    from helpers.ingest.write import write
    from helpers.pipeline.checking import check
    from helpers.pipeline.paths import Paths, find

    with reported():
        paths = find(data=data)
        asked = Asked(tuple(code.upper() for code in partners), since, accessed.date() if accessed else None, replace, scale or "")
        try:
            standing = read_standing(paths.data)
            plan = prepare(kind, file, str(file), standing, asked)
            written = write(plan, standing, lambda folder: check(Paths(paths.root, folder, paths.out))) if wanted else []
        except Refused as refused:
            if not as_json:
                raise
            click.echo(json.dumps(show.findings_as_json(refused.findings), indent=1))
            sys.exit(EXIT_INPUT)
        if as_json:
            click.echo(json.dumps(show.as_json(plan, [shown(path) for path in written]), indent=1))
            return
        click.echo(f"{plan.layout}, accessed {plan.accessed}{'' if accessed else ' (the date of the file)'}: {show.summary(plan)}")
        table = show.as_table(plan, MOST_ROWS)
        if table.row_count:
            console().print(table)
        for line in show.skipped(plan):
            click.echo(line)
        for reminder in plan.reminders:
            click.secho(reminder, fg="yellow")
        if written:
            click.secho(f"Wrote {len(plan.written)} rows from {plan.source['source_id']}: {', '.join(map(shown, written))}.", fg="green")
        elif wanted:
            click.echo("Nothing to write.")
        elif plan.written:
            click.echo(f"Nothing was written; --write puts {len(plan.written)} rows in, from the source {plan.source['source_id']}.")
