"""Numbers typed into prose: the check that fails on one that no table backs."""

from __future__ import annotations

import re

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# The oil unit mb/d spelled out: the name of a measure and no amount.
_UNITS = re.compile(r"(?<!\d )(?<!\d)\bmillion barrels (?:of oil )?a day\b")
_REFERENCE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TARGET = re.compile(r"\]\([^)]*\)|\{[.#][^}]*\}|https?://\S+")
_DATES = (
    re.compile(rf"(?<!\d)\d{{1,2}}(?:[–-]\d{{1,2}})?\s{MONTH}(?:\s\d{{4}})?"),
    re.compile(rf"{MONTH}\s\d{{1,2}}\b"),
)
_MEASURES = "%|percent|bn|Mt|tonnes|barrels|people|vessels|ships|passengers|km|MW|dollars|euros|votes"
_YEARS = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?:[–/-](?:(?:1[89]|20)\d\d|\d\d))?s?(?!\d|[.,]\d)" + rf"(?!\s?(?:{_MEASURES}))")
# Proper names that hold a number: S-400, 5G, Resolution 2774. Amounts with a currency or a unit against them are no names.
_NAMES = re.compile(
    r"\b(?:Three Gorges|(?!(?:USD|EUR|CNY|RMB)\d)[A-Za-z]+-?\d[\w./-]*|\d+(?!(?:Mt|MW|GW|M|K|B|T)\b)[A-Z]\w*"
    r"|(?:[Rr]esolution|[Aa]rticles?|[Ss]ection|Phase|Siberia|CPEC|Lane|Line|Chapter|Group of|Type|Vostok|Zapad|Tsentr|Guardian|Belt|"
    r"Shield|Dragon|Interaction|Route|Highway|Annex|Protocol|Unit|Block|Hualong|Chashma|No\.)"
    r"[\s\u00a0-](?:[IVX]+|\d[\d.,-]*\d|\d)(?:\s(?:and|to|or)\s\d+)*)"
)
_WORDS = re.compile(
    r"\b(three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|percent|per cent|twice|thrice|"
    r"tripled?|doubled?|halved?|half|quarters?|two-thirds|tenfold|twofold)\b",
    re.IGNORECASE,
)


def typed_numbers(text: str) -> list[tuple[int, str]]:
    """Line and wording of each number typed by hand.

    References, links, years, dates, the unit "million barrels a day" and proper names that contain a number (S-400,
    Resolution 2774) are not counted;
    number words from three up and measured words such as half, million or percent are.
    """
    blank = _REFERENCE.sub(lambda found: "\n" * found[0].count("\n"), text)
    blank = _TARGET.sub("]", blank)
    found: list[tuple[int, str]] = []
    for line, content in enumerate(blank.splitlines(), 1):
        for pattern in (_UNITS, *_DATES, _NAMES, _YEARS):
            content = pattern.sub("", content)
        found += [(line, match[0].rstrip(".,")) for match in re.finditer(r"\d[\d.,]*", content)]
        found += [(line, match[0]) for match in _WORDS.finditer(content)]
    return found
