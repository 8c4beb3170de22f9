"""Kernels forked from a warm parent: fresh, the same as cold ones, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers.execute.forked import WarmParent, why_cold
from helpers.execute.run import CellFailure, canonical, run

pytestmark = [pytest.mark.skipif(bool(why_cold()), reason=why_cold() or "-"), pytest.mark.xdist_group("warm")]


@pytest.fixture(scope="module")
def parent() -> WarmParent:
    with WarmParent() as warm:
        assert warm.ready()
        yield warm


def template(folder: Path, *cells: str) -> Path:
    parameters = nbformat.v4.new_code_cell("seed: int = 1  # any", metadata={"tags": ["parameters"]}, id="p")
    notebook = nbformat.v4.new_notebook(cells=[parameters, *(nbformat.v4.new_code_cell(text, id=f"c{i}") for i, text in enumerate(cells))])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "template.ipynb"
    nbformat.write(notebook, path)
    return path


def output(folder: Path, warm: str, *cells: str, name: str = "out") -> bytes:
    target = folder / f"{name}.ipynb"
    run(template(folder, *cells), target, {"seed": 2}, "-", folder, warm)
    canonical(target)
    return target.read_bytes()


DRAWING = (
    "import random, numpy as np, pandas as pd, matplotlib\nfrom matplotlib import pyplot as plt",
    "random.seed(seed); np.random.seed(seed)\nprint(random.random(), np.random.rand(3), matplotlib.get_backend())",
    "print(plt.get_fignums(), matplotlib.rcParams['font.family'])",
    "pd.DataFrame({'a': np.arange(3)})",
)


def test_outputs_are_those_of_a_cold_kernel(parent: WarmParent, tmp_path: Path) -> None:
    got = output(tmp_path, parent.address, *DRAWING, name="warm")
    exp = output(tmp_path, "", *DRAWING, name="cold")
    assert got == exp


def test_a_kernel_says_nothing_into_the_pipe_that_only_the_parent_may_use(parent: WarmParent, tmp_path: Path) -> None:
    output(tmp_path, parent.address, "1")
    got = select.select([parent._process.stdout], [], [], 0)[0]
    assert got == []


def test_a_kernel_writes_no_history_into_the_home_of_whoever_builds(parent: WarmParent, tmp_path: Path) -> None:
    got = output(tmp_path, parent.address, "print('history in', get_ipython().history_manager.hist_file)")
    assert b"history in :memory:" in got


def test_no_state_passes_from_one_notebook_to_the_next(parent: WarmParent, tmp_path: Path) -> None:
    output(tmp_path, parent.address, "import pandas; pandas.leaked = 1")
    got = output(tmp_path, parent.address, "import pandas; print(hasattr(pandas, 'leaked'))")
    assert b"False" in got


def test_two_kernels_do_not_share_random_numbers(parent: WarmParent, tmp_path: Path) -> None:
    draw = "import numpy as np; print(np.random.rand(4))"
    assert output(tmp_path, parent.address, draw) != output(tmp_path, parent.address, draw)


def test_a_failing_cell_is_reported_with_its_number(parent: WarmParent, tmp_path: Path) -> None:
    with pytest.raises(CellFailure) as caught:
        output(tmp_path, parent.address, "x = 1", "1 / 0")
    assert (caught.value.name, caught.value.value) == ("ZeroDivisionError", "division by zero")


def test_a_kernel_that_dies_fails_its_own_notebook_only(parent: WarmParent, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)died|dead"):
        output(tmp_path, parent.address, "import os; os._exit(3)")
    assert b"still here" in output(tmp_path, parent.address, "print('still here')")


@pytest.mark.parametrize("way", ["warm", "cold"])
def test_a_kernel_takes_messages_over_ipc_alone(parent: WarmParent, tmp_path: Path, way: str) -> None:
    asking = "from ipykernel.connect import get_connection_info\nprint('by', get_connection_info(unpack=True)['transport'])"
    assert b"by ipc" in output(tmp_path, parent.address if way == "warm" else "", asking)


@pytest.mark.parametrize("way", ["warm", "cold"])
@pytest.mark.parametrize("last", ["print('done')", "1 / 0"])
def test_no_kernel_outlives_its_notebook(parent: WarmParent, tmp_path: Path, way: str, last: str) -> None:
    with contextlib.suppress(CellFailure):
        output(
            tmp_path,
            parent.address if way == "warm" else "",
            f"import os, pathlib; pathlib.Path('pid').write_text(str(os.getpid()))\n{last}",
        )
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 15
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def test_no_process_outlives_a_killed_build(tmp_path: Path) -> None:
    script = f"""
import subprocess, sys, time
from helpers.execute.forked import ForkedProcess, WarmParent
from helpers.execute.kernel import manager
with WarmParent() as warm:
    warm.ready()
    km = manager(warm.address)(kernel_name="python3")
    import asyncio
    asyncio.run(km.start_kernel(cwd={str(tmp_path)!r}))
    print(warm._process.pid, km.provisioner.pid, flush=True)
    time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pids = [int(word) for word in process.stdout.readline().split()]
    process.kill()
    process.wait()
    deadline = time.monotonic() + 15
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in pids if alive(pid)] == []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"
