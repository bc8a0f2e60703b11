"""Reporting, planning and meeting: what is kept and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.models import Initiative, Status, StatusUpdate
from schoolward.domains.initiatives.rag import RULE_VERSION, Colour
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 6)


def report(initiative: Initiative, by: Viewer, at: datetime, **more: Any) -> StatusUpdate:
    told = {"note": "Parts came.", "percent": 40, **more}
    return actions.report_status(initiative_id=initiative.pk, by=by, at=at, **told)


def test_the_rule_gives_the_colour(cameras: Initiative, person: Any, at: datetime) -> None:
    update = report(cameras, person("facilities"), at)

    assert (update.colour, update.rule_colour, update.rule_version) == ("green", "green", RULE_VERSION)
    assert update.on == DAY
    assert Event.objects.filter(action="initiatives.status_reported").count() == 1


def test_a_lead_overrides_with_reason_and_evidence_and_both_show(
    cameras: Initiative, person: Any, at: datetime
) -> None:
    report(
        cameras, person("lead"), at, colour="red", override_reason="Supplier is bankrupt.", evidence="Letter"
    )

    stood = queries.standing(cameras, on=DAY)
    assert (stood.colour, stood.result.colour, stood.sentence) == ("red", "green", "Supplier is bankrupt.")
    later = queries.standing(cameras, on=DAY + timedelta(days=15))
    assert later.colour == Colour.GREY, "an override goes stale like any status"


@pytest.mark.parametrize("given", [{}, {"override_reason": "x"}, {"evidence": "x"}])
def test_an_override_without_justification_is_refused(
    cameras: Initiative, person: Any, at: datetime, given: dict[str, str]
) -> None:
    with pytest.raises(actions.OverrideUnjustified):
        report(cameras, person("lead"), at, colour="red", **given)
    assert not StatusUpdate.objects.exists()


def test_only_a_lead_overrides(cameras: Initiative, person: Any, at: datetime) -> None:
    with pytest.raises(AccessDenied):
        report(cameras, person("facilities"), at, colour="red", override_reason="x", evidence="x")


def test_naming_the_rules_own_colour_is_no_override(cameras: Initiative, person: Any, at: datetime) -> None:
    assert report(cameras, person("facilities"), at, colour="green").override_reason == ""


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"note": " "}, actions.NothingSaid),
        ({"percent": 101}, actions.InitiativeRefused),
        ({"on": DAY + timedelta(days=1)}, actions.DateWrong),
        ({"on": date(2011, 2, 28)}, actions.NotUnderWay),
    ],
)
def test_reports_that_are_refused(
    cameras: Initiative, person: Any, at: datetime, change: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        report(cameras, person("lead"), at, **change)


def test_bodies_and_trustees_do_not_report(
    cameras: Initiative, team: Initiative, person: Any, at: datetime
) -> None:
    with pytest.raises(actions.NotUnderWay):
        report(team, person("lead"), at)
    with pytest.raises(AccessDenied):
        report(cameras, person("trustee"), at)


def test_the_database_refuses_an_unjustified_override_and_any_change(
    cameras: Initiative, person: Any, at: datetime
) -> None:
    update = report(cameras, person("lead"), at)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        StatusUpdate.objects.update(colour="red")
    update.pk, update.colour = None, "red"
    with pytest.raises(IntegrityError), transaction.atomic():
        update.save(force_insert=True)


def test_the_standing_is_that_of_the_day(cameras: Initiative, person: Any, at: datetime) -> None:
    lead = person("lead")
    actions.add_milestone(
        initiative_id=cameras.pk, title="Parts ordered", due=date(2012, 8, 1), by=lead, at=at
    )
    milestone = cameras.milestones.get()
    report(cameras, lead, at, on=date(2012, 7, 30))
    report(cameras, lead, at, on=date(2012, 8, 10))
    actions.reach_milestone(milestone_id=milestone.pk, evidence="Order 7", by=lead, at=at)
    report(cameras, lead, at)

    def on(day: date) -> str:
        return queries.standing(cameras, on=day).colour

    assert on(date(2012, 7, 31)) == "green"
    assert on(date(2012, 8, 12)) == "amber", "then the milestone was overdue and not yet reached"
    assert on(date(2012, 9, 3)) == "red", "33 days overdue; silence does not hide it"
    assert on(DAY) == "green"


def test_moving_the_due_date_keeps_the_first_and_what_held_then(
    cameras: Initiative, person: Any, at: datetime
) -> None:
    later = at + timedelta(days=120)
    actions.change_due(
        initiative_id=cameras.pk, due=date(2013, 6, 1), reason="Bids", by=person("lead"), at=later
    )
    cameras.refresh_from_db()

    assert (cameras.due, cameras.first_due) == (date(2013, 6, 1), date(2012, 12, 21))
    before = queries.standing(cameras, on=date(2012, 12, 30)).result
    assert any("due on December 21" in sentence for _colour, sentence in before.reasons)


def test_closing_complete_needs_every_milestone(cameras: Initiative, person: Any, at: datetime) -> None:
    lead = person("lead")
    actions.add_milestone(initiative_id=cameras.pk, title="Done", due=DAY, by=lead, at=at)

    with pytest.raises(actions.InitiativeRefused, match="“Done” is not reached"):
        actions.close(initiative_id=cameras.pk, status=Status.COMPLETE, by=lead, at=at)
    closed = actions.close(initiative_id=cameras.pk, status=Status.STOPPED, by=lead, at=at)
    assert closed.closed_on == DAY


def test_an_obstacle_colours_and_clears(cameras: Initiative, person: Any, at: datetime) -> None:
    lead = person("lead")
    blocker = actions.raise_blocker(
        initiative_id=cameras.pk, title="No parts", needs="Purchasing: order", by=lead, at=at
    )
    assert report(cameras, lead, at).colour == "amber"

    actions.clear_blocker(blocker_id=blocker.pk, how="Ordered", by=lead, at=at)
    assert report(cameras, lead, at).colour == "green"


def test_the_agenda_assembles_itself(
    cameras: Initiative, team: Initiative, person: Any, at: datetime
) -> None:
    lead = person("lead")
    quiet = actions.open_initiative(
        key="quiet", title="Quiet", owner_role="lead", start=date(2012, 1, 1), by=lead, at=at
    )
    stuck = actions.open_initiative(
        key="stuck", title="Stuck", owner_role="lead", start=date(2012, 1, 1), by=lead, at=at
    )
    actions.hold_meeting(body_id=team.pk, held_on=date(2012, 8, 30), by=lead, at=at)
    report(cameras, lead, at)
    actions.raise_blocker(initiative_id=stuck.pk, title="No room", needs="Principal", by=lead, at=at)

    agenda = queries.agenda(team, lead, on=DAY)

    assert agenda.since == date(2012, 8, 30)
    assert [change.standing.initiative for change in agenda.blocked] == [stuck]
    assert [change.standing.initiative for change in agenda.changed] == [cameras]
    assert [change.standing.initiative for change in agenda.silent] == [quiet]
    assert queries.next_meeting(team, on=DAY) == date(2012, 9, 13)


def test_a_meeting_is_written_down_once(
    team: Initiative, cameras: Initiative, person: Any, at: datetime
) -> None:
    secretary = person("secretary")

    first = actions.hold_meeting(body_id=team.pk, held_on=DAY, by=secretary, at=at)
    again = actions.hold_meeting(body_id=team.pk, held_on=DAY, by=secretary, at=at)

    assert first == again
    with pytest.raises(actions.InitiativeRefused, match="Only a body meets"):
        actions.hold_meeting(body_id=cameras.pk, held_on=DAY, by=secretary, at=at)
    with pytest.raises(actions.DateWrong):
        actions.hold_meeting(body_id=team.pk, held_on=DAY + timedelta(days=1), by=secretary, at=at)


@pytest.fixture
def closed(cameras: Initiative, person: Any, at: datetime) -> Initiative:
    """The cameras with one milestone reached and one obstacle standing, closed as complete on the day."""
    lead = person("lead")
    milestone = actions.add_milestone(initiative_id=cameras.pk, title="Done", due=DAY, by=lead, at=at)
    actions.reach_milestone(milestone_id=milestone.pk, evidence="Invoice", by=lead, at=at)
    actions.raise_blocker(initiative_id=cameras.pk, title="No parts", needs="Order", by=lead, at=at)
    return actions.close(initiative_id=cameras.pk, status=Status.COMPLETE, by=lead, at=at)


@pytest.mark.parametrize(
    "change",
    [
        lambda one, **who: actions.describe(initiative_id=one.pk, changes={"title": "Other"}, **who),
        lambda one, **who: actions.change_due(initiative_id=one.pk, due=date(2013, 1, 1), reason="x", **who),
        lambda one, **who: actions.close(initiative_id=one.pk, status=Status.STOPPED, **who),
        lambda one, **who: actions.add_milestone(initiative_id=one.pk, title="New", due=DAY, **who),
        lambda one, **who: actions.report_status(initiative_id=one.pk, note="x", percent=9, **who),
        lambda one, **who: actions.report_status(
            initiative_id=one.pk, note="x", percent=9, on=DAY - timedelta(days=3), **who
        ),
        lambda one, **who: actions.raise_blocker(initiative_id=one.pk, title="x", needs="x", **who),
        lambda one, **who: actions.clear_blocker(blocker_id=one.blockers.get().pk, how="x", **who),
        lambda one, **who: actions.reach_milestone(
            milestone_id=one.milestones.get().pk, evidence="Other", **who
        ),
    ],
    ids=[
        "describe",
        "change_due",
        "close",
        "add_milestone",
        "report",
        "report_on_an_earlier_day",
        "raise_blocker",
        "clear_blocker",
        "reach_milestone",
    ],
)
def test_a_closed_initiative_is_not_rewritten(
    closed: Initiative, person: Any, at: datetime, change: Any
) -> None:
    def stored() -> list[Any]:
        rows = (Initiative.objects, closed.milestones, closed.blockers, closed.updates, closed.due_changes)
        return [list(row.values()) for row in rows]

    before = stored()

    with pytest.raises(actions.InitiativeClosed, match="Re-open it with a reason"):
        change(closed, by=person("lead"), at=at)

    assert stored() == before


def test_what_is_reached_or_cleared_stays_as_it_was_said(
    cameras: Initiative, person: Any, at: datetime
) -> None:
    lead = person("lead")
    milestone = actions.add_milestone(initiative_id=cameras.pk, title="Done", due=DAY, by=lead, at=at)
    blocker = actions.raise_blocker(initiative_id=cameras.pk, title="x", needs="y", by=lead, at=at)
    actions.reach_milestone(milestone_id=milestone.pk, evidence="Invoice", by=lead, at=at)
    actions.clear_blocker(blocker_id=blocker.pk, how="Ordered", by=lead, at=at)
    later = at + timedelta(days=3)

    with pytest.raises(actions.InitiativeRefused, match="reached already"):
        actions.reach_milestone(milestone_id=milestone.pk, evidence="Other", by=lead, at=later)
    with pytest.raises(actions.InitiativeRefused, match="cleared already"):
        actions.clear_blocker(blocker_id=blocker.pk, how="Other", by=lead, at=later)

    assert (cameras.milestones.get().evidence, cameras.milestones.get().done_on) == ("Invoice", DAY)
    assert (cameras.blockers.get().how_cleared, cameras.blockers.get().cleared_on) == ("Ordered", DAY)


def test_reopening_keeps_the_reason_and_the_days_on_which_it_was_closed(
    closed: Initiative, person: Any, at: datetime
) -> None:
    lead, later = person("lead"), at + timedelta(days=10)
    with pytest.raises(actions.NothingSaid):
        actions.reopen(initiative_id=closed.pk, reason=" ", by=lead, at=later)

    again = actions.reopen(initiative_id=closed.pk, reason="They broke again", by=lead, at=later)

    reopening = again.reopenings.get()
    assert (reopening.ended, reopening.closed_on, reopening.reason) == (
        Status.COMPLETE,
        DAY,
        "They broke again",
    )
    assert again.status_on(DAY + timedelta(days=10)) == Status.ACTIVE
    with pytest.raises(actions.InitiativeRefused, match="not closed"):
        actions.reopen(initiative_id=closed.pk, reason="Again", by=lead, at=later)

    def under_way(day: date) -> bool:
        return queries.open_on(queries.initiatives(lead), day).exists()

    assert [under_way(DAY + timedelta(days=n)) for n in (-1, 0, 9, 10)] == [True, False, False, True]
    assert queries.standing(again, on=DAY + timedelta(days=9)).sentence.startswith("Closed on")
    assert not queries.standing(again, on=DAY + timedelta(days=10)).sentence.startswith("Closed on")
    assert Event.objects.filter(action="initiatives.reopened").count() == 1


@pytest.mark.parametrize(
    ("start", "on", "status"),
    [
        (None, DAY, Status.PLANNED),
        (DAY + timedelta(days=1), DAY, Status.PLANNED),
        (DAY + timedelta(days=1), DAY + timedelta(days=1), Status.ACTIVE),
        (DAY, DAY, Status.ACTIVE),
        (DAY, DAY + timedelta(days=30), Status.STOPPED),
    ],
)
def test_the_status_follows_from_the_dates(
    by: Viewer, at: datetime, start: date | None, on: date, status: Status
) -> None:
    one = actions.open_initiative(key="one", title="One", owner_role="lead", start=start, by=by, at=at)
    if status == Status.STOPPED:
        one = actions.close(
            initiative_id=one.pk, status=status, by=by, at=at + timedelta(days=30), closed_on=on
        )

    assert one.status_on(on) == status
    found = {s: queries.with_status(queries.initiatives(by), s, on=on).exists() for s in Status}
    assert found == {s: s == status for s in Status}
