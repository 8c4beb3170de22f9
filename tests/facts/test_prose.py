"""Prose files: how they are split, and every finding about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpers.errors import InputError
from helpers.facts.prose import Prose, check_prose, parse, read_prose
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

LINES = "id: a, section: trade, chart: lines, title: T, indicators: [trade_total_customs]"


def findings(project: Project, tables: Tables, head: str = "partner: ALP", body: str = "## lead\n\nText.\n") -> list[str]:
    """What the check says of one prose file."""
    (project.report / "partners" / "ALP.md").write_text(f"---\n{head}\n---\n{body}", "utf-8")
    return [str(finding) for finding in check_prose(tables, project.report)]


def test_small_prose_has_no_finding(small_root: Path, small_tables: Tables) -> None:
    assert check_prose(small_tables, small_root / "report") == []


def test_prose_of_the_briefing_has_no_finding(root: Path) -> None:
    got = [str(finding) for finding in check_prose(load(root / "data"), root / "report")]
    assert got == []


def test_parse_keeps_heading_and_body() -> None:
    got = parse("---\nheadline: H\n---\n## trade: Trade grew\n\nText.\n\nMore.\n", "ALP.md").sections["trade"]
    assert (got.heading, got.body) == ("Trade grew", "Text.\n\nMore.")


def test_parse_counts_lines_from_the_start_of_the_file() -> None:
    got = parse("---\nheadline: H\n---\n\n## trade: Trade grew\n\nText.\n", "ALP.md").sections["trade"]
    assert (got.line, got.first) == (5, 7)


def test_partner_without_a_file_has_empty_prose(small_root: Path) -> None:
    assert read_prose(small_root / "report", "BET") == Prose()


REFUSED = [
    ("## trad\n\nText.", "unknown section"),
    ("## trade\n\na\n\n## trade\n\nb", "stands twice"),
    ("Lost words.\n\n## lead\n\nText.", "text before the first heading"),
    ("---\nheadline: [\n---\n## lead\n", "not YAML"),
    ("---\nheadline: x\n## lead\n", "no end"),
    ("---\n- a\n---\n## lead\n", "no end, or is no list"),
    ("---\nglance: [a]\n---\n## lead\n", "glance is no list of entries"),
    ("---\nexhibits: 5\n---\n## lead\n", "exhibits is no list of entries"),
]


@pytest.mark.parametrize(("text", "exp"), REFUSED)
def test_unreadable_prose_is_refused(text: str, exp: str) -> None:
    with pytest.raises(InputError, match=exp):
        parse(text, "ALP.md")


BODIES = [
    ("## lead\n\nTrade was 5 bn.\n", 'ALP.md:6: the number "5" is typed into prose'),
    ("## lead\n\nFine.\n\nSixty ships.\n", 'ALP.md:8: the number "Sixty" is typed into prose'),
    ("## trade: Up 5%\n\nText.\n", 'ALP.md:4: the number "5" is typed into prose'),
    ('## lead\n\n{{ fact("alp-ship") }}.\n', 'ALP.md:6: no fact "alp-ship"; the nearest is "alp-ships"'),
    ('## lead\n\n{{ fact("x-1") }}.\n\n{{ fact("x-2") }}.\n', 'ALP.md:8: no fact "x-2"'),
    ("## lead\n\n{{ 5 }}\n", "ALP.md:6: only calls such as"),
    ("## leed\n\nText.\n", "ALP.md:4: unknown section"),
]


@pytest.mark.parametrize(("body", "exp"), BODIES)
def test_fault_in_the_text_is_found_on_its_line(project: Project, small_tables: Tables, body: str, exp: str) -> None:
    got = findings(project, small_tables, body=body)
    assert any(finding.startswith(exp) for finding in got), got


HEADS = [
    ("headline: Trade of 5 bn", 'ALP.md:2:headline: the number "5"'),
    ("glance: [{fact: alp-ship, label: Ships}]", 'ALP.md:2:glance: no fact "alp-ship"; the nearest is "alp-ships"'),
    ("glance: [{fact: alp-ships}]", "ALP.md:2:glance: {'fact': 'alp-ships'} has no label"),
    ("glance: [{fact: alp-ships, label: 8 ships}]", 'ALP.md:2:glance: the number "8"'),
    (f"exhibits: [{{{LINES.replace('trade,', 'trad,', 1)}}}]", 'ALP.md:2:exhibit a: "trad" is unknown'),
    (f"exhibits: [{{{LINES.replace('chart: lines', 'chart: line')}}}]", "nearest is 'lines'"),
    (f"exhibits: [{{{LINES.replace('_customs', '_custom')}}}]", "nearest is 'trade_total_customs'"),
    (
        f"exhibits: [{{{LINES.replace('customs', 'customs, external_debt_share_china')}}}]",
        "ALP.md:2:exhibit a: joins %, USD bn on one scale",
    ),
    (f"exhibits: [{{{LINES.replace(', title: T', '')}}}]", "ALP.md:2:exhibit a: lacks title"),
    (f"exhibits: [{{{LINES.replace('id: a, ', '')}}}]", "lacks id"),
    (f"exhibits: [{{{LINES.partition(', indicators')[0]}}}]", "ALP.md:2:exhibit a: lacks indicators"),
    (f"exhibits: [{{{LINES.replace('title: T', 'title: Up by half')}}}]", 'ALP.md:2:exhibit a: the number "half"'),
    (f"exhibits: [{{{LINES}}}, {{{LINES}}}]", "ALP.md:2:exhibit a: this id stands twice"),
    (
        "exhibits: [{id: a, section: arms, chart: facts, title: T, facts: [{fact: alp-ships, label: S}, {fact: alp-port-cost, label: C}]}]",
        "ALP.md:2:exhibit a: joins USD bn, ships on one scale",
    ),
    (
        "exhibits: [{id: a, section: arms, chart: facts, title: T, facts: [{fact: alp-ships, label: 8 ships}]}]",
        'ALP.md:2:exhibit a: the number "8"',
    ),
    (
        "exhibits: [{id: a, section: arms, chart: facts, title: T, facts: [{fact: alp-formula, label: F}]}]",
        'the fact "alp-formula" has no value',
    ),
    ("glance: [a, b]", "ALP.md:1: glance is no list of entries"),
]


@pytest.mark.parametrize(("head", "exp"), HEADS)
def test_fault_in_the_front_matter_is_found(project: Project, small_tables: Tables, head: str, exp: str) -> None:
    got = findings(project, small_tables, head=head)
    assert any(exp in finding for finding in got), got


def test_prose_for_an_unknown_partner_is_found(project: Project, small_tables: Tables) -> None:
    (project.report / "partners" / "ALQ.md").write_text("## lead\n\nText.\n", "utf-8")
    got = [str(finding) for finding in check_prose(small_tables, project.report)]
    assert got == ["ALQ.md: prose for a partner that no table has; expected a code of partners.csv; nearest is 'ALP'"]


@pytest.mark.parametrize("name", ["partners/ALP.md", "method.md"])
def test_latin_1_is_found(project: Project, small_tables: Tables, name: str) -> None:
    (project.report / name).write_bytes("## lead\n\ncafé\n".encode("latin-1"))
    got = [str(finding) for finding in check_prose(small_tables, project.report)]
    assert got == [f"{name.rpartition('/')[2]}: not UTF-8; expected plain text in UTF-8"]


@pytest.mark.parametrize("name", ["partners/ALP.md", "method.md"])
@pytest.mark.parametrize(("kind", "exp"), [("folder", "Is a directory"), ("link", "No such file or directory")])
def test_prose_that_cannot_be_read_is_a_finding(project: Project, small_tables: Tables, name: str, kind: str, exp: str) -> None:
    path = project.report / name
    path.unlink(missing_ok=True)
    path.mkdir() if kind == "folder" else path.symlink_to("nowhere")
    got = [str(finding) for finding in check_prose(small_tables, project.report)]
    assert got == [f"{path.name}: cannot be read: {exp}; expected a readable file"]


@pytest.mark.parametrize("name", ["partners/ALP.md", "method.md"])
@pytest.mark.parametrize(
    ("mark", "exp"), [("\x1b", "'\\x1b' (u+001b)"), ("\x00", "'\\x00' (u+0000)"), ("中", "'中' (cjk unified ideograph-4e2d)")]
)
def test_a_character_that_cannot_be_printed_is_found_on_its_line(
    project: Project, small_tables: Tables, name: str, mark: str, exp: str
) -> None:
    (project.report / name).write_text(f"## lead\n\nFine.\nA {mark} stands here.\n", "utf-8")
    got = [str(finding) for finding in check_prose(small_tables, project.report)]
    assert [finding.partition("; ")[0] for finding in got] == [f"{name.rpartition('/')[2]}:4: the fonts lack {exp}"]


def test_typed_number_on_a_page_of_the_briefing_is_found(project: Project, small_tables: Tables) -> None:
    (project.report / "method.md").write_text("Fine.\n\nWe read 500 pages.\n", "utf-8")
    got = [str(finding) for finding in check_prose(small_tables, project.report)]
    assert [finding.partition("; ")[0] for finding in got] == ['method.md:3: the number "500" is typed into prose']


def test_bom_and_crlf_are_read_without_a_word(project: Project, small_tables: Tables) -> None:
    path = project.report / "partners" / "ALP.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_prose(small_tables, project.report) == []
