"""Which engine runs, and what is said where it cannot."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from helpers.errors import InputError
from helpers.render.choice import choose, parse_version


@pytest.fixture
def quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a Quarto of some version on the PATH; nothing else is there."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def install(version: str) -> None:
        program = tmp_path / "quarto"
        program.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return install


@pytest.fixture
def no_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_embedded_asks_for_nothing(no_quarto: None) -> None:
    got = choose("embedded")
    assert got == "embedded"


def test_auto_takes_quarto_where_it_is_new_enough(quarto) -> None:
    quarto("1.9.38")
    got = choose("auto")
    assert got == "quarto"


def test_auto_falls_back_where_quarto_is_too_old(quarto) -> None:
    quarto("1.8.25")
    got = choose("auto")
    assert got == "embedded"


def test_auto_falls_back_where_there_is_no_quarto(no_quarto: None) -> None:
    got = choose("auto")
    assert got == "embedded"


def test_quarto_that_is_too_old_is_refused_with_advice(quarto) -> None:
    quarto("1.8.25")
    with pytest.raises(InputError, match=r"1\.8\.25 is too old.*install Quarto 1\.9"):
        choose("quarto")


def test_quarto_that_is_absent_is_refused_with_advice(no_quarto: None) -> None:
    with pytest.raises(InputError, match=r"not on the PATH.*--engine embedded"):
        choose("quarto")


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="auto, quarto or embedded"):
        choose("latex")  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "exp"), [("1.9.38", (1, 9, 38)), ("1.10.0-rc1", (1, 10, 0)), ("99.9.9", (99, 9, 9)), ("nonsense", None)])
def test_a_version_is_read_as_numbers(text: str, exp: tuple[int, ...] | None) -> None:
    got = parse_version(text)
    assert got == exp
