"""While every question has the same answer as before, a chapter comes out the same: over random edits of the tables."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from helpers.charts import style
from helpers.charts.svg import svg_of
from helpers.errors import BriefingError
from helpers.lineage.answers import Answers
from helpers.lineage.reads import Recorder
from helpers.lineage.record import Record, learn
from helpers.profile.blocks import Chart, Table, metadata, pipe_table
from helpers.profile.chapter import Chapter
from helpers.tables.load import Tables, load
from helpers.tables.package import read_package
from tests.conftest import SMALL, Project, write_small

PARTNERS = ("ALP", "BET")
METHODS = ("opening", "glance", "law", "timeline", "claims")
EDITED = ("partners", "sources", "units", "indicators", "facts", "claims", "instruments", "events", "projects", "series", "memberships")


def chapter(data: Path, report: Path, partner: str) -> tuple[str, dict]:
    """Everything a chapter shows, or how it fails, and what it asked."""
    style.apply()  # identifiers in the charts are the same each time
    loaded = load(data)
    recorder = Recorder()
    tables = Tables(loaded.package, {name: dict.__getitem__(loaded.frames, name) for name in loaded.frames}, recorder)
    shown = []
    try:
        page = Chapter(tables, partner, report)
        for name in ("trade", "infrastructure", "finance", "limits"):
            shown += page.section(name)
        for name in (*METHODS, "sources"):
            shown += getattr(page, name)()
    except (BriefingError, KeyError, ValueError, IndexError, TypeError, AttributeError, ArithmeticError) as error:
        return f"{type(error).__name__}: {error}", recorder.queries
    told = []
    for block in shown:
        told.append(str(metadata(block)))
        told.append(
            svg_of(block.drawing) if isinstance(block, Chart) else pipe_table(block) if isinstance(block, Table) else block.markdown
        )
    plt.close("all")
    return "\n".join(told), recorder.queries


def record(data: Path, queries: dict) -> Record:
    answers = Answers(read_package(data))
    lines = ["{}", *(str(list(query)).replace("'", '"') for query in queries)]
    got = learn("stamp", {}, "\n".join(lines), answers, {}, "")
    assert got is not None
    return got


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, int, int, str]:
    table = draw(st.sampled_from(EDITED))
    rows = SMALL[table].count("\n") - 1
    kind = draw(st.sampled_from(("cell", "cell", "cell", "drop", "repeat", "swap")))
    cell = draw(st.sampled_from(("", "7", "ALP", "BET", "daily", "customs", "2024-12-31", "USD bn", "trade", "actual", "other words")))
    return table, kind, draw(st.integers(1, rows)), draw(st.integers(0, 30)), cell


def apply(project: Project, edit: tuple[str, str, int, int, str]) -> None:
    table, kind, row, column, cell = edit
    rows = project.rows(table)
    row = min(row, len(rows) - 1)
    if kind == "cell":
        rows[row][column % len(rows[0])] = cell
    elif kind == "drop":
        del rows[row]
    elif kind == "repeat":
        rows.append([f"{rows[row][0]}-again", *rows[row][1:]])
    else:
        rows[row], rows[-1] = rows[-1], rows[row]
    project.write(table, rows)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits(), min_size=1, max_size=2))
def test_a_chapter_whose_answers_are_the_same_comes_out_the_same(changes: list[tuple[str, str, int, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(write_small(Path(folder) / "project"))
        before = {code: chapter(project.data, project.report, code) for code in PARTNERS}
        records = {code: record(project.data, queries) for code, (_, queries) in before.items()}
        for change in changes:
            apply(project, change)
        try:
            load(project.data)
        except ValueError:  # text where a number belongs: the check refuses it, and no notebook runs
            assume(False)
        answers = Answers(read_package(project.data))
        for code in PARTNERS:
            fresh = not records[code].reasons({}, answers)
            event("kept" if fresh else "run again")
            if fresh:
                assert chapter(project.data, project.report, code)[0] == before[code][0]
