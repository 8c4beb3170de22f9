"""Exhibits whose data changed: which points, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.changes.rendered import exhibits
from helpers.changes.rows import Row, differences, every_row, match
from helpers.errors import InputError
from helpers.profile.points import points
from helpers.profile.synthesis import NEEDS
from helpers.tables.load import Tables

OWN = "changes-"  # exhibits of the page on changes itself
# What tells the points of a figure apart; the first set that a figure has, and that does so, is taken.
KEYS = (
    ("claim_id",),
    ("partner", "indicator", "date"),
    ("partner", "series", "indicator", "year"),
    ("partner", "indicator", "year"),
    ("partner", "series", "year"),
    ("country", "power", "group"),
    ("country", "power"),
    ("country", "year"),
    ("country",),
    ("output", "factor"),
    ("network", "partner_a", "partner_b"),
    ("article", "series"),
    ("fact_id",),
    ("partner", "year"),
    ("partner",),
    ("Event",),
)
UNSEEN = ("note", "source_id", "fact_id")  # stand in the data of a figure and not in the figure


@dataclass(frozen=True)
class FigureChange:
    """One exhibit that shows other data; `change` is "changed" for one that both sides have, with its points that differ."""

    key: str
    title: str
    change: str
    points: tuple[Row, ...] = ()

    def count(self, change: str) -> int:
        """How many points were added, removed or changed."""
        return sum(row.change == change for row in self.points)


@dataclass(frozen=True)
class Figures:
    """Data of exhibits as text, and their titles, by key."""

    frames: dict[str, pd.DataFrame]
    titles: dict[str, str]


def published(folder: Path) -> dict[str, pd.DataFrame]:
    """Data of every exhibit of an edition; raises InputError when a file is no table."""
    return {path.stem: read(path.read_bytes().decode("utf-8", "replace"), path.name) for path in sorted(folder.glob("*.csv"))}


def read(text: str, name: str) -> pd.DataFrame:
    """The data of one exhibit as text."""
    try:
        return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    except ValueError as error:
        raise InputError(
            f"not readable as a table: {str(error).strip()}", f"data/figures/{name}", "expected the data of an exhibit as CSV"
        ) from error


def behind(tables: Tables, report: Path | None) -> Figures:
    """Points behind each exhibit that prose declares, and behind those of the opening chapter that rest on indicators."""
    frames: dict[str, pd.DataFrame] = {}
    titles: dict[str, str] = {}
    for key, code, item in exhibits(tables, report) if report else ():
        names = [name for name in item.get("indicators") or [] if isinstance(name, str)]
        facts = [str(fact.get("fact")) for fact in item.get("facts") or [] if isinstance(fact, dict)]
        frame = _facts(tables, facts) if facts else _series(tables, names, [code])
        if isinstance(since := item.get("since"), int) and "year" in frame:
            frame = frame[frame["year"] >= since]
        frames[key] = _text(frame)
        titles[key] = "" if "{{" in str(item.get("title")) else str(item.get("title"))
    for name, needed in NEEDS.items():
        frames[f"synthesis-{name}"] = _text(_series(tables, list(needed), tables.chapters))
    return Figures({key: frame for key, frame in frames.items() if len(frame)}, titles)


def figure_changes(old: Figures, new: Figures) -> list[FigureChange]:
    """Exhibits that changed in the order of the new side, then those that are gone; one with other sources only did not."""
    titles = old.titles | {key: title for key, title in new.titles.items() if title}
    found = []
    for key in dict.fromkeys([*new.frames, *old.frames]):
        if key.startswith(OWN):
            continue
        title = titles.get(key, "") or key
        if key not in old.frames or key not in new.frames:
            found.append(FigureChange(key, title, "removed" if key in old.frames else "added"))
            continue
        rows = _points(old.frames[key], new.frames[key])
        if rows or _columns(old.frames[key]) != _columns(new.frames[key]):
            found.append(FigureChange(key, title, "changed", tuple(rows)))
    return sorted(found, key=lambda item: ("changed", "added", "removed").index(item.change))


def _points(old: pd.DataFrame, new: pd.DataFrame) -> list[Row]:
    shared = [column for column in new.columns if column in old.columns]
    if not shared:
        return every_row(match(old, new, [], []))
    key = key_of(old, new, shared)
    compared = [column for column in shared if column not in key and column not in UNSEEN]
    return differences(match(old[shared], new[shared], key, compared), dict.fromkeys(compared, "number"))


def _columns(frame: pd.DataFrame) -> set[str]:
    """Columns that a reader sees; with data of old and new columns alike, one more is a change too."""
    return set(frame.columns) - set(UNSEEN)


def key_of(old: pd.DataFrame, new: pd.DataFrame, shared: list[str]) -> list[str]:
    """Columns that tell the points of a figure apart; in a printed table the first ones that do."""
    prefixes = [tuple(shared[: count + 1]) for count in range(len(shared))]
    known = [key for key in KEYS if set(key) <= set(shared) and not any((frame[[*key]] == "").any().any() for frame in (old, new))]
    for key in [*known, *prefixes]:
        if not old.duplicated(list(key)).any() and not new.duplicated(list(key)).any():
            return list(key)
    return list(known[0]) if known else shared[:1]


def _series(tables: Tables, names: list[str], codes: list[str]) -> pd.DataFrame:
    parts = [points(tables, name, codes)[["partner", "indicator", "year", "date", "value"]] for name in names]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _facts(tables: Tables, names: list[str]) -> pd.DataFrame:
    known = tables["facts"]
    return known[known["fact_id"].isin(names)][["fact_id", "value", "low", "high", "unit", "start", "end"]]


def _text(frame: pd.DataFrame) -> pd.DataFrame:
    """Numbers as short as they can be told exactly, empty where there is none."""
    return frame.apply(lambda column: column.map(_cell)) if len(frame) else frame


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else repr(value)
    return str(value)
