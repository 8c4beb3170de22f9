"""Measure the build against the plain way, in one run: `make benchmark`.

The plain way (a) is what anybody would write first: a loop of `papermill` command-line calls, one after the other, then the
same rendering with nothing kept from before. (b) is nbclient in a thread pool, one thread a core, then the same rendering. (c) is
Quarto, where it is installed, which executes all notebooks itself in one call (`quarto render --execute`, one HTML page each, which
Quarto cannot leave out), then the same rendering of the notebooks that it executed. Each way so ends with the same book. Every figure
is a ratio to (a) from the same round, because machines are shared and drift; the median of the rounds is what to quote, the
spread and the load say how quiet the machine was.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
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
OUT = ROOT / ".build" / "benchmarks"
RENDER = """
import sys
from pathlib import Path
from helpers.facts.format import day
from helpers.render import render
from helpers.stage import book, chapters
from helpers.tables.load import load
folder, out, partners = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(",")
tables = load("data")
staged = book.assemble(chapters.collect(tables, folder, partners, Path("report")))
edition = tables.package.edition
book.write(staged, Path("report"), out / "stage", {**edition, "cut_off_words": day(edition["cut_off"])})
render(out / "stage", out, sys.argv[4])
"""

# Writes the notebook of each chapter with its parameters set, as papermill would run it.
PREPARED = """
import sys
from pathlib import Path
import nbformat
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
out, partners = Path(sys.argv[1]), sys.argv[2].split(",")
for key in ["synthesis", *partners]:
    notebook = load_notebook_node(f"notebooks/{'synthesis' if key == 'synthesis' else 'partner'}.ipynb")
    notebook = notebook if key == "synthesis" else parameterize_notebook(notebook, {"partner": key})
    nbformat.write(notebook, out / f"{key}.ipynb")
"""

POOL = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import nbformat
from nbclient import NotebookClient
def one(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": "."}}).execute()
    nbformat.write(notebook, path)
with ThreadPoolExecutor(int(sys.argv[2])) as pool:
    list(pool.map(one, sorted(Path(sys.argv[1]).glob("*.ipynb"), key=lambda path: path.stem != "synthesis")))
"""
WAYS = ("(a) papermill loop", "(b) nbclient pool", "(c) Quarto executes", "cold build", "one row changed", "nothing changed")


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


def plain(folder: Path, partners: list[str], engine: str) -> dict[str, float]:
    """Seconds of the papermill loop, of the cells in it, and of the rendering after it."""
    out = folder / "plain"
    out.mkdir()
    notebooks = 0.0
    for key in ["synthesis", *partners]:
        template = "synthesis" if key == "synthesis" else "partner"
        parameters = [] if key == "synthesis" else ["-p", "partner", key]
        notebooks += timed([str(BIN / "papermill"), f"notebooks/{template}.ipynb", str(out / f"{key}.ipynb"), *parameters], folder)
    told = [json.loads(path.read_text("utf-8")) for path in out.glob("*.ipynb")]
    cells = sum(cell["metadata"].get("papermill", {}).get("duration") or 0.0 for notebook in told for cell in notebook["cells"])
    return {"start-up": notebooks - cells, "cells": cells, "render": rendered(folder, out, partners, engine)}


def rendered(folder: Path, executed: Path, partners: list[str], engine: str) -> float:
    """Seconds of the rendering of executed notebooks, with nothing kept from before."""
    return timed([sys.executable, "-c", RENDER, str(executed), str(executed / "book"), ",".join(partners), engine], folder)


def prepared(folder: Path, name: str, partners: list[str]) -> Path:
    """A folder of notebooks that wait to be executed; making it is not measured."""
    out = folder / name
    out.mkdir()
    timed([sys.executable, "-c", PREPARED, str(out), ",".join(partners)], folder)
    return out


def pool(folder: Path, partners: list[str], engine: str) -> float:
    """Seconds of nbclient in a thread pool and of the rendering after it."""
    out = prepared(folder, "pool", partners)
    return timed([sys.executable, "-c", POOL, str(out), str(os.cpu_count() or 1)], folder) + rendered(folder, out, partners, engine)


