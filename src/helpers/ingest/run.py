"""From a file and a kind to a plan, and from a plan into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from helpers.errors import InputError
from helpers.ingest import comtrade, imf, native, sipri, unvotes, worldbank
from helpers.ingest.layouts import Head, duplicates, not_recognised, recognise, rows
from helpers.ingest.plan import Plan, plan
from helpers.ingest.reading import Kind, Reading
from helpers.ingest.standing import Refused, Standing
from helpers.tables.findings import Finding, nearest

KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in (comtrade, worldbank, sipri, unvotes, imf)}


@dataclass(frozen=True)
class Asked:
    """What a user wants of a file: whose rows, since when, as of which day, replacing or not, in which scale."""

    partners: tuple[str, ...] = ()
    since: int | None = None
    accessed: date | None = None
    replace: bool = False
    scale: str = ""


def read(kind: Kind, path: Path, shown: str, standing: Standing, asked: Asked) -> Reading:
    """Read a native file.

    Raises Refused when it is no text, of no known layout, or of one that is not taken; what is wrong below the header
    is among the findings of the reading.
    """
    with _readable():
        first, stopped = native.first_lines(path, shown)
        head = recognise(first, [layout for each in KINDS.values() for layout in each.layouts])
        if head is None and stopped is not None:
            raise Refused([stopped])
        if head is None or head.layout not in kind.layouts:
            raise Refused(_unknown(kind, head, first, shown))
        if head.layout.refused:
            raise Refused([Finding(shown, head.line, "", f"this is {head.layout.name}", head.layout.refused)])
        if twice := duplicates(head, shown):
            raise Refused(twice)
        reading = Reading(shown, head, standing.countries, standing.years, asked.since, asked.scale)
    try:
        kind.read(rows(native.lines(path, shown, latin=head.layout.latin), head, shown, reading.findings), reading)
    except native.Unreadable as error:  # told with what was found above it
        reading.findings.append(error.finding)
    return reading


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except native.Unreadable as error:
        raise Refused([error.finding]) from None


def _unknown(kind: Kind, head: Head | None, first: list[str], shown: str) -> list[Finding]:
    """A file of another kind, of a refused form of this one, or of no known layout."""
    for words, why in kind.telltales.items():
        for line, text in enumerate(first, 1):
            if words.casefold() in text.casefold():
                return [Finding(shown, line, "", f'"{words}" stands here', why)]
    if head is not None:
        other = next(each for each in KINDS.values() if head.layout in each.layouts)
        expected = f"{kind.title}; or run briefing ingest {other.name} with this file"
        return [Finding(shown, head.line, "", f"this is {head.layout.name}", expected)]
    return not_recognised(first, kind.layouts, shown)


def accessed_on(path: Path, asked: Asked) -> date:
    """The day of the download: the one given, else the file's date in UTC."""
    if asked.accessed is not None:
        return asked.accessed
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, ValueError, OverflowError):
        return date.min


def prepare(kind_name: str, path: Path, shown: str, standing: Standing, asked: Asked) -> Plan:
    """What a file would change.

    Raises InputError for options that fit nothing, Refused with every finding about the file.
    """
    for code in asked.partners:
        if code not in standing.countries.partners:
            close = nearest(code, standing.countries.partners)
            raise InputError(f'there is no partner "{code}"', "--partner", f"nearest is {close}" if close else "a code of partners.csv")
    if asked.scale and kind_name != imf.KIND.name:
        raise InputError("only IMF files may be of unknown scale", "--scale", f"leave it out for {kind_name}")
    kind = KINDS[kind_name]
    reading = read(kind, path, shown, standing, asked)
    return plan(kind, reading, standing, accessed_on(path, asked), native.fingerprint(path), asked.partners, asked.replace)
