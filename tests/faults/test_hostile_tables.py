"""Hostile and broken tables through the check: findings that say where, never a traceback.

BRIEFING_HOSTILE sets how many inputs are tried, BRIEFING_SEED which of the bent data packages where not all are.
"""

from __future__ import annotations

import os
import random
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers.errors import BriefingError
from helpers.pipeline.checking import check
from helpers.pipeline.paths import Paths
from helpers.tables.findings import Finding
from tests.faults.hostile import DESCRIPTOR, EDITS, PLACE, VALUES, Files, base, bent, edited, every_bend, put

INPUTS = int(os.environ.get("BRIEFING_HOSTILE", "120"))
SEED = int(os.environ.get("BRIEFING_SEED", "7"))
# Without the phase that explains, which runs each failing input many times more.
MANY = settings(
    max_examples=INPUTS,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    database=None,
)


@pytest.fixture(scope="module")
def place(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Paths, Files]:
    """A data folder to be written anew for each input, beside the prose of the small project; and its good files."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(small_root / "data", data)
    return Paths(small_root, data, small_root / "report" / "_output"), base(data)


def unlocated(findings: list[Finding], files: Files, names: set[str]) -> list[str]:
    """Findings that do not say where, or not in one printable line."""
    wrong = []
    for finding in findings:
        told = str(finding)
        lines = files.get(finding.file, b"").count(b"\n") + files.get(finding.file, b"").count(b"\r") + 1
        if finding.file not in names or not finding.what or not 0 <= finding.line <= max(lines, 1) + 1:
            wrong.append(told)
        elif finding.line == 0 and files.get(finding.file, b"").strip(b"\xef\xbb\xbf\r\n \t") and "cannot be read" not in told:
            wrong.append(f"no line: {told}")
        elif len(told) > 3000 or any(unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp", "Cs") for mark in told):
            wrong.append(f"not one printable line: {told!r}")
    return wrong


@MANY
@given(EDITS)
def test_every_finding_about_broken_tables_says_where(place: tuple[Paths, Files], edits: list) -> None:
    paths, good = place
    files, folders = edited(good, edits)
    put(files, folders, paths.data)
    findings = check(paths)
    prose = {path.name: path.read_bytes() for path in paths.report.rglob("*.md")}
    names = {name for name in good if name.endswith(".csv")} | set(prose)
    assert unlocated(findings, {**prose, **files}, names) == []


@MANY
@given(st.lists(PLACE, min_size=1, max_size=7), VALUES, st.booleans())
def test_a_bent_data_package_is_refused_in_words(place: tuple[Paths, Files], places: list[int], value: object, drop: bool) -> None:
    assert told_in_words(place, bent(place[1][DESCRIPTOR], places, value, drop))


def test_every_shape_of_place_in_the_data_package_may_be_bent(place: tuple[Paths, Files]) -> None:
    bends = list(every_bend(place[1][DESCRIPTOR]))
    wrong = []
    for what, descriptor in random.Random(SEED).sample(bends, min(INPUTS, len(bends))):
        try:
            good = told_in_words(place, descriptor)
        except Exception as error:
            wrong.append((what, repr(error)))
        else:
            wrong += [] if good else [(what, "not told where")]
    assert wrong == []


def told_in_words(place: tuple[Paths, Files], descriptor: bytes) -> bool:
    """Whether all that the check says of a data package can be read; any other error passes through."""
    paths, good = place
    put({**good, DESCRIPTOR: descriptor}, set(), paths.data)
    try:
        findings = check(paths)
    except BriefingError as error:
        return bool(error.what)
    return all(finding.file and finding.what for finding in findings)
