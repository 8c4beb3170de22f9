"""Running one notebook: strict parameters, failures that keep their place, nothing left behind, the same bytes twice."""

from __future__ import annotations

import base64
import pickle
import re
import tempfile
from pathlib import Path

import nbformat
import pytest

from helpers.errors import InputError
from helpers.execute.copies import html_copy
from helpers.execute.run import CellFailure, canonical, check_parameters, run


def template(folder: Path, *cells: str) -> Path:
    """A notebook with a parameters cell and code cells."""
    parameters = nbformat.v4.new_code_cell(
        'partner: str = "ALP"  # code\ndata: str = "data"  # folder', metadata={"tags": ["parameters"]}, id="p"
    )
    notebook = nbformat.v4.new_notebook(
        cells=[parameters, *(nbformat.v4.new_code_cell(text, id=f"c{place}") for place, text in enumerate(cells))]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "template.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CellFailure, list[str]]:
    """A run that fails in its last cell, twice: its folder, its failure, and the folders it made for sockets."""
    folder = tmp_path_factory.mktemp("run")
    made: list[str] = []
    original = tempfile.mkdtemp

    def recorded(*args: object, **options: object) -> str:
        made.append(original(*args, **options))
        return made[-1]

    source = template(
        folder, "import os\nprint(partner, os.getcwd() == FOLDER)".replace("FOLDER", repr(str(folder))), "1 / 0", "print('never')"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", recorded)
        for name in ("first", "second"):
            with pytest.raises(CellFailure) as failure:
                run(source, folder / f"{name}.ipynb", {"partner": "BET"}, "briefing build --partner BET", folder)
            canonical(folder / f"{name}.ipynb")
    return folder, failure.value, [name for name in made if Path(name).name.startswith("briefing-")]


def test_unknown_parameter_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'unknown parameter "partnr" \(nearest: \'partner\'\).*declared are partner, data'):
        check_parameters(template(tmp_path), {"partnr": "ALP"})


def test_every_unknown_parameter_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"dta".*"zzz" \(nearest: \'none\'\)'):
        check_parameters(template(tmp_path), {"dta": "x", "zzz": 1, "partner": "ALP"})


def test_unknown_parameter_runs_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        run(template(tmp_path, "print(1)"), tmp_path / "out.ipynb", {"partnr": "ALP"}, "-", tmp_path)
    assert not (tmp_path / "out.ipynb").exists()


def test_declared_parameters_pass(tmp_path: Path) -> None:
    check_parameters(template(tmp_path), {"partner": "ALP", "data": "x"})


@pytest.mark.parametrize("name", ["partner", "synthesis"])
def test_templates_take_the_parameters_of_the_build(root: Path, name: str) -> None:
    own = {"partner": "LAO"} if name == "partner" else {}
    check_parameters(root / "notebooks" / f"{name}.ipynb", {"data": "data", "report": "report", **own})


def test_failure_names_cell_error_and_command(done: tuple) -> None:
    got = done[1]
    assert (got.notebook, got.cell, got.name, got.value) == ("second", 4, "ZeroDivisionError", "division by zero")
    assert "briefing build --partner BET" in str(got)


def test_failure_survives_pickling(done: tuple) -> None:
    got = pickle.loads(pickle.dumps(done[1]))
    assert (str(got), got.cell, got.again) == (str(done[1]), done[1].cell, done[1].again)


def test_failed_notebook_keeps_what_ran_and_nothing_after(done: tuple) -> None:
    cells = [cell for cell in nbformat.read(done[0] / "first.ipynb", as_version=4).cells if cell.cell_type == "code"]
    got = [output.get("text", output.get("ename")) for cell in cells for output in cell.outputs]
    assert got == ["BET True\n", "ZeroDivisionError"]


def test_folders_of_sockets_are_removed(done: tuple) -> None:
    made = done[2]
    assert len(made) == 2
    assert [name for name in made if Path(name).exists()] == []


def test_same_input_gives_the_same_bytes(done: tuple) -> None:
    first, second = ((done[0] / f"{name}.ipynb").read_bytes() for name in ("first", "second"))
    assert first == second


def test_canonical_removes_times(tmp_path: Path) -> None:
    times = {"start_time": "2026-01-01T00:00:00", "end_time": "2026-01-01T00:00:01", "duration": 1.0}
    cell = nbformat.v4.new_code_cell(
        "1", metadata={"papermill": {**times, "status": "completed"}, "execution": {"iopub.status.busy": "2026-01-01T00:00:00"}}
    )
    notebook = nbformat.v4.new_notebook(
        cells=[cell], metadata={"papermill": {**times, "input_path": "/a/b", "parameters": {"partner": "ALP"}}}
    )
    nbformat.write(notebook, tmp_path / "a.ipynb")
    canonical(tmp_path / "a.ipynb")
    got = (tmp_path / "a.ipynb").read_text("utf-8")
    assert [word for word in ("2026-01-01", "duration", "/a/b") if word in got] == []
    assert '"partner": "ALP"' in got


def test_a_warning_names_no_folder_of_the_machine(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "noisy.py").write_text("import warnings\nwarnings.warn('too small', stacklevel=1)\n")
        run(template(folder, "import warnings\nwarnings.warn('too large')", "import noisy"), folder / "out.ipynb", {}, "", folder)
        canonical(folder / "out.ipynb")
        made.append((folder / "out.ipynb").read_text("utf-8"))
    assert made[0] == made[1]
    assert [word in made[0] for word in ("too large", "noisy.py:2: UserWarning: too small", str(tmp_path))] == [True, True, False]


def test_html_copy_shows_the_output_and_loads_nothing(done: tuple) -> None:
    got = html_copy(done[0] / "first.ipynb")
    assert "BET True" in got
    assert [word for word in ("<script", 'src="http', "url(http", "@import", '<link rel="stylesheet" href="http') if word in got] == []


def test_html_copy_has_a_language_and_the_name_of_the_notebook(done: tuple) -> None:
    got = html_copy(done[0] / "first.ipynb")
    assert '<html lang="en-GB">' in got
    assert "<title>first</title>" in got


def test_html_copy_leads_back_to_the_chapter_and_to_the_notebook(done: tuple) -> None:
    got = re.findall(r'<p class="back">(.*?)</p>', html_copy(done[0] / "first.ipynb"))
    assert [re.findall(r'href="([^"]*)"', line) for line in got] == [["../index.html#first", "first.ipynb"]]


def test_html_copy_has_letters_without_feet_in_its_charts(tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><text style=\"font-family: 'Source Sans Pro'\">a</text></svg>"
    cell = nbformat.v4.new_code_cell("show()", outputs=[nbformat.v4.new_output("display_data", {"image/svg+xml": svg})], execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
    found = re.search(r"image/svg\+xml;base64,([^\"]*)", html_copy(tmp_path / "a.ipynb"))
    assert found
    assert "'Source Sans Pro', sans-serif" in base64.b64decode(found[1]).decode()


def test_html_copy_says_what_each_chart_shows(tmp_path: Path) -> None:
    images = [("<svg xmlns='http://www.w3.org/2000/svg'/>", text) for text in ('Trade "rose" <1%.', "Debt fell.")]
    outputs = [nbformat.v4.new_output("display_data", {"image/svg+xml": svg, "text/plain": text}) for svg, text in images]
    cell = nbformat.v4.new_code_cell("show()", outputs=outputs, execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
    got = re.findall(r'<img alt="([^"]*)"', html_copy(tmp_path / "a.ipynb"))
    assert got == ["Trade &quot;rose&quot; &lt;1%.", "Debt fell."]
