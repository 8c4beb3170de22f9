"""A downloaded file as lines of text, one at a time: what is no plain text of its publisher's encoding is refused in words."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path

from helpers.ingest.layouts import HEAD
from helpers.tables.findings import Finding

# No publisher's row comes near; a file without line ends must not fill the memory.
LONGEST = 1 << 22
MAGIC = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "a CSV file: unpack it first, or save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "a gzip archive", "a CSV file: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "a CSV file: unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "a CSV file: save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF", "the CSV download"),
    (codecs.BOM_UTF16_LE, "UTF-16 text", "plain text in UTF-8; save it as CSV UTF-8 again"),
    (codecs.BOM_UTF16_BE, "UTF-16 text", "plain text in UTF-8; save it as CSV UTF-8 again"),
)


class Unreadable(Exception):
    """The file cannot be read past this finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def lines(path: Path, shown: str, *, latin: bool = False) -> Iterator[str]:
    """The lines of a file with their ends, without a BOM; with `latin`, a line that is not UTF-8 is read as Windows-1252.

    Raises Unreadable, with the line, when the file is no file, no plain text, not UTF-8, or has a line of absurd length.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
                yield _text(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw, number, shown, latin)
    except OSError as error:
        raise Unreadable(Finding(shown, 0, "", f"cannot be read: {error.strerror or error}", "a readable file")) from None


def _text(raw: bytes, number: int, shown: str, latin: bool) -> str:
    if number == 1:
        for magic, what, expected in MAGIC:
            if raw.startswith(magic):
                raise Unreadable(Finding(shown, 0, "", f"this is {what}", expected))
        if raw.lstrip()[:1] == b"<":
            raise Unreadable(Finding(shown, 1, "", "this is a web page and no table", "the CSV download"))
        if raw.lstrip()[:1] in (b"{", b"["):
            raise Unreadable(Finding(shown, 1, "", "this is JSON", "the CSV download"))
    if len(raw) > LONGEST:
        raise Unreadable(Finding(shown, number, "", f"a line of more than {LONGEST} bytes", "one row a line"))
    if b"\x00" in raw:
        raise Unreadable(Finding(shown, number, "", "NUL bytes in the file", "plain text in UTF-8; save it as CSV UTF-8 again"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if latin:
            return raw.decode("cp1252", "replace")
        wrong = raw[error.start : error.start + 1].decode("latin-1")
        what = f"not UTF-8 (the byte for {wrong!r} looks like Latin-1)"
        raise Unreadable(Finding(shown, number, "", what, "CSV UTF-8; save it so in a spreadsheet program or an editor")) from None


def first_lines(path: Path, shown: str) -> tuple[list[str], Finding | None]:
    """As many lines as a header is looked for in, and what stopped the reading before, if anything did.

    Raises Unreadable for a file without a line that can be read.
    """
    found: list[str] = []
    stopped = None
    try:
        for line, _ in zip(lines(path, shown), range(HEAD), strict=False):
            found.append(line)
    except Unreadable as error:
        stopped = error.finding
    if not any(line.strip() for line in found):
        raise Unreadable(stopped or Finding(shown, 0, "", "the file is empty", "a header line and rows"))
    return found, stopped


def fingerprint(path: Path) -> str:
    """SHA-256 of the file: the note of the source tells by it which download the rows came from."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
