"""The data package: which tables there are, and what their columns mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.errors import InputError
from helpers.tables.descriptor import faults, outside, unused

DESCRIPTOR = "datapackage.json"
RESTORE = "restore it from version control"


@dataclass(frozen=True)
class Package:
    """`datapackage.json` as read, with the look-ups the other rooms need."""

    folder: Path
    descriptor: dict[str, Any]

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """Each table's resource, by name, in the order of the file."""
        return {resource["name"]: resource for resource in self.descriptor["resources"]}

    def path(self, table: str) -> Path:
        """Where a table lies."""
        return self.folder / str(self.resources[table]["path"])

    def fields(self, table: str) -> list[dict[str, Any]]:
        """The declared columns of a table."""
        return list(self.resources[table]["schema"]["fields"])

    def enum(self, table: str, column: str) -> list[str]:
        """The closed list of a column; empty when it has none."""
        for field in self.fields(table):
            if field["name"] == column:
                return list(field.get("constraints", {}).get("enum", []))
        return []

    @property
    def edition(self) -> dict[str, str]:
        """Title, subtitle, edition and cut-off of the briefing."""
        return {"title": self.descriptor["title"], **self.descriptor["briefing"]}


def read_package(folder: Path) -> Package:
    """Read `datapackage.json`.

    Raises InputError when the folder or the file is missing, is not JSON, or names a file outside the folder.
    """
    path = folder / DESCRIPTOR
    if not folder.is_dir():
        raise InputError("this folder is not there", str(folder), "give the folder of the tables with --data")
    if not path.is_file():
        raise InputError("no data package here", str(path), "copy data/datapackage.json beside the tables")
    try:
        descriptor = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"not a readable data package: {error}", str(path), RESTORE) from error
    if wrong := list(faults(descriptor)):
        raise InputError(f"not a readable data package: {'; '.join(wrong)}", str(path), RESTORE)
    package = Package(folder, descriptor)
    edition = package.edition
    for name in outside(folder, [str(resource["path"]) for resource in package.resources.values()]):
        raise InputError(f"{name} leaves the folder", str(path), "name files of this folder only, and put them there themselves")
    missing = {"subtitle", "edition", "cut_off"} - edition.keys()
    if missing:
        raise InputError(f"the briefing entry lacks {', '.join(sorted(missing))}", str(path), "add it under briefing")
    return package


def read_used(folder: Path) -> Package:
    """Read `datapackage.json`, and make sure that it declares every table and column that the helpers use.

    Raises InputError as `read_package` does, and where something is not declared.
    """
    package = read_package(folder)
    if missing := list(unused(package.descriptor)):
        raise InputError("; ".join(missing), str(folder / DESCRIPTOR), RESTORE)
    return package
