"""Measure the build against the plain way, in one run: `make benchmark`.

The plain way is what anybody would write first: a loop of `papermill` command-line calls, one after the other, then the
same rendering. Every figure is a ratio to it from the same round, because machines are shared and drift; the median of
the rounds is what to quote, the spread says how quiet the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
RENDER = """
import sys
from pathlib import Path
from helpers.facts.format import day
from helpers.render import render
from helpers.stage import book, chapters
from helpers.tables import load
folder, out, partners = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(",")
tables = load("data")
staged = book.assemble(chapters.collect(tables, folder, partners, Path("report")))
edition = tables.package.edition
book.write(staged, Path("report"), out / "stage", {**edition, "cut_off_words": day(edition["cut_off"])})
render(out / "stage", out, sys.argv[4])
"""


def timed(command: list[str], folder: Path) -> float:
    """Seconds of one command; raises CalledProcessError when it fails."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def copy_of_project(target: Path) -> Path:
    """A copy of what a build reads, without anything built."""
    for name in ("data", "notebooks", "report"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("_output*", "_stage"))
    return target


def plain(folder: Path, partners: list[str], engine: str) -> tuple[float, float]:
    """Seconds of the papermill loop and of the rendering after it."""
    out = folder / "plain"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    notebooks = 0.0
    for key in ["synthesis", *partners]:
        template = "synthesis" if key == "synthesis" else "partner"
        parameters = [] if key == "synthesis" else ["-p", "partner", key]
        notebooks += timed([str(BIN / "papermill"), f"notebooks/{template}.ipynb", str(out / f"{key}.ipynb"), *parameters], folder)
    rendering = timed([sys.executable, "-c", RENDER, str(out), str(out / "book"), ",".join(partners), engine], folder)
    return notebooks, rendering


def measure(rounds: int, engine: str) -> list[dict[str, float]]:
    """One row a round: seconds of the plain way and of each build."""
    rows = []
    lines = (ROOT / "data" / "partners.csv").read_text("utf-8").splitlines()[1:]
    partners = [line.split(",")[0] for line in lines if ",comparison," not in line]
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as temporary:
            folder = copy_of_project(Path(temporary))
            build = [str(BIN / "briefing"), "build", "--engine", engine]
            notebooks, rendering = plain(folder, partners, engine)
            cold = timed(build, folder)
            nothing = timed(build, folder)
            row = {
                "plain: papermill loop": notebooks,
                "plain: rendering": rendering,
                "plain": notebooks + rendering,
                "cold build": cold,
                "nothing changed": nothing,
            }
            rows.append(row)
    return rows


def main() -> None:
    """Measure, print a table of medians and ratios, and write the rounds to .build/benchmark.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds to measure (default 3)")
    parser.add_argument("--engine", choices=["embedded", "quarto"], default="embedded")
    arguments = parser.parse_args()
    rows = measure(arguments.rounds, arguments.engine)
    table = Table(title=f"{arguments.rounds} rounds, {os.cpu_count()} cores, engine {arguments.engine}")
    for heading in ("what", "median s", "min–max s", "ratio to plain, median"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name in rows[0]:
        seconds = [row[name] for row in rows]
        ratio = statistics.median(row[name] / row["plain"] for row in rows)
        table.add_row(name, f"{statistics.median(seconds):.1f}", f"{min(seconds):.1f}–{max(seconds):.1f}", f"{ratio:.3f}")
    Console().print(table)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    Console().print(f"Largest single process: {peak:.0f} MiB")
    (ROOT / ".build").mkdir(exist_ok=True)
    (ROOT / ".build" / "benchmark.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
