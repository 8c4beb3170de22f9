"""The data dictionary as Markdown: `python -m helpers.tables.dictionary data` writes data/README.md."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.tables.package import Package, read_package

HEAD = """# Data

The shared tables of the briefing, one CSV file per kind of thing. This page is generated from `datapackage.json`
(`make dictionary`); change the descriptions there.

- UTF-8, commas, a header line; dates as YYYY-MM-DD, or YYYY and YYYY-MM where less is known. Spreadsheet programs may save
  them; a BOM, CRLF and empty lines at the end are read without a word.
- A fact without a source does not enter. Only the kinds *actual* and *cumulative* tell an outcome.
- `series.csv` holds country-year values; a point that is a fact of its own stands in `facts.csv`, tagged with its indicator, and not here.
- `conversions.csv` records what was changed, merged or dropped on the way from the dossier of evidence, and why.
- Edition, cut-off and title stand under `briefing` in `datapackage.json`.
- Figures of third parties are under their own terms; see `note` in `sources.csv`.

`briefing check` lists every finding with file, line and column.
"""


def dictionary(package: Package) -> str:
    """Every table with its key, references and columns."""
    parts = [HEAD]
    for name, resource in package.resources.items():
        schema = resource["schema"]
        parts.append(
            f"\n## {resource['path']}\n\n{resource['description']} Key: {', '.join(f'`{key}`' for key in schema['primaryKey'])}.\n"
        )
        parts.append("| column | type | meaning | allowed |\n|---|---|---|---|")
        references = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])}
        for field in schema["fields"]:
            rules = field.get("constraints", {})
            allowed = ", ".join(rules.get("enum", []))
            if field["name"] in references:
                target = references[field["name"]]
                allowed = f"a `{target['fields'][0]}` of {target['resource'] or name}.csv"
            kind = field["type"] + (", required" if rules.get("required") else "")
            parts.append(f"| `{field['name']}` | {kind} | {field['description']} | {allowed} |")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "data")
    (folder / "README.md").write_text(dictionary(read_package(folder)), "utf-8")
