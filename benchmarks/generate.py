"""Make a synthetic project for measuring: `python benchmarks/generate.py FOLDER [--partners 200] [--facts 200000] [--seed 1]`.

Nothing in it is evidence. Partners have codes that no country has, every name and note says "synthetic", and the title of the
edition does too. Tables that are about the real world beyond the partners (units, indicators, world, framework, countries) are
copied, so that the study runs as it does for the real briefing.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import random
import shutil
import string
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EMPTY = ("claims", "events", "projects", "memberships", "ties", "conversions")
SOURCES = 50
YEARS = range(2005, 2025)
# the series that every synthetic partner has; its other facts belong to no series
SERIES = "trade_total_customs"
DIMENSIONS = ("trade", "energy", "finance", "infrastructure", "arms", "technology", "diplomacy")


def read(table: str) -> list[dict[str, str]]:
    """Rows of a real table."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(count: int) -> list[str]:
    """Codes that ISO 3166-1 leaves to users: X and two letters, up to 675 of them."""
    free = ["X" + "".join(pair) for pair in itertools.product(string.ascii_uppercase, repeat=2) if "X" + "".join(pair) != "XKX"]
    return free[:count]


def facts(partner: str, count: int, random_numbers: random.Random) -> list[dict[str, str]]:
    """Facts of one partner: one series, and single readings."""
    rows = []
    for number in range(count):
        series = number < len(YEARS)
        year = YEARS[number] if series else random_numbers.choice(YEARS)
        rows.append(
            {
                "fact_id": f"{partner.lower()}-synthetic-{number:05d}",
                "partner": partner,
                "dimension": "trade" if series else random_numbers.choice(DIMENSIONS),
                "metric": f"Synthetic reading {number}",
                "value": f"{random_numbers.lognormvariate(2, 1):.3f}",
                "unit": "USD bn",
                "start": f"{year}-01-01",
                "end": f"{year}-12-31",
                "kind": "actual",
                "indicator": SERIES if series else "",
                "source_id": f"synthetic-{random_numbers.randrange(SOURCES)}",
                "confidence": "low",
                "note": "Synthetic, made for measuring.",
            }
        )
    return rows


def tables(partners: int, total: int, seed: int) -> dict[str, list[dict[str, str]]]:
    """Every table that differs from the real one."""
    random_numbers = random.Random(seed)
    chosen = codes(partners)
    made: dict[str, list[dict[str, str]]] = {name: [] for name in (*EMPTY, "series")}
    made["partners"] = [
        {"partner": code, "name": f"Synthetic {code}", "group": "preferred", "order": str(place)} for place, code in enumerate(chosen, 1)
    ]
    made["facts"] = [row for code in chosen for row in facts(code, total // partners, random_numbers)]
    made["instruments"] = [
        {
            "instrument_id": f"{code.lower()}-synthetic",
            "partner": code,
            "title": "Synthetic: none",
            "parties": f"CHN {code}",
            "obligations": "none",
            "form": "dataset coding",
            "status": "unknown",
            "source_id": "synthetic-0",
        }
        for code in chosen
    ]
    used = {row["source_id"] for name in ("indicators", "world", "framework") for row in read(name) if row.get("source_id")}
    made["sources"] = [row for row in read("sources") if row["source_id"] in used or row["kind"] == "founding article"]
    made["sources"] += [
        {
            "source_id": f"synthetic-{number}",
            "title": "Synthetic source",
            "publisher": f"Synthetic publisher {number}",
            "kind": "dataset",
            "grade": "D",
            "grade_reason": "synthetic, made for measuring",
        }
        for number in range(SOURCES)
    ]
    return made


def write(folder: Path, partners: int, total: int, seed: int) -> None:
    """Write the project: tables, templates, book; no prose but that of the real framework."""
    for name in ("data", "notebooks", "report"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("_output*", "*.md"))
    descriptor = folder / "data" / "datapackage.json"
    package = json.loads(descriptor.read_text("utf-8"))
    package["title"] = f"Synthetic: {package['title']}"
    descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    columns = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]}
    for name, rows in tables(partners, total, seed).items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "report" / "partners").mkdir(exist_ok=True)


def main() -> None:
    """Read the command line and write the project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--partners", type=int, default=200)
    parser.add_argument("--facts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.partners, arguments.facts, arguments.seed)


if __name__ == "__main__":
    main()
