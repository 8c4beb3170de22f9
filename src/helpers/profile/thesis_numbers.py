"""The numbers that prose about the thesis can name: text, and the exhibit they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from helpers.alignment.uncertainty import SEED
from helpers.facts import format as fmt
from helpers.profile import thesis_readings as source
from helpers.profile.compare import listed
from helpers.profile.thesis_axes import dependence
from helpers.profile.thesis_groups import FIRST_YEAR, hub, nearer
from helpers.profile.thesis_index import TOP, lift
from helpers.profile.thesis_study import FRONT, VOTES, Study
from helpers.tables.load import Tables

SURE = 95.0  # percent of the draws in which something must hold to be called firm
BOUND = ("defence", "offence", "neutrality", "consultation")
_last: list[tuple[Tables, Study]] = []


def study_of(tables: Tables, weights: Mapping[str, float] | None = None) -> Study:
    """The study of these tables: one made anew when weights are given, else the last one made, so that prose and exhibits agree."""
    if weights is None and _last and _last[0][0] is tables:
        return _last[0][1]
    _last[:] = [(tables, Study(tables, weights))]
    return _last[0][1]


def closeness(study: Study, code: str) -> str:
    """Median rank of a country with its 90 % interval: 20th (6th–67th)."""
    if not study.ready or code not in study.by_code.index:
        return "not ranked"
    row = study.by_code.loc[code]
    return _ranks(row["low"], row["median"], row["high"])


def closer(study: Study) -> list[str]:
    """Unlisted countries that rank closer than the median partner in at least 95 % of the draws, closest first."""
    ours = study.matrix.values.index.isin(study.marked)
    middle = np.median(study.drawn[:, ours], axis=1)
    sure = 100 * (study.drawn < middle[:, None]).mean(axis=0) >= SURE
    codes = set(study.matrix.values.index[sure & ~ours])
    return [code for code in study.ranking["country"] if code in codes]


def upper(study: Study, part: float) -> list[str]:
    """Partners that are in the closest part of the ranking in at least 95 % of the draws, closest first."""
    limit = part * len(study.matrix.values)
    inside = dict(zip(study.matrix.values.index, 100 * (study.drawn <= limit).mean(axis=0), strict=True))
    return [code for code in study.ranking["country"] if code in study.marked and inside[code] >= SURE]


def numbers(study: Study) -> dict[str, tuple[Callable[[], str], str]]:
    """How each number is computed, and the exhibit that shows it, by name; computed only when asked for."""
    names = study.names
    frame = study.ranking
    front = frame.head(FRONT)

    def named(codes: list[str]) -> str:
        return listed([names[code] for code in codes])

    def tops(indicator: str) -> str:
        rows = study.standing.query("indicator == @indicator and country in @study.marked")
        return f"{fmt.words(int((rows['percentile'] >= TOP).sum()))} of {fmt.words(len(rows))}"

    def top_names(indicator: str) -> str:
        rows = study.standing.query("indicator == @indicator and country in @study.marked").sort_values("rank")
        return named(list(rows[rows["percentile"] >= TOP]["country"]))

    def votes(place: int) -> str:
        found = source.readings(study.tables, [VOTES])
        year = (FIRST_YEAR, found["year"].max())[place]
        return f"{nearer(found, study.tables.chapters, year):.0f}%"

    def luck() -> str:
        generator = np.random.default_rng(SEED)
        median = frame["median"].to_numpy(dtype=float)
        size = len(study.marked)
        drawn = median[np.argpartition(generator.random((10_000, len(median))), size, axis=1)[:, :size]].mean(axis=1)
        part = 100 * float((drawn <= frame[frame["main"]]["median"].mean()).mean())
        return f"{part:.1f}%" if part >= 0.1 else "fewer than 0.1%"

    def moved(factor: str) -> str:
        rows = study.sobol.query("output == 'mean shift in rank' and factor == @factor")
        return f"{rows['total'].iloc[0]:.2f} (±{rows['total_error'].iloc[0]:.2f})"

    def weighty() -> str:
        ours = dependence(study).reindex(study.tables.chapters)["imports_intensity"].dropna()
        return f"{fmt.words(int((ours > 1).sum()))} of {fmt.words(len(ours))}"

    def together() -> str:
        return f"{dependence(study).reindex(study.tables.chapters)['country_in_china'].sum():.1f}%"

    return {
        "ranked": (lambda: fmt.number(len(frame)), "coverage"),
        "complete": (lambda: fmt.number(int((frame["dimensions"] == len(study.matrix.dimensions)).sum())), "coverage"),
        "draws": (lambda: fmt.number(study.draws), "ranks"),
        "front": (lambda: fmt.number(FRONT), "ranks"),
        "front_partners": (lambda: fmt.words(int(front["main"].sum())), "ranks"),
        "front_bound": (lambda: fmt.words(int(front["country"].map(study.duties).isin(BOUND).sum())), "central"),
        "bound": (lambda: fmt.words(int(frame["country"].map(study.duties).isin(BOUND).sum())), "central"),
        "quarter": (lambda: fmt.words(int((frame.index[frame["main"]] < len(frame) / 4).sum())), "map"),
        "quarter_sure": (lambda: named(upper(study, 0.25)), "ranks"),
        "quarter_size": (lambda: fmt.number(len(frame) // 4), "map"),
        "half_size": (lambda: fmt.number(len(frame) // 2), "map"),
        "lift_agreement": (lambda: f"{100 * lift(study, 'unga_agreement_china_2025'):.0f}%", "positions"),
        "lift_final": (lambda: f"{100 * lift(study, 'unga_idealpoint_fp_distance_china'):.0f}%", "positions"),
        "lift_all": (lambda: f"{100 * lift(study, 'unga_idealpoint_all_distance_china'):.0f}%", "positions"),
        "lift_arms": (lambda: f"{100 * lift(study, 'arms_share_china_5y'):.0f}%", "positions"),
        "lift_imports": (lambda: f"{100 * lift(study, 'imts_china_share_of_imports'):.0f}%", "positions"),
        "half_unsure": (lambda: named([code for code in study.marked if code not in upper(study, 0.5)]), "ranks"),
        "lift": (lambda: _chance(study.lift), "ranks"),
        "lift_partners": (lambda: _chance(study.treaty_lift["partners"]), "reference"),
        "lift_allies": (lambda: _chance(study.treaty_lift["allies"]), "reference"),
        "lift_distant": (lambda: _chance(study.treaty_lift["distant allies"]), "reference"),
        "allies": (lambda: fmt.number(len(study.allies)), "reference"),
        "luck": (luck, "ranks"),
        "closer": (lambda: fmt.words(len(closer(study))), "ranks"),
        "closer_names": (lambda: named(closer(study)), "ranks"),
        "unlisted_front": (lambda: named(list(front[~front["main"]]["country"])), "ranks"),
        "kotra": (lambda: _ranks(*study.kotra) if study.kotra else "not ranked", "ranks"),
        "votes_first": (lambda: votes(0), "change"),
        "votes_last": (lambda: votes(1), "change"),
        "top_votes": (lambda: tops("unga_agreement_china_2025"), "positions"),
        "top_arms": (lambda: tops("arms_share_china_5y"), "positions"),
        "top_arms_names": (lambda: top_names("arms_share_china_5y"), "positions"),
        "top_exports": (lambda: tops("imts_china_share_of_exports"), "positions"),
        "top_imports": (lambda: tops("imts_china_share_of_imports"), "positions"),
        "imports_above": (weighty, "asymmetry"),
        "together": (together, "asymmetry"),
        "hub": (lambda: "{1} of {2}".format(*hub(study)), "axis"),
        "cohesion": (lambda: f"{study.cohesion['own']:.2f}", "axis"),
        "cohesion_random": (
            lambda: f"{study.cohesion['median']:.2f} ({study.cohesion['low']:.2f}–{study.cohesion['high']:.2f})",
            "axis",
        ),
        "cohesion_chance": (lambda: f"{study.cohesion['closer']:.0f}%", "axis"),
        "silhouette": (lambda: f"{study.clusters[3][study.best_cut]:.2f}", "typology"),
        "types_index": (lambda: f"{study.type_agreement[0]:.2f}", "typology"),
        "types_chance": (lambda: f"{100 * study.type_agreement[1]:.0f}%", "typology"),
        "sobol_weights": (lambda: moved("weights"), "sensitivity"),
        "sobol_missing": (lambda: moved("missing values"), "sensitivity"),
        "sobol_aggregation": (lambda: moved("aggregation"), "sensitivity"),
    }


def _ranks(low: float, median: float, high: float) -> str:
    return f"{fmt.ordinal(median)} ({fmt.ordinal(low)}–{fmt.ordinal(high)})"


def _chance(drawn: np.ndarray) -> str:
    low, middle, high = np.quantile(drawn, [0.05, 0.5, 0.95])
    return f"{100 * middle:.0f}% ({100 * low:.0f}–{100 * high:.0f}%)"


NAMES = (
    "ranked", "complete", "draws", "front", "front_partners", "front_bound", "bound", "quarter", "quarter_sure", "quarter_size",
    "half_size", "lift_agreement", "lift_final", "lift_all", "lift_arms", "lift_imports", "half_unsure", "lift", "lift_partners",
    "lift_allies", "lift_distant", "allies", "luck", "closer", "closer_names", "unlisted_front", "kotra", "votes_first",
    "votes_last", "top_votes", "top_arms", "top_arms_names", "top_exports", "top_imports", "imports_above", "together", "hub",
    "cohesion", "cohesion_random", "cohesion_chance", "silhouette", "types_index", "types_chance", "sobol_weights",
    "sobol_missing", "sobol_aggregation",
)  # fmt: skip
