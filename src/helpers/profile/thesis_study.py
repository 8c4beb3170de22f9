"""Everything the test of the thesis rests on, computed once: the index, its uncertainty, and the comparisons built on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from helpers import kept
from helpers.alignment import distribution, network, scores, sensitivity, uncertainty
from helpers.alignment import groups as grouping
from helpers.alignment.matrix import Matrix
from helpers.errors import InputError
from helpers.profile import thesis_readings as source
from helpers.profile.across import DUTIES, written_duties
from helpers.tables.findings import nearest
from helpers.tables.load import Tables

LEAST_COUNTRIES = 10  # with fewer, no rank means anything
LEAST_PARTNERS = 3  # a tree needs three leaves, a group a spread
FRONT = 20  # how many countries count as the closest
TYPES = ("resource provider", "geopolitical buffer", "logistical node")  # the words of the articles' conclusion
VOTES = "unga_idealpoint_fp_distance_china"
KOTRA = "prk_china_share_kotra"


class Study:
    """The numbers behind the test; every part is computed when first asked for, with fixed seeds.

    `weights` gives dimensions a weight; what it does not name weighs one. Raises InputError for an unknown dimension, a negative
    weight, or none above zero.
    """

    def __init__(self, tables: Tables, weights: Mapping[str, float] | None = None, draws: int = uncertainty.DRAWS) -> None:
        self.tables = tables
        self.draws = draws
        self.asked = dict(weights or {})
        check_weights(self.asked, list(dict.fromkeys(tables["framework"]["dimension"])))

    @cached_property
    def matrix(self) -> Matrix:
        """Countries by indicators; dimensions that a reviewer gives no weight are left out."""
        return source.matrix(self.tables, [name for name, weight in self.asked.items() if weight == 0])

    @cached_property
    def ready(self) -> bool:
        """Whether there are enough countries to rank."""
        return len(source.framework(self.tables)) > 1 and len(self.matrix.values) >= LEAST_COUNTRIES

    @property
    def shown(self) -> bool:
        """Whether there are enough ranked partners to test the thesis on."""
        return self.ready and len(self.marked) >= LEAST_PARTNERS

    @cached_property
    def weights(self) -> np.ndarray:
        """Weights of the dimensions, adding up to one."""
        chosen = np.array([float(self.asked.get(name, 1.0)) for name in self.matrix.dimensions])
        return np.array(chosen / chosen.sum())

    @property
    def reweighted(self) -> bool:
        """Whether a reviewer has set weights that are not all equal."""
        return len({float(self.asked.get(name, 1.0)) for name in self.tables["framework"]["dimension"]}) > 1

    @cached_property
    def values(self) -> np.ndarray:
        """The matrix as an array."""
        return np.asarray(self.matrix.values.to_numpy())

    @cached_property
    def drawn(self) -> np.ndarray:
        """Ranks in every draw, countries in the order of the matrix."""
        return kept.again(uncertainty.simulate, self.values, self.matrix.groups, self.weights, self.draws)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """One row a ranked country, closest first: `country`, `label`, `main`, `low`, `median`, `high`, `plain`, `front`, `dimensions`.

        `low` to `high` holds 90 % of the draws; `plain` is the rank by min-max, arithmetic mean and the readings there are; `front`
        the part of the draws in which the country is among the closest twenty, in percent.
        """
        low, median, high = uncertainty.quantiles(self.drawn)
        plain = scores.ranks(scores.index(self.values, self.matrix.groups, self.weights))
        has = self.matrix.values.notna().T.groupby(self.matrix.dimension).any().sum()
        frame = pd.DataFrame(
            {
                "country": self.matrix.values.index,
                "label": [self.names[code] for code in self.matrix.values.index],
                "main": self.matrix.values.index.isin(self.tables.chapters),
                "low": low,
                "median": median,
                "high": high,
                "plain": plain,
                "front": 100 * (self.drawn <= FRONT).mean(axis=0),
                "dimensions": has.to_numpy(),
            }
        )
        return frame.sort_values(["median", "high", "country"], kind="stable", ignore_index=True)

    @cached_property
    def by_code(self) -> pd.DataFrame:
        """The ranking by country code."""
        return self.ranking.set_index("country", drop=False)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by code."""
        return source.names(self.tables)

    @cached_property
    def marked(self) -> list[str]:
        """Partners that are ranked, in chapter order."""
        return [code for code in self.tables.chapters if code in self.matrix.values.index]

    @cached_property
    def sobol(self) -> pd.DataFrame:
        """Sensitivity indices for the mean shift in rank and for each partner's rank."""
        rows = {code: int(self.matrix.values.index.get_loc(code)) for code in self.marked}
        return kept.again(sensitivity.sobol, self.values, self.matrix.groups, self.weights, rows)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """Rank and percentile of every country on every indicator."""
        return distribution.standing(self.matrix.values)

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """Plain rank of the partners without one indicator at a time: `country`, `indicator`, `rank`."""
        rows = []
        for place, name in enumerate(self.matrix.values.columns):
            rank = scores.ranks(scores.index(self.values, self.matrix.groups, self.weights, left_out=place))
            rows += [
                {"country": code, "indicator": name, "rank": float(rank[self.matrix.values.index.get_loc(code)])} for code in self.marked
            ]
        return pd.DataFrame(rows)

    @cached_property
    def duties(self) -> dict[str, str]:
        """Strongest duty that binds China towards each country: ATOP's last year, and for partners the treaties in force since."""
        strongest: dict[str, str] = {}
        for duty in reversed(DUTIES):
            name = f"atop_china_{duty.replace('-', '')}"
            found = source.readings(self.tables, [name])
            if len(found):
                last = found[(found["year"] == found["year"].max()) & (found["value"] == 1)]
                strongest |= dict.fromkeys(last["country"], duty)
        for code in self.tables.chapters:
            written = written_duties(self.tables, code)
            options = [duty for duty in DUTIES if duty in written or duty == strongest.get(code)]
            if options:
                strongest[code] = options[0]
        return strongest

    @cached_property
    def lift(self) -> np.ndarray:
        """Chance in each draw that a random partner ranks closer than a random other country."""
        ours = self.matrix.values.index.isin(self.marked)
        return kept.again(distribution.superiority, self.drawn[:, ours], self.drawn[:, ~ours])

    @cached_property
    def pooled(self) -> tuple[pd.DataFrame, np.ndarray]:
        """Ties to China and ties to the United States ranked together: rows (`country`, `power`) and their ranks in every draw."""
        frame = source.framework(self.tables)
        frame = frame[frame["usa"] != ""]
        china = source.matrix_of(self.tables, frame)
        usa = source.matrix_of(self.tables, frame.assign(indicator=frame["usa"]), turned=frame)
        usa.values.columns = china.values.columns
        values = pd.concat([china.values.drop(index="USA", errors="ignore"), usa.values.drop(index="USA", errors="ignore")])
        power = np.where(np.arange(len(values)) < len(values) - len(usa.values), "China", "United States")
        rows = pd.DataFrame({"country": values.index, "power": power})
        weights = np.full(len(china.dimensions), 1 / len(china.dimensions))
        return rows, kept.again(uncertainty.simulate, values.to_numpy(), china.groups, weights, self.draws)

    @cached_property
    def allies(self) -> dict[str, bool]:
        """Countries that the United States must defend by ATOP's last year; true for those outside the inter-American system."""
        found = source.readings(self.tables, ["atop_usa_defence"])
        bound = found[(found["value"] == 1) & (found["year"] == found["year"].max())]["country"] if len(found) else []
        region = dict(zip(self.tables["countries"]["country"], self.tables["countries"]["region"], strict=True))
        return {code: region.get(code) != "America" or code == "CAN" for code in bound}

    def group_ranks(self, power: str, codes: list[str]) -> np.ndarray:
        """Pooled ranks of the ties of some countries to one power, one row a draw."""
        rows, drawn = self.pooled
        return np.asarray(drawn[:, ((rows["power"] == power) & rows["country"].isin(codes)).to_numpy()])

    @cached_property
    def treaty_lift(self) -> dict[str, np.ndarray]:
        """Chance in each draw that a listed tie ranks closer than an unlisted one: partners and China, allies and the United States."""
        rows, _ = self.pooled
        everyone = list(rows["country"].unique())
        found = {}
        for name, power, codes in (
            ("partners", "China", self.tables.chapters),
            ("allies", "United States", list(self.allies)),
            ("distant allies", "United States", [code for code, distant in self.allies.items() if distant]),
        ):
            others = [code for code in everyone if code not in codes and not (power == "United States" and code in self.allies)]
            inside, outside = self.group_ranks(power, codes), self.group_ranks(power, others)
            if inside.size and outside.size:
                found[name] = kept.again(distribution.superiority, inside, outside)
        return found

    @cached_property
    def clusters(self) -> tuple[list[str], np.ndarray, np.ndarray, dict[int, float]]:
        """Partners, their distances, the tree, and the mean silhouette for each number of groups.

        Indicators are standardised over all ranked countries, so that a difference is measured against the world.
        """
        scaled = (scores.normalise(self.values, "z-score") - 50) / 10
        places = [int(self.matrix.values.index.get_loc(code)) for code in self.marked]
        distance = grouping.distances(scaled[places])
        linked = grouping.tree(distance)
        counts = range(2, min(7, len(places)))
        widths = {count: float(grouping.silhouette(distance, grouping.cut(linked, count)).mean()) for count in counts}
        return self.marked, distance, linked, widths

    @cached_property
    def best_cut(self) -> int:
        """Number of groups with the widest mean silhouette."""
        widths = self.clusters[3]
        return max(widths, key=lambda count: widths[count])

    @cached_property
    def types(self) -> dict[str, str]:
        """The articles' type of each partner, where its role in partners.csv names one."""
        found = {}
        for code in self.tables.chapters:
            role = str(self.tables.partners.loc[code, "role"])
            named = [kind for kind in TYPES if kind in role]
            if named:
                found[code] = named[0]
        return found

    @cached_property
    def type_agreement(self) -> tuple[float, float]:
        """Agreement of the articles' types with as many groups in the data."""
        return self.agreement(self.types, len(TYPES))

    def agreement(self, given: dict[str, str], count: int) -> tuple[float, float]:
        """Adjusted Rand index of a given grouping and of the tree cut into so many groups, and its chance level."""
        marked, _, linked, _ = self.clusters
        places = [place for place, code in enumerate(marked) if code in given]
        found = grouping.cut(linked, count)[places]
        named = np.array([given[marked[place]] for place in places])
        return grouping.adjusted_rand(found, named), kept.again(grouping.chance, found, named, uncertainty.SEED)

    @cached_property
    def cohesion(self) -> dict[str, float]:
        """Mean distance of the partners' votes from one another against random sets of as many countries, by ideal point."""
        found = source.readings(self.tables, ["unga_idealpoint_fp"])
        points = found[found["year"] == found["year"].max()].set_index("country")["value"]
        ours = points.reindex(self.tables.chapters).dropna()
        if len(ours) < 3:
            return {}
        drawn = network.random_spreads(points.to_numpy(), len(ours), uncertainty.SEED)
        own = network.spread(ours.to_numpy())
        return {
            "count": float(len(ours)),
            "year": float(found["year"].max()),
            "own": own,
            "median": float(np.median(drawn)),
            "low": float(np.quantile(drawn, 0.05)),
            "high": float(np.quantile(drawn, 0.95)),
            "closer": 100 * float((drawn <= own).mean()),
        }

    @cached_property
    def kotra(self) -> tuple[float, ...]:
        """Low, median and high rank of North Korea if KOTRA's share of China stood for its missing trade shares; empty without them."""
        found = source.readings(self.tables, [KOTRA])
        columns = [name for name in self.matrix.values.columns if self.matrix.dimension[name] == "trade"]
        if found.empty or "PRK" not in self.matrix.values.index or self.matrix.values.loc["PRK", columns].notna().any():
            return ()
        values = self.matrix.values.copy()
        values.loc["PRK", columns] = found.sort_values("year")["value"].iloc[-1]
        drawn = kept.again(uncertainty.simulate, values.to_numpy(), self.matrix.groups, self.weights, self.draws)
        place = int(values.index.get_loc("PRK"))
        return tuple(float(part[place]) for part in uncertainty.quantiles(drawn))


def check_weights(weights: Mapping[str, float], dimensions: list[str]) -> None:
    """Refuse weights that name no dimension, are negative or no number, or leave nothing."""
    for name, value in weights.items():
        if name not in dimensions:
            raise InputError(
                f'no dimension "{name}"', "weights", f"choose one of {', '.join(dimensions)}; nearest is {nearest(name, dimensions)!r}"
            )
        if not (isinstance(value, int | float) and np.isfinite(value) and value >= 0):
            raise InputError(f"the weight of {name} is {value!r}", "weights", "give a number of zero or more")
    if weights and dimensions and not any(weights.get(name, 1.0) > 0 for name in dimensions):
        raise InputError("all weights are zero", "weights", "give at least one dimension a weight above zero")
