"""Tables that were read before the kernel was forked, and tables of some partners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from helpers.tables import load as module
from helpers.tables.load import load, preload

if TYPE_CHECKING:
    from tests.conftest import Project


@pytest.fixture(autouse=True)
def forgetting() -> Iterator[None]:
    """Nothing is read before."""
    module._READY.clear()
    yield
    module._READY.clear()


def frame(tables: module.Tables) -> pd.DataFrame:
    return dict.__getitem__(tables.frames, "facts")


def test_the_same_bytes_are_not_read_again(project: Project) -> None:
    preload(project.data)
    assert frame(load(project.data)) is frame(load(project.data))


def test_other_bytes_are_read(project: Project) -> None:
    preload(project.data)
    project.set("facts", 2, "value", "21")
    got = load(project.data).facts.loc["alp-trade-2022", "value"]
    assert got == 21.0


def test_other_declarations_are_read(project: Project) -> None:
    preload(project.data)
    before = frame(load(project.data))
    path = project.data / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace("Alliances without treaties", "Other", 1), "utf-8")
    assert frame(load(project.data)) is not before


def test_a_project_without_the_last_partner_keeps_all_other_rows(project: Project) -> None:
    tables = load(project.data)
    first = tables.first(1)
    assert (first.chapters, len(frame(first))) == (["ALP"], len(frame(tables)))
