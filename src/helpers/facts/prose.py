"""Prose files: front matter, sections, and every finding about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import InputError, ReferenceProblem
from helpers.facts.numbers import typed_numbers
from helpers.facts.references import References, render
from helpers.tables.findings import Finding, nearest
from helpers.tables.load import Tables

SECTIONS = (
    "lead",
    "trade",
    "energy",
    "finance",
    "infrastructure",
    "arms",
    "technology",
    "diplomacy",
    "sanctions",
    "law",
    "limits",
    "claims",
    "outlook",
)
CHARTS = ("lines", "bars", "diverging", "dots", "facts", "events")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same safe loader in C, where the wheel has it
_HEADING = re.compile(r"^## +(\w+)(?: *: *(.+?))? *$")


@dataclass(frozen=True)
class Section:
    """One part of a chapter: heading and Markdown with references still in it."""

    heading: str
    body: str
    line: int
    first: int  # line on which the body starts


@dataclass(frozen=True)
class Prose:
    """What is written by hand for one chapter."""

    headline: str = ""
    glance: list[dict[str, str]] = field(default_factory=list)
    exhibits: list[dict[str, Any]] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)


def prose_path(report: Path, partner: str) -> Path:
    """Where the words of a partner's chapter stand."""
    return report / "partners" / f"{partner}.md"


def parse(text: str, shown: str) -> Prose:
    """Split a prose file into front matter and sections.

    Raises InputError when the front matter is not YAML or a section is unknown.
    """
    head, body, offset = _front_matter(text, shown)
    sections: dict[str, Section] = {}
    name, heading, start, lines = "", "", 0, list[str]()
    for number, line in enumerate([*body.splitlines(), "## end"], offset):
        match = _HEADING.match(line)
        if not match:
            lines.append(line)
            continue
        if name:
            text = "\n".join(lines)
            blank = len(text) - len(text.lstrip("\n"))
            sections[name] = Section(heading, text.strip(), start, start + blank + 1)
        elif "".join(lines).strip():
            raise InputError("text before the first heading", f"{shown}:{offset}", "the heading ## lead above it")
        if match[1] in sections:
            raise InputError(f'the section "{match[1]}" stands twice', f"{shown}:{number}", "each section once")
        name, heading, start, lines = match[1], match[2] or "", number, []
        if name not in (*SECTIONS, "end"):
            raise InputError(
                f'unknown section "{name}"',
                f"{shown}:{number}",
                f"one of {', '.join(SECTIONS)}; nearest is {nearest(name, SECTIONS)!r}",
            )
    return Prose(str(head.get("headline", "")), _entries(head, "glance", shown), _entries(head, "exhibits", shown), sections)


def _entries(head: dict[str, Any], key: str, shown: str) -> list[dict[str, Any]]:
    """The list of entries under a key of the front matter."""
    items = head.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InputError(f"{key} is no list of entries", f"{shown}:1", "entries like {name: value, …}, each after a dash")
    return items


def read_prose(report: Path, partner: str) -> Prose:
    """The prose of a partner; empty when nobody has written any."""
    path = prose_path(report, partner)
    return parse(path.read_text("utf-8-sig"), path.name) if path.is_file() else Prose()


def check_prose(tables: Tables, report: Path) -> list[Finding]:
    """Findings in all prose files: unreadable parts, references nothing backs, numbers typed by hand."""
    findings: list[Finding] = []
    for path in sorted((report / "partners").glob("*.md")):
        if path.stem not in tables.partners.index:
            findings.append(
                Finding(
                    path.name,
                    0,
                    "",
                    "prose for a partner that no table has",
                    "a code of partners.csv",
                    nearest(path.stem, tables.partners.index),
                )
            )
            continue
        findings += _check_file(path, References(tables, path.stem))
    for path in sorted(set(report.glob("*.md")) - {report / "README.md"}):
        try:
            findings += _check_text(path.read_text("utf-8-sig"), path.name, 0, References(tables))
        except (UnicodeDecodeError, OSError) as error:
            findings.append(_unreadable(path, error))
    return findings


def _unreadable(path: Path, error: UnicodeDecodeError | OSError) -> Finding:
    if isinstance(error, OSError):
        return Finding(path.name, 0, "", f"cannot be read: {error.strerror}", "a readable file")
    return Finding(path.name, 0, "", "not UTF-8", "plain text in UTF-8")


def _check_file(path: Path, references: References) -> list[Finding]:
    try:
        text = path.read_text("utf-8-sig")
        prose = parse(text, path.name)
    except InputError as error:
        return [Finding(path.name, int(error.where.rpartition(":")[2]), "", error.what, error.next_step)]
    except (UnicodeDecodeError, OSError) as error:
        return [_unreadable(path, error)]
    findings = _check_text(prose.headline, path.name, 1, references, "headline")
    for section in prose.sections.values():
        findings += _check_text(section.heading, path.name, section.line - 1, references)
        findings += _check_text(section.body, path.name, section.first - 1, references)
    for item in prose.glance:
        findings += _named_fact(item, path.name, "glance", references)
        findings += _check_text(str(item.get("label", "")), path.name, 0, references, "glance")
    names = [item.get("id") for item in prose.exhibits]
    for item in prose.exhibits:
        findings += _check_exhibit(item, path.name, references)
        if names.count(item.get("id")) > 1:
            findings.append(Finding(path.name, 0, f"exhibit {item.get('id')}", "this id stands twice", "an id of its own"))
    return [replace(finding, line=_line(text, finding.column)) if not finding.line else finding for finding in findings]


