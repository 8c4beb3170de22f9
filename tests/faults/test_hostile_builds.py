"""Hostile tables through whole builds: an exit code, a whole edition, and texts that print as themselves.

BRIEFING_HOSTILE_BUILDS sets how many random inputs are built; BRIEFING_SEED sets which.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import tempfile
import traceback
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.facts.links import clean
from helpers.tables.glyphs import lacking
from helpers.tables.package import Package, read_package
from tests.end_to_end.projects import header, read, snapshot, write
from tests.faults.hostile import KINDS, NASTY, base, edited, put
from tests.faults.killing import Yard, holds, inside

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]
BUILDS = int(os.environ.get("BRIEFING_HOSTILE_BUILDS", "3"))
SEED = int(os.environ.get("BRIEFING_SEED", "7"))


@pytest.fixture(scope="module")
def project(built: Yard) -> Path:
    """A project of one partner with a good edition."""
    return built.root


def free_text(package: Package) -> list[tuple[str, str]]:
    """Columns that hold any text."""
    closed = {
        (table, name)
        for table, resource in package.resources.items()
        for key in resource["schema"]["foreignKeys"]
        for name in key["fields"]
    }
    keys = {(table, name) for table, resource in package.resources.items() for name in resource["schema"]["primaryKey"]}
    return [
        (table, field["name"])
        for table in package.resources
        for field in package.fields(table)
        if field["type"] == "string"
        and not {"enum", "pattern"} & field.get("constraints", {}).keys()
        and (table, field["name"]) not in closed | keys
    ]


def hostile_text(data: Path, draw: random.Random) -> None:
    """Nasty texts in some cells that may hold any."""
    for _ in range(draw.randint(1, 6)):
        table, column = draw.choice(free_text(read_package(data)))
        path = data / f"{table}.csv"
        rows = read(path)
        if rows:
            text = draw.choice(NASTY)
            draw.choice(rows)[column] = draw.choice([text, f"so {text} it"]).replace("\0", "")
            write(path, rows, header(path))


def test_whatever_is_built_ends_in_words_and_a_whole_edition(project: Path) -> None:
    draw, good, out = random.Random(SEED), base(project / "data"), project / "report" / "_output"
    wrong = []
    for number in range(BUILDS):
        put(good, set(), project / "data")
        if number % 2:
            hostile_text(project / "data", draw)
        else:
            edits = [
                (draw.choice(KINDS), *(draw.randrange(1 << 16) for _ in range(3)), draw.choice(NASTY), draw.randbytes(2))
                for _ in range(draw.randint(1, 2))
            ]
            put(*edited(good, edits), project / "data")
        before = snapshot(out)
        got = inside(project)
        failed = got.exception is not None and not isinstance(got.exception, SystemExit)
        found = {
            "traceback": "".join(traceback.format_exception(got.exception)) if failed or "Traceback" in got.output else "",
            "code": got.exit_code if got.exit_code not in (0, 1, 2) else 0,
            "touched": got.exit_code == 2 and snapshot(out) != before,
            "broken": holds(out),
            "left": [path.name for path in out.parent.glob("_output?*")],
        }
        if log := os.environ.get("BRIEFING_FAULTS_LOG"):
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"number": number, "exit": got.exit_code, **found, "said": got.output[-500:]}) + "\n")
            shutil.copytree(project / "data", Path(log).with_suffix(f".{number}"), dirs_exist_ok=True) if any(found.values()) else None
        if any(found.values()):
            wrong.append((number, got.exit_code, found))
    put(good, set(), project / "data")
    assert wrong == []


class Page(HTMLParser):
    """The text of a page by the id of the nearest row above it, its scripts, and what would run or load something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[str, str] = {}
        self.row = ""
        self.silent = ""
        self.bad: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.silent = tag if tag in ("script", "style") else self.silent
        for name, value in attrs:
            if name == "id" and value:
                self.row = value if value.startswith(("fact-", "source-")) else self.row
            outside = name in ("src", "href", "action", "data", "srcdoc") and re.match(
                r"\s*(javascript|vbscript|file|//)", value or "", re.IGNORECASE
            )
            if name.startswith("on") or name == "srcdoc" or outside:
                self.bad.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.rows[self.row] = self.rows.get(self.row, "") + data


def squeezed(text: str) -> str:
    """A text without white space and invisible characters, which pages break apart, and with the quotation marks of a typewriter."""
    text = text.translate(str.maketrans("‘’“”", "''\"\""))
    return re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+", "", text)


@pytest.fixture(scope="module")
def marked(project: Path) -> tuple[Path, dict[str, str]]:
    """The edition of a project whose register has a nasty text in each note; what was put into which fact."""
    good = base(project / "data")
    path = project / "data" / "facts.csv"
    rows = read(path)
    texts = [text for text in dict.fromkeys(NASTY) if clean(text) and not lacking(text) and "\0" not in text and len(text) < 900]
    texts = [text for text in texts if not re.search(r"[\x1c-\x1f]|\r(?!\n)", text)]  # a bare return ends a row for the writer used here
    held = {}
    for row, text in zip((row for row in rows if row["partner"] == "CUB" and not row["superseded_by"]), texts, strict=False):
        row["note"] = text
        held[row["fact_id"]] = text
    write(path, rows, header(path))
    sources = read(project / "data" / "sources.csv")
    for row, text in zip(sources, texts[::-1], strict=False):
        row["title"] = f"{text} x"
    write(project / "data" / "sources.csv", sources, header(project / "data" / "sources.csv"))
    got = inside(project)
    assert got.exit_code == 0, got.output
    copied = Path(tempfile.mkdtemp(dir=project)) / "edition"
    shutil.copytree(project / "report" / "_output", copied)
    put(good, set(), project / "data")
    return copied, held


