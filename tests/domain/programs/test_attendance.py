"""Counts that a device kept: taken once, never over another that nobody has seen, refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.actions.attendance import counted_at
from schoolward.domains.programs.models import Session, SessionCount, SessionState
from schoolward.platform.access import clock
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

Make = Callable[..., Session]
NOW = datetime(2012, 9, 6, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Pages call the day of the tests today."""
    monkeypatch.setattr(clock, "stands_still", lambda: True)


def kept(session: Session, attended: int = 9, **more: Any) -> actions.HeadCount:
    """A count that a device has kept for two hours."""
    said = {"id": uuid4(), "minutes": 45, "moment": NOW - timedelta(hours=2), **more}
    return actions.HeadCount(session=session.pk, attended=attended, **said)


def take(*counts: actions.HeadCount, by: Viewer, at: datetime) -> list[actions.Answer]:
    return actions.take_counts(counts=counts, sent=NOW, by=by, at=at)


def codes(*counts: actions.HeadCount, by: Viewer, at: datetime) -> list[str]:
    return [one.code for one in take(*counts, by=by, at=at)]


def test_sent_again_and_again_it_is_one_count(session: Make, by: Viewer, at: datetime) -> None:
    one = kept(session())
    assert codes(one, by=by, at=at) == [""]
    assert codes(one, one, by=by, at=at) == ["", ""]
    stored = SessionCount.objects.get()
    assert (stored.receipt, stored.attended, stored.counted_at) == (one.id, 9, at - timedelta(hours=2))
    assert Event.objects.filter(action="programs.counted").count() == 1


def test_another_count_is_told_and_nothing_is_overwritten(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    first, second = kept(made, 9), kept(made, 11)
    take(first, by=by, at=at)
    (answer,) = take(second, by=by, at=at)
    assert (answer.code, answer.is_taken) == ("differs", False)
    assert answer.standing is not None
    assert (answer.standing.receipt, answer.standing.attended) == (first.id, 9)
    made.refresh_from_db()
    assert (made.attended, SessionCount.objects.count()) == (9, 1)
    # Its user has seen the other one and says that their own holds.
    assert codes(kept(made, 11, over=frozenset([first.id])), by=by, at=at) == [""]
    made.refresh_from_db()
    assert (made.attended, SessionCount.objects.count()) == (11, 2)
    # The first device, sending again after its answer was lost, gets its answer and undoes nothing.
    assert codes(first, by=by, at=at) == [""]
    made.refresh_from_db()
    assert made.attended == 11


def test_a_device_corrects_itself_before_anything_was_sent(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    first = kept(made, 9)
    assert codes(first, kept(made, 10, over=frozenset([first.id])), by=by, at=at) == ["", ""]
    assert list(SessionCount.objects.order_by("pk").values_list("attended", flat=True)) == [9, 10]


def test_the_same_numbers_contradict_nothing_and_keep_their_answer(
    session: Make, by: Viewer, at: datetime
) -> None:
    made = session()
    first, same = kept(made, 9), kept(made, 9)
    assert codes(first, same, by=by, at=at) == ["", ""]
    take(kept(made, 12, over=frozenset([same.id])), by=by, at=at)
    assert codes(same, by=by, at=at) == [""]
    made.refresh_from_db()
    assert made.attended == 12


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"attended": -1}, "number", "attended"),
        ({"attended": 100_001}, "number", "attended"),
        ({"attended": 10**30}, "number", "attended"),
        ({"minutes": 0}, "number", "minutes"),
        ({"adults": 100_001}, "number", "adults"),
    ],
)
def test_a_refused_number_names_its_field_and_holds_up_no_other(
    session: Make, by: Viewer, at: datetime, changes: dict[str, int], code: str, field: str
) -> None:
    made = session()
    answers = take(kept(made, **changes), kept(made), by=by, at=at)
    assert [(one.code, one.field) for one in answers] == [(code, field), ("", "")]


def test_where_a_parent_comes_along_they_are_counted(session: Make, by: Viewer, at: datetime) -> None:
    made = session("class", parent_required=True)
    answers = take(kept(made), kept(made, adults=8), by=by, at=at)
    assert [(one.code, one.field) for one in answers] == [("number", "adults"), ("", "")]


def test_a_session_that_was_cancelled_meanwhile_says_why(session: Make, by: Viewer, at: datetime) -> None:
    made, count = session(), None
    actions.cancel_session(session_id=made.pk, reason="weather", by=by, at=at)
    count = kept(made)
    (answer,) = take(count, by=by, at=at)
    assert answer.code == "cancelled"
    assert "weather" in answer.text
    assert not SessionCount.objects.exists()
    actions.reinstate_session(session_id=made.pk, by=by, at=at)
    assert codes(count, by=by, at=at) == [""]


