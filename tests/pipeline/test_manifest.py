"""Whether an edition is current is told from hashes alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.edition import manifest

DESCRIBED = {"partners": ["ALP"], "engine": "embedded", "data": {"facts.csv": "1"}}


def edition(folder: Path, failures: dict[str, str] | None = None) -> Path:
    (folder / "index.html").write_text("page")
    manifest.write(folder, DESCRIBED, failures or {})
    return folder


def test_an_edition_made_from_these_inputs_is_current(tmp_path: Path) -> None:
    assert manifest.is_current(edition(tmp_path), DESCRIBED)


def test_other_inputs_make_it_stale(tmp_path: Path) -> None:
    assert not manifest.is_current(edition(tmp_path), DESCRIBED | {"data": {"facts.csv": "2"}})


def test_a_touched_output_makes_it_stale(tmp_path: Path) -> None:
    (edition(tmp_path) / "index.html").write_text("another page")
    assert not manifest.is_current(tmp_path, DESCRIBED)


def test_an_edition_with_a_failure_is_never_current(tmp_path: Path) -> None:
    assert not manifest.is_current(edition(tmp_path, {"CUB": "failed"}), DESCRIBED)


def test_no_manifest_is_not_current(tmp_path: Path) -> None:
    assert not manifest.is_current(tmp_path, DESCRIBED)


WHOLE: dict[str, Any] = {"inputs": DESCRIBED, "failed": {}, "outputs": {}}
BROKEN = {
    "half": "{",
    "no object": "[]",
    "nothing": "null",
    "a bottomless one": "[" * 100_000,
    "no outputs": json.dumps({**WHOLE, "outputs": None}),
    "outputs without hashes": json.dumps({**WHOLE, "outputs": {"index.html": [1]}}),
    "inputs of another form": json.dumps({**WHOLE, "inputs": 1.5}),
    "failures of another form": json.dumps({**WHOLE, "failed": 5}),
    "limits of another form": json.dumps({**WHOLE, "inputs": {**DESCRIBED, "limits": {"facts": "many"}}}),
    "limits that nobody knows": json.dumps({**WHOLE, "inputs": {**DESCRIBED, "limits": {"pages": 3}}}),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_manifest_is_no_edition(tmp_path: Path, text: str) -> None:
    (edition(tmp_path) / manifest.NAME).write_text(text)
    got = manifest.is_current(tmp_path, DESCRIBED), manifest.changes(tmp_path, DESCRIBED)
    assert got == (False, ["there is no whole edition yet"])
