"""Run one parameterized notebook with papermill."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from papermill.inspection import inspect_notebook

from helpers.errors import BriefingError, InputError
from helpers.execute.forked import ENVIRONMENT
from helpers.execute.guard import NAME
from helpers.execute.kernel import manager
from helpers.execute.streams import placeless
from helpers.limits import CellLimits
from helpers.tables.findings import nearest

START_SECONDS = 300  # a machine that is busy with other work may take minutes to start a kernel


class CellFailure(BriefingError):
    """A cell that raised: which notebook, which cell, what it said, and how to run it again."""

    def __init__(self, notebook: str, cell: int, name: str, value: str, again: str) -> None:
        super().__init__(f"{name}: {value}", f"{notebook}, cell {cell}", f"run it again: {again}")
        self.args = (notebook, cell, name, value, again)  # what pickle passes back to this constructor
        self.notebook, self.cell, self.name, self.value, self.again = notebook, cell, name, value, again


def check_parameters(template: Path, parameters: dict[str, Any]) -> None:
    """Refuse a parameter that the notebook's parameters cell does not declare.

    Raises InputError naming every unknown parameter and its nearest declared one.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    declared = inspect_notebook(str(template))
    unknown = [name for name in parameters if name not in declared]
    if unknown:
        advice = "; ".join(f'"{name}" (nearest: {nearest(name, declared) or "none"!r})' for name in unknown)
        raise InputError(f"unknown parameter {advice}", str(template), f"declared are {', '.join(declared)}")


def run(
    template: Path,
    output: Path,
    parameters: dict[str, Any],
    again: str,
    folder: Path,
    warm_address: str = "",
    reads: Path | None = None,
    limits: CellLimits | None = None,
    kept: Path | None = None,
) -> None:
    """Execute a template into `output`, over IPC, with a strict parameter check; the kernel works in `folder`.

    With `warm_address` the kernel is forked from the warm parent there; with `reads` it writes down there what it asks the tables;
    with `kept` it keeps costly results in that folder and takes those that are there.

    Raises InputError for an unknown parameter, and CellFailure when a cell raises, passes a limit or loses its kernel; `output`
    then holds what ran.
    """
    check_parameters(template, parameters)
    output.parent.mkdir(parents=True, exist_ok=True)
    os.environ.update(ENVIRONMENT)
    try:
        papermill.execute_notebook(
            str(template),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            engine_name=NAME,
            limits=limits or CellLimits(),
            request_save_on_cell_execute=False,  # written once at the end, and after a failure
            autosave_cell_every=0,
            start_timeout=START_SECONDS,
            kernel_manager_class=manager(warm_address, str(reads or ""), str(kept or "")),
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder)}},  # papermill's own cwd would move the whole process
        )
    except PapermillExecutionError as error:
        raise CellFailure(output.stem, error.exec_count or error.cell_index, error.ename, error.evalue, again) from error


def canonical(path: Path) -> None:
    """Rewrite an executed notebook without times and places, so that the same input gives the same bytes."""
    notebook = nbformat.read(path, as_version=4)
    for holder in (notebook.metadata.get("papermill"), *(cell.metadata.get("papermill") for cell in notebook.cells)):
        if holder:
            for key in ("start_time", "end_time", "duration", "environment_variables", "input_path", "output_path", "version"):
                holder.pop(key, None)
    notebook.metadata.get("language_info", {}).pop("version", None)  # the manifest has it; outputs do not depend on a patch release
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = placeless(output.text)
        cell.id = f"cell-{number:02d}"  # papermill and nbformat draw random ones where a template has none
    nbformat.write(notebook, path)
