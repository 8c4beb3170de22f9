"""What a data package has to be before anything is read by it: of the right form, within its folder, with the tables we use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HUGE = 1e15  # more than any bound needs, and a whole number as it is
LONGEST = 255  # bytes of a file's name that every system takes
# Types of columns, each with the constraints that it can have besides that of being required.
TYPES = {
    "string": {"enum", "pattern"},
    "number": {"minimum", "maximum"},
    "integer": {"minimum", "maximum"},
    "year": set[str](),
    "date": set[str](),
    "boolean": set[str](),
}
# Tables and columns that the helpers name; those of another type than text with their type.
USED = {
    "partners": "partner name group role formula formula_since formula_fact_id order:integer",
    "sources": "source_id title publisher compiler author published url kind grade grade_reason note",
    "units": "unit before after after_one quantity description",
    "indicators": "indicator label unit dimension flow frequency kind definition compiler direction source_id note",
    "facts": "fact_id partner dimension metric value:number low:number high:number unit start:date end:date kind indicator text "
    "source_id locator confidence note derived_from superseded_by",
    "claims": "claim_id article place partner claim value:number unit start end verdict fault fact_id other_fact_id why",
    "instruments": "instrument_id partner title parties signed in_force until obligations form status fact_id source_id note",
    "events": "event_id partner start end kind title fact_id source_id after_articles:boolean",
    "projects": "project_id partner name sector place start end status fact_id source_id note",
    "series": "partner indicator year:year value:number source_id note",
    "memberships": "partner organisation role since until source_id note",
    "ties": "partner_a partner_b indicator year:year value:number directed:boolean source_id note",
    "conversions": "evidence_id action field into reason",
    "countries": "country name region un_member:boolean",
    "world": "country indicator year:year value:number source_id note",
    "framework": "indicator dimension year:year scale base least:number usa reason",
}


def faults(descriptor: Any) -> Iterator[str]:
    """What is wrong with the form of a descriptor; the first fault of each table is told."""
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        yield "it has no list of resources"
        return
    if not isinstance(descriptor.get("title"), str):
        yield "it has no title"
    yield from _briefing(descriptor.get("briefing"))
    names = [resource.get("name") if isinstance(resource, dict) else None for resource in descriptor["resources"]]
    known = {name: _columns(resource) for name, resource in zip(names, descriptor["resources"], strict=True) if isinstance(name, str)}
    for place, (name, resource) in enumerate(zip(names, descriptor["resources"], strict=True), 1):
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_-]*", name) or names.count(name) > 1:
            yield f"resource {place} has no name of its own in small letters"
        elif not isinstance(resource.get("path"), str):
            yield f"{name} has no path that is a text"
        elif len(resource["path"].encode("utf-8", "replace")) > LONGEST:
            yield f"{name} has a path of more than {LONGEST} bytes"
        elif not _columns(resource):
            yield f"{name} has no schema with fields that each have a name of their own"
        else:
            yield from list(_schema(resource["schema"], known, name))[:1]


def unused(descriptor: dict[str, Any]) -> Iterator[str]:
    """Tables and columns that the helpers use and a descriptor of the right form does not declare."""
    declared = {resource["name"]: resource["schema"]["fields"] for resource in descriptor["resources"]}
    for table, columns in USED.items():
        if table not in declared:
            yield f"the table {table} is not declared"
            continue
        types = {field["name"]: field["type"] for field in declared[table]}
        for column in columns.split():
            name, _, kind = column.partition(":")
            if types.get(name) != (kind or "string"):
                yield f"{table}.{name} is not declared as {kind or 'string'}"


def outside(folder: Path, names: list[str]) -> Iterator[str]:
    """Names of tables, and links in the folder, that lead out of it; another machine is outside too."""
    for name in names:
        if Path(name).name != name or name in ("", "..") or "\\" in name or not name.isprintable():
            yield f"the table path {name!r}"
    home = folder.resolve()
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place) / name
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(home):
                yield f"the link {path.relative_to(folder).as_posix()!r}"


def _briefing(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        yield "it has no entry briefing that holds texts"
    elif "cut_off" in entry:
        try:
            date.fromisoformat(entry["cut_off"])
        except ValueError:
            yield f"the cut-off {entry['cut_off']!r} is no date like 2024-03-28"


def _columns(resource: Any) -> list[str]:
    """Names of the columns of a resource; none where the fields are not what they should be."""
    schema = resource.get("schema") if isinstance(resource, dict) else None
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields):
        return []
    names = [field["name"] for field in fields]
    return names if len(set(names)) == len(names) and all(names) else []


def _schema(schema: dict[str, Any], known: dict[str, list[str]], name: str) -> Iterator[str]:
    for field in schema["fields"]:
        where = f"{name}.{field['name']}"
        kind = field.get("type")
        if not isinstance(kind, str) or kind not in TYPES:
            yield f"{where} is of no type that is known ({', '.join(sorted(TYPES))})"
            continue
        if not isinstance(field.get("description", ""), str):
            yield f"the description of {where} is no text"
        if not _constraints(field.get("constraints", {}), kind):
            yield f"the constraints of {where} are not of the form that they should have"
    if schema.get("missingValues", [""]) != [""]:
        yield f"{name} has missing values other than the empty cell"
    if not _named(schema.get("primaryKey", []), known[name]):
        yield f"the key of {name} names no columns"
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list) or not all(_reference(key, known, name) for key in keys):
        yield f"a foreign key of {name} names no column"


def _constraints(rules: Any, kind: str) -> bool:
    if not isinstance(rules, dict) or not rules.keys() <= {"required", *TYPES[kind]} or not isinstance(rules.get("required", False), bool):
        return False
    enum, bounds = rules.get("enum", ["x"]), [rules[name] for name in ("minimum", "maximum") if name in rules]
    try:
        re.compile(rules.get("pattern", ""))
    except (re.error, TypeError, RecursionError, OverflowError):
        return False
    return (
        isinstance(enum, list)
        and bool(enum)
        and all(isinstance(value, str) for value in enum)
        and all(_number(value) and (kind == "number" or isinstance(value, int)) for value in bounds)
    )


def _number(value: Any) -> bool:
    """Whether a value is a number that can be compared with any other."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < HUGE


def _reference(key: Any, known: dict[str, list[str]], own: str) -> bool:
    about = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(about, dict) or not isinstance(about.get("resource"), str):
        return False
    target = known.get(about["resource"] or own)
    return target is not None and _named(key.get("fields"), known[own], 1) and _named(about.get("fields"), target, 1)


def _named(columns: Any, known: list[str], least: int = 0) -> bool:
    return isinstance(columns, list) and len(columns) >= least and all(isinstance(name, str) and name in known for name in columns)
