"""Writing: rows where they belong, all or none, and nothing when there is nothing new."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.errors import InputError
from helpers.ingest import write as writing
from helpers.ingest.apply import new_series, new_sources
from helpers.ingest.run import Asked
from helpers.ingest.standing import Refused, read_standing
from helpers.tables.check import check_tables
from helpers.tables.findings import Finding
from tests.conftest import Project
from tests.ingest.conftest import ACCESSED, Ingest, news
from tests.ingest.files import gdp, worldbank

NEW = worldbank([gdp("Betland", "BET", "3210000000", "3300000000", "3400000000"), gdp("Alpland", "ALP", "", "", "61000000000")])


def check(folder: Path) -> list[Finding]:
    return check_tables(folder)[1]


def passes(folder: Path) -> list[Finding]:
    return []


def put(house: Project, text: str, *, replace: bool = False, checked: writing.Check = passes) -> list[Path]:
    plan = Ingest(house, house.root)("worldbank", text, asked=Asked(accessed=ACCESSED, replace=replace))
    return writing.write(plan, read_standing(house.data), checked)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_new_rows_stand_by_partner_and_year_and_all_others_as_they_were(house: Project) -> None:
    before = house.path("series").read_text("utf-8").splitlines(keepends=True)
    assert [path.name for path in put(house, NEW)] == ["sources.csv", "series.csv"]
    after = house.path("series").read_text("utf-8").splitlines(keepends=True)
    added = [line for line in after if line not in before]
    assert [line for line in after if line in before] == before
    assert [line.split(",worldbank")[0] for line in added] == ["ALP,gdp,2023,61", "BET,gdp,2022,3.3", "BET,gdp,2023,3.4"]
    assert after.index(added[0]) == after.index("ALP,gdp,2022,60,bank,\n") + 1
    assert after.index(added[1]) == after.index("BET,gdp,2021,3.21,bank,A caveat.\n") + 1
    assert house.findings() == []


def test_the_source_is_put_in_its_place(house: Project) -> None:
    put(house, NEW)
    ids = [row[0] for row in house.rows("sources")[1:]]
    assert ids == sorted(ids)
    assert "worldbank-ny-gdp-mktp-cd-2026-05-04" in ids


def test_ingesting_twice_changes_nothing(house: Project) -> None:
    put(house, NEW)
    before = contents(house.data)
    assert put(house, NEW) == []
    assert contents(house.data) == before


def test_replaced_rows_keep_their_line(house: Project) -> None:
    before = house.path("series").read_text("utf-8").splitlines()
    put(house, worldbank([gdp("Alpland", "ALP", "56000000000", "", "")]), replace=True)
    after = house.path("series").read_text("utf-8").splitlines()
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert differing == [
        ("ALP,gdp,2021,55.1235,bank,", "ALP,gdp,2021,56,worldbank-ny-gdp-mktp-cd-2026-05-04,Replaces 55.1235 of bank."),
    ]


def test_held_values_are_not_written(house: Project) -> None:
    before = contents(house.data)
    assert put(house, worldbank([gdp("Alpland", "ALP", "56000000000", "", "61000000000")])) == []
    assert contents(house.data) == before


def test_a_table_with_bom_and_crlf_keeps_them(house: Project) -> None:
    path = house.path("series")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    put(house, NEW)
    got = path.read_bytes()
    assert got.startswith(b"\xef\xbb\xbfpartner,")
    assert got.count(b"\n") == got.count(b"\r\n")
    assert house.findings() == []


def test_findings_of_the_changed_tables_leave_all_as_it_was(house: Project) -> None:
    before = contents(house.data)

    def finds(folder: Path) -> list[Finding]:
        return [Finding("series.csv", 1, "value", "wrong")] if folder != house.data else []

    with pytest.raises(Refused) as refused:
        put(house, NEW, checked=finds)
    assert [str(finding) for finding in refused.value.findings] == ["series.csv:1:value: wrong"]
    assert contents(house.data) == before


def test_a_value_that_breaks_a_rule_of_the_tables_is_refused(house: Project) -> None:
    """A total that no longer is the sum of its flows is found by the check of the copy."""
    from tests.ingest.files import comtrade

    before = contents(house.data)
    plan = Ingest(house, house.root)(
        "comtrade", comtrade({"refYear": "2021", "primaryValue": "15000000000"}), asked=Asked(replace=True, accessed=ACCESSED)
    )
    with pytest.raises(Refused, match="1 findings") as refused:
        writing.write(plan, read_standing(house.data), check)
    assert "exports and imports make 22.5, the total is 18" in str(refused.value.findings[0])
    assert contents(house.data) == before


def test_findings_that_stood_before_are_told_as_they_stand(house: Project) -> None:
    last = len(house.rows("series"))  # new rows go in above it
    house.set("series", last, "value", "much")
    with pytest.raises(Refused) as refused:
        put(house, NEW, checked=check)
    assert {finding.line for finding in refused.value.findings} == {last}


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_swap_that_fails_half_way_is_undone(house: Project, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    before, real, calls = contents(house.data), os.replace, []

    def replace(source: object, target: object) -> None:
        calls.append(target)
        if len(calls) == fails_at:
            raise OSError(28, "No space left on device")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(InputError, match="No space left"):
        put(house, NEW)
    assert contents(house.data) == before


def test_an_interrupt_half_way_is_undone(house: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real, calls = contents(house.data), os.replace, []

    def replace(source: object, target: object) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        put(house, NEW)
    assert contents(house.data) == before


def test_a_table_that_changes_meanwhile_is_left_alone(house: Project) -> None:
    def meddles(folder: Path) -> list[Finding]:
        house.add("series", partner="BET", indicator="population", year="2021", value="1", source_id="bank")
        return passes(folder)

    with pytest.raises(InputError, match="this table changed"):
        put(house, NEW, checked=meddles)
    assert house.rows("series")[-1][:2] == ["BET", "population"]


def test_two_at_once_are_told_of_each_other(house: Project) -> None:
    def again(folder: Path) -> list[Finding]:
        put(house, NEW)
        return passes(folder)

    with pytest.raises(InputError, match="another ingest is writing"):
        put(house, NEW, checked=again)


VALUES = st.decimals(min_value=10**8, max_value=10**12, places=3).map(str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["ALP", "BET"]), VALUES, VALUES), min_size=1, max_size=2, unique_by=lambda row: row[0]))
def test_what_is_written_is_what_the_plan_said(house: Project, rows: list[tuple[str, str, str]]) -> None:
    """Read back, the new text has the values of the plan, and every other row byte for byte."""
    text = worldbank([gdp("", code, *values) for code, *values in rows], years="2023,2024")
    plan = Ingest(house, house.root)("worldbank", text)
    standing = read_standing(house.data)
    before = house.path("series").read_text("utf-8")
    after = new_series(before, plan, standing.countries.partners)
    got = {tuple(line.split(",")[:3]): line.split(",")[3] for line in after.splitlines() if line not in before.splitlines()}
    assert got == news(plan)
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    assert new_sources(house.path("sources").read_text("utf-8"), plan).count(plan.source["source_id"]) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_a_kill_at_any_swap_is_healed_by_the_same_command(house: Project, killed_at: int) -> None:
    import signal

    series = house.path("series").read_bytes()
    child = os.fork()
    if not child:
        real, calls = os.replace, []

        def replace(source: object, target: object) -> None:
            calls.append(target)
            if len(calls) == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            real(source, target)  # type: ignore[arg-type]

        os.replace = replace
        put(house, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (killed_at < 3)
    assert (house.path("series").read_bytes() == series) == (killed_at < 3)
    put(house, NEW)
    assert house.findings() == []
    assert not list(house.data.glob("*.ingest"))
    assert len([row for row in house.rows("sources") if row[0].startswith("worldbank-")]) == 1