def quarto(folder: Path, partners: list[str], engine: str) -> float | None:
    """Seconds of Quarto executing all notebooks in one call and of the rendering after it; None where there is no Quarto."""
    if shutil.which("quarto") is None:
        return None
    out = prepared(folder, "quarto", partners)
    (out / "_quarto.yml").write_text("project: {type: default, output-dir: pages}\n", "utf-8")
    os.environ["QUARTO_PYTHON"] = sys.executable
    executing = timed(["quarto", "render", str(out), "--to", "html", "--execute", "--no-execute-daemon"], folder)
    return executing + rendered(folder, out, partners, engine)


def change_one_row(folder: Path, partner: str) -> None:
    """Add a sentence to the note of one fact of one partner, which no series shows."""
    path = folder / "data" / "facts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["partner"] == partner and not row["indicator"] and row["note"])
    row["note"] += " Read twice."
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def steps(build: list[str], folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds of one build, and of its steps as it reports them."""
    started = time.perf_counter()
    done = subprocess.run(build, cwd=folder, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    told = re.findall(r"^✓ (.+) \(([\d.]+) s\)$", done.stderr, re.MULTILINE)
    return seconds, {name: float(value) for name, value in told}


def overhead(folder: Path) -> float:
    """Seconds that a warm notebook takes beyond its own cells: one whose single cell does nothing, median of five."""
    code = """
import statistics, sys, tempfile, time
from pathlib import Path
import nbformat
from helpers.execute.forked import WarmParent
from helpers.execute.run import run
folder = Path(tempfile.mkdtemp())
cell = nbformat.v4.new_code_cell("x: int = 1  # any", metadata={"tags": ["parameters"]})
notebook = nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_code_cell("pass")])
notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
nbformat.write(notebook, folder / "a.ipynb")
with WarmParent() as parent:
    parent.ready()
    seconds = []
    for place in range(6):
        started = time.perf_counter()
        run(folder / "a.ipynb", folder / f"{place}.ipynb", {}, "-", folder, parent.address)
        seconds.append(time.perf_counter() - started)
