"""Countries as publishers name them: ISO codes, numbers and names, turned into the codes of partners.csv."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CHINA = "CHN"
USA = "USA"
RUSSIA = "RUS"

# Numbers by which UN Comtrade names its reporters (M49, but 699 for India and 842 for the United States).
COMTRADE = {
    156: "CHN", 643: "RUS", 408: "PRK", 364: "IRN", 586: "PAK", 112: "BLR", 116: "KHM", 418: "LAO", 104: "MMR", 688: "SRB", 862: "VEN",
    192: "CUB", 699: "IND", 704: "VNM", 398: "KAZ", 76: "BRA", 710: "ZAF", 348: "HUN", 276: "DEU", 392: "JPN", 410: "KOR",
    842: "USA",
}  # fmt: skip
# Numbers of the Correlates of War project, by which Voeten's roll calls name states; Serbia goes on under Yugoslavia's.
COW = {
    710: "CHN", 365: "RUS", 731: "PRK", 630: "IRN", 770: "PAK", 370: "BLR", 811: "KHM", 812: "LAO", 775: "MMR", 345: "SRB", 101: "VEN",
    40: "CUB", 750: "IND", 816: "VNM", 705: "KAZ", 140: "BRA", 560: "ZAF", 310: "HUN", 255: "DEU", 740: "JPN", 732: "KOR", 2: "USA",
}  # fmt: skip
# Names that publishers use beside those of partners.csv and countries.csv (SIPRI, IMF 2025, IMF before 2025).
NAMES = {
    "CHN": ("China, People's Republic of", "China, P.R.: Mainland", "China, P.R. Mainland"),
    "RUS": ("Russian Federation",),
    "PRK": ("Korea, Democratic People's Republic of", "Korea, Dem. People's Rep. of", "Democratic People's Republic of Korea"),
    "IRN": ("Iran, Islamic Republic of", "Iran, Islamic Rep. of", "Islamic Republic of Iran"),
    "BLR": ("Belarus, Republic of", "Belarus, Rep. of", "Republic of Belarus"),
    "LAO": ("Lao People's Democratic Republic", "Lao People's Dem. Rep.", "Lao PDR"),
    "SRB": ("Serbia, Republic of", "Serbia, Rep. of", "Republic of Serbia"),
    "VEN": ("Venezuela, República Bolivariana de", "Venezuela, Rep. Bolivariana de", "República Bolivariana de Venezuela"),
    "VNM": ("Viet Nam",),
    "KAZ": ("Kazakhstan, Republic of", "Kazakhstan, Rep. of", "Republic of Kazakhstan"),
    "KOR": ("Korea, Republic of", "Korea, Rep. of", "Republic of Korea"),
    "USA": ("United States of America",),
    "TUR": ("Türkiye, Republic of", "Republic of Türkiye", "Turkiye", "Turkey"),
    "GBR": ("United Kingdom of Great Britain and Northern Ireland",),
    "HKG": ("Hong Kong Special Administrative Region, People's Republic of China", "China, P.R.: Hong Kong"),
    "MAC": ("Macao Special Administrative Region, People's Republic of China", "China, P.R.: Macao"),
    "TWN": ("Taiwan Province of China", "Taiwan Prov.of China"),
    "NLD": ("Netherlands, The", "The Netherlands"),
    "POL": ("Poland, Republic of", "Republic of Poland"),
    "CZE": ("Czech Republic", "Czech Rep."),
    "SVK": ("Slovak Republic", "Slovak Rep."),
    "HRV": ("Croatia, Republic of", "Croatia, Rep. of"),
    "SVN": ("Slovenia, Republic of", "Slovenia, Rep. of"),
    "EGY": ("Egypt, Arab Republic of", "Egypt, Arab Rep. of"),
    "ARE": ("UAE",),
    "COD": ("Congo, Democratic Republic of the", "DR Congo"),
}


def plain(name: str) -> str:
    """A name as it is compared: without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", name)
    return " ".join(re.findall(r"[a-z0-9]+", "".join(mark for mark in letters if not unicodedata.combining(mark)).casefold()))


@dataclass(frozen=True)
class Countries:
    """Who is a partner, and how names and codes of files become the codes of the tables."""

    partners: tuple[str, ...]
    codes: frozenset[str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, partners: Iterable[Mapping[str, str]], countries: Iterable[Mapping[str, str]]) -> Countries:
        """From the rows of partners.csv and countries.csv."""
        known = {row["country"]: row["name"] for row in countries} | {row["partner"]: row["name"] for row in partners}
        names = {plain(name): code for code, name in known.items()}
        for code, others in NAMES.items():
            names |= {plain(other): code for other in others}
        return cls(tuple(row["partner"] for row in partners), frozenset(known) | {CHINA}, names | {"china": CHINA})

    def find(self, code: str = "", name: str = "", number: str = "", numbers: Mapping[int, str] | None = None) -> str:
        """The code of a country, from the first of code, number and name that says one; "" for aggregates and unknown areas."""
        if code.strip().upper() in self.codes:
            return code.strip().upper()
        if numbers and number.strip().isdecimal() and number.strip().isascii() and (found := numbers.get(int(number))):
            return found
        return self.names.get(plain(name), "")

    def said(self, code: str) -> str:
        """Why a country gives no row."""
        return "not a partner of partners.csv" if code else "an aggregate, or a country unknown to countries.csv"
