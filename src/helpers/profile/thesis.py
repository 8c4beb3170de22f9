"""The test of the thesis: obligation against alignment for every country, with uncertainty, references and groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from helpers.facts.references import References
from helpers.profile import thesis_axes as axes
from helpers.profile import thesis_groups as groups
from helpers.profile import thesis_index as index
from helpers.profile.blocks import Block
from helpers.profile.compared import compared, noted
from helpers.profile.thesis_numbers import study_of
from helpers.profile.written import Page, sections
from helpers.tables.load import Tables, within_project

# Each section: the heading and the exhibits it has where nobody has written it.
DEFAULTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answer": ("The answer", ("central",)),
    "index": ("How closeness was measured", ("coverage", "sensitivity", "left-out")),
    "list": ("Does the list hold?", ("ranks", "positions", "reweighted")),
    "reference": ("Against treaty allies", ("reference", "asymmetry")),
    "types": ("The articles’ types", ("typology",)),
    "axis": ("Ties among the partners", ("axis",)),
    "map": ("On the map", ("map", "map-table")),
    "change": ("Change over time", ("change", "then")),
}


class Thesis:
    """Everything the test shows, drawn when asked for; nothing where the tables hold too few countries.

    `weights` gives dimensions of the index a weight (see `Study`). A section that `report/thesis.md` does not have gets its
    usual exhibits under a plain heading. Raises InputError for wrong weights, an unknown section or an unknown exhibit.
    """

    def __init__(self, tables: Tables, report: str | Path, weights: Mapping[str, float] | None = None) -> None:
        self.tables = tables
        self.study = study_of(compared(tables), weights or {})
        self.references = References(tables)
        self.path = within_project(report) / "thesis.md"
        self.prose = read(self.path)

    @property
    def exhibits(self) -> dict[str, Callable[[], Block | None]]:
        """What prose can place with `[exhibit: name]`, by name."""
        study = self.study
        found: dict[str, Callable[[], Block | None]] = {
            "central": partial(axes.central, study),
            "coverage": partial(index.coverage, study),
            "sensitivity": partial(index.sensitivity, study),
            "left-out": partial(index.left_out, study),
            "ranks": partial(index.ranks, study),
            "positions": partial(index.positions, study),
            "reweighted": partial(index.reweighted, study),
            "reference": partial(axes.reference, study),
            "asymmetry": partial(axes.asymmetry, study),
            "typology": partial(groups.typology, study),
            "axis": partial(groups.axis, study),
            "map": partial(groups.world_map, study),
            "map-table": partial(groups.map_table, study),
            "change": partial(groups.change, study),
            "then": partial(groups.then_and_now, study),
        }
        return {name: partial(self._noted, exhibit) for name, exhibit in found.items()}

    def _noted(self, exhibit: Callable[[], Block | None]) -> Block | None:
        return noted(exhibit(), self.tables)

    def section(self, name: str) -> list[Block]:
        """Heading, paragraphs, and each exhibit where the prose places it."""
        if not self.study.shown:
            return []
        return Page(self.path, self.prose, DEFAULTS, self.references, self.exhibits, "synthesis-thesis").section(name)


def read(path: Path) -> dict[str, tuple[str, str]]:
    """Heading and body by section; empty where there is no file. Raises InputError for an unknown section."""
    return sections(path.read_text("utf-8-sig") if path.is_file() else "", DEFAULTS, path.name)