print(statistics.median(seconds[1:]))
"""
    return float(subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True).stdout)


def measure(rounds: int, engine: str, only: str, partners: list[str]) -> list[dict[str, float]]:
    """One row a round: seconds of each way."""
    rows = []
    build = [str(BIN / "briefing"), "build", "--engine", engine, *(part for code in partners for part in ("--partner", code))]
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as temporary:
            folder = copy_of_project(Path(temporary))
            row = {"load before": os.getloadavg()[0]}
            parts = plain(folder, partners, engine)
            row[WAYS[0]] = sum(parts.values())
            if "b" in only:
                row[WAYS[1]] = pool(folder, partners, engine)
            if "c" in only and (seconds := quarto(folder, partners, engine)) is not None:
                row[WAYS[2]] = seconds
            row["cold build"], told = steps(build, folder)
            row["nothing changed"] = timed(build, folder)
            change_one_row(folder, "IRN" if "IRN" in partners else partners[0])
            row["one row changed"] = timed(build, folder)
            row["start-up of a warm notebook"] = overhead(folder)
            row |= {f"(a): {name}": seconds for name, seconds in parts.items()}
            row |= where(told, row["start-up of a warm notebook"])
            row["load after"] = os.getloadavg()[0]
            rows.append(row)
    return rows


def where(told: dict[str, float], start: float) -> dict[str, float]:
    """Where the time of a cold build goes; notebooks run side by side, so what they took adds up to more than what passed."""
    notebooks = [seconds for name, seconds in told.items() if name.startswith("Notebook")]
    return {
        "cold: start-up": start * len(notebooks),
        "cold: cells": max(sum(notebooks) - start * len(notebooks), 0.0),
        "cold: check": told.get("Checking tables and prose", 0.0),
        "cold: stage": told.get("Staging the book", 0.0),
        "cold: render": told.get("Rendering PDF and HTML", 0.0),
    }


def chart(rows: list[dict[str, float]], path: Path) -> None:
    """The ratios as bars with their spread, and where the time goes."""
    from matplotlib import pyplot as plt

    names = [name for name in WAYS if name in rows[0]][::-1]
    ratios = [[row[name] / row[WAYS[0]] for row in rows] for name in names]
    middle = [statistics.median(found) for found in ratios]
    reach = [
        [mid - min(found) for mid, found in zip(middle, ratios, strict=True)],
        [max(found) - mid for mid, found in zip(middle, ratios, strict=True)],
    ]
    figure, (axes, below) = plt.subplots(2, figsize=(7.4, 0.45 * len(names) + 3), height_ratios=[len(names), 2.5], layout="constrained")
    bars = axes.barh(names, middle, xerr=reach, color="#2b5c8a", ecolor="#55616b", capsize=2)
    axes.bar_label(bars, [f"{ratio:.3f}" for ratio in middle], padding=4)
    axes.set_title("Time as a part of (a), the papermill loop and rendering (median, spread)", loc="left", fontsize=9)
    colours = {"start-up": "#9a3412", "cells": "#2b5c8a", "check": "#8a8f94", "stage": "#c8d1d6", "render": "#c79a2b"}
    for place, way in enumerate(("cold", "(a)")):
        left = 0.0
        for part, colour in colours.items():
            width = statistics.median(row.get(f"{way}: {part}", 0.0) for row in rows)
            below.barh([place], [width], left=left, color=colour, label=part if way == "cold" else None)
            left += width
    below.set_yticks([0, 1], ["cold build", "(a)"])
    below.set_title("Where the time goes, seconds (notebooks that run side by side are added up)", loc="left", fontsize=9)
    below.legend(ncols=len(colours), fontsize=8, frameon=False, loc="upper center", bbox_to_anchor=(0.45, -0.18))
    for part in (axes, below):
        part.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)


def table(rows: list[dict[str, float]], title: str, notebooks: int) -> Table:
    """Median and spread of each figure, its ratio to (a), and for whole builds notebooks a second."""
    made = Table(title=title)
    for heading in ("what", "median, s", "min–max, s", "ratio to (a)", "min–max", "notebooks/s"):
        made.add_column(heading, justify="left" if heading == "what" else "right")
    for name in rows[0]:
        values, ratios = [row[name] for row in rows], [row[name] / row[WAYS[0]] for row in rows]
        cells = [f"{statistics.median(values):.2f}", f"{min(values):.2f}–{max(values):.2f}"]
        if not name.startswith("load"):
            cells += [f"{statistics.median(ratios):.3f}", f"{min(ratios):.3f}–{max(ratios):.3f}"]
        if name in WAYS[:4]:
            cells.append(f"{notebooks / statistics.median(values):.2f}")
        made.add_row(name, *cells)
    return made


def main() -> None:
    """Measure, print a table of medians and ratios, and write rounds, table and chart into .build/benchmarks/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds to measure (default 3)")
    parser.add_argument("--engine", choices=["embedded", "quarto"], default="embedded")
    parser.add_argument("--against", default="bc", help="ways to measure besides (a): letters (default bc)")
    parser.add_argument("--partner", action="append", help="only this partner beside the synthesis, for a trial; may be given again")
    arguments = parser.parse_args()
    lines = (ROOT / "data" / "partners.csv").read_text("utf-8").splitlines()[1:]
    partners = arguments.partner or [line.split(",")[0] for line in lines if ",comparison," not in line]
    rows = measure(arguments.rounds, arguments.engine, arguments.against, partners)
    title = f"{len(partners) + 1} notebooks, {arguments.rounds} rounds, {os.cpu_count()} cores, engine {arguments.engine}"
    console = Console(record=True, width=110)
    console.print(table(rows, title, len(partners) + 1))
    console.print(f"Largest single process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "rounds.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    (OUT / "table.txt").write_text(console.export_text(), "utf-8")
    chart(rows, OUT / "ratios.svg")


if __name__ == "__main__":
    main()
