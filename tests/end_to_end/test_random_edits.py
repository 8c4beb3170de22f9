"""Property: whatever rows are edited, the build that follows gives the bytes of a build from nothing.

`BRIEFING_EDITS` says how many edits to try, one after the other (2 in the suite); `BRIEFING_SEED` starts another row of them.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.projects import briefing, header, read, small_project, snapshot, write

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("incremental")]
EDITS = int(os.environ.get("BRIEFING_EDITS", "2"))
SEED = int(os.environ.get("BRIEFING_SEED", "1"))
# tables and the columns in which an edit leaves them valid
TEXTS = {
    "facts": "note",
    "claims": "why",
    "events": "title",
    "projects": "name",
    "instruments": "title",
    "sources": "title",
    "series": "note",
}


def edit(folder: Path, chance: random.Random) -> str:
    """Add to the text of one random row, or move its value a little; returns which row it was."""
    table = chance.choice(sorted(TEXTS))
    path = folder / "data" / f"{table}.csv"
    rows = read(path)
    row = chance.choice(rows)
    if table in ("facts", "series") and chance.random() < 0.5 and row["value"]:
        row["value"] = f"{float(row['value']) * 1.001:.6g}"
    else:
        row[TEXTS[table]] = f"{row[TEXTS[table]]} Edit {chance.randrange(10**6)} <b>&*_$.".strip()
    write(path, rows, header(path))
    return f"{table}: {next(iter(row.values()))}"


def test_random_edits_give_the_bytes_of_a_build_from_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    folder = small_project(tmp_path / "kept")
    assert briefing(folder, "build", "--engine", "embedded").returncode == 0
    tried = 0
    while tried < EDITS:
        before = {path: path.read_bytes() for path in (folder / "data").glob("*.csv")}
        done = edit(folder, chance)
        built = briefing(folder, "build", "--engine", "embedded")
        if built.returncode == 2:  # the rules refuse this edit: take it back and try another
            for path, content in before.items():
                path.write_bytes(content)
            continue
        assert built.returncode == 0, f"{done}\n{built.stderr}"
        tried += 1
        fresh = tmp_path / f"fresh-{tried}"
        shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns(".build", "_output"))
        assert briefing(fresh, "build", "--engine", "embedded").returncode == 0
        got, exp = snapshot(folder / "report" / "_output"), snapshot(fresh / "report" / "_output")
        assert sorted(name for name in got.keys() | exp.keys() if got.get(name) != exp.get(name)) == [], done
