"""What the faults are injected into: one project, built once, and one parent of kernels for builds within this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.execute.forked import WarmParent
from helpers.pipeline import build as building
from tests.faults.killing import Yard, short, yard


@pytest.fixture(scope="session")
def kernels() -> Iterator[None]:
    """One parent for all builds that run in this process: what is tested there is not the parent."""
    with WarmParent() as parent, pytest.MonkeyPatch.context() as patch:
        ready = parent.ready()
        patch.setattr(parent, "ready", lambda: ready)

        @contextmanager
        def same(listen: object, data: Path) -> Iterator[WarmParent]:
            yield parent

        patch.setattr(building, "_kernels", same)
        yield


@pytest.fixture(scope="session")
def standing(kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    """A project of one partner that has been built in both states; only to be copied."""
    with yard(tmp_path_factory.mktemp("standing")) as made:
        yield made


@pytest.fixture(scope="module")
def built(standing: Yard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    """A copy for one module of tests, with a folder of its own for temporary files."""
    root = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(standing.root, root)
    with temporary() as folder:
        yield Yard(root, folder, standing.whole, standing.state)


@contextmanager
def temporary() -> Iterator[Path]:
    folder = short()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
