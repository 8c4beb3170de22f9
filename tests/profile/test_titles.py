"""Titles of reference tables count what stands below them."""

from __future__ import annotations

import pandas as pd

from helpers.profile import titles


def test_projects_counts_what_is_there() -> None:
    rows = pd.DataFrame({"status": ["operating", "planned", "completed"]})
    assert titles.projects(rows) == "Of three projects in the evidence two are in use or complete"


def test_projects_of_which_none_came_to_be() -> None:
    rows = pd.DataFrame({"status": ["stalled"]})
    assert titles.projects(rows) == "Of one project in the evidence none are in use or complete"


def test_instruments_counts_duties_of_china() -> None:
    rows = pd.DataFrame({"obligations": ["none", "defence consultation"], "parties": "CHN ALP", "status": "in force", "form": "treaty"})
    assert titles.instruments(rows, "Alpland") == "Treaties and agreements, Alpland: one of two puts a duty on China"


def test_instruments_leaves_out_pacts_of_third_states() -> None:
    rows = pd.DataFrame({"obligations": ["defence"], "parties": ["ALP USA"], "status": ["in force"], "form": "treaty"})
    assert titles.instruments(rows, "Alpland") == "Treaties and agreements, Alpland: none of one puts a duty on China"


def test_instruments_leaves_out_lapsed_pacts() -> None:
    rows = pd.DataFrame({"obligations": ["defence"], "parties": ["ALP CHN"], "status": ["expired"], "form": "treaty"})
    assert titles.instruments(rows, "Alpland") == "Treaties and agreements, Alpland: none of one puts a duty on China"


def test_instruments_counts_a_treaty_and_its_coding_once() -> None:
    rows = pd.DataFrame(
        {"obligations": "defence", "parties": "ALP CHN", "status": ["in force", "unknown"], "form": ["treaty", "dataset coding"]}
    )
    assert titles.instruments(rows, "Alpland") == "Treaties and agreements, Alpland: one of one puts a duty on China"


def test_instruments_tells_a_coding_without_a_text() -> None:
    rows = pd.DataFrame(
        {"obligations": ["none", "non-aggression"], "parties": "ALP CHN", "status": "unknown", "form": ["treaty", "dataset coding"]}
    )
    assert titles.instruments(rows, "Alpland") == "Treaties and agreements, Alpland: none of one puts a duty on China, ATOP codes one"


def test_events_counts_those_after_the_articles() -> None:
    rows = pd.DataFrame({"after_articles": ["true", "false", "true"]})
    assert titles.events(rows, "Alpland") == "China and Alpland by date: three events, two after the articles"


def test_events_all_known_to_the_articles() -> None:
    rows = pd.DataFrame({"after_articles": ["false"]})
    assert titles.events(rows, "Alpland") == "China and Alpland by date: one event"


def test_verdicts_counts_what_holds() -> None:
    rows = pd.DataFrame({"verdict": ["confirmed", "imprecise", "confirmed"]})
    assert titles.verdicts(rows, "Alpland") == "Of three statements about Alpland two hold as written"
