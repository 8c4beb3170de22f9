"""Builds of a small real project: what changes, what stays, what fails alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

from tests.end_to_end.projects import briefing, change, header, read, small_project, snapshot, write

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("small")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("small"))
    done = briefing(folder, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built project, its state of the graph included."""
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def page(folder: Path) -> str:
    return (folder / "report" / "_output" / "index.html").read_text("utf-8")


def pdf_text(folder: Path) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(folder / "report" / "_output" / "briefing.pdf").pages)


def test_output_holds_everything_the_design_names(built: Path) -> None:
    got = {path.name for path in (built / "report" / "_output").iterdir()}
    exp = {"briefing.pdf", "index.html", "notebooks", "data", "workflow", "manifest.json", "lineage.json", "ro-crate-metadata.json"}
    assert got == exp


def test_executed_notebooks_and_their_copies_are_in_the_output(built: Path) -> None:
    got = {path.name for path in (built / "report" / "_output" / "notebooks").iterdir()}
    exp = {f"{key}.{ending}" for key in ("synthesis", "LAO", "CUB") for ending in ("ipynb", "html")}
    assert got == exp


def test_notebook_copies_load_nothing_from_a_network(built: Path) -> None:
    for path in (built / "report" / "_output" / "notebooks").glob("*.html"):
        text = path.read_text("utf-8")
        assert "<script" not in text
        assert 'src="http' not in text
        assert "url(http" not in text


def test_nothing_changed_builds_nothing(project: Path) -> None:
    before = snapshot(project / "report" / "_output")
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 0
    assert "Nothing changed" in done.stdout
    assert snapshot(project / "report" / "_output") == before


def test_a_build_from_nothing_gives_the_same_bytes(project: Path) -> None:
    before = snapshot(project / "report" / "_output")
    shutil.rmtree(project / ".build")
    shutil.rmtree(project / "report" / "_output")
    assert briefing(project, "build", "--engine", "embedded", "--jobs", "1").returncode == 0
    after = snapshot(project / "report" / "_output")
    assert {name for name in before if before[name] != after.get(name)} == set()


def test_a_changed_value_changes_text_chart_alt_text_and_register(project: Path) -> None:
    change(project / "data" / "facts.csv", "fact_id", "lao-rail-pax-2025-12-02", value="63.9")
    assert briefing(project, "build", "--engine", "embedded").returncode == 0
    text = page(project)
    assert [old for old in ("62.5\N{NO-BREAK SPACE}million", ">62.5<", "62.5 in ") if old in text] == []
    places = {
        "text or glance": 'data-fact="lao-rail-pax-2025-12-02"' in text and "63.9" in text,
        "chart data": "63.9" in (project / "report" / "_output" / "data" / "figures" / "lao-rail-passengers.csv").read_text("utf-8"),
        "PDF": "63.9" in pdf_text(project),
        "notebook": "63.9" in (project / "report" / "_output" / "notebooks" / "LAO.ipynb").read_text("utf-8"),
    }
    assert [name for name, found in places.items() if not found] == []
    notebook = nbformat.read(project / "report" / "_output" / "notebooks" / "LAO.ipynb", as_version=4)
    about = [
        output.metadata.briefing
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "briefing" in output.metadata
    ]
    chart = next(item for item in about if item.get("key") == "lao-rail-passengers")
    assert "63.9" in chart["alt"]
    assert "62.5 in " not in json.dumps(about)


def test_a_new_partner_needs_rows_only(project: Path) -> None:
    data = project / "data"
    partners = read(data / "partners.csv")
    partners.append(
        {**dict.fromkeys(header(data / "partners.csv"), ""), "partner": "TJK", "name": "Tajikistan", "group": "preferred", "order": "99"}
    )
    write(data / "partners.csv", partners, header(data / "partners.csv"))
    source = read(data / "sources.csv")[0]["source_id"]
    facts = read(data / "facts.csv")
    for year, value in ((2021, "1.86"), (2022, "2.6"), (2023, "3.93")):
        row = dict.fromkeys(header(data / "facts.csv"), "")
        row |= {
            "fact_id": f"tjk-trade-{year}",
            "partner": "TJK",
            "dimension": "trade",
            "metric": "Goods trade, Chinese customs",
            "value": value,
            "unit": "USD bn",
        }
        row |= {
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "kind": "actual",
            "indicator": "trade_total_customs",
            "source_id": source,
            "confidence": "high",
        }
        facts.append(row)
    write(data / "facts.csv", facts, header(data / "facts.csv"))
    instruments = read(data / "instruments.csv")
    row = dict.fromkeys(header(data / "instruments.csv"), "")
    row |= {
        "instrument_id": "tjk-none",
        "partner": "TJK",
        "title": "None found",
        "parties": "CHN TJK",
        "obligations": "none",
        "form": "dataset coding",
        "status": "unknown",
        "source_id": source,
    }
    instruments.append(row)
    write(data / "instruments.csv", instruments, header(data / "instruments.csv"))
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    text = page(project)
    assert 'id="tjk"' in text
    assert 'id="exhibit-tjk-trade"' in text
    assert "Tajikistan" in pdf_text(project)


def test_one_failing_notebook_leaves_the_others_whole(project: Path) -> None:
    prose = project / "report" / "partners" / "CUB.md"
    prose.write_text(prose.read_text("utf-8").replace("chart: bars", "chart: bars\n    since: nineteen", 1), "utf-8")
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 1
    assert "CUB" in done.stderr
    text = page(project)
    assert "This chapter is not complete" in text
    assert "briefing build --partner CUB" in text
    assert 'id="lao-claims"' in text


def test_a_build_after_a_failure_runs_the_failed_notebook_again(project: Path) -> None:
    prose = project / "report" / "partners" / "CUB.md"
    good = prose.read_text("utf-8")
    prose.write_text(good.replace("chart: bars", "chart: bars\n    since: nineteen", 1), "utf-8")
    briefing(project, "build", "--engine", "embedded")
    prose.write_text(good, "utf-8")
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 0
    assert "This chapter is not complete" not in page(project)


def test_bad_input_writes_nothing_and_says_where(project: Path) -> None:
    before = snapshot(project / "report" / "_output")
    change(project / "data" / "facts.csv", "fact_id", "lao-rail-pax-2025-12-02", value="24o.1", source_id="nowhere")
    done = briefing(project, "build", "--engine", "embedded")
    assert done.returncode == 2
    line = next(number for number, row in enumerate(read(project / "data" / "facts.csv"), 2) if row["fact_id"] == "lao-rail-pax-2025-12-02")
    assert f'facts.csv:{line}:value: "24o.1" is not a number' in done.stderr
    assert f"facts.csv:{line}:source_id:" in done.stderr
    assert snapshot(project / "report" / "_output") == before


def test_a_part_edition_has_only_its_chapter(project: Path) -> None:
    done = briefing(project, "build", "--engine", "embedded", "--partner", "lao", "--out", "part")
    assert done.returncode == 0, done.stderr
    text = (project / "part" / "index.html").read_text("utf-8")
    assert 'id="lao"' in text
    assert 'id="cub"' not in text


def test_an_unknown_partner_names_the_nearest(project: Path) -> None:
    done = briefing(project, "build", "--partner", "LAOS")
    assert done.returncode == 2
    assert "'LAO'" in done.stderr
