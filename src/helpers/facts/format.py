"""Values, units and periods as a reader sees them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping
from datetime import date

NARROW = "\N{NO-BREAK SPACE}"
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
CONTINUOUS = {"share", "money", "gas volume", "mass", "oil flow"}


def number(value: float) -> str:
    """A value with thousands separators and about three significant digits: whole from 1,000, one decimal from 10, two from 1, else three.

    244.81 gives 244.8, 1741 gives 1,741, 0.4281 gives 0.428, 43.0 gives 43; 0.00042 keeps two digits and does not
    become zero. What is below a billionth is zero, as it comes only from rounding in computation.
    """
    size = abs(value)
    decimals = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 3
    if 1e-9 <= size < 0.0005:
        decimals = 1 - math.floor(math.log10(size))
    text = f"{value if size >= 1e-9 else 0:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\N{MINUS SIGN}")


def ordinal(value: float) -> str:
    """1st, 2nd, 3rd, 8th."""
    whole = int(value)
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def words(value: float) -> str:
    """Whole numbers up to twelve spelled out, others in digits."""
    return WORDS[int(value)] if value == int(value) and 0 <= value < len(WORDS) else number(value)


def quantity(value: float, unit: Mapping[str, str], *, spelled: bool = False) -> str:
    """A value with its unit, after a row of `units.csv`: USD 244.8 bn, 65%, 24 aircraft, 8th."""
    if unit["quantity"] in ("rank in a sequence", "rank"):
        return ordinal(value)
    if unit["quantity"] in ("calendar year", "article number"):
        return str(int(value))
    text = words(value) if spelled else number(value)
    return with_unit(text, unit, one=value == 1)


def span(low: float, high: float, unit: Mapping[str, str]) -> str:
    """A range with its unit: USD 2–2.5 bn."""
    return with_unit(f"{number(low)}–{number(high)}", unit)


def with_unit(text: str, unit: Mapping[str, str], *, one: bool = False) -> str:
    """Set a formatted number between what its unit writes before and after it."""
    after = (unit["after_one"] or unit["after"]) if one else unit["after"]
    before = f"{unit['before']}{NARROW}" if unit["before"] else ""
    gap = "" if not after or after == "%" else NARROW
    return f"{before}{text}{gap}{after}"


def day(text: str) -> str:
    """An ISO date, whole or partial, in words: 28 March 2024, March 2024, 2024."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    month = calendar.month_name[parts[1]]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{parts[2]} {month} {parts[0]}"


def _is_full(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def period(start: str, end: str) -> str:
    """A period in the fewest words: 2024, 2014–2018, March 2024, January–October 2025, 31 August to 3 September 2025."""
    if not end or not start or start == end:
        return day(start or end)
    if len(start) < 10 or len(end) < 10:
        return _partial(start, end)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if _is_full(first, last):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_months and first.year == last.year:
        months = [calendar.month_name[item.month] for item in (first, last)]
        return f"{'–'.join(dict.fromkeys(months))} {last.year}"
    if whole_months:
        return f"{calendar.month_name[first.month]} {first.year}–{calendar.month_name[last.month]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {calendar.month_name[last.month]} {last.year}"
    if first.year == last.year:
        return f"{first.day} {calendar.month_name[first.month]} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def _partial(start: str, end: str) -> str:
    """A period of which an end is known to the year or month alone: 2017–2018, March to 27 May 2025, by 27 August 2025."""
    if len(start) == len(end) == 4:
        return f"{start}–{end}"
    if len(start) == len(end):
        first = calendar.month_name[int(start[5:])] if start[:4] == end[:4] else day(start)
        return f"{first}–{day(end)}"
    if end.startswith(start):  # it began in the year or month in which it ended
        return f"by {day(end)}"
    if start[:4] == end[:4] and len(start) == 7:
        return f"{calendar.month_name[int(start[5:])]} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def change(old: float, new: float) -> str:
    """Relative change in words: up 12%, down 6.9%, unchanged."""
    percent = (new / old - 1) * 100
    shown = number(float(f"{abs(percent):.2g}") if abs(percent) >= 1 else round(abs(percent), 1))
    if shown == "0":
        return "unchanged"
    return f"{'up' if percent > 0 else 'down'} {shown}%"


def known(value: float | None) -> bool:
    """Whether a number stands there (NaN marks an empty cell)."""
    return value is not None and not math.isnan(value)
