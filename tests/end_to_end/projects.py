"""Real projects in temporary folders: the whole one, and one cut down to two partners."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BRIEFING = Path(sys.executable).parent / "briefing"
KEPT = ("LAO", "CUB")


def copy_project(target: Path) -> Path:
    """Everything a build reads, and nothing built."""
    for name in ("data", "notebooks", "report"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("_output*", "_stage"))
    return target


def small_project(target: Path, keep: tuple[str, ...] = KEPT) -> Path:
    """A project with two real partners, so that a whole build takes seconds."""
    copy_project(target)
    for path in (target / "report" / "partners").glob("*.md"):
        if path.stem not in keep:
            path.unlink()
    (target / "report" / "synthesis.md").write_text("## summary\nTwo partners only.\n", "utf-8")
    (target / "report" / "method.md").write_text("Two partners only.\n", "utf-8")  # the real one names facts of others
    cut(target / "data", set(keep))
    return target


def cut(data: Path, keep: set[str]) -> None:
    """Drop the rows of all other partners, and the sources, claims and ties that lose their footing."""
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    tables = {resource["name"]: data / resource["path"] for resource in package["resources"]}
    rows = {name: read(path) for name, path in tables.items()}
    known = keep | {row["partner"] for row in rows["partners"] if row["group"] == "comparison"}
    for name, content in rows.items():
        if content and "partner" in content[0]:
            rows[name] = [row for row in content if row["partner"] in known]
    facts = {row["fact_id"] for row in rows["facts"]}
    rows["claims"] = [row for row in rows["claims"] if row["fact_id"] in facts | {""} and row["other_fact_id"] in facts | {""}]
    rows["ties"] = [row for row in rows["ties"] if {row["partner_a"], row["partner_b"]} <= known | {"CHN"}]
    rows["conversions"] = [row for row in rows["conversions"] if row["evidence_id"] in facts and row["into"] in facts | {""}]
    gone = {f"{row['partner'].lower()}_" for row in read(ROOT / "data" / "partners.csv")} - {f"{code.lower()}_" for code in keep}
    rows["indicators"] = [row for row in rows["indicators"] if row["indicator"][:4] not in gone]
    used = {row["source_id"] for name, content in rows.items() if name != "sources" for row in content if "source_id" in row}
    rows["sources"] = [row for row in rows["sources"] if row["source_id"] in used]
    for name, path in tables.items():
        write(path, rows[name], header(path))


def read_git(name: str) -> list[dict[str, str]]:
    """Rows of a table of the real project."""
    return read(ROOT / "data" / f"{name}.csv")


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a table as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path: Path) -> list[str]:
    """Columns of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def write(path: Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change(path: Path, key: str, wanted: str, /, **fields: str) -> None:
    """Change fields of the row in which `key` is `wanted`."""
    rows = read(path)
    for row in rows:
        if row[key] == wanted:
            row.update(fields)
    write(path, rows, header(path))


def briefing(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a project."""
    return subprocess.run([str(BRIEFING), *arguments], cwd=folder, capture_output=True, text=True, check=False)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