def _line(text: str, column: str) -> int:
    """The line of the front matter that a finding about an entry of it means."""
    kind, _, name = column.partition(" ")
    wanted = rf"(^|[\s{{,-])id:\s*['\"]?{re.escape(name)}['\"]?\s*([,}}]|$)" if kind == "exhibit" and name else rf"^{kind}s?:"
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if re.search(wanted, line)), 1)


def _check_exhibit(item: dict[str, Any], file: str, references: References) -> list[Finding]:
    column = f"exhibit {item.get('id', '')}"
    indicators = references.tables.indicators.index
    findings = [
        Finding(file, 0, column, f'"{item.get(key)}" is unknown', "one of " + ", ".join(choices), nearest(str(item.get(key)), choices))
        for key, choices in (("section", SECTIONS), ("chart", CHARTS))
        if item.get(key) not in choices
    ]
    findings += [
        Finding(file, 0, column, f'"{name}" is unknown', "an indicator of indicators.csv", nearest(name, indicators))
        for name in item.get("indicators") or []
        if name not in indicators
    ]
    for fact in item.get("facts") or []:
        findings += _named_fact(fact, file, column, references)
        findings += [
            Finding(file, 0, column, f'the number "{word}" is typed into a label', "a label without numbers")
            for _, word in typed_numbers(str(fact.get("label", "")) if isinstance(fact, dict) else "")
        ]
    if item.get("id") and not re.fullmatch("[a-z0-9-]+", str(item["id"])):  # it names files
        findings.append(Finding(file, 0, column, "this is no id", "small letters, digits and hyphens"))
    events = references.tables["events"]["event_id"]
    findings += [
        Finding(file, 0, column, f'"{name}" is unknown', "an event of events.csv", nearest(name, events))
        for name in item.get("events") or []
        if name not in set(events)
    ]
    shows = str(item.get("chart")) if item.get("chart") in ("facts", "events") else "indicators"
    for key in ("id", "title", shows):
        if not item.get(key):
            findings.append(Finding(file, 0, column, f"lacks {key}", "id, section, chart, title, and indicators, facts or events"))
    if len(units := _units(item, references)) > 1:
        findings.append(Finding(file, 0, column, f"joins {', '.join(sorted(units))} on one scale", "one unit a chart"))
    for key in ("title", "note"):
        findings += _check_text(str(item.get(key) or ""), file, 0, references, column)
    return findings


def _units(item: dict[str, Any], references: References) -> set[str]:
    """Units of what an exhibit shows; unknown names have their own finding."""
    facts, indicators = references.tables.facts, references.tables.indicators
    wanted = [fact.get("fact") for fact in item.get("facts") or [] if isinstance(fact, dict)]
    named = [str(name) for name in item.get("indicators") or []]
    return set(facts.loc[facts.index.intersection(wanted), "unit"]) | set(indicators.loc[indicators.index.intersection(named), "unit"])


def _named_fact(item: dict[str, str], file: str, column: str, references: References) -> list[Finding]:
    if not isinstance(item, dict) or not item.get("label"):
        return [Finding(file, 0, column, f"{item!r} has no label", "{fact: …, label: …}")]
    try:
        references.value(str(item.get("fact", "")))
    except ReferenceProblem as problem:
        return [Finding(file, 0, column, problem.what)]
    return []


def _check_text(text: str, file: str, offset: int, references: References, column: str = "") -> list[Finding]:
    findings = [
        Finding(
            file,
            offset + line if not column else 0,
            column,
            f'the number "{word}" is typed into prose',
            'a reference such as {{ fact("…") }}',
        )
        for line, word in typed_numbers(text)
    ]
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        from helpers.tables.glyphs import in_prose, unprintable  # slow to import, and few texts need it

        findings += [unprintable(mark, file, offset + line if not column else 0, column) for line, mark in in_prose(text)]
    for paragraph_line, paragraph in _paragraphs(text):
        try:
            render(paragraph, references)
        except ReferenceProblem as problem:
            findings.append(
                Finding(file, offset + paragraph_line if not column else 0, column, problem.what, "a reference that a table backs")
            )
    return findings


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Paragraphs with the line they start on, so that each wrong reference is found and not only the first."""
    found, line = [], 1
    for part in text.split("\n\n"):
        found.append((line, part))
        line += part.count("\n") + 2
    return found


def _front_matter(text: str, shown: str) -> tuple[dict[str, Any], str, int]:
    if not text.startswith("---\n"):
        return {}, text, 1
    head, divider, body = text[4:].partition("\n---\n")
    try:
        loaded = yaml.load(head, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "the front matter is not YAML", f"{shown}:{mark.line + 2 if mark else 1}", "quotes around texts that hold a colon"
        ) from error
    if not divider or not isinstance(loaded, dict):
        raise InputError("the front matter has no end, or is no list of entries", f"{shown}:1", "a line --- after it")
    return loaded, body, head.count("\n") + 4
