"""A project small enough to read: two partners, a handful of rows in every table, the real data package."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from helpers.tables.check import check_tables
from helpers.tables.load import Tables, load
from helpers.tables.package import read_package

ROOT = Path(__file__).parents[1]

settings.register_profile("steady", deadline=None)  # a busy machine is no failure
settings.load_profile("steady")

# Only the columns that are filled; the rest is added from the data package. Row 1 stands on line 2, as in an editor.
SMALL = {
    "partners": """\
partner,name,group,role,formula,formula_since,formula_fact_id,order
ALP,Alpland,core,gateway,strategic partnership,2015-04,alp-formula,1
BET,Betland,preferred,,,,,2
""",
    "sources": """\
source_id,title,publisher,compiler,published,url,kind,grade,grade_reason,note
customs,Yearbook of trade,Customs,,2025-01-18,https://example.org/trade,official statistics,A,compiles it,
daily,Trade reached a record,The Daily,,2025,,press,B,names its source,
blog,My view of trade,A blog,,,,forum or blog,D,names nobody,
essay,The essay under test,Review,,2025-05,,founding article,C,under test,
""",
    "units": """\
unit,before,after,after_one,quantity,description
USD bn,USD,bn,,money,billion US dollars at current prices
%,,%,,share,percent of a whole; the metric says of what
ships,,ships,ship,count,ships
million passengers,,million passengers,,count,million passengers carried
rank,,,,rank,position in a ranking
year,,,,calendar year,a calendar year
""",
    "indicators": """\
indicator,label,unit,dimension,flow,frequency,definition,compiler,direction,source_id
trade_total_customs,"Trade, Chinese customs",USD bn,trade,both,annual,Exports and imports as China records them.,Customs,closer,customs
trade_total_comtrade,"Trade, partner's report",USD bn,trade,both,annual,Exports and imports as the partner records them.,Partner,closer,customs
external_debt_share_china,China's share of external debt,%,finance,china_to_partner,annual,Debt owed to China over all external public debt.,Bank,closer,daily
alp_rail_passengers,Passengers since opening,million passengers,infrastructure,none,dated,Passengers of both sections.,Railway,none,daily
tie_votes,Identical votes,%,diplomacy,none,annual,Identical votes over shared roll calls.,,closer,customs
""",  # noqa: E501
    "facts": """\
fact_id,partner,dimension,metric,value,low,high,unit,start,end,kind,indicator,text,source_id,confidence,note,superseded_by
alp-trade-2022,ALP,trade,Goods trade,20,,,USD bn,2022-01-01,2022-12-31,actual,trade_total_customs,,customs,high,,
alp-trade-2023,ALP,trade,Goods trade,30,,,USD bn,2023-01-01,2023-12-31,actual,trade_total_customs,,customs,high,,
alp-trade-2024,ALP,trade,Goods trade,25.5,24,27,USD bn,2024-01-01,2024-12-31,actual,trade_total_customs,,customs,high,,
alp-debt-share,ALP,finance,China's share of external debt,48.26,,,%,2023-12-31,2023-12-31,actual,,,daily,medium,,
alp-port-cost,ALP,infrastructure,Cost of the port,1.5,,,USD bn,2024-01-01,2024-12-31,contract,,,daily,medium,As signed,
alp-port-spent,ALP,infrastructure,Spent on the port,0.4,,,USD bn,2024-01-01,2024-12-31,actual,,,daily,low,,
alp-ships,ALP,arms,Ships delivered,8,,,ships,2020-01-01,2024-12-31,cumulative,,,daily,medium,,
alp-formula,ALP,diplomacy,Formula of the partnership,,,,,2015-04-20,2015-04-20,legal status,,Both call it a strategic partnership.,daily,high,,
alp-passengers-2023,ALP,infrastructure,Passengers,20,,,million passengers,2021-12-03,2023-12-02,cumulative,alp_rail_passengers,,daily,medium,,
alp-passengers-2024,ALP,infrastructure,Passengers,43,,,million passengers,2021-12-03,2024-12-02,cumulative,alp_rail_passengers,,daily,medium,,
bet-trade-old,BET,trade,Goods trade,3,,,USD bn,2023-01-01,2023-12-31,actual,,,blog,low,,bet-trade-2024
bet-trade-2024,BET,trade,Goods trade,4,,,USD bn,2024-01-01,2024-12-31,actual,,,customs,high,,
bet-ships,BET,arms,Ships delivered,1,,,ships,2020-01-01,2024-12-31,cumulative,,,daily,medium,,
bet-arms-plan,BET,arms,Ships ordered,3,,,ships,2026-01-01,2027-12-31,contract,,,daily,low,,
""",  # noqa: E501
    "claims": """\
claim_id,article,place,partner,claim,value,unit,start,end,verdict,fault,fact_id,other_fact_id,why
s0-alp-trade,s0,Record,ALP,Trade reached a record,31,USD bn,2024,2024,contradicted,,alp-trade-2024,alp-trade-2023,The record was a year earlier.
s1-bet-pact,s1,End,BET,A pact was signed,,,,,unverifiable,opinion,,,No text was found.
""",  # noqa: E501
    "instruments": """\
