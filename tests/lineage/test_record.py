"""Reasons to run a notebook again, row by row."""

from __future__ import annotations

import json

from helpers.lineage.answers import Answers
from helpers.lineage.record import Reason, Record, learn, read, write
from helpers.tables.package import read_package
from tests.conftest import Project

OWN = {"template partner.ipynb": "1", "version pandas": "2.3"}


def answers(project: Project) -> Answers:
    return Answers(read_package(project.data))


def learned(project: Project, *queries: tuple[str, ...]) -> Record:
    log = "\n".join(["{}", *(json.dumps(query) for query in queries)])
    got = learn("stamp", OWN, log, answers(project), {}, "hash")
    assert got is not None
    return got


def test_nothing_changed_is_no_reason(project: Project) -> None:
    record = learned(project, ("all", "facts"), ("row", "sources", "daily"))
    assert record.reasons(OWN, answers(project)) == []


def test_a_changed_row_is_named(project: Project) -> None:
    record = learned(project, ("where", "facts", "partner", "ALP"))
    project.set("facts", 2, "value", "21")
    assert record.reasons(OWN, answers(project)) == [Reason("row", "facts.csv: alp-trade-2022", "changed")]


def test_a_row_of_another_partner_is_no_reason(project: Project) -> None:
    record = learned(project, ("where", "facts", "partner", "BET"))
    project.set("facts", 2, "value", "21")
    assert record.reasons(OWN, answers(project)) == []


def test_an_added_row_is_named(project: Project) -> None:
    record = learned(project, ("where", "facts", "partner", "BET"))
    project.add("facts", fact_id="bet-new", partner="BET")
    assert record.reasons(OWN, answers(project)) == [Reason("row", "facts.csv: bet-new", "added")]


def test_a_removed_row_is_named(project: Project) -> None:
    record = learned(project, ("row", "facts", "bet-ships"))
    project.write("facts", [row for row in project.rows("facts") if row[0] != "bet-ships"])
    assert record.reasons(OWN, answers(project)) == [Reason("row", "facts.csv: bet-ships", "removed")]


def test_a_key_that_appears_is_a_reason(project: Project) -> None:
    record = learned(project, ("row", "facts", "bet-new"))
    project.add("facts", fact_id="bet-new", partner="BET")
    assert record.reasons(OWN, answers(project)) == [Reason("row", "facts.csv: bet-new", "added")]


def test_another_order_of_rows_is_a_reason(project: Project) -> None:
    record = learned(project, ("all", "events"))
    rows = project.rows("events")
    project.write("events", [rows[0], *reversed(rows[1:])])
    assert [reason.what for reason in record.reasons(OWN, answers(project))] == ["events.csv: the order of its rows"]


def test_another_order_of_partners_changes_their_keys(project: Project) -> None:
    record = learned(project, ("keys", "partners"))
    project.set("partners", 2, "order", "9")
    assert len(record.reasons(OWN, answers(project))) == 1


def test_a_column_is_no_reason_when_another_changed(project: Project) -> None:
    record = learned(project, ("column", "indicators", "direction"))
    project.set("indicators", 2, "label", "Other words")
    assert record.reasons(OWN, answers(project)) == []


def test_a_helper_is_named(project: Project) -> None:
    record = learned(project)
    got = record.reasons({**OWN, "version pandas": "3.0", "module helpers.new": "1"}, answers(project))
    assert [str(reason) for reason in got] == ["the helper helpers.new added", "the package pandas changed"]


def test_a_notebook_that_said_nothing_has_read_everything(project: Project) -> None:
    record = learn("stamp", OWN, "", answers(project), {}, "hash")
    project.set("memberships", 2, "since", "2017-06-15")
    assert record is not None
    assert [reason.what for reason in record.reasons(OWN, answers(project))] == ["memberships.csv: ALP/SCO/member"]


def test_tables_changed_while_it_ran_leave_no_record(project: Project) -> None:
    assert learn("stamp", OWN, '{"facts": "old"}', answers(project), {"facts": "new"}, "hash") is None


def test_a_record_is_read_as_it_was_written(project: Project) -> None:
    record = learned(project, ("where", "facts", "partner", "ALP"), ("keys", "sources"))
    write(project.root / "a.json", record)
    assert read(project.root / "a.json") == record


def test_a_broken_record_is_none(project: Project) -> None:
    (project.root / "a.json").write_text("{")
    assert read(project.root / "a.json") is None
