"""What each line has left for works, what an award may buy, and how much may move between its lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.models import AwardScope
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

DAY = date(2012, 9, 6)
Post = Callable[..., Entry]


def fund(viewer: Viewer, key: str, on: date = DAY) -> queries.FundNow:
    return next(one for one in queries.funds_now(viewer, on=on).funds if one.key == key)


def test_an_award_takes_part_once_somebody_says_what_it_may_buy(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    assert fund(analyst, "doors/E").no_part == queries.NoPart.UNSAID
    actions.set_scope(award_id=award.pk, takes_part=False, reason="For mentors", by=analyst, at=at)
    assert fund(analyst, "doors/E").no_part == queries.NoPart.LEFT_OUT
    actions.set_scope(award_id=award.pk, takes_part=True, reason="Letter", by=analyst, at=at)
    assert fund(analyst, "doors/E").takes_part
    assert AwardScope.objects.count() == 1


def test_a_fund_is_what_the_ledger_has_left(scoped: Award, post: Post, analyst: Viewer) -> None:
    obligation = post("obligation", 30_000_00)
    post("expenditure", 10_000_00, obligation_id=obligation.pk)
    post("expenditure", 5_000_00)
    left = fund(analyst, "doors/E")
    assert (left.budgeted, left.expended, left.obligated) == (150_000_00, 15_000_00, 20_000_00)
    assert left.left == left.amount == 115_000_00
    assert left.match_percent == 25.0


def test_a_waiver_lowers_the_match(scoped: Award, analyst: Viewer) -> None:
    Award.objects.filter(pk=scoped.pk).update(match_waived_percent=Decimal(10), match_waiver="Letter")
    assert fund(analyst, "doors/E").match_percent == 15.0


def test_lines_for_posts_buy_no_works(scoped: Award, analyst: Viewer, at: datetime) -> None:
    grants.add_line(award_id=scoped.pk, code="P", title="Staff", category="personnel", by=analyst, at=at)
    assert fund(analyst, "doors/P").no_part == queries.NoPart.CATEGORY
    Award.objects.filter(pk=scoped.pk).update(allowed="equipment,personnel")
    assert fund(analyst, "doors/C").no_part == queries.NoPart.NOT_ALLOWED


@pytest.mark.parametrize("on", [date(2009, 9, 30), date(2013, 10, 1)])
def test_an_award_before_and_after_its_period_is_no_fund(scoped: Award, analyst: Viewer, on: date) -> None:
    assert queries.funds_now(analyst, on=on).funds == ()


def test_what_was_moved_narrows_what_may_still_move(
    scoped: Award, line: BudgetLine, fitting: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    (room,) = queries.funds_now(analyst, on=DAY).rooms
    assert (room.funds, room.cents) == (("doors/C", "doors/E"), 26_666_66)  # a tenth, match included
    move = {"award_id": scoped.pk, "from_line_id": line.pk, "to_line_id": fitting.pk, "by": analyst, "at": at}
    grants.transfer(**move, amount_cents=15_000_00, reason="Bids")
    grants.transfer(**move, amount_cents=1_000_00, reason="Bids", approval="GAN 4")
    (room,) = queries.funds_now(analyst, on=DAY).rooms
    assert room.cents == 11_666_66
    grants.transfer(**move, amount_cents=11_666_66, reason="Bids")
    assert queries.funds_now(analyst, on=DAY).rooms == ()


def test_where_neither_award_nor_law_limits_it_everything_may_move(scoped: Award, analyst: Viewer) -> None:
    Award.objects.filter(pk=scoped.pk).update(transfer_percent=None, funder="other")
    (room,) = queries.funds_now(analyst, on=DAY).rooms
    assert room.cents is None
    (rule,) = queries.snapshot_now(analyst, on=DAY).instance.transfers
    assert rule.max == 200_000_00


def test_an_overdrawn_line_is_made_good_by_the_others(scoped: Award, post: Post, analyst: Viewer) -> None:
    Award.objects.filter(pk=scoped.pk).update(amount_cents=160_000_00)
    left = queries.funds_now(analyst, on=DAY)
    assert {one.key: one.held_back for one in left.funds} == {"doors/C": 0, "doors/E": 40_000_00}
    assert sum(one.amount for one in left.funds) == 160_000_00


def test_trades_and_sites_of_an_award_reach_the_instance(
    award: Award, site: Campus, other_site: Campus, analyst: Viewer, at: datetime
) -> None:
    actions.set_scope(
        award_id=award.pk,
        takes_part=True,
        trades=["cameras", "locks"],
        campus_ids=[site.pk],
        reason="Letter",
        by=analyst,
        at=at,
    )
    found = queries.snapshot_now(analyst, on=DAY).instance.fund_of["doors/E"]
    assert found.categories == ("equipment/locks", "equipment/cameras")
    assert found.sites == ("oak",)
    assert (found.expires, found.match_rate) == (date(2013, 9, 30), 0.25)


def test_a_line_buys_what_it_was_budgeted_for(award: Award, analyst: Viewer, at: datetime) -> None:
    """Cameras and locks are both equipment; the line for cameras pays for no lock all the same."""
    told: dict[str, Any] = {"award_id": award.pk, "takes_part": True, "reason": "Budget", "by": analyst}
    actions.set_scope(**told, trades=["cameras", "locks"], line_trades={"E": ["cameras"], "C": []}, at=at)
    funds = queries.snapshot_now(analyst, on=DAY).instance.fund_of
    assert funds["doors/E"].categories == ("equipment/cameras",)
    assert funds["doors/C"].categories == ("contractual/locks", "contractual/cameras")
    for lines, said in (
        ({"Z": ["locks"]}, "has no line “Z”"),
        ({"E": ["masonry"]}, "is no trade"),
        ({"E": ["lighting"]}, "the award may not"),
    ):
        with pytest.raises(actions.FundingRefused, match=said) as refused:
            actions.set_scope(**told, trades=["cameras", "locks"], line_trades=lines, at=at)
        assert refused.value.field == "lines"
    actions.set_scope(**told, at=at)
    assert len(queries.snapshot_now(analyst, on=DAY).instance.fund_of["doors/E"].categories) > 2


def test_a_scope_needs_a_reason_known_trades_and_known_sites(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    told = {"award_id": award.pk, "takes_part": True, "by": analyst, "at": at}
    with pytest.raises(actions.ReasonMissing):
        actions.set_scope(**told, reason=" ")
    with pytest.raises(actions.FundingRefused, match="“masonry” is no trade"):
        actions.set_scope(**told, reason="Letter", trades=["masonry"])
    with pytest.raises(actions.FundingRefused, match="not known"):
        actions.set_scope(**told, reason="Letter", campus_ids=[987])
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardScope.objects.create(award=award, reason="", at=at, by_name="P1")


def test_who_may_say_what_an_award_buys(
    award: Award, site: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    told = {"award_id": award.pk, "takes_part": True, "reason": "Letter", "at": at}
    for by in (person("trustee", 3), person("facilities", 4), person("lead", 5, campus_ids={site.pk})):
        with pytest.raises(AccessDenied):
            actions.set_scope(**told, by=by)
