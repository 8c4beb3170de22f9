"""Measure the build against the plain way, in one run: `make benchmark`.

The plain way (a) is what anybody would write first: a loop of `papermill` command-line calls, one after the other, then the
same rendering with nothing kept from before. (b) is nbclient in a thread pool, then the same rendering; (c) is Quarto executing
the notebooks itself, where it is installed. Every figure is a ratio to (a) from the same round, because machines are shared and
drift; the median of the rounds is what to quote, the spread and the load say how quiet the machine was.
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
from collections.abc import Callable
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

POOL = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import nbformat
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
out, partners, workers = Path(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3])
def one(key):
    template = "synthesis" if key == "synthesis" else "partner"
    notebook = load_notebook_node(f"notebooks/{template}.ipynb")
    notebook = notebook if key == "synthesis" else parameterize_notebook(notebook, {"partner": key})
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": "."}}).execute()
    nbformat.write(notebook, out / f"{key}.ipynb")
with ThreadPoolExecutor(workers) as pool:
    list(pool.map(one, ["synthesis", *partners]))
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


def pool(folder: Path, partners: list[str], engine: str) -> float:
    """Seconds of nbclient in a thread pool and of the rendering after it."""
    out = folder / "pool"
    out.mkdir()
    executing = timed([sys.executable, "-c", POOL, str(out), ",".join(partners), str(os.cpu_count() or 1)], folder)
    return executing + timed([sys.executable, "-c", RENDER, str(out), str(out / "book"), ",".join(partners), engine], folder)


def quarto(folder: Path, partners: list[str]) -> float | None:
    """Seconds of `quarto render --execute` over all notebooks, one after the other; None where there is no Quarto."""
    if shutil.which("quarto") is None:
        return None
    total = 0.0
    for key in ["synthesis", *partners]:
        template = "synthesis" if key == "synthesis" else "partner"
        parameters = [] if key == "synthesis" else ["-P", f"partner:{key}"]
        total += timed(["quarto", "render", f"notebooks/{template}.ipynb", "--to", "html", "--execute", *parameters], folder)
    return total


def change_one_row(folder: Path) -> None:
    """Add a sentence to the note of one fact of one partner, which no series shows."""
    path = folder / "data" / "facts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["partner"] == "IRN" and not row["indicator"] and row["note"])
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


def measure(rounds: int, engine: str, only: Callable[[str], bool]) -> list[dict[str, float]]:
    """One row a round: seconds of each way."""
    rows = []
    lines = (ROOT / "data" / "partners.csv").read_text("utf-8").splitlines()[1:]
    partners = [line.split(",")[0] for line in lines if ",comparison," not in line]
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as temporary:
            folder = copy_of_project(Path(temporary))
            build = [str(BIN / "briefing"), "build", "--engine", engine]
            row = {"load before": os.getloadavg()[0]}
            row["(a) papermill loop"], row["(a) rendering"] = plain(folder, partners, engine)
            row["(a)"] = row["(a) papermill loop"] + row["(a) rendering"]
            if only("b"):
                row["(b) nbclient pool"] = pool(folder, partners, engine)
            if only("c") and (seconds := quarto(folder, partners)) is not None:
                row["(c) Quarto executes"] = seconds
            row["cold build"], told = steps(build, folder)
            notebooks = [value for name, value in told.items() if name.startswith("Notebook")]
            row["cold: check"], row["cold: notebooks, summed"] = told.get("Checking tables and prose", 0.0), sum(notebooks)
            row["cold: render"] = told.get("Rendering PDF and HTML", 0.0)
            row["nothing changed"] = timed(build, folder)
            change_one_row(folder)
            row["one row changed"] = timed(build, folder)
            row["overhead of a warm notebook"] = overhead(folder)
            row["notebooks a second, cold"] = (len(partners) + 1) / row["cold build"]
            row["load after"] = os.getloadavg()[0]
            rows.append(row)
    return rows


def chart(rows: list[dict[str, float]], path: Path) -> None:
    """The ratios as bars, one a way."""
    from matplotlib import pyplot as plt

    names = [
        name
        for name in ("(a)", "(b) nbclient pool", "(c) Quarto executes", "cold build", "one row changed", "nothing changed")
        if name in rows[0]
    ]
    ratios = [statistics.median(row[name] / row["(a)"] for row in rows) for name in names]
    figure, axes = plt.subplots(figsize=(7, 0.5 * len(names) + 0.8), layout="constrained")
    bars = axes.barh(names[::-1], ratios[::-1], color="#2b5c8a")
    axes.bar_label(bars, [f"{ratio:.3f}" for ratio in ratios[::-1]], padding=3)
    axes.set_title("Time as a part of (a), the papermill loop with the same rendering", loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)


def main() -> None:
    """Measure, print a table of medians and ratios, and write rounds, table and chart into .build/benchmarks/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds to measure (default 3)")
    parser.add_argument("--engine", choices=["embedded", "quarto"], default="embedded")
    parser.add_argument("--against", default="abc", help="ways to measure besides (a): letters (default abc)")
    arguments = parser.parse_args()
    rows = measure(arguments.rounds, arguments.engine, lambda way: way in arguments.against)
    title = f"{arguments.rounds} rounds, {os.cpu_count()} cores, engine {arguments.engine}"
    table = Table(title=title)
    for heading in ("what", "median", "min–max", "ratio to (a), median"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name in rows[0]:
        values = [row[name] for row in rows]
        ratio = "" if "load" in name or "a second" in name else f"{statistics.median(row[name] / row['(a)'] for row in rows):.3f}"
        table.add_row(name, f"{statistics.median(values):.2f}", f"{min(values):.2f}–{max(values):.2f}", ratio)
    console = Console(record=True, width=100)
    console.print(table)
    console.print(f"Largest single process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "rounds.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    (OUT / "table.txt").write_text(console.export_text(), "utf-8")
    chart(rows, OUT / "ratios.svg")


if __name__ == "__main__":
    main()