def test_there_is_much_to_look_at(marked: tuple[Path, dict[str, str]]) -> None:
    assert len(marked[1]) > 60


def test_markup_prints_as_itself_on_the_page(marked: tuple[Path, dict[str, str]]) -> None:
    page = Page()
    page.feed((marked[0] / "index.html").read_text("utf-8"))
    exp = {fact: squeezed(clean(text)) for fact, text in marked[1].items()}
    got = {fact: squeezed(page.rows.get(f"fact-{fact}", "")) for fact in exp}
    assert {fact: (exp[fact], got[fact]) for fact in exp if exp[fact] not in got[fact]} == {}


def test_markup_prints_as_itself_in_the_pdf(marked: tuple[Path, dict[str, str]]) -> None:
    text = squeezed("".join(sheet.extract_text() for sheet in PdfReader(marked[0] / "briefing.pdf").pages)).replace("-", "")
    exp = {squeezed(clean(text)).replace("-", "") for text in marked[1].values() if len(text) < 60}
    assert {part for part in exp if part not in text} == set()


@pytest.mark.parametrize("name", ["index.html", "notebooks/CUB.html", "notebooks/synthesis.html"])
def test_nothing_from_the_tables_runs_or_loads(marked: tuple[Path, dict[str, str]], name: str) -> None:
    page = Page()
    page.feed((marked[0] / name).read_text("utf-8"))
    assert (page.bad, page.tags & {"iframe", "object", "embed", "base", "form"}) == ([], set())


def test_no_download_holds_a_formula(marked: tuple[Path, dict[str, str]]) -> None:
    cells = [
        (path.name, cell)
        for path in marked[0].rglob("*.csv")
        for row in csv.reader(path.read_text("utf-8").splitlines(keepends=True))
        for cell in row
        if cell.lstrip(" ")[:1] in tuple("=+-@\t\r") and cell.strip()
    ]
    assert [(name, cell) for name, cell in cells if not re.fullmatch(r"[+-]?[\d.]+(e\d+)?", cell)] == []


# Every form of markup at once, to be put behind the text of every cell that holds any.
TAIL = "<i class=hostile>qz</i> **qz** $qz$ {{ qz }} #qz \\qz"

# What is no text but a word of the model, and what stands in every number of a kind.
UNTOUCHED = ("units", "conversions", "framework", "countries"), {"parties", "derived_from", "compiler"}


@pytest.fixture(scope="module")
def everywhere(project: Path) -> Path:
    """The edition of a project in which every free text of every table ends in markup."""
    good = base(project / "data")
    package = read_package(project / "data")
    columns = [(table, column) for table, column in free_text(package) if table not in UNTOUCHED[0] and column not in UNTOUCHED[1]]
    for table, column in columns:
        path = project / "data" / f"{table}.csv"
        rows = read(path)
        for row in rows:
            row[column] = f"{row[column]} {TAIL}" if row[column] else ""
        write(path, rows, header(path))
    got = inside(project)
    copied = Path(tempfile.mkdtemp(dir=project)) / "edition"
    if got.exit_code == 0:
        shutil.copytree(project / "report" / "_output", copied)
    put(good, set(), project / "data")
    assert got.exit_code == 0, got.output
    return copied


@pytest.mark.parametrize("name", ["index.html", "notebooks/CUB.html", "notebooks/synthesis.html"])
def test_no_cell_of_any_table_becomes_an_element(everywhere: Path, name: str) -> None:
    html = (everywhere / name).read_text("utf-8")
    page = Page()
    page.feed(html)
    assert (re.findall(r"<i\s[^>]*hostile", re.sub(r"(?s)<script.*?</script>", "", html)), page.bad) == ([], [])


def unlike(text: str) -> tuple[int, set[str]]:
    """How often the markup stands in a text, and the forms in which it is not itself; a label may be cut short."""
    exp, text = squeezed(clean(TAIL)), squeezed(text)
    got = [text[found.start() - 2 :][: len(exp)] for found in re.finditer("class=hostile", text)]
    return len(got), {part for part in got if part != exp and not exp.startswith(part.partition("…")[0])}


def test_markup_of_every_table_prints_as_itself_on_the_page(everywhere: Path) -> None:
    page = Page()
    page.feed(re.sub(r"(?s)<svg.*?</svg>", "", (everywhere / "index.html").read_text("utf-8")))
    count, wrong = unlike("".join(page.rows.values()))
    assert (count > 300, wrong) == (True, set())


def test_markup_of_every_table_prints_as_itself_in_charts(everywhere: Path) -> None:
    page = Page()
    page.feed("".join(re.findall(r"(?s)<svg.*?</svg>", (everywhere / "index.html").read_text("utf-8"))))
    count, wrong = unlike("".join(page.rows.values()))
    assert (count > 0, wrong) == (True, set())


def test_markup_of_every_table_prints_as_itself_in_the_pdf(everywhere: Path) -> None:
    text = squeezed("".join(sheet.extract_text() for sheet in PdfReader(everywhere / "briefing.pdf").pages)).replace("-", "")
    exp = squeezed(clean(TAIL)).replace("-", "")
    assert text.count(exp) > 0.8 * text.count("class=hostile") > 100  # the rest is broken by the head of a page
