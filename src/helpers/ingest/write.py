"""Changed tables put in place, all or none: checked in a copy first, then written beside the old ones and swapped."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from helpers.errors import InputError
from helpers.files import scratch
from helpers.ingest.apply import new_series, new_sources
from helpers.ingest.plan import Plan
from helpers.ingest.standing import Refused, Standing
from helpers.tables.findings import Finding

# Sources first: a stop between the two leaves a source that nothing uses, and the same command again puts the rows to it.
ORDER = ("sources", "series")
BESIDE = ".ingest"

Check = Callable[[Path], list[Finding]]


def write(plan: Plan, standing: Standing, check: Check) -> list[Path]:
    """Write the rows of a plan; returns the tables that changed, none when the plan has nothing to write.

    `check` is given the folder of a copy with the changes. Raises Refused with its findings, InputError when a table
    changed since it was read or cannot be written; the tables are then as they were.
    """
    if not plan.written:
        return []
    paths = {standing.package.path(name): name for name in ORDER}
    try:
        with _alone(standing.package.folder):
            before = {path: path.read_bytes() for path in paths}
            after = {path: _changed(name, before[path], plan, standing) for path, name in paths.items()}
            _checked(standing, after, check)
            _swap(before, {path: text for path, text in after.items() if text != before[path]})
    except OSError as error:  # a full disk, a folder that may not be written
        what = f"the tables cannot be written: {error.strerror or error}"
        raise InputError(what, str(error.filename or standing.package.folder), "nothing was changed") from error
    return [path for path in paths if after[path] != before[path]]


def _changed(name: str, text: bytes, plan: Plan, standing: Standing) -> bytes:
    spelled = text.decode("utf-8")
    if name == "sources":
        return new_sources(spelled, plan).encode("utf-8")
    return new_series(spelled, plan, standing.countries.partners).encode("utf-8")


def _checked(standing: Standing, after: Mapping[Path, bytes], check: Check) -> None:
    """Check a copy of the folder that holds the changed tables.

    Raises Refused with the findings: those that stood before, if the tables were not clean, else those the changes bring.
    """
    folder = standing.package.folder
    with scratch() as place:
        copy = place / "data"
        copy.mkdir()
        for path in (folder / "datapackage.json", *(standing.package.path(name) for name in standing.package.resources)):
            if path.is_file():
                shutil.copyfile(path, copy / path.name)
        for path, text in after.items():
            (copy / path.name).write_bytes(text)
        found = check(copy)
    if found:
        raise Refused(check(folder) or found)


def _swap(before: Mapping[Path, bytes], after: Mapping[Path, bytes]) -> None:
    """Replace the tables one after the other; when one cannot be replaced, those done are put back."""
    done: list[Path] = []
    try:
        for path, text in after.items():
            _beside(path).write_bytes(text)
            shutil.copymode(path, _beside(path))
        for path in after:
            if path.read_bytes() != before[path]:
                raise InputError("this table changed while the file was read", str(path), "run it again")
            os.replace(_beside(path), path)  # noqa: PTH105 - the word says what it does
            done.append(path)
    except BaseException:
        for path in done:
            _beside(path).write_bytes(before[path])
            os.replace(_beside(path), path)  # noqa: PTH105
        raise
    finally:
        for path in after:
            with contextlib.suppress(OSError):
                _beside(path).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one ingest at a time write into a folder, where the system can lock one."""
    try:
        import fcntl
    except ImportError:  # Windows; there the comparison with what was read has to do
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError("another ingest is writing into this folder", str(folder), "wait for it, then run it again") from None
        yield
    finally:
        os.close(handle)
