"""Which entries a rule speaks against, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.analysis.grants.checking import RULE_OF, Category, Draft, Terms, Why, faults, transfer_faults
from schoolward.analysis.grants.match import MatchKind, MatchTerms
from schoolward.analysis.grants.rules import Funder

TERMS = Terms(
    awarded_on=date(2009, 9, 1),
    start=date(2009, 10, 1),
    end=date(2012, 9, 30),
    amount=200_000_00,
    match=MatchTerms(Decimal(50), kinds=frozenset({MatchKind.CASH})),
    categories=frozenset({Category.EQUIPMENT, Category.CONTRACTUAL, Category.SUBAWARD}),
    transfer_percent=10,
)
LINE = Balances(budgeted=100_000_00, obligated=20_000_00, liquidated=5_000_00, expended=40_000_00)
AWARD = Balances(
    budgeted=200_000_00, obligated=20_000_00, liquidated=5_000_00, expended=60_000_00, drawn=55_000_00
)
SPENT = Draft(Kind.EXPENDITURE, 1_000_00, date(2012, 9, 6), category=Category.EQUIPMENT)


@pytest.mark.parametrize(
    ("changed", "terms", "expected"),
    [
        ({}, {}, []),
        ({"on": date(2009, 9, 30)}, {}, [Why.BEFORE_PERIOD]),
        ({"on": date(2009, 10, 1)}, {}, []),
        ({"on": date(2012, 9, 30)}, {}, []),
        ({"on": date(2012, 10, 1)}, {}, [Why.AFTER_PERIOD]),
        ({"on": date(2012, 12, 29), "incurred_on": date(2012, 9, 30)}, {}, []),
        ({"on": date(2012, 12, 30), "incurred_on": date(2012, 9, 30)}, {}, [Why.AFTER_LIQUIDATION]),
        ({"category": Category.TRAVEL}, {}, [Why.CATEGORY]),
        ({"category": Category.TRAVEL}, {"categories": frozenset()}, []),
        ({"cents": 45_000_00}, {}, []),
        ({"cents": 45_000_01}, {}, [Why.LINE_EXCEEDED]),
        ({"cents": 125_000_01}, {}, [Why.AWARD_EXCEEDED]),
        ({"open_obligation": 1_000_00}, {}, []),
        ({"open_obligation": 999_99}, {}, [Why.OBLIGATION_EXCEEDED]),
        ({}, {"forbids_supplanting": True}, [Why.SUPPLANTING_UNSAID]),
        ({"adds_to_local_money": True}, {"forbids_supplanting": True}, []),
        ({"category": Category.SUBAWARD}, {}, [Why.NO_SUBAWARDS]),
        ({"category": Category.SUBAWARD}, {"may_subaward": True}, [Why.SUBAWARD_UNNAMED]),
        ({"category": Category.SUBAWARD, "names_agreement": True}, {"may_subaward": True}, []),
        ({"kind": Kind.DRAW, "cents": 5_000_00}, {}, []),
        ({"kind": Kind.DRAW, "cents": 5_000_01}, {}, [Why.DRAWN_AHEAD]),
        ({"kind": Kind.DRAW, "cents": 5_000_01}, {"is_reimbursed": False}, []),
        ({"kind": Kind.DRAW, "cents": 145_000_01}, {"is_reimbursed": False}, [Why.DRAW_EXCEEDS_AWARD]),
        ({"kind": Kind.DRAW, "on": date(2009, 9, 30)}, {}, [Why.DRAW_BEFORE_PERIOD]),
        ({"kind": Kind.DRAW, "on": date(2012, 12, 29)}, {}, []),
        ({"kind": Kind.DRAW, "on": date(2012, 12, 30)}, {}, [Why.DRAW_TOO_LATE]),
        ({"kind": Kind.DRAW, "on": date(2014, 1, 1)}, {"funder": Funder.OTHER}, []),
        ({"kind": Kind.DRAW, "on": date(2012, 11, 15)}, {"agreed_days": 45}, [Why.DRAW_TOO_LATE]),
        ({"kind": Kind.MATCH, "match_kind": MatchKind.CASH}, {}, []),
        ({"kind": Kind.MATCH, "match_kind": MatchKind.IN_KIND}, {}, [Why.MATCH_KIND]),
        ({"kind": Kind.BUDGET, "cents": 1}, {}, [Why.BUDGET_ABOVE_AWARD]),
        ({"kind": Kind.BUDGET, "cents": -1}, {}, []),
    ],
)
def test_entries(changed: dict, terms: dict, expected: list[Why]) -> None:
    found = faults(replace(TERMS, **terms), replace(SPENT, **changed), line=LINE, award=AWARD)
    assert [fault.why for fault in found] == expected


def test_a_draw_is_held_against_what_was_spent_by_its_own_day() -> None:
    draw = replace(SPENT, kind=Kind.DRAW, cents=3_000_00)
    then = replace(AWARD, expended=57_000_00, drawn=55_000_00)
    (fault,) = faults(TERMS, draw, line=None, award=AWARD, award_then=then)
    assert (fault.why, fault.values["left"], fault.values["day"]) == (Why.DRAWN_AHEAD, 2_000_00, draw.on)
    assert not faults(TERMS, replace(draw, cents=2_000_00), line=None, award=AWARD, award_then=then)
    # What was drawn since is gone as well.
    since = replace(AWARD, drawn=59_000_00)
    (fault,) = faults(TERMS, replace(draw, cents=1_500_00), line=None, award=since, award_then=then)
    assert fault.values["left"] == 1_000_00


def test_late_reports_hold_draws_only_where_the_award_says_so() -> None:
    draw = replace(SPENT, kind=Kind.DRAW, cents=100)
    assert faults(TERMS, draw, line=None, award=AWARD, late_reports=2) == []
    held = faults(replace(TERMS, holds_draws_when_late=True), draw, line=None, award=AWARD, late_reports=2)
    assert [(fault.why, fault.values) for fault in held] == [(Why.REPORT_LATE, {"count": 2})]


def test_nobody_may_let_by_a_sum_that_is_not_there() -> None:
    whys = {Why.AWARD_EXCEEDED, Why.OBLIGATION_EXCEEDED, Why.DRAW_EXCEEDS_AWARD, Why.BUDGET_ABOVE_AWARD}
    for draft in (
        replace(SPENT, cents=10**9),
        replace(SPENT, open_obligation=0),
        replace(SPENT, kind=Kind.DRAW, cents=10**9),
        replace(SPENT, kind=Kind.BUDGET),
    ):
        for fault in faults(TERMS, draft, line=LINE, award=AWARD):
            assert fault.may_override is (fault.why not in whys)


def test_the_rule_is_that_of_the_awards_day() -> None:
    later = replace(TERMS, awarded_on=date(2021, 1, 1))
    (fault,) = faults(later, replace(SPENT, on=date(2013, 1, 1)), line=LINE, award=AWARD)
    assert fault.rule.citation == "2 CFR 200.403(h)"


@pytest.mark.parametrize(
    ("changed", "terms", "expected"),
    [
        ({}, {}, []),
        ({"cents": 20_000_00}, {}, []),
        ({"cents": 20_000_01}, {}, [Why.TRANSFERS_ABOVE]),
        ({"transferred_before": 15_000_00, "cents": 5_000_01}, {}, [Why.TRANSFERS_ABOVE]),
        ({"transferred_before": 15_000_00, "cents": 5_000_01, "is_approved": True}, {}, []),
        ({"cents": 20_000_01}, {"transfer_percent": 15}, []),
        ({"cents": 20_000_01}, {"funder": Funder.OTHER}, [Why.TRANSFERS_ABOVE]),
        # A tenth of the approved budget, which the recipient's share belongs to.
        ({"cents": 26_666_66}, {"match": MatchTerms(Decimal(25))}, []),
        ({"cents": 26_666_67}, {"match": MatchTerms(Decimal(25))}, [Why.TRANSFERS_ABOVE]),
        # What the award says holds whatever its size; the law's ten percent only above $100,000 (66.30).
        ({"cents": 10_000_01}, {"amount": 100_000_00}, [Why.TRANSFERS_ABOVE]),
        ({"cents": 10_000_01}, {"amount": 100_000_00, "transfer_percent": None}, []),
        ({"cents": 20_000_00}, {"transfer_percent": None}, []),
        ({"cents": 20_000_01}, {"transfer_percent": None}, [Why.TRANSFERS_ABOVE]),
        ({"cents": 30_000_00}, {"transfer_percent": 100}, []),
        # Since 2014 it is for the agency to restrict transfers: without its word nothing does.
        ({"cents": 30_000_00}, {"transfer_percent": None, "awarded_on": date(2015, 1, 1)}, []),
        ({"cents": 30_000_00}, {"transfer_percent": None, "funder": Funder.OTHER}, []),
        ({"cents": 20_000_01, "to_category": Category.EQUIPMENT}, {}, []),
        ({"cents": 30_000_01}, {}, [Why.LINE_EXCEEDED]),
        ({"from_category": Category.PARTICIPANT}, {}, [Why.PARTICIPANT_SUPPORT]),
        ({"from_category": Category.PARTICIPANT, "is_approved": True}, {}, []),
        ({"to_category": Category.INDIRECT}, {}, [Why.INDIRECT]),
    ],
)
def test_transfers(changed: dict, terms: dict, expected: list[Why]) -> None:
    asked = {
        "cents": 1_000_00,
        "from_category": Category.EQUIPMENT,
        "to_category": Category.CONTRACTUAL,
        "from_available": 30_000_00,
        "transferred_before": 0,
        "is_approved": False,
        **changed,
    }
    terms = {"match": MatchTerms(), **terms}
    assert [fault.why for fault in transfer_faults(replace(TERMS, **terms), **asked)] == expected


def test_every_fault_is_of_a_rule() -> None:
    assert set(RULE_OF) == set(Why)
    found = [
        *faults(TERMS, SPENT, line=LINE, award=AWARD),
        *faults(TERMS, replace(SPENT, on=date(2009, 9, 30), category=None), line=LINE, award=AWARD),
        *faults(TERMS, replace(SPENT, cents=10**9), line=LINE, award=AWARD),
        *faults(TERMS, Draft(Kind.DRAW, 10**9, date(2009, 9, 30)), line=None, award=AWARD, late_reports=1),
        *faults(
            replace(TERMS, counts_match_of_others=False),
            Draft(Kind.MATCH, 1, date(2012, 9, 6), match_kind=MatchKind.IN_KIND, is_given_by_other=True),
            line=None,
            award=AWARD,
        ),
    ]
    assert len({fault.why for fault in found}) >= 7
    assert all(fault.rule.key is RULE_OF[fault.why] for fault in found)


@pytest.mark.parametrize(
    ("counts", "document", "expected"),
    [
        (True, True, []),
        (True, False, [Why.MATCH_UNPROVED]),
        (False, True, [Why.MATCH_OF_OTHERS]),
        (False, False, [Why.MATCH_OF_OTHERS, Why.MATCH_UNPROVED]),
    ],
)
def test_match_of_third_parties(counts: bool, document: bool, expected: list[Why]) -> None:
    given = Draft(
        Kind.MATCH,
        1_00,
        date(2012, 9, 6),
        match_kind=MatchKind.CASH,
        is_given_by_other=True,
        names_document=document,
    )
    terms = replace(TERMS, counts_match_of_others=counts)
    assert [fault.why for fault in faults(terms, given, line=None, award=AWARD)] == expected
    own = replace(given, is_given_by_other=False)
    assert faults(terms, own, line=None, award=AWARD) == []
