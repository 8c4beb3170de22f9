"""Numbers, quantities, periods and changes as a reader sees them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.facts import format as fmt
from helpers.tables.load import load

MONEY = {"before": "USD", "after": "bn", "after_one": "", "quantity": "money"}
SHARE = {"before": "", "after": "%", "after_one": "", "quantity": "share"}
SHIPS = {"before": "", "after": "ships", "after_one": "ship", "quantity": "count"}
RANK = {"before": "", "after": "", "after_one": "", "quantity": "rank"}
YEAR = {"before": "", "after": "", "after_one": "", "quantity": "calendar year"}
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def back(text: str) -> float:
    """A formatted number read again."""
    return float(text.replace(",", "").replace("−", "-"))


@pytest.mark.parametrize(
    ("value", "exp"),
    [
        (0, "0"),
        (43.0, "43"),
        (244.81, "244.8"),
        (1741, "1,741"),
        (1741.5, "1,742"),
        (1234567, "1,234,567"),
        (9.876, "9.88"),
        (0.4281, "0.428"),
        (0.00042, "0.00042"),
        (-12.34, "−12.3"),
        (-0.0, "0"),
        (-1e-17, "0"),
        (100, "100"),
        (1000, "1,000"),
    ],
)
def test_number(value: float, exp: str) -> None:
    assert fmt.number(value) == exp


@given(FINITE)
def test_number_of_any_finite_float_is_digits_with_separators(value: float) -> None:
    got = fmt.number(value)
    assert re.fullmatch(r"−?\d{1,3}(,\d{3})*(\.\d*[1-9])?", got), got


@given(FINITE.filter(lambda value: abs(value) >= 1e-9))
def test_number_loses_no_more_than_the_stated_rounding(value: float) -> None:
    size = abs(value)
    exp = 0.5 if size >= 1000 else 0.05 if size >= 10 else 0.005 if size >= 1 else 0.0005 if size >= 0.0005 else 0.05 * size
    got = abs(back(fmt.number(value)) - value)
    assert got <= exp + 1e-9 * size


@given(FINITE.filter(lambda value: abs(value) >= 1e-9))
def test_number_that_is_not_zero_does_not_print_as_zero(value: float) -> None:
    assert back(fmt.number(value)) != 0


@given(st.integers(-(10**15), 10**15))
def test_whole_number_prints_all_its_digits(value: int) -> None:
    assert back(fmt.number(value)) == value


@given(FINITE, FINITE)
def test_formats_never_raise_for_finite_floats(first: float, second: float) -> None:
    got = [fmt.quantity(first, unit, spelled=True) for unit in (MONEY, SHARE, SHIPS, RANK, YEAR)] + [
        fmt.span(first, second, MONEY),
        fmt.words(first),
    ]
    assert all(got)


@given(st.floats(min_value=1e-6, max_value=1e12), st.floats(min_value=0, max_value=1e12))
def test_change_says_the_direction(old: float, new: float) -> None:
    got = fmt.change(old, new).split(" ")[0]
    exp = {"unchanged"} if new == old else {"unchanged", "up"} if new > old else {"unchanged", "down"}
    assert got in exp


@pytest.mark.parametrize(
    ("value", "exp"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
        (122, "122nd"),
    ],
)
def test_ordinal(value: float, exp: str) -> None:
    assert fmt.ordinal(value) == exp


@pytest.mark.parametrize(("value", "exp"), [(0, "zero"), (12, "twelve"), (13, "13"), (2.5, "2.5"), (-1, "−1"), (1500, "1,500")])
def test_words(value: float, exp: str) -> None:
    assert fmt.words(value) == exp


@pytest.mark.parametrize(
    ("value", "unit", "exp"),
    [
        (244.81, MONEY, "USD\N{NO-BREAK SPACE}244.8\N{NO-BREAK SPACE}bn"),
        (65, SHARE, "65%"),
        (24, SHIPS, "24\N{NO-BREAK SPACE}ships"),
        (1, SHIPS, "1\N{NO-BREAK SPACE}ship"),
        (8, RANK, "8th"),
        (2021, YEAR, "2021"),
    ],
)
def test_quantity(value: float, unit: dict[str, str], exp: str) -> None:
    assert fmt.quantity(value, unit) == exp


def test_quantity_spelled() -> None:
    assert fmt.quantity(8, SHIPS, spelled=True) == "eight\N{NO-BREAK SPACE}ships"


def test_span() -> None:
    assert fmt.span(2, 2.5, MONEY) == "USD\N{NO-BREAK SPACE}2–2.5\N{NO-BREAK SPACE}bn"


@pytest.mark.parametrize(
    ("start", "end", "exp"),
    [
        ("2024-01-01", "2024-12-31", "2024"),
        ("2014-01-01", "2018-12-31", "2014–2018"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2025-01-01", "2025-10-31", "January–October 2025"),
        ("2023-07-01", "2024-06-30", "July 2023–June 2024"),
        ("2024-03-28", "2024-03-28", "28 March 2024"),
        ("2025-08-03", "2025-08-05", "3–5 August 2025"),
        ("2021-12-03", "2025-12-02", "3 December 2021 to 2 December 2025"),
        ("2022-02-01", "2024-02-28", "1 February 2022 to 28 February 2024"),
        ("", "2024-03-28", "28 March 2024"),
        ("2024-03-28", "", "28 March 2024"),
        ("2019", "2021-05", "2019 to May 2021"),
        ("2017", "2018", "2017–2018"),
        ("2020-09", "2020-10", "September–October 2020"),
        ("2019-12", "2020-02", "December 2019–February 2020"),
        ("2025-03", "2025-05-27", "March to 27 May 2025"),
        ("2025-08", "2025-08-27", "by 27 August 2025"),
        ("2025", "2025-08-27", "by 27 August 2025"),
        ("2025-08-31", "2025-09-03", "31 August to 3 September 2025"),
        ("", "", ""),
    ],
)
def test_period(start: str, end: str, exp: str) -> None:
    assert fmt.period(start, end) == exp


@given(st.dates(), st.dates())
def test_period_names_the_year_it_ends_in(one: object, other: object) -> None:
    start, end = sorted([str(one), str(other)])
    assert str(int(end[:4])) in fmt.period(start, end)


@pytest.mark.parametrize(("text", "exp"), [("2024-03-28", "28 March 2024"), ("2024-03", "March 2024"), ("2024", "2024"), ("", "")])
def test_day(text: str, exp: str) -> None:
    assert fmt.day(text) == exp


@pytest.mark.parametrize(
    ("old", "new", "exp"),
    [
        (100, 112, "up 12%"),
        (100, 93.1, "down 6.9%"),
        (100, 100.01, "unchanged"),
        (100, 100.3, "up 0.3%"),
        (1, 13.34, "up 1,200%"),
        (5, 0, "down 100%"),
    ],
)
def test_change(old: float, new: float, exp: str) -> None:
    assert fmt.change(old, new) == exp


@pytest.mark.parametrize(("value", "exp"), [(None, False), (float("nan"), False), (0.0, True)])
def test_known(value: float | None, exp: bool) -> None:
    assert fmt.known(value) is exp


def test_every_unit_of_the_briefing_can_be_written(root: Path) -> None:
    units = load(root / "data")["units"].to_dict("records")
    got = [unit["unit"] for unit in units if "nan" in fmt.quantity(3.0, unit) or not fmt.quantity(3.0, unit).strip()]
    assert got == []
