"""An edition appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.pipeline.swap import swap


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    (path / "manifest.json").write_text("{}")
    return path


def test_the_new_edition_takes_the_place_of_the_old(tmp_path: Path) -> None:
    out, fresh = folder(tmp_path / "out", "old"), folder(tmp_path / "out.new", "new")
    swap(fresh, out)
    assert (out / "index.html").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_an_edition_that_cannot_be_moved_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, fresh = folder(tmp_path / "out", "old"), folder(tmp_path / "out.new", "new")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == fresh:
            raise OSError("disk")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr("helpers.pipeline.swap._exchange", lambda one, other: False)
    with pytest.raises(OSError, match="disk"):
        swap(fresh, out)
    assert (out / "index.html").read_text() == "old"
