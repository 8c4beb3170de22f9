"""The committed notebooks: short, typed, without outputs and definitions."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CELLS = 25
LINES = 10


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parameters(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]


def test_both_templates_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["partner", "synthesis"]


def test_no_cell_has_an_output(notebook: nbformat.NotebookNode) -> None:
    got = [cell.source for cell in code(notebook) if cell.outputs or cell.execution_count is not None]
    assert got == []


def test_there_is_one_parameters_cell(notebook: nbformat.NotebookNode) -> None:
    assert len(parameters(notebook)) == 1


def test_parameters_come_before_all_other_code(notebook: nbformat.NotebookNode) -> None:
    assert code(notebook)[0] == parameters(notebook)[0]


def test_every_parameter_is_typed(notebook: nbformat.NotebookNode) -> None:
    got = [type(node).__name__ for node in ast.parse(parameters(notebook)[0].source).body]
    assert set(got) == {"AnnAssign"}


def test_every_parameter_is_commented(notebook: nbformat.NotebookNode) -> None:
    got = [line for line in parameters(notebook)[0].source.splitlines() if line.strip() and "  # " not in line]
    assert got == []


def test_notebook_defines_nothing(notebook: nbformat.NotebookNode) -> None:
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    got = [type(node).__name__ for cell in code(notebook) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, definitions)]
    assert got == []


def test_cells_are_short(notebook: nbformat.NotebookNode) -> None:
    got = [cell.source for cell in code(notebook) if len(cell.source.splitlines()) > LINES]
    assert got == []


def test_there_are_few_code_cells(notebook: nbformat.NotebookNode) -> None:
    assert len(code(notebook)) <= CELLS


def test_notebook_opens_with_its_question(notebook: nbformat.NotebookNode) -> None:
    assert notebook.cells[0].cell_type == "markdown"
    assert "?" in notebook.cells[0].source


def test_no_number_is_typed_into_a_text_cell(notebook: nbformat.NotebookNode) -> None:
    from helpers.facts.numbers import typed_numbers

    got = [found for cell in notebook.cells if cell.cell_type == "markdown" for found in typed_numbers(cell.source)]
    assert got == []