def test_too_early_gone_and_taken_by_another(session: Make, by: Viewer, at: datetime) -> None:
    made = session()
    ahead = actions.plan_session(offering_id=made.offering_id, on=date(2012, 9, 10), minutes=50, by=by, at=at)
    gone = Session(pk=2**31 - 1)
    assert codes(kept(ahead), kept(gone), by=by, at=at) == ["early", "gone"]
    one = kept(made)
    take(one, by=by, at=at)
    assert codes(kept(made, 10, id=one.id), by=by, at=at) == ["id-taken"]
    other = actions.plan_session(offering_id=made.offering_id, on=date(2012, 9, 3), minutes=50, by=by, at=at)
    assert codes(kept(other, id=one.id), by=by, at=at) == ["id-taken"]


def test_a_session_of_others_is_refused_and_on_record(
    session: Make, person: Callable[..., Viewer], at: datetime
) -> None:
    made = session()
    stranger = person("provider", "city")
    assert codes(kept(made), by=stranger, at=at) == ["not-yours"]
    denied = Event.objects.get(action="access.denied")
    assert (denied.subject, denied.outcome) == (f"programs.Session:{made.pk}", "denied")
    assert not SessionCount.objects.exists()
    with pytest.raises(AccessDenied):
        take(kept(made), by=person("secretary"), at=at)


@pytest.mark.parametrize(
    ("moment", "sent", "expected"),
    [
        (NOW - timedelta(hours=3), NOW, timedelta(hours=3)),
        # The clock was put back in between.
        (NOW + timedelta(days=1), NOW, timedelta()),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, 1, tzinfo=UTC), timedelta(hours=1)),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), None),
    ],
)
def test_wrong_clocks_do_not_move_a_count(
    moment: datetime, sent: datetime, expected: timedelta | None
) -> None:
    assert counted_at(moment, sent, NOW) == (None if expected is None else NOW - expected)


# Over HTTP


def body(*counts: actions.HeadCount, **more: Any) -> dict[str, Any]:
    return {
        "sent": NOW.isoformat(),
        "counts": [
            {
                **vars(one),
                "id": str(one.id),
                "over": [str(seen) for seen in one.over],
                "moment": one.moment.isoformat(),
            }
            for one in counts
        ],
        **more,
    }


def post(client: Client, sent: Any) -> Any:
    return client.post(reverse("api:program_attendance"), json.dumps(sent), content_type="application/json")


def test_the_providers_people_send_what_their_phone_kept(session: Make, client_of: Any) -> None:
    made, client = session(), client_of("provider", "community")
    sent = body(kept(made))
    for _time in range(2):
        answer = post(client, sent)
        assert answer.status_code == 200
        (one,) = answer.json()["answers"]
        assert (one["is_taken"], one["standing"]) == (True, None)
    assert SessionCount.objects.count() == 1
    (told,) = post(client, body(kept(made, 12))).json()["answers"]
    assert told["code"] == "differs"
    assert told["standing"]["attended"] == 9
    assert told["standing"]["by_name"] == "The provider"


def test_nobody_sends_what_another_one_has_counted(session: Make, client_of: Any) -> None:
    answer = post(client_of("provider", "community"), body(kept(session()), account=2**31 - 1))
    assert answer.status_code == 409
    assert not SessionCount.objects.exists()
    assert post(Client(), body()).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"id": "none"},
        {"attended": "many"},
        {"attended": 1.5},
        {"session": 2**63},
        {"moment": "2012-09-06T12:00:00"},
        {"over": ["none"]},
        {"name": "Maria"},
    ],
)
def test_what_cannot_be_read_is_refused_whole(session: Make, client_of: Any, change: dict[str, Any]) -> None:
    sent = body(kept(session()))
    sent["counts"][0] |= change
    assert post(client_of("program_coordinator"), sent).status_code == 422
    assert not SessionCount.objects.exists()


# The page


def test_the_page_that_is_kept_has_sessions_and_no_heads(
    session: Make, client_of: Any, by: Viewer, at: datetime
) -> None:
    made = session(on=date(2012, 9, 6))
    actions.record_count(session_id=made.pk, attended=77_777, minutes=45, by=by, at=at)
    page = client_of("provider", "community").get(reverse("programs:attendance")).content.decode()
    assert f'data-session="{made.pk}"' in page
    assert "A count of this session was received" in page
    assert "77777" not in page.replace(",", "")


def test_the_page_holds_the_days_around_and_what_may_be_counted(
    session: Make, person: Callable[..., Viewer], by: Viewer, at: datetime
) -> None:
    made = session(on=date(2012, 9, 5))
    days = {
        on: actions.plan_session(offering_id=made.offering_id, on=on, minutes=50, by=by, at=at)
        for on in (date(2012, 8, 27), date(2012, 9, 6), date(2012, 9, 13), date(2012, 9, 14))
    }
    late = days[date(2012, 8, 27)]
    actions.record_count(session_id=late.pk, attended=3, minutes=50, by=by, at=at)
    coach = person("provider", "community")
    found = [one.on.day for one in queries.to_attend(coach, on=date(2012, 9, 6))]
    assert found == [5, 6, 13]
    assert queries.to_attend(person("provider", "city"), on=date(2012, 9, 6)) == []
    assert queries.to_attend(person("secretary"), on=date(2012, 9, 6)) == []
    assert Session.objects.filter(state=SessionState.PLANNED).count() == 4
