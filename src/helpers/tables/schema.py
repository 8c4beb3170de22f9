"""Table Schema checks with frictionless: types, allowed values, keys and foreign keys."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from helpers.errors import InputError
from helpers.tables.certain import certain
from helpers.tables.findings import Finding, nearest
from helpers.tables.package import DESCRIPTOR, RESTORE, Package
from helpers.tables.raw import RawTable

if TYPE_CHECKING:
    from frictionless import errors

KNOWN = ("primaryKey", "missingValues")  # besides fields; any other entry, such as the address of a profile, is not for the validator
_TYPES = {
    "number": "a number",
    "integer": "a whole number",
    "date": "a date like 2024-03-28",
    "year": "a year like 2024",
    "boolean": "true or false",
}


def schema_findings(package: Package, tables: dict[str, RawTable]) -> list[Finding]:
    """Validate tables that could be read against `datapackage.json`; every finding with its line and column.

    Raises InputError where the package asks for what the validator does not know.
    """
    doubtful = [name for name in tables if not certain(package, name, tables)]
    if not doubtful:
        return []
    targets = {key["reference"]["resource"] for name in doubtful for key in _schema(package, name, tables)["foreignKeys"]} - {""}
    # slow to import, and only needed where something looks wrong
    from frictionless import FrictionlessException, Resource, Schema
    from frictionless import Package as FrictionlessPackage

    logging.getLogger("frictionless").setLevel(logging.ERROR)
    try:
        resources = [
            Resource(
                name=name, data=[table.header, *table.rows], schema=Schema.from_descriptor(_schema(package, name, tables, name in doubtful))
            )
            for name, table in tables.items()
            if name in {*doubtful, *targets}
        ]
        report = FrictionlessPackage(resources=resources).validate(limit_errors=1000)
    except FrictionlessException as error:
        raise InputError(f"not a readable data package: {error}", str(package.folder / DESCRIPTOR), RESTORE) from error
    return [_finding(package, task.name, tables, error) for task in report.tasks for error in task.errors]


def _schema(package: Package, name: str, readable: dict[str, RawTable], keyed: bool = True) -> dict[str, Any]:
    """The declared schema in the column order of the file, without foreign keys into tables that could not be read.

    A table that is only there to be referred to keeps no foreign keys (`keyed`).
    """
    declared = package.resources[name]["schema"]
    keys = [key for key in declared.get("foreignKeys", []) if keyed and (key["reference"]["resource"] or name) in readable]
    fields = sorted(declared["fields"], key=lambda field: readable[name].header.index(field["name"]))
    return {name: declared[name] for name in KNOWN if name in declared} | {"fields": fields, "foreignKeys": keys}


def _finding(package: Package, name: str, tables: dict[str, RawTable], error: errors.Error) -> Finding:
    from frictionless import errors

    table = tables[name]
    row = getattr(error, "row_number", None)
    line = table.lines[row - 2] if row and 2 <= row < len(table.lines) + 2 else 0
    file = package.path(name).name
    if isinstance(error, errors.ForeignKeyError):
        return _foreign_key(package, name, tables, error, file, line)
    column = getattr(error, "field_name", "")
    cell = getattr(error, "cell", "")
    declared = {field["name"]: field for field in package.fields(name)}.get(column, {"type": "string"})
    if isinstance(error, errors.TypeError):
        return Finding(file, line, column, f'"{cell}" is not {_TYPES.get(declared["type"], declared["type"])}')
    if isinstance(error, errors.ConstraintError):
        return _constraint(declared, file, line, column, str(cell or ""))
    if isinstance(error, errors.PrimaryKeyError):
        key = ", ".join(package.resources[name]["schema"]["primaryKey"])
        return Finding(file, line, key, "this key stands in an earlier row too, or is empty", "each key once")
    return Finding(file, line, column, error.message, "what datapackage.json declares")


def _constraint(declared: dict[str, Any], file: str, line: int, column: str, cell: str) -> Finding:
    rules = declared.get("constraints", {})
    if not cell:
        return Finding(file, line, column, "is empty", declared.get("description", "a value"))
    if "enum" in rules:
        return Finding(file, line, column, f'"{cell}" is not allowed', "one of " + ", ".join(rules["enum"]), nearest(cell, rules["enum"]))
    if "pattern" in rules:
        return Finding(file, line, column, f'"{cell}" does not have the right form', f"{declared['description']} ({rules['pattern']})")
    bounds = " and ".join(f"{name} {rules[name]}" for name in ("minimum", "maximum") if name in rules)
    return Finding(file, line, column, f'"{cell}" is out of bounds', bounds or "an allowed value")


def _foreign_key(package: Package, name: str, tables: dict[str, RawTable], error: errors.ForeignKeyError, file: str, line: int) -> Finding:
    target = error.reference_name or name
    column, key = error.field_names[0], error.reference_field_names[0]
    cell = error.field_cells[0]
    index = tables[target].header.index(key)
    known = [row[index] for row in tables[target].rows]
    return Finding(file, line, column, f'"{cell}" is unknown', f"a {key} of {package.path(target).name}", nearest(cell, known))
