"""Sessions: planned once, counted once however often it is sent, cancelled with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.models import Offering, Session, SessionCount, SessionState
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

Make = Callable[..., Session]


def test_a_count_sent_twice_counts_once(session: Make, by: Viewer, at: datetime) -> None:
    made, receipt = session(), uuid4()
    for _time in range(2):
        actions.record_count(session_id=made.pk, attended=9, minutes=45, receipt=receipt, by=by, at=at)
    # Without a receipt the same numbers are the same count, too.
    actions.record_count(session_id=made.pk, attended=9, minutes=45, by=by, at=at)
    made.refresh_from_db()
    assert (made.state, made.attended, made.minutes_held, made.expected) == (SessionState.HELD, 9, 45, 12)
    assert SessionCount.objects.count() == 1
    assert Event.objects.filter(action="programs.counted").count() == 1


def test_other_numbers_correct_and_both_counts_are_kept(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    actions.record_count(session_id=made.pk, attended=9, minutes=45, by=by, at=at)
    actions.record_count(session_id=made.pk, attended=8, minutes=45, by=by, at=at)
    made.refresh_from_db()
    assert made.attended == 8
    assert list(made.counts.order_by("pk").values_list("attended", flat=True)) == [9, 8]


def test_a_late_copy_of_an_earlier_count_does_not_undo_its_correction(
    session: Make, by: Viewer, at: datetime
) -> None:
    made, first = session(), uuid4()
    actions.record_count(session_id=made.pk, attended=9, minutes=45, receipt=first, by=by, at=at)
    actions.record_count(session_id=made.pk, attended=8, minutes=45, receipt=uuid4(), by=by, at=at)
    actions.record_count(session_id=made.pk, attended=9, minutes=45, receipt=first, by=by, at=at)
    made.refresh_from_db()
    assert made.attended == 8


def test_a_receipt_of_another_session_is_refused(session: Make, by: Viewer, at: datetime) -> None:
    made, receipt = session(), uuid4()
    other = actions.plan_session(offering_id=made.offering_id, on=date(2012, 9, 3), minutes=50, by=by, at=at)
    actions.record_count(session_id=made.pk, attended=9, minutes=45, receipt=receipt, by=by, at=at)
    with pytest.raises(actions.ProgramRefused):
        actions.record_count(session_id=other.pk, attended=9, minutes=45, receipt=receipt, by=by, at=at)


def test_no_heads_stand_in_the_audit(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    actions.record_count(session_id=made.pk, attended=7, minutes=45, by=by, at=at)
    event = Event.objects.get(action="programs.counted")
    assert set(event.detail) == {"offering", "number"}


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"attended": -1, "minutes": 45}, "attended"),
        ({"attended": 100_001, "minutes": 45}, "attended"),
        ({"attended": 3, "minutes": 0}, "minutes"),
        ({"attended": 3, "minutes": 1441}, "minutes"),
    ],
)
def test_unbelievable_counts_name_their_field(
    session: Make, by: Viewer, at: datetime, numbers: dict[str, int], field: str
) -> None:
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.record_count(session_id=session().pk, by=by, at=at, **numbers)
    assert refused.value.field == field


def test_nobody_came_is_a_count_and_not_a_missing_one(session: Make, by: Viewer, at: datetime) -> None:
    made = actions.record_count(session_id=session().pk, attended=0, minutes=10, by=by, at=at)
    assert (made.state, made.attended) == (SessionState.HELD, 0)


def test_more_than_were_registered_are_not_hidden(session: Make, by: Viewer, at: datetime) -> None:
    made = actions.record_count(session_id=session().pk, attended=15, minutes=50, by=by, at=at)
    assert (made.attended, made.expected) == (15, 15)


def test_where_a_parent_is_required_the_parents_are_counted(session: Make, by: Viewer, at: datetime) -> None:
    made = session("class", parent_required=True)
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.record_count(session_id=made.pk, attended=9, minutes=50, by=by, at=at)
    assert refused.value.field == "adults"
    made = actions.record_count(session_id=made.pk, attended=9, adults=8, minutes=50, by=by, at=at)
    assert made.adults == 8


def test_a_session_of_a_day_to_come_cannot_be_counted(session: Make, by: Viewer, at: datetime) -> None:
    with pytest.raises(actions.ProgramRefused):
        actions.record_count(
            session_id=session(on=date(2012, 9, 10)).pk, attended=9, minutes=50, by=by, at=at
        )


def test_cancelling_names_a_reason_and_can_be_taken_back(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    for _time in range(2):
        actions.cancel_session(session_id=made.pk, reason="weather", by=by, at=at)
    made.refresh_from_db()
    assert (made.state, made.cancel_reason, made.expected) == (SessionState.CANCELLED, "weather", 12)
    assert Event.objects.filter(action="programs.session_cancelled").count() == 1
    with pytest.raises(actions.ProgramRefused):
        actions.record_count(session_id=made.pk, attended=9, minutes=50, by=by, at=at)
    actions.reinstate_session(session_id=made.pk, by=by, at=at)
    made.refresh_from_db()
    assert (made.state, made.cancel_reason, made.expected) == (SessionState.PLANNED, "", None)


def test_what_was_held_is_not_cancelled(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    actions.record_count(session_id=made.pk, attended=9, minutes=50, by=by, at=at)
    with pytest.raises(actions.ProgramRefused):
        actions.cancel_session(session_id=made.pk, reason="staff", by=by, at=at)


def test_planning_twice_plans_once(offering: Callable[..., Offering], by: Viewer, at: datetime) -> None:
    made = offering()
    wanted = {"first": date(2012, 8, 27), "last": date(2012, 9, 9), "days": "MO,WE", "minutes": 50}
    assert len(actions.plan_sessions(offering_id=made.pk, by=by, at=at, **wanted)) == 4
    assert actions.plan_sessions(offering_id=made.pk, by=by, at=at, **wanted) == []
    assert [session.on.weekday() for session in made.sessions.order_by("on")] == [0, 2, 0, 2]


def test_sessions_lie_within_their_offering(
    offering: Callable[..., Offering], by: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.plan_session(offering_id=offering().pk, on=date(2013, 1, 7), minutes=50, by=by, at=at)
    assert refused.value.field == "on"


def test_a_providers_people_count_their_own_sessions_only(
    session: Make, person: Callable[..., Viewer], at: datetime
) -> None:
    made = session()
    own, other = person("provider", "community"), person("provider", "city")
    with pytest.raises(AccessDenied):
        actions.record_count(session_id=made.pk, attended=9, minutes=50, by=other, at=at)
    assert queries.to_count(other, on=date(2012, 9, 6)) == []
    assert queries.to_count(own, on=date(2012, 9, 6)) == [made]
    actions.record_count(session_id=made.pk, attended=9, minutes=50, by=own, at=at)
    assert queries.to_count(own, on=date(2012, 9, 6)) == []


@pytest.mark.parametrize("role", ["trustee", "facilities", "campus_monitor", "site_lead", "grants_analyst"])
def test_who_only_looks_cannot_count(
    session: Make, person: Callable[..., Viewer], at: datetime, role: str
) -> None:
    with pytest.raises(AccessDenied):
        actions.record_count(session_id=session().pk, attended=9, minutes=50, by=person(role), at=at)


def test_cancelling_the_rest_of_an_offering(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    later = actions.plan_session(offering_id=made.offering_id, on=date(2012, 10, 1), minutes=50, by=by, at=at)
    actions.record_count(session_id=made.pk, attended=9, minutes=50, by=by, at=at)
    with pytest.raises(actions.ProgramRefused):
        actions.cancel_offering(
            offering_id=made.offering_id, reason="staff", cancelled_on=date(2012, 9, 1), by=by, at=at
        )
    actions.cancel_offering(
        offering_id=made.offering_id, reason="staff", cancelled_on=date(2012, 9, 10), by=by, at=at
    )
    later.refresh_from_db()
    assert (later.state, later.cancel_reason) == (SessionState.CANCELLED, "staff")
    with pytest.raises(actions.ProgramRefused):
        actions.reinstate_session(session_id=later.pk, by=by, at=at)
