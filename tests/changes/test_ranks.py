"""Ranks and verdicts that moved."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.changes.ranks import PUBLISHED, Rank, published, rank_changes, verdict_changes
from helpers.changes.sides import SideTable
from helpers.tables.load import Tables


def ranking(**medians: float) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"country": code, "label": code.title(), "main": code == "LAO", "low": 1.0, "median": median, "high": 90.0}
            for code, median in medians.items()
        ]
    )


def claims(**verdicts: str) -> SideTable:
    frame = pd.DataFrame(
        [{"claim_id": name, "partner": "LAO", "claim": "It holds", "verdict": verdict} for name, verdict in verdicts.items()],
        columns=["claim_id", "partner", "claim", "verdict"],
    )
    return SideTable(list(frame.columns), ["claim_id"], dict.fromkeys(frame.columns, "string"), frame)


def test_partners_come_first_then_the_widest_shift() -> None:
    got = rank_changes(ranking(AGO=5, KEN=9, LAO=6), ranking(AGO=8, KEN=1, LAO=7))
    assert [(change.country, change.shift) for change in got] == [("LAO", 1), ("KEN", -8), ("AGO", 3)]


def test_a_rank_that_stayed_is_not_told() -> None:
    assert rank_changes(ranking(AGO=5), ranking(AGO=5)) == []


def test_an_interval_alone_is_told_last_and_is_no_move() -> None:
    got = rank_changes(ranking(AGO=5, LAO=6), ranking(AGO=8, LAO=6).assign(high=91.0))
    assert [(change.country, change.moved) for change in got] == [("AGO", True), ("LAO", False)]


def test_a_country_ranked_on_one_side_has_no_rank_on_the_other() -> None:
    got = rank_changes(ranking(), ranking(AGO=5))[0]
    assert (got.old, got.new) == (None, Rank(1.0, 5.0, 90.0))


def test_without_a_ranking_on_one_side_nothing_is_told() -> None:
    assert rank_changes(None, ranking(AGO=5)) == []


def test_a_verdict_that_moved_has_both() -> None:
    got = verdict_changes(claims(a="confirmed", b="outdated"), claims(a="contradicted", b="outdated"))
    assert [(change.claim, change.old, change.new) for change in got] == [("a", "confirmed", "contradicted")]


def test_a_new_claim_has_no_verdict_that_moved() -> None:
    assert verdict_changes(claims(), claims(a="confirmed")) == []


def test_the_ranking_of_an_edition_is_read_from_its_exhibit(tmp_path: Path) -> None:
    (tmp_path / "data" / "figures").mkdir(parents=True)
    (tmp_path / "data" / "figures" / PUBLISHED).write_text("country,label,main,low,median,high,place\nLAO,Laos,True,1,6,38,3\n")
    frame = published(tmp_path)
    assert frame is not None
    assert frame.to_dict("records") == [{"country": "LAO", "label": "Laos", "main": True, "low": 1.0, "median": 6.0, "high": 38.0}]


def test_an_edition_without_that_exhibit_has_no_ranking(tmp_path: Path) -> None:
    assert published(tmp_path) is None


def test_tables_too_small_for_the_index_have_no_ranking(small_tables: Tables) -> None:
    from helpers.changes.ranks import computed

    assert computed(small_tables) is None
