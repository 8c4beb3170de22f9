"""UN roll calls: agreement as the indicator defines it, and whose votes fill which indicator."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingest.unvotes import Vote, agreement
from tests.ingest.conftest import Ingest, news, reasons
from tests.ingest.files import library, voeten

VOTES = st.sampled_from(["yes", "no", "abstain", ""])


@pytest.mark.parametrize(
    ("pairs", "exp"),
    [
        ([("yes", "yes")], (100, 1)),
        ([("abstain", "abstain")], (100, 1)),
        ([("yes", "abstain")], (50, 1)),
        ([("no", "abstain")], (50, 1)),
        ([("yes", "no")], (0, 1)),
        ([("yes", ""), ("", "no"), ("no", "no")], (100, 1)),
        ([("yes", "yes"), ("yes", "no"), ("no", "abstain"), ("no", "no")], (Decimal("62.5"), 4)),
        ([], (0, 0)),
    ],
)
def test_agreement_counts_equal_votes_whole_and_abstentions_half(pairs: list[tuple[Vote, Vote]], exp: tuple[Decimal, int]) -> None:
    assert agreement(pairs) == exp


@given(st.lists(st.tuples(VOTES, VOTES)))
def test_agreement_is_the_same_both_ways_and_a_share(pairs: list[tuple[Vote, Vote]]) -> None:
    got = agreement(pairs)
    assert got == agreement([(other, one) for one, other in pairs])
    assert 0 <= got[0] <= 100


def test_the_library_fills_the_indicator_of_its_year(ingest: Ingest) -> None:
    got = news(ingest("unvotes", library({"CHN": "YYYYYYYYYYNN", "ALP": "YYYYYYYYAXYN", "USA": "N" * 12})))
    assert got["ALP", "unga_agreement_china_2025", "2025"] == "86.364"
    assert got["ALP", "unga_joint_votes_china_2025", "2025"] == "11"
    assert got["ALP", "unga_joint_votes_usa_2025", "2025"] == "11"


def test_a_year_of_the_library_without_an_indicator_is_refused_with_those_there_are(ingest: Ingest) -> None:
    got = ingest.findings("unvotes", library({"CHN": "Y" * 12, "ALP": "Y" * 12}, date="2024-12-30"))
    assert "no indicator unga_agreement_china_2024; there are unga_agreement_china_2025" in got[0]


def test_voeten_fills_his_own_indicator(ingest: Ingest) -> None:
    got = news(ingest("unvotes", voeten({"710": "1" * 12, "2": "3" * 12, "901,Alpland": "111111111238"})))
    assert got["ALP", "unga_agreement_china", "2018"] == "86.364"
    assert got["ALP", "unga_joint_votes_usa", "2018"] == "11"


REAL = (
    ",rcid,ccode,member,vote,Country,Countryname,year,session,abstain,yes,no,importantvote,date,unres,amend,para,short,descr,"
    "me,nu,di,hr,co,ec,ident,resid"
)


def test_voetens_file_is_read_as_it_is(ingest: Ingest) -> None:
    lines = [REAL]
    for number in range(10):
        for code, name, vote in ((710, "China", 1), (901, "Alpland", 1), (901, "Alpland", 9), (31, "NA", 8)):
            about = f'2018,73,1.0,150.0,3.0,0.0,2018-12-17,R/73/{number},0,0,ARMS,"The ""use"", in C\u00f4te",0,1,0,0,0,0,,{number}'
            lines.append(f"{len(lines)},{number},{code},1.0,{vote},XXX,{name},{about}")
    plan = ingest("unvotes", "\r\n".join(lines).encode("cp1252"))
    assert news(plan)["ALP", "unga_agreement_china", "2018"] == "100"
    assert reasons(plan)["no member at the time"] == 10


@pytest.mark.parametrize(
    ("header", "exp"),
    [
        (',ccode,session,NVotesAll,IdealPointAll,"QO%All",iso3c,Countryname,USAgree,ChinaAgree', "this is Voeten's ideal points"),
        ("ccode1,ccode2,agree,year,IdealPointAll.x,IdealPointAll.y,IdealPointDistance", "this is Voeten's agreement scores"),
    ],
)
def test_what_is_made_of_the_roll_calls_is_refused_with_what_to_take(ingest: Ingest, header: str, exp: str) -> None:
    got = ingest.findings("unvotes", f"{header}\n")
    assert (exp in got[0], "choose the roll calls (UNVotes) of the same data set" in got[0]) == (True, True)


def test_voeten_beyond_the_years_of_the_label_is_passed_over(ingest: Ingest) -> None:
    text = voeten({"710": "1" * 12, "901,Alpland": "1" * 12}, date="2022-12-17")
    assert 'by its label "UN voting agreement with China, 2010-2019"' in ingest.findings("unvotes", text)[0]


def test_fewer_than_ten_joint_roll_calls_have_no_value(ingest: Ingest) -> None:
    plan = ingest("unvotes", library({"CHN": "Y" * 12, "ALP": "Y" * 12, "BET": "YYYYYYYYYXXX"}))
    assert not any(partner == "BET" for partner, _, _ in news(plan))
    assert reasons(plan)["fewer than 10 joint roll calls in the year"] == 3


def test_votes_of_the_security_council_are_passed_over(ingest: Ingest) -> None:
    council = library({"CHN": "N", "ALP": "Y"}, resolution="S/RES/27{number}").splitlines()[1:]
    plan = ingest("unvotes", library({"CHN": "Y" * 10, "ALP": "Y" * 10}) + "\n".join(council) + "\n")
    assert news(plan)["ALP", "unga_agreement_china_2025", "2025"] == "100"


def test_an_unknown_vote_is_refused_where_it_stands(ingest: Ingest) -> None:
    got = ingest.findings("unvotes", library({"CHN": "Y" * 10, "ALP": "YYYYYYYYYQ"}))
    assert got == ['file.csv:21:ms_vote: "Q" is no vote; expected Y, N, A, X']


def test_two_votes_of_one_state_in_one_roll_call_are_refused(ingest: Ingest) -> None:
    text = library({"CHN": "Y" * 10, "ALP": "Y" * 10})
    text += text.splitlines()[2].replace("ALP,NAME,Y", "ALP,NAME,N") + "\n"
    assert "a second, different vote of ALP" in ingest.findings("unvotes", text)[0]


@pytest.mark.parametrize("day", ["30/12/2025", "2025-13-01", ""])
def test_a_date_of_another_form_is_refused(ingest: Ingest, day: str) -> None:
    assert "is not a date" in ingest.findings("unvotes", library({"CHN": "Y" * 10}, date=day))[0]