instrument_id,partner,title,parties,signed,in_force,until,obligations,form,status,fact_id,source_id,note
alp-treaty,ALP,Treaty of friendship,CHN ALP,2001-07-16,2002-02-28,,consultation,treaty,in force,,daily,
bet-statement,BET,Joint statement,CHN BET,2019,,,none,joint statement,political,,daily,
""",
    "events": """\
event_id,partner,start,end,kind,title,fact_id,source_id,after_articles
alp-visit,ALP,2015-04-20,,visit,State visit,alp-formula,,false
alp-drill,ALP,2025-09-01,2025-09-05,exercise,Naval exercise,,daily,true
bet-visit,BET,2019-05,,visit,Visit of the premier,,daily,false
""",
    "projects": """\
project_id,partner,name,sector,place,start,end,status,fact_id,source_id,note
alp-port,ALP,Harbour of Alp,port,South coast,2021,2024,operating,alp-port-cost,,
""",
    "series": """\
partner,indicator,year,value,source_id,note
ALP,trade_total_comtrade,2021,18,customs,
ALP,trade_total_comtrade,2022,19,customs,
ALP,trade_total_comtrade,2024,22,customs,
ALP,external_debt_share_china,2022,45,daily,
BET,trade_total_comtrade,2022,2,customs,
BET,trade_total_comtrade,2023,2.5,customs,
BET,trade_total_comtrade,2024,3.5,customs,
""",
    "memberships": """\
partner,organisation,role,since,until,source_id,note
ALP,SCO,member,2001-06-15,,daily,
""",
    "ties": """\
partner_a,partner_b,indicator,year,value,directed,source_id,note
CHN,ALP,tie_votes,2024,81,false,customs,
ALP,BET,tie_votes,2024,64,false,customs,
""",
    "conversions": """\
evidence_id,action,field,into,reason
old-alp-trade,drop,row,,counted elsewhere
""",
}

PROSE = """\
---
partner: ALP
headline: 'Alpland traded {{ fact("alp-trade-2024") }} with China in 2024.'
glance:
  - {fact: alp-trade-2024, label: "Goods trade, Chinese customs"}
  - {fact: alp-debt-share, label: "China's share of external debt"}
exhibits:
  - id: trade
    section: trade
    chart: lines
    indicators: [trade_total_customs, trade_total_comtrade]
    title: "The two ledgers differ"
    note: "As published by each side."
  - id: port
    section: infrastructure
    chart: facts
    facts: [{fact: alp-port-cost, label: "Signed"}, {fact: alp-port-spent, label: "Spent"}]
    title: "Most of the money is not spent"
---
## lead

Credit and trade bind Alpland to China.

## trade: Trade fell {{ change("alp-trade-2023", "alp-trade-2024") }}

Customs count {{ fact("alp-trade-2024", "dated") }}.

## law: Consultation, no defence

One treaty of 2001 asks for talks.

## claims: The record came earlier

The essay's {{ claim("s0-alp-trade") }} does not hold.
"""


@dataclass(frozen=True)
class Project:
    """A small project that a test may break; lines are counted as in an editor, the header on line one."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def report(self) -> Path:
        return self.root / "report"

    def path(self, table: str) -> Path:
        return self.data / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.path(table).read_text("utf-8"))))

    def write(self, table: str, rows: list[list[str]]) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        self.path(table).write_text(out.getvalue(), "utf-8")

    def set(self, table: str, line: int, column: str, value: str) -> None:
        rows = self.rows(table)
        rows[line - 1][rows[0].index(column)] = value
        self.write(table, rows)

    def add(self, table: str, **cells: str) -> int:
        """Append a row; returns its line."""
        rows = self.rows(table)
        self.write(table, [*rows, [cells.get(name, "") for name in rows[0]]])
        return len(rows) + 1

    def describe(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the data package."""
        path = self.data / "datapackage.json"
        descriptor = json.loads(path.read_text("utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor), "utf-8")

    def findings(self) -> list[str]:
        return [str(finding) for finding in check_tables(self.data)[1]]


def write_small(root: Path) -> Path:
    """Write the small project into a folder: data, prose, and the book and notebooks of the real one."""
    (root / "report" / "partners").mkdir(parents=True)
    (root / "data").mkdir()
    shutil.copy(ROOT / "data" / "datapackage.json", root / "data")
    package = read_package(root / "data")
    for table in package.resources:  # a table that needs no row here has its header
        columns = [field["name"] for field in package.fields(table)]
        header, *rows = csv.reader(io.StringIO(SMALL.get(table, ",".join(columns))))
        cells = [[dict(zip(header, row, strict=True)).get(name, "") for name in columns] for row in rows]
        Project(root).write(table, [columns, *cells])
    (root / "report" / "partners" / "ALP.md").write_text(PROSE, "utf-8")
    shutil.copy(ROOT / "report" / "_quarto.yml", root / "report")
    for folder in ("report/_extensions", "report/theme", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".*"))
    return root


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """Root of a small project of the test's own."""
    return write_small(tmp_path / "project")


@pytest.fixture
def project(small_project: Path) -> Project:
    """The small project with means to break it."""
    return Project(small_project)


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a small project that all tests share; only to be read."""
    return write_small(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="session")
def small_tables(small_root: Path) -> Tables:
    """Tables of the shared small project; only to be read."""
    return load(small_root / "data")


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of this project."""
    return ROOT
