"""One side of a comparison: a data folder, a project, an edition or a git revision, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers.changes import revisions
from helpers.errors import InputError
from helpers.files import scratch
from helpers.tables.findings import Finding
from helpers.tables.load import NUMBERS, Tables, load
from helpers.tables.package import DESCRIPTOR, Package, read_package
from helpers.tables.raw import read_rows

Kind = Literal["tables", "revision", "edition"]
EXPECTED = "give a folder of tables, the folder of an edition, or a git revision such as HEAD~3 or HEAD~3:data"


class SideFindings(InputError):
    """A side does not parse; all findings at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings", "", EXPECTED)
        self.args = (findings,)
        self.findings = findings


@dataclass(frozen=True)
class Side:
    """Where one side lies: tables always, prose where it is known, executed notebooks and figures for an edition."""

    name: str
    kind: Kind
    data: Path
    report: Path | None = None
    edition: Path | None = None


@dataclass(frozen=True)
class SideTable:
    """One table as text: `frame` has a column of strings for each of `columns`; `types` and `key` as declared."""

    columns: list[str]
    key: list[str]
    types: dict[str, str]
    frame: pd.DataFrame


def open_side(name: str, root: Path, data: Path, stack: ExitStack) -> Side:
    """Open what a name stands for; a folder goes before a revision of the same name.

    `root` and `data` are the project's folder and its tables. What a revision holds is written into a temporary folder that
    `stack` clears. Raises InputError when the name stands for nothing that can be compared.
    """
    path = Path(name)
    if name and path.is_dir():
        return of_folder(path, name)
    if name and path.exists():
        raise InputError("this is a file", name, EXPECTED)
    target = stack.enter_context(scratch())
    inside = data.relative_to(root).as_posix() if data.is_relative_to(root) else "data"
    found, report = revisions.extract(name, root, inside, target)
    return Side(name, "revision", found, report)


def of_folder(path: Path, name: str) -> Side:
    """A folder of tables, of a project or of an edition.

    Raises InputError when it is none of these, or when a link in it leads out of it.
    """
    folder = path.resolve()
    if (folder / "data" / "tables" / DESCRIPTOR).is_file():
        stays_inside(folder, name)
        return Side(name, "edition", folder / "data" / "tables", edition=folder)
    if (folder / DESCRIPTOR).is_file():
        stays_inside(folder, name)
        report = folder.parent / "report"
    elif (folder / "data" / DESCRIPTOR).is_file():
        stays_inside(folder / "data", name)
        folder, report = folder / "data", folder / "report"
    else:
        raise InputError("no tables here", name, f"expected {DESCRIPTOR} beside the tables, or data/tables/{DESCRIPTOR} of an edition")
    return Side(name, "tables", folder, report if (report / "partners").is_dir() else None)


def stays_inside(folder: Path, name: str) -> None:
    """Refuse a folder in which a symbolic link leads out of it: a shared edition must not show other files of the reader."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(folder):
            raise InputError(f"{path.relative_to(folder)} is a link out of the folder", name, "expected plain files")


def package_of(side: Side) -> Package:
    """The data package of a side; raises InputError when it cannot be read."""
    place, expected = f"{side.name}: {DESCRIPTOR}", "expected a data package of this briefing"
    try:
        package = read_package(side.data)
        whole = all(isinstance(package.edition[entry], str) for entry in ("edition", "cut_off"))
        for name, resource in package.resources.items():
            fields = [(item["name"], item.get("type", "string")) for item in package.fields(name)]
            words = [name, *_key_of(resource), *(word for field in fields for word in field)]
            whole = whole and all(isinstance(word, str) for word in words) and len(dict(fields)) == len(fields)
    except InputError as error:
        raise InputError(error.what, place, expected) from error
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise InputError("not a readable data package", place, expected) from error
    if not whole:
        raise InputError("not a readable data package", place, expected)
    return package


def _key_of(resource: dict[str, Any]) -> list[str]:
    """The primary key of a resource as a list of columns."""
    key = resource["schema"].get("primaryKey") or []
    return [key] if isinstance(key, str) else list(key)


def read_tables(side: Side, package: Package) -> dict[str, SideTable]:
    """Every table of a side as text, by name.

    Raises SideFindings with all findings when a table is missing, cannot be read, or holds no number where one is declared.
    """
    found: dict[str, SideTable] = {}
    findings: list[Finding] = []
    for name, resource in package.resources.items():
        path = package.path(name)
        shown = f"{side.name.rstrip('/')}/{path.name}"
        if not path.is_file():
            findings.append(Finding(shown, 0, "", "this table is missing", f"a file {path.name} as {DESCRIPTOR} declares it"))
            continue
        types = {str(item["name"]): str(item.get("type", "string")) for item in package.fields(name)}
        table, wrong = read_rows(path, list(types), shown)
        findings += wrong
        if wrong:
            continue
        frame = pd.DataFrame(table.rows, columns=table.header, dtype=object)
        findings += _no_numbers(frame, types, table.lines, shown)
        found[name] = SideTable(list(types), _key_of(resource), types, frame)
    if findings:
        raise SideFindings(sorted(findings))
    return found


def typed(side: Side, others: Sequence[Package] = ()) -> Tables:
    """The tables of a side as the briefing reads them; ask after `read_tables` has passed.

    Tables and columns that only `others` declare are there too, and empty: code of today reads an older state.
    """
    try:
        tables = load(side.data, package=package_of(side))
    except (InputError, ValueError) as error:
        raise InputError(str(getattr(error, "what", error)), side.name, "expected tables that briefing check passes") from error
    descriptor = deepcopy(tables.package.descriptor)
    known = {resource["name"]: resource for resource in descriptor["resources"]}
    frames = {name: dict.__getitem__(tables.frames, name) for name in known}
    for other in others:
        for name, resource in other.resources.items():
            if name not in known:
                known[name] = deepcopy(resource)
                known[name]["schema"]["fields"] = []
                descriptor["resources"].append(known[name])
                frames[name] = pd.DataFrame()
            fields = known[name]["schema"]["fields"]
            have = {item["name"] for item in fields}
            missing = [item for item in other.fields(name) if item["name"] not in have]
            fields += missing
            frames[name] = frames[name].assign(**{item["name"]: float("nan") if item.get("type") in NUMBERS else "" for item in missing})
    return Tables(Package(tables.package.folder, descriptor), frames)


def _no_numbers(frame: pd.DataFrame, types: dict[str, str], lines: list[int], shown: str) -> list[Finding]:
    """Cells without a number in columns of numbers."""
    found = []
    for column in (name for name, kind in types.items() if kind in NUMBERS):
        text = frame[column]
        wrong = (text != "") & pd.to_numeric(text, errors="coerce").isna()
        found += [Finding(shown, lines[place], column, f'"{text[place]}" is not a number', "a number") for place in wrong[wrong].index]
    return found
