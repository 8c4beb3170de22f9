"""Ctrl-C is never lost, and never heeded where it is ignored."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
from helpers.execute.guard import STOP, interruptible
from helpers.interrupt import heed, look
from helpers.pipeline import build as building
from helpers.progress import Progress
from helpers.start import leave
from tests.end_to_end.projects import ROOT


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    """Python's own handler before and after."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
    heed()
    signal.signal(signal.SIGINT, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_press_that_python_drops_is_found_at_the_next_step() -> None:
    heed()
    thing = type("Thing", (), {})()
    watched = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    assert watched() is None
    with pytest.raises(KeyboardInterrupt):
        Progress().listen("render", "start")


def test_a_press_raises_at_once() -> None:
    heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_the_next_command_starts_anew() -> None:
    heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    heed()
    look()


def test_what_ignores_ctrl_c_goes_on_doing_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heed()
    with interruptible():
        signal.raise_signal(signal.SIGINT)
    look()
    assert (signal.getsignal(signal.SIGINT), STOP.is_set()) == (signal.SIG_IGN, False)


WAYS = {"script": ["-c", "from helpers.start import main; main()"], "package": ["-m", "helpers"], "commands": ["-m", "helpers.cli"]}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("started", "exp"), [(signal.SIG_DFL, (130, "", "")), (signal.SIG_IGN, (7, "went on", ""))])
def test_a_press_while_the_program_is_read_ends_it_without_a_word(
    tmp_path: Path, started: signal.Handlers, exp: tuple[int, str, str], way: str
) -> None:
    (tmp_path / "click.py").write_text(
        "import os, signal\nsignal.raise_signal(signal.SIGINT)\nos.write(1, b'went on')\nos._exit(7)\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, *WAYS[way]],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, started),
    )
    assert (done.returncode, done.stdout, done.stderr) == exp


def test_what_is_read_before_that_is_next_to_nothing() -> None:
    script = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["briefing"]
    code = "import __future__, re, signal, sys; before = {*sys.modules}; import helpers.start; print(*sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (script, done.stdout.split()) == ("helpers.start:main", ["helpers", "helpers.start"])


def test_a_press_is_heeded_once_the_program_has_been_read() -> None:
    signal.signal(signal.SIGINT, leave)
    heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupted_command_ends_as_shells_expect(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_project)
    monkeypatch.setattr(building, "build", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    got = CliRunner().invoke(main, ["build", "--engine", "embedded"])
    assert (got.exit_code, got.output.strip()) == (130, "Interrupted.")
