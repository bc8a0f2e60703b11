"""What was entered wrongly while money is sought, and reports marked by mistake, can be set right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused
from schoolward.domains.grants.models import Application, Award, Opportunity
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def told(action: str) -> dict[str, Any]:
    """What the audit keeps of the only event of this action."""
    return dict(Event.objects.get(action=action).detail)


@pytest.fixture
def opportunity(analyst: Viewer, at: datetime) -> Opportunity:
    """An opportunity that was decided on."""
    made = actions.add_opportunity(
        title="Round 2",
        funder_name="An office",
        closes=date(2012, 9, 1),
        ceiling_cents=500_000_00,
        by=analyst,
        at=at,
    )
    return actions.choose(opportunity_id=made.pk, choice="go", reason="Fits", by=analyst, at=at)


@pytest.fixture
def application(opportunity: Opportunity, analyst: Viewer, at: datetime) -> Application:
    """An application for $100,000.01 with one right part and one that was mistyped; signed once."""
    made = actions.begin_application(
        opportunity_id=opportunity.pk,
        requested_cents=100_000_01,
        match_cents=0,
        summary="",
        by=analyst,
        at=at,
    )
    for title, cents in (("Staff", 60_000_00), ("Locks", 400_000_10)):
        actions.add_part(
            application_id=made.pk, kind="budget", title=title, amount_cents=cents, by=analyst, at=at
        )
    actions.sign(application_id=made.pk, by=analyst, at=at)
    return made


def test_a_mistyped_part_is_removed_and_signatures_fall(
    application: Application, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    wrong = application.parts.get(title="Locks")
    actions.remove_part(part_id=wrong.pk, by=analyst, at=at)
    assert [part.title for part in application.parts.all()] == ["Staff"]
    assert application.signatures.count() == 0
    assert told("grants.application_part_removed")["cents"] == 400_000_10
    part: dict[str, Any] = {"application_id": application.pk, "by": analyst, "at": at}
    actions.add_part(**part, kind="budget", title="Locks", amount_cents=40_000_01)
    assert "do not add up" not in " ".join(actions.what_submitting_lacks(application))


def test_nothing_is_removed_once_it_went_out(
    application: Application, opportunity: Opportunity, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    Application.objects.update(requested_cents=460_000_10)
    Opportunity.objects.update(closes=date(2012, 12, 31))
    actions.sign(application_id=application.pk, by=lead, at=at)
    actions.submit(application_id=application.pk, by=analyst, at=at)
    first = application.parts.all()[0]
    for refused in (
        lambda: actions.remove_part(part_id=first.pk, by=analyst, at=at),
        lambda: actions.change_opportunity(
            opportunity_id=opportunity.pk, changes={"closes": date(2013, 1, 1)}, by=analyst, at=at
        ),
        lambda: actions.take_up_again(application_id=application.pk, by=analyst, at=at),
    ):
        with pytest.raises(GrantRefused):
            refused()
    assert application.parts.count() == 2


def test_what_is_asked_for_can_be_changed_up_to_the_ceiling(
    application: Application, analyst: Viewer, at: datetime
) -> None:
    given: dict[str, Any] = {"application_id": application.pk, "match_cents": 1, "summary": "", "by": analyst}
    with pytest.raises(GrantRefused, match="ceiling"):
        actions.change_application(**given, requested_cents=500_000_01, at=at)
    actions.change_application(**given, requested_cents=460_000_10, at=at)
    application.refresh_from_db()
    assert (application.requested_cents, application.match_cents) == (460_000_10, 1)
    assert application.signatures.count() == 0
    assert told("grants.application_changed")["changes"]["requested_cents"] == ["10000001", "46000010"]


def test_a_withdrawn_application_is_taken_up_again(
    application: Application, opportunity: Opportunity, analyst: Viewer, at: datetime
) -> None:
    actions.answer(
        application_id=application.pk, outcome="withdrawn", decided_on=date(2012, 9, 6), by=analyst, at=at
    )
    with pytest.raises(GrantRefused, match="take it up again"):
        actions.begin_application(
            opportunity_id=opportunity.pk, requested_cents=1, match_cents=0, summary="", by=analyst, at=at
        )
    actions.take_up_again(application_id=application.pk, by=analyst, at=at)
    application.refresh_from_db()
    assert (application.outcome, application.signatures.count()) == ("drafting", 0)


def test_a_moved_deadline_lets_the_application_out(
    application: Application, opportunity: Opportunity, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    Application.objects.update(requested_cents=460_000_10)
    actions.sign(application_id=application.pk, by=lead, at=at)
    send: dict[str, Any] = {"application_id": application.pk, "by": analyst, "at": at}
    with pytest.raises(GrantRefused, match="until September 1"):
        actions.submit(**send)
    change: dict[str, Any] = {"opportunity_id": opportunity.pk, "by": analyst, "at": at}
    with pytest.raises(GrantRefused, match="closes before it opens"):
        actions.change_opportunity(**change, changes={"opens": date(2012, 9, 2), "closes": date(2012, 9, 1)})
    actions.change_opportunity(**change, changes={"closes": date(2012, 9, 30)})
    assert told("grants.opportunity_changed")["changes"] == {"closes": ["2012-09-01", "2012-09-30"]}
    actions.submit(**send)


def test_a_lowered_ceiling_holds_what_asks_for_more(
    application: Application, opportunity: Opportunity, analyst: Viewer, at: datetime
) -> None:
    actions.change_opportunity(
        opportunity_id=opportunity.pk, changes={"ceiling_cents": 50_000_00}, by=analyst, at=at
    )
    application.refresh_from_db()
    assert "More is asked for than the funder gives." in actions.what_submitting_lacks(application)


def test_setting_right_by_pages(
    application: Application, opportunity: Opportunity, client_of: ClientOf, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    client, home = client_of("grants_analyst"), reverse("grants:opportunity", args=[opportunity.key])
    wrong = application.parts.get(title="Locks")
    remove = reverse("grants:part_remove", args=[wrong.pk])
    change = reverse("grants:application_edit", args=[application.pk])
    edit = reverse("grants:opportunity_edit", args=[opportunity.key])
    shown = client.get(home).content.decode()
    assert all(address in shown for address in (remove, change, edit))
    assert "Locks" in client.get(remove).content.decode()
    assert "Signatures given before are gone" in client.post(remove, follow=True).content.decode()
    assert 'value="100000.01"' in client.get(change).content.decode()
    client.post(change, {"requested_cents": "60000", "match_cents": "0"})
    assert 'value="500000.00"' in client.get(edit).content.decode()
    form = {"title": "Round 2", "funder_name": "An office", "funder": "federal", "match_percent": "0"}
    assert client.post(edit, {**form, "closes": "soon"}).status_code == 422
    client.post(edit, {**form, "closes": "2012-10-31"})
    shown = client.get(home).content.decode()
    assert "October 31, 2012" in shown
    assert "do not add up" not in shown
    answer = reverse("grants:answer", args=[application.pk])
    client.post(answer, {"outcome": "withdrawn", "decided_on": "2012-09-06"})
    again = reverse("grants:application_take_up", args=[application.pk])
    assert again in client.get(home).content.decode()
    assert "It is being written again" in client.post(again, follow=True).content.decode()


def test_a_report_marked_by_mistake_is_unmarked_with_a_reason(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    late = queries.reports_late(award, on=date(2012, 9, 6))
    report = award.reports.order_by("due")[0]
    unmark: dict[str, Any] = {"report_id": report.pk, "by": analyst, "at": at}
    with pytest.raises(GrantRefused, match="not marked"):
        actions.unmark_sent(**unmark, reason="Wrong row")
    actions.mark_sent(report_id=report.pk, note="C-1", by=analyst, at=at)
    assert queries.reports_late(award, on=date(2012, 9, 6)) == late - 1
    with pytest.raises(GrantRefused, match="Say why"):
        actions.unmark_sent(**unmark, reason=" ")
    actions.unmark_sent(**unmark, reason="Wrong row")
    assert queries.reports_late(award, on=date(2012, 9, 6)) == late
    report.refresh_from_db()
    assert (report.submitted_by_name, report.note) == ("", "")
    assert told("grants.report_unsent")["reason"] == "Wrong row"


def test_unmarking_plans_the_report_by_the_terms_of_today(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    """A report kept as sent does not follow an extension; once unmarked it has to."""
    final = award.reports.get(is_final=True, kind="financial")
    actions.mark_sent(report_id=final.pk, by=analyst, at=at)
    actions.amend(
        award_id=award.pk,
        kind="extension",
        approval="GAN 1",
        approved_on=date(2012, 9, 1),
        text="More time",
        new_end=date(2013, 3, 31),
        by=analyst,
        at=at,
    )
    actions.unmark_sent(report_id=final.pk, reason="Wrong row", by=analyst, at=at)
    planned = award.reports.get(kind="financial", end=final.end)
    assert (planned.is_final, planned.submitted_on) == (False, None)
    assert award.reports.filter(kind="financial", is_final=True).count() == 1


def test_unmarking_by_the_page(award: Award, client_of: ClientOf, analyst: Viewer, at: datetime) -> None:
    report = award.reports.order_by("due")[0]
    actions.mark_sent(report_id=report.pk, by=analyst, at=at)
    client, path = client_of("grants_analyst"), reverse("grants:report_unsent", args=[report.pk])
    assert path in client.get(reverse("grants:reports")).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422
    assert "It is owed again" in client.post(path, {"reason": "Wrong row"}, follow=True).content.decode()


def test_a_report_that_is_still_owed_keeps_its_number(award: Award, analyst: Viewer, at: datetime) -> None:
    """Calendars know it by that: an extension makes no doubles there."""
    before = {(one.kind, one.end): one.pk for one in award.reports.all()}
    actions.amend(
        award_id=award.pk,
        kind="extension",
        approval="GAN 1",
        approved_on=date(2012, 9, 1),
        text="More time",
        new_end=date(2013, 3, 31),
        by=analyst,
        at=at,
    )
    after = {(one.kind, one.end): one.pk for one in award.reports.all()}
    kept = set(before) & set(after)
    assert {place: before[place] for place in kept} == {place: after[place] for place in kept}
    assert len(kept) >= len(before) - 1
    assert award.reports.get(kind="financial", end=date(2012, 9, 30)).due == date(2012, 10, 30)
