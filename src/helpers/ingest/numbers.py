"""Numbers of native files, and how the tables round them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

# Publishers' marks for "no value": World Bank .., IMF ... and n/a, UN Comtrade an empty cell.
MISSING = {"", "..", "...", "-", "--", "n/a", "na", "nan", "null", "none"}
_NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Rounding:
    """How many places, or how many significant digits, the values of an indicator have in series.csv."""

    places: int | None = None
    digits: int | None = None

    def step(self, value: Decimal) -> Decimal:
        """The last place kept of a value."""
        if self.places is not None:
            return Decimal(1).scaleb(-self.places)
        return Decimal(1).scaleb((value.adjusted() if value else 0) - (self.digits or 1) + 1)

    def rounded(self, value: Decimal) -> Decimal:
        """The value to its last place kept; halves to even, as everywhere in the tables."""
        with localcontext() as context:
            context.prec = 60
            step = self.step(value)
            return (value / step).to_integral_value(ROUND_HALF_EVEN) * step

    def spelled(self, value: Decimal) -> str:
        """The value as series.csv spells it: plain digits, no zeros at the end."""
        text = format(self.rounded(value), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text

    def agrees(self, value: Decimal, standing: Decimal) -> bool:
        """Whether the standing value is this one rounded, whichever way a half was rounded."""
        with localcontext() as context:
            context.prec = 60
            return abs(value - standing) <= self.step(value) / 2


def agrees_coarsely(value: Decimal, standing: Decimal) -> bool:
    """Whether a standing value with decimals is this one rounded to them, fewer as they may be than the rule of its indicator."""
    places = -int(standing.as_tuple().exponent)
    return places > 0 and Rounding(places=places).agrees(value, standing)


def missing(text: str) -> bool:
    """Whether a cell says that there is no value."""
    return text.strip().casefold() in MISSING


def number(text: str) -> Decimal | None:
    """A number in plain digits; None for anything else.

    A comma is refused: in a file saved again by a spreadsheet program it may divide thousands or decimals.
    """
    text = text.strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def year(text: str) -> int | None:
    """A calendar year; UN Comtrade's downloads have been seen with 2024.0."""
    match = re.fullmatch(r"([12]\d{3})(\.0+)?", text.strip(), re.ASCII)
    return int(match[1]) if match else None
