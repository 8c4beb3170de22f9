"""What each notebook asked the tables, compact."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.edition import lineage
from helpers.lineage.record import Record, write

READS = [
    (("where", "facts", "kind", "actual", "partner", "LAO"), "3"),
    (("row", "facts", "lao-b"), "2"),
    (("row", "facts", "lao-a"), "1"),
    (("all", "units"), "4"),
]


def test_questions_stand_by_table_and_kind() -> None:
    got = lineage.compact(READS)
    exp = {"facts": {"row": {"lao-a": "1", "lao-b": "2"}, "where": {"kind = actual; partner = LAO": "3"}}, "units": {"all": "4"}}
    assert got == exp


def test_the_order_in_which_questions_were_asked_does_not_matter() -> None:
    assert json.dumps(lineage.compact(READS)) == json.dumps(lineage.compact(READS[::-1]))


def test_the_summary_counts_questions() -> None:
    got = {table: about["questions"] for table, about in lineage.summary(lineage.compact(READS)).items()}
    assert got == {"facts": 3, "units": 1}


def test_another_answer_is_another_summary() -> None:
    changed = [(query, "9" if query[0] == "where" else answer) for query, answer in READS]
    got = lineage.summary(lineage.compact(changed))
    assert got["facts"] != lineage.summary(lineage.compact(READS))["facts"]


def test_a_notebook_without_a_record_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "LAO.json", Record("stamp", {}, READS))
    got = lineage.collect(tmp_path, ["synthesis", "LAO"])
    assert list(got) == ["LAO"]


def test_the_file_reads_back(tmp_path: Path) -> None:
    exp = {"LAO": lineage.compact(READS)}
    lineage.write(tmp_path, exp)
    got = json.loads((tmp_path / lineage.NAME).read_text("utf-8"))
    assert got == exp
