"""Where everything lies in one project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.errors import InputError
from helpers.tables.findings import visible


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
            paths = Paths(folder, (data or folder / "data").resolve(), (out or folder / "report" / "_output").resolve())
            _legible(paths)
            return paths
    raise InputError("no briefing project here", str(here), "change into the folder that holds notebooks/ and report/")


def _legible(paths: Paths) -> None:
    """Refuse a folder whose name is no text: notebooks, which are JSON, could not name it."""
    for folder in (paths.root, paths.data, paths.out):
        try:
            str(folder).encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError("the name of this folder is not in UTF-8", visible(str(folder)), "give it another name") from error
