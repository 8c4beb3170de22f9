"""Rerun one notebook beside the edition, and say cell by cell whether it shows the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers.edition import cells
from helpers.edition.compare_notebook import cell
from helpers.edition.difference import Difference, Status
from helpers.errors import InputError
from helpers.execute.run import CellFailure, canonical, check_parameters, run
from helpers.pipeline.jobs import SYNTHESIS, plan
from helpers.pipeline.paths import Paths


@dataclass(frozen=True)
class Shown:
    """What one cell shows, against the cell of the edition."""

    cell: str
    source: str
    status: Status
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Rerun:
    """One notebook executed: where it is, what its cells show against the edition's, and the failure that ended it."""

    output: Path
    edition: Path | None
    cells: tuple[Shown, ...]
    failure: CellFailure | None = None

    @property
    def same(self) -> bool:
        """Whether it ran and, where there is an edition to compare with, every cell shows the same."""
        return self.failure is None and all(shown.status == "same" for shown in self.cells)


def rerun(paths: Paths, key: str, changed: dict[str, str], output: Path) -> Rerun:
    """Execute the notebook of a partner, or the synthesis, as a build does; `changed` are parameters to set otherwise.

    Raises InputError for an unknown parameter or one that cannot be read, and for an output inside the edition.
    """
    if output.resolve().is_relative_to(paths.out):
        raise InputError("this would change the edition", str(output), "give --out a file elsewhere")
    job = next(job for job in plan(paths, [] if key == SYNTHESIS else [key]).jobs if job.key == key)
    check_parameters(job.template, changed)
    parameters: dict[str, Any] = {**job.parameters, **typed(job.template, changed)}
    failure = None
    try:
        run(job.template, output, parameters, f"briefing run {key}", paths.root)
    except CellFailure as error:
        failure = error
    canonical(output)
    edition = paths.out / "notebooks" / f"{key}.ipynb"
    if not edition.is_file():
        return Rerun(output, None, (), failure)
    return Rerun(output, edition, tuple(compared(cells.read(edition), cells.read(output))), failure)


def typed(template: Path, values: dict[str, str]) -> dict[str, Any]:
    """Parameters as the template declares them: text as it is, anything else read as YAML.

    Raises InputError where a value is not of the declared type.
    """
    from papermill.inspection import inspect_notebook

    declared = {name: about["inferred_type_name"] for name, about in inspect_notebook(str(template)).items()}
    found: dict[str, Any] = {}
    for name, text in values.items():
        kind = declared[name]
        if kind == "str":
            found[name] = text
            continue
        try:
            found[name] = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise InputError(f"{text!r} cannot be read", f"-p {name}", f"give a value of type {kind}") from error
        if type(found[name]).__name__ != kind and not (kind == "float" and isinstance(found[name], int)):
            raise InputError(f"{text!r} is no {kind}", f"-p {name}", f"the notebook declares {name}: {kind}")
    return found


def compared(before: cells.Notebook, after: cells.Notebook) -> list[Shown]:
    """Each cell that shows anything in either notebook."""
    old, new = ({str(item["id"]): item for item in notebook["cells"] if item.get("cell_type") == "code"} for notebook in (before, after))
    found = []
    for key in {**old, **new}:
        was, now = old.get(key, {}).get("outputs", []), new.get(key, {}).get("outputs", [])
        if was or now:
            status: Status = "missing" if key not in new or (was and not now) else "differs"
            differences = tuple(cell(key, was, now))
            source = cells.joined(new.get(key, old.get(key, {})).get("source", "")).strip().splitlines()[-1:]
            found.append(Shown(key, "".join(source), status if differences else "same", differences))
    return found
