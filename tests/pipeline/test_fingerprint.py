"""Hashes of what a build depends on."""

from __future__ import annotations

from pathlib import Path

from helpers.pipeline import fingerprint


def test_a_tree_is_described_by_content_and_relative_path(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "x.csv").write_text("1")
    assert fingerprint.tree(tmp_path / "a") == fingerprint.tree(tmp_path / "b")


def test_a_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("1")
    before = fingerprint.digest(fingerprint.tree(tmp_path))
    path.write_text("2")
    assert fingerprint.digest(fingerprint.tree(tmp_path)) != before


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    got = fingerprint.digest({"b": "2", "a": "1"})
    exp = fingerprint.digest({"a": "1", "b": "2"})
    assert got == exp


def test_compiled_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert fingerprint.tree(tmp_path) == {}
