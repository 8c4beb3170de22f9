"""Where everything lies in one project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.errors import InputError


@dataclass(frozen=True)
class Paths:
    """Folders of a build; `work` holds what can be thrown away."""

    root: Path
    data: Path
    out: Path

    @property
    def report(self) -> Path:
        """Prose, theme and book configuration."""
        return self.root / "report"

    @property
    def notebooks(self) -> Path:
        """The templates."""
        return self.root / "notebooks"

    @property
    def work(self) -> Path:
        """Executed notebooks, the stage and the state of the graph."""
        return self.root / ".build"

    @property
    def executed(self) -> Path:
        """Executed notebooks and their HTML copies."""
        return self.work / "notebooks"

    @property
    def lineage(self) -> Path:
        """What each notebook read."""
        return self.work / "lineage"

    @property
    def stage(self) -> Path:
        """The staged book."""
        return self.work / "stage"


def find(data: Path | None = None, out: Path | None = None, start: Path | None = None) -> Paths:
    """The project around `start` (the working folder unless given).

    Raises InputError outside a project.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks" / "partner.ipynb").is_file() and (folder / "report" / "_quarto.yml").is_file():
            return Paths(folder, (data or folder / "data").resolve(), (out or folder / "report" / "_output").resolve())
    raise InputError("no briefing project here", str(here), "change into the folder that holds notebooks/ and report/")
