"""Hostile files: whatever stands in them, a plan or located findings, never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.errors import InputError
from helpers.ingest.run import KINDS, Asked
from helpers.ingest.standing import Refused
from tests.ingest.conftest import ACCESSED, Ingest
from tests.ingest.test_refusals import GOOD

QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
NASTY = st.sampled_from(
    ["", '"', '""', ",", ";", "\t", "\n", "\r", "\r\n", "\x00", "\ufeff", "\u2028", "\x85", "1e99", "-0", "nan", "inf", "9" * 40, "1_000",
     "\u0663", "=SUM(A1)", "<script>", "\u202e", "\ud7ff", "..", "2024", "CHN", "ALP", "Data from database"]
)  # fmt: skip


def told(ingest: Ingest, kind: str, content: str | bytes) -> None:
    """Either a plan, or findings that name the file or a table, or an error in words."""
    try:
        plan = ingest(kind, content, asked=Asked(accessed=ACCESSED, scale="units" if kind == "imf" else ""))
    except Refused as refused:
        assert refused.findings
        assert all(finding.file and finding.what for finding in refused.findings)
    except InputError as error:
        assert error.what
    else:
        assert plan.changes
        assert all(change.new for change in plan.changes)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(st.binary(max_size=400))
def test_any_bytes(ingest: Ingest, kind: str, content: bytes) -> None:
    told(ingest, kind, content)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(data=st.data())
def test_a_good_file_with_anything_put_anywhere(ingest: Ingest, kind: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(GOOD[kind]))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(NASTY | st.text(max_size=6)) + text[start + cut :]
    told(ingest, kind, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(data=st.data())
def test_a_good_file_with_cells_and_lines_shuffled(ingest: Ingest, kind: str, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(GOOD[kind])).splitlines()
    lines = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else lines
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = ",".join(data.draw(st.permutations(lines[place].split(","))))
    told(ingest, kind, "\n".join(lines))
