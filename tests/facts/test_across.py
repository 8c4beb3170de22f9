"""Statistics over all partners: counts, sums and ranges, linked to what they rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from helpers.errors import ReferenceProblem
from helpers.facts.references import References, render, without_links
from helpers.tables.load import Tables, load

if TYPE_CHECKING:
    from tests.conftest import Project


def plain(text: str, tables: Tables) -> str:
    return without_links(render(text, References(tables))).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def compared(project: Project) -> Tables:
    """The small project with a comparison country that has a larger value than either partner."""
    project.add("partners", partner="GAM", name="Gamland", group="comparison", order="3")
    project.add("series", partner="GAM", indicator="trade_total_comtrade", year="2024", value="90", source_id="customs")
    return load(project.data)


def test_partners_are_counted_in_words(small_tables: Tables) -> None:
    assert plain("{{ partners() }}", small_tables) == "two"


def test_comparison_countries_are_left_out(compared: Tables) -> None:
    got = plain('{{ partners() }} {{ together("trade_total_comtrade", 2024) }}', compared)
    exp = "two USD 25.5 bn"  # 22 + 3.5, without the 90 of the comparison country
    assert got == exp


def test_extent_gives_lowest_and_highest(small_tables: Tables) -> None:
    assert plain('{{ extent("trade_total_comtrade", 2024) }}', small_tables) == "USD 3.5–22 bn"


def test_extent_can_leave_a_partner_out(small_tables: Tables) -> None:
    assert plain('{{ extent("trade_total_comtrade", 2024, without="ALP") }}', small_tables) == "USD 3.5–3.5 bn"


def test_partners_above_a_number(small_tables: Tables) -> None:
    assert plain('{{ partners_with("trade_total_comtrade", 2024, 3.5) }}', small_tables) == "one"


def test_partners_above_the_value_of_a_fact(small_tables: Tables) -> None:
    assert plain('{{ partners_with("trade_total_comtrade", 2024, "alp-trade-2024") }}', small_tables) == "zero"


def test_partners_without_a_value_are_not_counted(small_tables: Tables) -> None:
    got = plain('{{ partners_counted("trade_total_comtrade", 2023) }} {{ partners_counted("trade_total_comtrade", 2022) }}', small_tables)
    assert got == "one two"


def test_a_statistic_over_facts_links_to_all_of_them(small_tables: Tables) -> None:
    got = render('{{ partners_counted("trade_total_customs", 2024) }}', References(small_tables))
    assert re.findall(r'data-fact="([^"]+)"', got) == ["alp-trade-2024"]


@pytest.mark.parametrize(
    ("call", "exp"),
    [
        ('together("trade_total_comtrad", 2024)', "trade_total_comtrade"),
        ('partners_with("trade_total_comtrade", 2024, "alp-trade-2025")', "alp-trade-202"),
        ('together("trade_total_comtrade", 1999)', "1999"),
        ('extent("trade_total_comtrade", 2024, without="ALP BET")', "no partner is left"),
    ],
)
def test_what_no_table_backs_is_refused(small_tables: Tables, call: str, exp: str) -> None:
    with pytest.raises(ReferenceProblem, match=exp):
        render(f"{{{{ {call} }}}}", References(small_tables))


def test_edition_gives_the_cut_off_in_words(small_tables: Tables) -> None:
    got = plain('{{ edition("cut_off") }}', small_tables)
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", got)


def test_unknown_entry_of_the_edition_is_refused(small_tables: Tables) -> None:
    with pytest.raises(ReferenceProblem, match="cut_off"):
        render('{{ edition("cutoff") }}', References(small_tables))
