"""Work as it stood on an earlier day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schoolward.domains.work import actions, queries
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read

pytestmark = pytest.mark.django_db
TODAY = date(2012, 9, 6)


def state_on(item: WorkItem, day: date) -> str | None:
    found = queries.as_of(WorkItem.objects.filter(pk=item.pk), day).first()
    return found.state_then if found else None  # type: ignore[attr-defined]


def test_the_state_is_that_of_the_day(proposed: WorkItem, advance: Any, person: Any, at: datetime) -> None:
    advance(proposed, State.ACCEPTED)
    later = at + timedelta(days=30)
    actions.fund(
        item_id=proposed.pk, amount_cents=1, money_source="Site budget", by=person("grants_analyst"), at=later
    )

    assert state_on(proposed, TODAY - timedelta(days=1)) is None
    assert state_on(proposed, TODAY) == "accepted"
    assert state_on(proposed, TODAY + timedelta(days=30)) == "funded"


@pytest.mark.parametrize("state", list(State))
def test_the_last_day_needs_no_look_at_the_moves(proposed: WorkItem, advance: Any, state: State) -> None:
    """Where nothing moved after the day, the state that is kept is read; it is that of the last move."""
    advance(proposed, state)
    proposed.refresh_from_db()
    last = proposed.transitions.order_by("-number").first()  # type: ignore[attr-defined]
    day = last.on
    assert state_on(proposed, day) == last.to_state == proposed.state == state


def test_a_due_date_is_late_by_what_held_then(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.ACCEPTED)
    late = date(2012, 12, 20)
    actions.change_due(
        item_id=proposed.pk,
        due=date(2013, 6, 1),
        reason="Bids",
        by=person("lead"),
        at=at + timedelta(days=110),
    )

    def overdue(day: date) -> float | int | None:
        return read("work.overdue", Period(None, None, day)).value

    assert overdue(late) == 1, "the change came on December 25"
    assert overdue(date(2012, 12, 26)) == 0
    assert overdue(date(2013, 6, 2)) == 1


def test_moving_the_due_date_does_not_make_late_work_punctual(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    WorkItem.objects.update(kind="recommendation")
    advance(proposed, State.DONE)
    actions.add_evidence(item_id=proposed.pk, text="Seen", by=person("lead", name="other"), at=at)
    actions.change_due(
        item_id=proposed.pk, due=date(2013, 6, 1), reason="Bids", by=person("lead", name="other"), at=at
    )
    actions.verify(item_id=proposed.pk, by=person("site_lead", name="third"), at=at + timedelta(days=200))

    reading = read("recommendations.on_time", Period(None, None, date(2013, 5, 1)))

    assert (reading.numerator, reading.denominator) == (0, 1)


def test_measures_narrow_to_a_site_and_say_when_nothing_is_there(proposed: WorkItem, other_site: Any) -> None:
    def reading(campus_id: int | None) -> Any:
        return read("work.open", Period(None, None, TODAY), Scope(campus_id))

    assert reading(None).value == reading(proposed.campus_id).value == 1
    assert not reading(other_site.pk).collected


def test_what_waits_for_whom(proposed: WorkItem, advance: Any, person: Any, at: datetime) -> None:
    lead: Viewer = person("lead", name="watcher")
    assert not queries.waiting_for_verification(lead).exists()
    advance(proposed, State.DONE)
    assert not queries.waiting_for_verification(lead).exists(), "without evidence nobody can verify it"
    actions.add_evidence(item_id=proposed.pk, text="Seen", by=lead, at=at)

    doer: Viewer = person("facilities", name="story-facilities")
    assert queries.waiting_for_verification(lead).get() == proposed
    assert not queries.waiting_for_verification(doer).exists()


def test_due_soon_and_overdue_part_at_the_day(proposed: WorkItem, advance: Any, person: Any) -> None:
    item = advance(proposed, State.ACCEPTED)
    lead = person("lead", name="watcher")

    assert queries.due_soon(lead, on=item.due).exists()
    assert not queries.overdue(lead, on=item.due).exists()
    assert queries.overdue(lead, on=item.due + timedelta(days=1)).exists()
