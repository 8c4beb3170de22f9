"""The small project with the real indicators that files can fill, and a few standing values; every figure is made up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpers.cli import main
from helpers.ingest.plan import Change, Plan
from helpers.ingest.run import KINDS, Asked, prepare
from helpers.ingest.standing import Refused, Standing, read_standing
from tests.conftest import ROOT, Project, write_small

STANDING = """\
ALP,trade_total_comtrade,2021,18,un-comtrade,Derived: exports plus imports.
ALP,trade_total_comtrade,2022,19,un-comtrade,Derived: exports plus imports.
ALP,exports_to_china_comtrade,2021,10.5,un-comtrade,
ALP,exports_to_china_comtrade,2022,11,un-comtrade,
ALP,imports_from_china_comtrade,2021,7.5,un-comtrade,
ALP,imports_from_china_comtrade,2022,8,un-comtrade,
ALP,gdp,2021,55.1235,bank,
ALP,gdp,2022,60,bank,
BET,gdp,2021,3.21,bank,A caveat.
ALP,population,2021,7000000,bank,
ALP,arms_from_china,2019,12.5,sipri,
ALP,arms_total,2019,20.25,sipri,
ALP,arms_total_5y,2019,80.5,sipri,
ALP,arms_share_china_5y,2019,25.5,sipri,
ALP,unga_agreement_china,2018,70,voeten,
ALP,unga_agreement_china_2025,2025,80,library,
ALP,imts_exports_to_china,2024,1.5,imf,
ALP,imts_china_share_of_exports,2024,30,imf,
"""
SOURCES = {
    "un-comtrade": "UN Comtrade",
    "bank": "World Bank",
    "sipri": "Stockholm International Peace Research Institute",
    "voeten": "Erik Voeten",
    "library": "UN Digital Library",
    "imf": "International Monetary Fund",
}
ACCESSED = date(2026, 5, 4)


def write_house(root: Path) -> Project:
    """Write the project; its check has no finding."""
    project = Project(write_small(root))
    with (ROOT / "data" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        real = {row["indicator"]: row for row in csv.DictReader(file)}
    wanted = [name for name in real if any(name in kind.targets or name[:-4] + "{year}" in kind.targets for kind in KINDS.values())]
    project.write("indicators", [row for row in project.rows("indicators") if row[0] not in wanted])
    for name in wanted:
        project.add("indicators", **{**real[name], "source_id": "", "note": ""})
    with (ROOT / "data" / "units.csv").open(encoding="utf-8", newline="") as file:
        known = {row[0] for row in project.rows("units")}
        for row in csv.DictReader(file):
            if row["unit"] not in known:
                project.add("units", **row)
    for source, compiler in SOURCES.items():
        project.add("sources", source_id=source, title=compiler, publisher=compiler, kind="dataset", grade="A", grade_reason="compiles it")
    for code, name in (("GAM", "Gamland"), ("USA", "United States"), ("RUS", "Russia")):
        project.add("countries", country=code, name=name, region="Europe", un_member="true")
    sources = project.rows("sources")
    project.write("sources", [sources[0], *sorted(sources[1:])])
    header, *rows = project.rows("series")
    kept = [row for row in rows if row[1] == "external_debt_share_china"]
    project.write("series", [header, *kept, *csv.reader(STANDING.splitlines())])
    return project


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project for all tests that only read it."""
    return write_house(tmp_path_factory.mktemp("house") / "project")


@pytest.fixture
def house(tmp_path: Path) -> Project:
    """A project of the test's own, to write into."""
    return write_house(tmp_path / "house")


@dataclass(frozen=True)
class Ingest:
    """A way to show a text to the reader of a kind; tables that do not change are read once."""

    project: Project
    folder: Path
    standing: Standing | None = None

    def __call__(self, kind: str, text: str | bytes, *, asked: Asked | None = None, name: str = "file.csv") -> Plan:
        path = self.folder / name
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return prepare(kind, path, name, self.standing or read_standing(self.project.data), asked or Asked(accessed=ACCESSED))

    def findings(self, kind: str, text: str | bytes, *, asked: Asked | None = None) -> list[str]:
        """The findings for which a text is refused."""
        with pytest.raises(Refused) as refused:
            self(kind, text, asked=asked)
        return [str(finding) for finding in refused.value.findings]


@pytest.fixture(scope="session")
def standing(shared_house: Project) -> Standing:
    """The tables of the shared project."""
    return read_standing(shared_house.data)


@pytest.fixture
def ingest(shared_house: Project, standing: Standing, tmp_path: Path) -> Ingest:
    return Ingest(shared_house, tmp_path, standing)


@pytest.fixture
def run(house: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command line in a project of the test's own: kind, text, options."""
    monkeypatch.chdir(house.root)

    def invoke(kind: str, text: str, *options: str) -> Result:
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode("utf-8"))
        return CliRunner().invoke(main, ["ingest", kind, str(path), "--accessed", str(ACCESSED), *options])

    yield invoke


def news(plan: Plan) -> dict[tuple[str, str, str], str]:
    """All values of a plan by key, as series.csv would spell them."""
    return {change.value.key: change.new for change in plan.changes}


def verdicts(plan: Plan) -> dict[tuple[str, str, str], str]:
    """All verdicts of a plan by key."""
    return {change.value.key: change.verdict for change in plan.changes}


def one(plan: Plan, *key: str) -> Change:
    """The change with a key."""
    return next(change for change in plan.changes if change.value.key == key)


def reasons(plan: Plan) -> dict[str, int]:
    """What a plan passed over, with counts."""
    return {skip.reason: skip.count for skip in plan.skips}
