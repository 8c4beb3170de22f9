"""Measure how a build grows: `python benchmarks/scale.py [--partners 10 25 50 100 200]`.

For each number of partners a synthetic project with a thousand facts a partner is made, checked and built by the embedded engine.
Told are seconds by the clock and of the processors, those of each step, and the peak of memory: the largest sum, over the build and
all its processes, of the pages that each holds, with shared ones divided among those that share them (PSS, as Linux counts it).
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # comes with ipykernel
from generate import write
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / ".build" / "benchmarks"
BRIEFING = str(Path(sys.executable).parent / "briefing")
FACTS, LOOK_SECONDS = 1000, 0.25
STEPS = ("Checking tables and prose", "Staging the book", "Rendering PDF and HTML")


def measured(command: list[str], folder: Path) -> tuple[float, float, float, str]:
    """Seconds by the clock and of the processors, peak of memory in MiB, and what a command said; raises CalledProcessError."""
    before, started = _processor_seconds(), time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    peak = 0
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        time.sleep(LOOK_SECONDS)
    reader.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, "".join(said))
    return time.perf_counter() - started, _processor_seconds() - before, peak / (1 << 20), "".join(said)


def _held(pid: int) -> int:
    """Bytes that a process and all below it hold."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(map(_own, family))


def _own(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:  # it has ended meanwhile
        return 0


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(partners: int) -> list[str]:
    """One size: its row of the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        write(folder, partners, FACTS * partners, 1)
        check, *_ = measured([BRIEFING, "check"], folder)
        seconds, used, peak, said = measured([BRIEFING, "build", "--engine", "embedded"], folder)
        told = dict(re.findall(r"^✓ (.+) \(([\d.]+) s\)$", said, re.MULTILINE))
        out = folder / "report" / "_output"
        files = f"{len(list(out.glob('briefing*.pdf')))}; {(out / 'index.html').stat().st_size / (1 << 20):.1f}"
    steps = [told.get(step, "") for step in STEPS]
    return [
        str(partners),
        str(FACTS * partners),
        f"{check:.1f}",
        f"{seconds:.0f}",
        f"{used:.0f}",
        f"{used / partners:.1f}",
        *steps,
        f"{peak:.0f}",
        files,
    ]


def main() -> None:
    """Measure each size, print the table and keep it in .build/benchmarks/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partners", type=int, nargs="+", default=[10, 25, 50, 100, 200])
    table = Table(title="Synthetic projects, embedded engine")
    headings = (
        "partners",
        "facts",
        "check, s",
        "build, s",
        "CPU, s",
        "CPU a partner",
        "of it check",
        "stage",
        "render",
        "peak, MiB",
        "PDFs; page, MiB",
    )
    for heading in headings:
        table.add_column(heading, justify="right")
    for partners in parser.parse_args().partners:
        table.add_row(*row(partners))
    console = Console(record=True, width=140)
    console.print(table)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "scale.txt").write_text(console.export_text(), "utf-8")


if __name__ == "__main__":
    main()
