"""Awards and what becomes of them: reports, amendments, alerts, closing; posts; and how money is sought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import AwardClosed, GrantRefused
from schoolward.domains.grants.models import Application, Award, Entry, LapseAlert, Opportunity
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
Post = Callable[..., Entry]
NEW: dict[str, Any] = {
    "title": "Lights",
    "funder_name": "An office",
    "amount_cents": 100,
    "awarded_on": date(2012, 1, 1),
    "start": date(2012, 1, 1),
    "end": date(2012, 12, 31),
}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount_cents": 0}, "amount_cents"),
        ({"end": date(2011, 12, 31)}, "end"),
        ({"awarded_on": date(2013, 1, 1)}, "awarded_on"),
        ({"awarded_on": date(1980, 1, 1)}, "awarded_on"),
        ({"match_percent": Decimal(100)}, "match_percent"),
        ({"match_waived_percent": Decimal(1)}, "match_waived_percent"),
        ({"match_percent": Decimal(25), "match_waived_percent": Decimal(5)}, "match_waiver"),
        ({"allowed": "equipment,sweets"}, "allowed"),
        ({"title": "SAFER doors"}, "title"),
        ({"key": "positions"}, "key"),
        ({"application_id": 5}, "application_id"),
    ],
)
def test_awards_that_cannot_be(
    award: Award, analyst: Viewer, at: datetime, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(GrantRefused) as refused:
        actions.add_award(**{**NEW, **changed}, by=analyst, at=at)
    assert refused.value.field == field


def test_reports_are_planned_and_follow_an_extension(award: Award, analyst: Viewer, at: datetime) -> None:
    financial = award.reports.filter(kind="financial").order_by("end")
    assert financial.count() == 12
    last = financial.last()
    assert last is not None
    assert (last.is_final, last.due) == (True, date(2012, 12, 29))
    first = financial[0]
    actions.mark_sent(report_id=first.pk, submitted_on=date(2010, 1, 29), by=analyst, at=at)
    with pytest.raises(GrantRefused, match="sent already"):
        actions.mark_sent(report_id=first.pk, by=analyst, at=at)
    actions.amend(
        award_id=award.pk,
        kind="extension",
        approval="GAN 3",
        approved_on=date(2012, 8, 1),
        text="Six months more",
        new_end=date(2013, 3, 31),
        by=analyst,
        at=at,
    )
    award.refresh_from_db()
    assert award.end == date(2013, 3, 31)
    assert financial.count() == 14
    assert financial.filter(submitted_on__isnull=False).count() == 1
    assert [one.is_final for one in financial].count(True) == 1
    assert queries.reports_late(award, on=date(2012, 9, 6)) == 16


def test_amendments_need_an_approval_and_make_sense(
    award: Award, post: Post, analyst: Viewer, at: datetime
) -> None:
    given: dict[str, Any] = {
        "award_id": award.pk,
        "approval": "GAN 1",
        "approved_on": date(2012, 9, 1),
        "text": "t",
        "by": analyst,
        "at": at,
    }
    for changed, field in (
        ({"kind": "scope", "approval": " "}, "approval"),
        ({"kind": "scope", "text": " "}, "text"),
        ({"kind": "scope", "approved_on": date(2012, 9, 7)}, "approved_on"),
        ({"kind": "extension", "new_end": award.end}, "new_end"),
        ({"kind": "amount", "new_amount_cents": 0}, "new_amount_cents"),
        ({"kind": "amount", "new_amount_cents": 199_999_99}, "line_id"),
        ({"kind": "match", "new_match_percent": Decimal(100)}, "new_match_percent"),
    ):
        with pytest.raises(GrantRefused) as refused:
            actions.amend(**{**given, **changed})
        assert refused.value.field == field
    actions.amend(**given, kind="match", new_match_percent=Decimal(50), new_waived_percent=Decimal(25))
    award.refresh_from_db()
    assert award.match_required_cents == 66_666_67
    assert award.match_waiver == "GAN 1"


def test_closing_says_what_it_lacks_and_then_nothing_is_entered(
    award: Award, post: Post, analyst: Viewer, at: datetime
) -> None:
    bound = post("obligation", 1_000_00)
    post("expenditure", 400_00)
    after = datetime(2013, 1, 15, 20, tzinfo=at.tzinfo)
    later = replace(analyst, at=after)
    with pytest.raises(GrantRefused) as refused:
        actions.close_award(award_id=award.pk, by=later, at=after)
    said = str(refused.value)
    for part in ("$1,000.00 is obligated", "differ by $400.00", "match lacks $400.00", "19 reports"):
        assert part in said
    actions.release(obligation_id=bound.pk, amount_cents=1_000_00, reason="Not needed", by=analyst, at=at)
    post("draw", 400_00)
    post("match", 400_00)
    for report in award.reports.all():
        actions.mark_sent(report_id=report.pk, submitted_on=report.end, by=later, at=after)
    closed = actions.close_award(award_id=award.pk, by=later, at=after)
    assert closed.closed_on == date(2013, 1, 15)
    with pytest.raises(AwardClosed):
        post("expenditure", 1)
    with pytest.raises(AwardClosed):
        actions.describe_award(award_id=award.pk, changes={"terms": "x"}, by=analyst, at=at)


def test_how_an_award_stands(award: Award, post: Post) -> None:
    for month in range(1, 9):
        post("expenditure", 2_000_00, on=date(2012, month, 15))
    stood = queries.standing(award, on=date(2012, 9, 6))
    assert stood.unspent == 184_000_00
    assert stood.days_left == 24
    assert stood.gap == pytest.approx(100 * (1 - 24 / 1096) - 8, abs=0.01)
    assert len(stood.months) == 35
    lapse = stood.lapse
    assert lapse is not None
    assert 180_000_00 < lapse.low <= lapse.expected <= lapse.high <= 184_000_00


def test_alerts_are_raised_once_and_the_nearest_only(award: Award, by: Viewer, at: datetime) -> None:
    days = [date(2012, 4, 2), date(2012, 4, 3), date(2012, 7, 3), date(2012, 9, 6), date(2012, 9, 7)]
    raised = [[alert.days for alert in actions.raise_alerts(on=day, by=by, at=at)] for day in days]
    assert raised == [[], [180], [90], [30], []]
    (alert, *_rest) = LapseAlert.objects.order_by("days")
    assert (alert.unspent_cents, alert.raised_on) == (200_000_00, date(2012, 9, 6))


def test_positions_are_paid_by_no_more_than_the_whole(award: Award, analyst: Viewer, at: datetime) -> None:
    post = actions.add_position(
        title="Family advocate", annual_cents=60_000_00, starts=date(2010, 7, 1), by=analyst, at=at
    )
    given: dict[str, Any] = {"position_id": post.pk, "by": analyst, "at": at}
    actions.fund_position(
        **given, award_id=award.pk, start=date(2010, 7, 1), end=date(2012, 9, 30), share=6_000
    )
    for changed, field in (
        ({"share": 4_001}, "percent"),
        ({"share": 0}, "percent"),
        ({"local_source": "General fund"}, "award_id"),
        ({"end": date(2012, 10, 1)}, "end"),
        ({"start": date(2010, 6, 30)}, "start"),
    ):
        with pytest.raises(GrantRefused) as refused:
            actions.fund_position(
                **{
                    **given,
                    "award_id": award.pk,
                    "start": date(2011, 1, 1),
                    "end": date(2012, 9, 30),
                    "share": 1_000,
                    **changed,
                }
            )
        assert refused.value.field == field
    actions.fund_position(
        **given, local_source="General fund", start=date(2010, 7, 1), end=date(2013, 6, 30), share=4_000
    )
    (stood,) = queries.posts(queries.positions(analyst), on=date(2012, 9, 6))
    assert (stood.cliff.secured_to, stood.cliff.share_after) == (date(2012, 9, 30), 4_000)


@pytest.fixture
def opportunity(analyst: Viewer, at: datetime) -> Opportunity:
    """Money that can be applied for until the end of September."""
    return actions.add_opportunity(
        title="Violence prevention 2012",
        funder_name="An office",
        closes=date(2012, 9, 30),
        ceiling_cents=500_000_00,
        match_percent=Decimal(25),
        by=analyst,
        at=at,
    )


def test_from_an_opportunity_to_its_award(
    opportunity: Opportunity, analyst: Viewer, lead: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    asked: dict[str, Any] = {"requested_cents": 300_000_00, "match_cents": 100_000_00, "summary": ""}
    begin = {"opportunity_id": opportunity.pk, **asked, "by": analyst, "at": at}
    with pytest.raises(GrantRefused, match="nobody has said go"):
        actions.begin_application(**begin)
    actions.choose(opportunity_id=opportunity.pk, choice="go", reason="Fits the plan", by=lead, at=at)
    with pytest.raises(GrantRefused, match="ceiling"):
        actions.begin_application(**{**begin, "requested_cents": 500_000_01})
    made = actions.begin_application(**begin)
    lacks = " ".join(actions.what_submitting_lacks(made))
    assert "do not add up" in lacks
    assert "No letter" in lacks
    part: dict[str, Any] = {"application_id": made.pk, "by": analyst, "at": at}
    actions.add_part(**part, kind="budget", title="Staff", amount_cents=300_000_00)
    actions.add_part(**part, kind="letter", title="The city's letter")
    actions.sign(application_id=made.pk, by=analyst, at=at)
    with pytest.raises(GrantRefused, match="another person"):
        actions.sign(application_id=made.pk, by=person("lead", 1), at=at)
    actions.sign(application_id=made.pk, by=lead, at=at)
    actions.submit(application_id=made.pk, by=analyst, at=at)
    with pytest.raises(GrantRefused, match="gone out"):
        actions.add_part(**part, kind="other", title="Late")
    actions.answer(application_id=made.pk, outcome="awarded", decided_on=date(2012, 9, 6), by=analyst, at=at)
    award = actions.add_award(**NEW, application_id=made.pk, by=analyst, at=at)
    assert award.application == Application.objects.get()


def test_a_change_after_the_signature_takes_it_away(
    opportunity: Opportunity, analyst: Viewer, at: datetime
) -> None:
    actions.choose(opportunity_id=opportunity.pk, choice="go", reason="Fits", by=analyst, at=at)
    made = actions.begin_application(
        opportunity_id=opportunity.pk, requested_cents=100, match_cents=0, summary="", by=analyst, at=at
    )
    actions.sign(application_id=made.pk, by=analyst, at=at)
    actions.add_part(application_id=made.pk, kind="budget", title="All", amount_cents=100, by=analyst, at=at)
    assert made.signatures.count() == 0


@pytest.mark.parametrize("role", ["school_resource_officer", "provider", "site_lead", "secretary"])
def test_others_see_no_grant(award: Award, person: Callable[..., Viewer], at: datetime, role: str) -> None:
    outsider = person(role, 5)
    assert not queries.awards(outsider).exists()
    assert not queries.entries(outsider).exists()
    with pytest.raises(AccessDenied):
        actions.close_award(award_id=award.pk, by=outsider, at=at)


def test_other_days_for_final_reports_move_the_reports_that_are_not_sent(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    final = award.reports.filter(is_final=True)
    assert {report.due for report in final} == {date(2012, 12, 29)}
    actions.describe_award(award_id=award.pk, changes={"final_days": 45}, by=analyst, at=at)
    assert {report.due for report in final.all()} == {date(2012, 11, 14)}


def test_an_award_gets_smaller_by_the_line_that_gives_up_money(
    award: Award, post: Post, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    post("expenditure", 10_00)
    locks = award.lines.get(code="E")
    told: dict[str, Any] = {
        "award_id": award.pk,
        "kind": "amount",
        "approval": "GAN 4",
        "approved_on": date(2012, 9, 1),
        "text": "The funder takes back what is not needed",
        "at": at,
    }
    with pytest.raises(GrantRefused, match=r"\$10\.00 is spent, obligated or drawn"):
        actions.amend(**told, new_amount_cents=9_99, by=analyst)
    with pytest.raises(GrantRefused, match=r"Choose the line that gives up \$60,000\.00"):
        actions.amend(**told, new_amount_cents=140_000_00, by=analyst)
    fitting = award.lines.get(code="C")
    with pytest.raises(GrantRefused, match=r"C Fitting has \$50,000\.00 left"):
        actions.amend(**told, new_amount_cents=140_000_00, line_id=fitting.pk, by=analyst)
    actions.amend(**told, new_amount_cents=140_000_00, line_id=locks.pk, by=analyst)
    award.refresh_from_db()
    balance = queries.award_balances([award.pk])[award.pk]
    assert (award.amount_cents, balance.budgeted) == (140_000_00, 140_000_00)
    assert queries.line_balances(award.pk)[locks.pk].budgeted == 90_000_00
    assert queries.differences() == []
    # Who may not keep the ledger cannot take money out of a line either.
    with pytest.raises(AccessDenied):
        actions.amend(**told, new_amount_cents=130_000_00, line_id=locks.pk, by=lead)


def test_what_an_amendment_of_the_match_leaves_empty_stays(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    told: dict[str, Any] = {
        "award_id": award.pk,
        "kind": "match",
        "approved_on": date(2012, 9, 1),
        "text": "Less",
        "by": analyst,
        "at": at,
    }
    actions.amend(**told, approval="W-1", new_waived_percent=Decimal(10))
    actions.amend(**told, approval="W-2", new_match_percent=Decimal(20))
    award.refresh_from_db()
    assert (award.match_percent, award.match_waived_percent, award.match_waiver) == (20, 10, "W-1")
    actions.amend(**told, approval="W-3", new_match_percent=Decimal(5))
    award.refresh_from_db()
    assert (award.match_percent, award.match_waived_percent) == (5, 5)
    actions.amend(**told, approval="W-4", new_waived_percent=Decimal(0))
    award.refresh_from_db()
    assert (award.match_waived_percent, award.match_waiver) == (0, "")


def test_the_financial_report_of_an_earlier_day_shows_the_award_of_that_day(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    told: dict[str, Any] = {"award_id": award.pk, "text": "Other terms", "by": analyst, "at": at}
    first, second = date(2012, 8, 1), date(2012, 9, 1)
    actions.amend(**told, kind="amount", approval="GAN 1", approved_on=first, new_amount_cents=300_000_01)
    actions.amend(
        **told, kind="match", approval="GAN 2", approved_on=second, new_match_percent=Decimal("12.5")
    )
    award.refresh_from_db()

    def asked(until: date) -> tuple[int, int]:
        lines = {line.code: line.cents for line in queries.financial_report(award, until=until)}
        return lines["10d"], lines["10i"]

    assert asked(date(2012, 7, 31)) == (200_000_00, 200_000_00)
    assert asked(date(2012, 8, 1)) == (300_000_01, 300_000_01)
    assert asked(date(2012, 8, 31)) == (300_000_01, 300_000_01)
    assert asked(date(2012, 9, 1)) == (300_000_01, 42_857_14)


def test_no_amount_leaves_what_a_database_can_add_up(
    award: Award, post: Post, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(GrantRefused, match="is a slip"):
        post("match", 10**12 + 1)
    with pytest.raises(GrantRefused, match="is a slip"):
        actions.add_award(**{**NEW, "amount_cents": 10**12 + 1}, by=analyst, at=at)
