"""Whether an edition is current is told from hashes alone."""

from __future__ import annotations

from pathlib import Path

from helpers.edition import manifest

DESCRIBED = {"data": {"facts.csv": "1"}}


def edition(folder: Path, failures: dict[str, str] | None = None) -> Path:
    (folder / "index.html").write_text("page")
    manifest.write(folder, DESCRIBED, failures or {})
    return folder


def test_an_edition_made_from_these_inputs_is_current(tmp_path: Path) -> None:
    assert manifest.is_current(edition(tmp_path), DESCRIBED)


def test_other_inputs_make_it_stale(tmp_path: Path) -> None:
    assert not manifest.is_current(edition(tmp_path), {"data": {"facts.csv": "2"}})


def test_a_touched_output_makes_it_stale(tmp_path: Path) -> None:
    (edition(tmp_path) / "index.html").write_text("another page")
    assert not manifest.is_current(tmp_path, DESCRIBED)


def test_an_edition_with_a_failure_is_never_current(tmp_path: Path) -> None:
    assert not manifest.is_current(edition(tmp_path, {"CUB": "failed"}), DESCRIBED)


def test_no_manifest_is_not_current(tmp_path: Path) -> None:
    assert not manifest.is_current(tmp_path, DESCRIBED)


def test_a_broken_manifest_is_not_current(tmp_path: Path) -> None:
    (edition(tmp_path) / manifest.NAME).write_text("{")
    assert not manifest.is_current(tmp_path, DESCRIBED)
