"""Errors of the package: what happened, where, and what to do next."""

from __future__ import annotations


class BriefingError(Exception):
    """Base of every error raised on purpose; its fields survive pickling."""

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.next_step})" if self.next_step else ""
        return f"{place}{self.what}{advice}"


class InputError(BriefingError):
    """The tables, prose or options are wrong; nothing was written (exit 2)."""


class ReferenceProblem(BriefingError):
    """Prose names something that no table holds, or joins what does not fit."""


class StageError(BriefingError):
    """An executed notebook cannot be put into the book."""


class RenderError(BriefingError):
    """The book could not be rendered."""
