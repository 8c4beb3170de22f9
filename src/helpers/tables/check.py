"""Every finding about a data folder at once."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.tables.consistency import CONSISTENCY, nothing_after
from helpers.tables.findings import Finding, nearest
from helpers.tables.index_rules import INDEX
from helpers.tables.package import Package, read_used
from helpers.tables.raw import RawTable, read_rows
from helpers.tables.rules import RULES, named


def check_tables(folder: str | Path, read: dict[str, RawTable] | None = None) -> tuple[Package, list[Finding]]:
    """Read and check all tables of a folder; `read` takes up what was read, for whoever loads them next.

    Returns the package and the findings, sorted by file and line; none means that the tables hold together.
    Raises InputError when there is no folder or no readable data package.
    """
    # slow to import, and only needed here
    from helpers.tables.glyphs import printable
    from helpers.tables.schema import schema_findings

    package = read_used(Path(folder))
    tables = {} if read is None else read
    findings: list[Finding] = []
    for name in package.resources:
        path = package.path(name)
        if not path.is_file():
            findings.append(Finding(path.name, 0, "", "this table is missing", f"a file {path.name} in {folder}"))
            continue
        table, found = read_rows(path, [field["name"] for field in package.fields(name)], path.name)
        findings += found
        if table.header and not any(finding.line <= 1 for finding in found):
            tables[name] = table
    findings += schema_findings(package, tables)
    rows = named(tables)
    findings += [finding for rule in (*RULES, *CONSISTENCY, *INDEX) for finding in rule(rows)]
    findings += nothing_after(rows, package.edition["cut_off"])
    findings += _unknown_partners(rows, tables)
    findings += _codes(rows)
    findings += printable(rows)
    return package, sorted(set(findings))


def _unknown_partners(rows: dict[str, list[tuple[int, dict[str, str]]]], tables: dict[str, RawTable]) -> list[Finding]:
    """Both ends of a tie are partners or China itself."""
    if "partners" not in tables or "ties" not in tables:
        return []
    known = {row["partner"] for _, row in rows["partners"]} | {"CHN"}
    return [
        Finding("ties.csv", line, column, f'"{row[column]}" is unknown', "a partner of partners.csv, or CHN", nearest(row[column], known))
        for line, row in rows["ties"]
        for column in ("partner_a", "partner_b")
        if row[column] not in known
    ]


def _codes(rows: dict[str, list[tuple[int, dict[str, str]]]]) -> list[Finding]:
    """A partner's code names files, so it is three letters whatever the data package allows."""
    return [
        Finding("partners.csv", line, "partner", f'"{row["partner"]}" is no code', "three capital letters")
        for line, row in rows.get("partners", [])
        if row.get("partner") and not re.fullmatch("[A-Z]{3}", row["partner"])
    ]
