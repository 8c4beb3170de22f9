"""A cell that hangs, floods or kills its kernel fails its own notebook, keeps what ran before, and leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers.execute.run import CellFailure, canonical, run
from helpers.limits import CellLimits
from tests.execute.test_run import template

SMALL = CellLimits(seconds=2, output=100_000)


def failure(folder: Path, *cells: str) -> CellFailure:
    with pytest.raises(CellFailure) as caught:
        run(template(folder, *cells), folder / "out.ipynb", {}, "briefing build --partner BET", folder, limits=SMALL)
    canonical(folder / "out.ipynb")
    return caught.value


@pytest.fixture(scope="module")
def hung(tmp_path_factory: pytest.TempPathFactory) -> tuple[CellFailure, Path, int]:
    folder = tmp_path_factory.mktemp("hung")
    write = "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid())); print('before')"
    return failure(folder, write, "time.sleep(600)", "print('never')"), folder / "out.ipynb", int((folder / "pid").read_text())


def outputs(path: Path) -> list[str]:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return [output.get("text", output.get("ename")) for cell in cells for output in cell.outputs]


def test_a_cell_that_hangs_is_told_with_its_limit(hung: tuple[CellFailure, Path, int]) -> None:
    assert "ran longer than the 2 seconds that one cell may take" in str(hung[0])


def test_a_cell_that_hangs_is_named(hung: tuple[CellFailure, Path, int]) -> None:
    assert hung[0].cell == 3


def test_what_ran_before_is_kept(hung: tuple[CellFailure, Path, int]) -> None:
    assert outputs(hung[1]) == ["before\n", "CellTimeout"]


def test_its_kernel_is_gone(hung: tuple[CellFailure, Path, int]) -> None:
    with pytest.raises(ProcessLookupError):
        os.kill(hung[2], 0)


def test_a_flood_is_cut_and_said_so(tmp_path: Path) -> None:
    got = failure(tmp_path, "while True: print('x' * 1000)")
    assert got.name == "OutputFlood"
    assert "more than 0.0953674 MiB" in str(got)
    assert (tmp_path / "out.ipynb").stat().st_size < 3 * SMALL.output


def test_a_kernel_that_dies_is_told_with_its_status(tmp_path: Path) -> None:
    got = failure(tmp_path, "print('before')", "import os; os._exit(3)")
    assert (got.name, got.cell) == ("KernelDied", 3)
    assert "exit status 3" in str(got)


def test_ctrl_c_ends_the_build_and_leaves_no_process(small_project: Path) -> None:
    notebook = small_project / "notebooks" / "partner.ipynb"
    content = json.loads(notebook.read_text())
    content["cells"][-1]["source"] = [
        "import os, pathlib, time\n",
        "pathlib.Path(f'pid-{partner}').write_text(str(os.getpid())); time.sleep(600)",
    ]
    notebook.write_text(json.dumps(content))
    command = [str(Path(sys.executable).parent / "briefing"), "build", "--engine", "embedded"]
    process = subprocess.Popen(command, cwd=small_project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    wait(lambda: len(list(small_project.glob("pid-*"))) > 0, 90)
    os.killpg(process.pid, signal.SIGINT)
    try:
        assert process.wait(timeout=30) == 130
    finally:
        process.kill()
    pids = [int(path.read_text()) for path in small_project.glob("pid-*")]
    wait(lambda: not any(alive(pid) for pid in pids), 15)
    assert [pid for pid in pids if alive(pid)] == []
    assert not (small_project / "report" / "_output").exists()


def wait(ready: object, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.1)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
