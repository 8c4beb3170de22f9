"""Tables that certainly hold what `datapackage.json` declares, told apart at speed.

Every distinct cell is looked at once, by rules stricter than those of Table Schema. What passes needs no second look; what
does not, or uses a part of Table Schema unknown here, goes to frictionless, which finds the words for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from helpers.tables.package import Package
from helpers.tables.raw import RawTable

_FORMS = {
    "string": re.compile(r".+", re.DOTALL),
    "number": re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII),
    "integer": re.compile(r"-?\d{1,15}", re.ASCII),
    "year": re.compile(r"[1-9]\d{3}", re.ASCII),
    "date": re.compile(r"[1-9]\d{3}-\d\d-\d\d", re.ASCII),
    "boolean": re.compile(r"true|false|True|False|TRUE|FALSE|1|0"),
}
_FIELD = {"name", "type", "description", "constraints"}
_SCHEMA = {"fields", "primaryKey", "foreignKeys", "missingValues"}
_RULES: dict[str, Callable[[str, Any], bool]] = {
    "required": lambda cell, rule: bool(cell) or not rule,
    "enum": lambda cell, rule: not cell or cell in rule,
    "pattern": lambda cell, rule: not cell or re.fullmatch(rule, cell) is not None,
    "minimum": lambda cell, rule: not cell or float(cell) >= float(rule),
    "maximum": lambda cell, rule: not cell or float(cell) <= float(rule),
}


def certain(package: Package, name: str, tables: Mapping[str, RawTable]) -> bool:
    """Whether a table that could be read is beyond doubt; False says nothing but that it has to be looked at closely."""
    table, schema = tables[name], package.resources[name]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    if not schema.keys() <= _SCHEMA or schema.get("missingValues", [""]) != [""] or sorted(table.header) != sorted(fields):
        return False
    columns = {column: [row[place] for row in table.rows] for place, column in enumerate(table.header)}
    return (
        all(_cells(field, set(columns[column])) for column, field in fields.items())
        and _key(schema.get("primaryKey", []), columns)
        and all(_reference(key, name, columns, tables) for key in schema.get("foreignKeys", []))
    )


def _cells(field: Mapping[str, Any], cells: set[str]) -> bool:
    kind, rules = field["type"], field.get("constraints", {})
    if not field.keys() <= _FIELD or kind not in _FORMS or not rules.keys() <= _RULES.keys():
        return False
    if ("enum" in rules or "pattern" in rules) and kind != "string":
        return False
    if ("minimum" in rules or "maximum" in rules) and kind not in ("number", "integer"):
        return False
    return all(not cell or (_FORMS[kind].fullmatch(cell) and (kind != "date" or _real(cell))) for cell in cells) and all(
        _RULES[rule](cell, told) for cell in cells for rule, told in rules.items()
    )


def _real(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _key(key: str | list[str], columns: Mapping[str, list[str]]) -> bool:
    """Whether each key is there, and once."""
    parts = [columns[name] for name in ([key] if isinstance(key, str) else key)]
    keys = list(zip(*parts, strict=True))
    return len(set(keys)) == len(keys) and all(all(cells) for cells in parts)


def _reference(key: Mapping[str, Any], name: str, columns: Mapping[str, list[str]], tables: Mapping[str, RawTable]) -> bool:
    """Whether each key of another table is there; a table that could not be read has findings of its own."""
    target, own, theirs = key["reference"]["resource"] or name, key["fields"], key["reference"]["fields"]
    if target not in tables:
        return True
    if len(own) != 1 or len(theirs) != 1 or theirs[0] not in tables[target].header:
        return False
    place = tables[target].header.index(theirs[0])
    return set(columns[own[0]]) - {""} <= {row[place] for row in tables[target].rows}
