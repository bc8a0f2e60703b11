"""The queue at the moment of looking: what waits longer becomes more urgent without being touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.alarms import actions, queries, topics
from schoolward.domains.alarms.models import AlarmSystem, Case
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock

SECOND = timedelta(seconds=1)
KEPT: dict[str, Any] = {"urgency": 35, "reasons": ["burglary signal (+35)"]}


def later(viewer: Viewer, at: datetime) -> Viewer:
    """The same viewer, looking then."""
    return replace(viewer, at=at)


@pytest.fixture
def operator(person: Person) -> Viewer:
    """Somebody at the desk."""
    return person()


def test_what_came_in_the_same_second_stands_at_the_same_urgency_whatever_was_touched_since(
    system: AlarmSystem, operator: Viewer, at: datetime
) -> None:
    opened = at - 660 * SECOND
    for seconds in (40, 5, 43):
        make_case(system, opened_at=opened, last_signal_at=opened + seconds * SECOND, **KEPT)

    shown = queries.queue(later(operator, at)).shown

    assert {one.standing.urgency for one in shown} == {50}
    assert {one.standing.reasons for one in shown} == {
        ("burglary signal (+35)", "unanswered for 11 min, beyond the target of 90 s (+15)")
    }


def test_the_order_follows_the_clock(system: AlarmSystem, operator: Viewer, at: datetime) -> None:
    young = make_case(system, opened_at=at, urgency=40, reasons=["x (+40)"])
    old = make_case(system, opened_at=at - 60 * SECOND, urgency=38, reasons=["x (+38)"])

    assert queries.queue(later(operator, at)).cases == [old, young]
    assert queries.queue(later(operator, at + 600 * SECOND)).cases == [young, old]


def test_waiting_counts_until_somebody_answers(case: Case, operator: Viewer, at: datetime) -> None:
    Case.objects.update(**KEPT)
    case.refresh_from_db()
    assert queries.standing_of(case, at=case.opened_at + 90 * SECOND).urgency == round(42.5)

    claimed = actions.claim(case_id=case.pk, by=operator, at=at)

    standing = queries.standing_of(claimed, at=at + 3600 * SECOND)
    assert standing.reasons == tuple(claimed.reasons)
    assert standing.urgency == claimed.urgency


def test_what_is_kept_with_a_case_knows_nothing_of_the_clock(
    case: Case, operator: Viewer, at: datetime, by: Viewer
) -> None:
    actions.escalate(by=by, at=case.opened_at + 300 * SECOND)

    case.refresh_from_db()
    assert case.escalated_level == 2
    assert case.urgency == 35, "burglary, and that nobody has answered is not kept"
    assert "unanswered" not in " ".join(case.reasons)


def test_all_are_counted_though_not_all_are_shown(
    system: AlarmSystem, operator: Viewer, at: datetime
) -> None:
    for number in range(5):
        make_case(system, urgency=number, opened_at=at)
    actions.claim(case_id=Case.objects.get(urgency=1).pk, by=operator, at=at)
    Case.objects.filter(state="claimed").update(urgency=1)

    queue = queries.queue(operator, limit=2)

    assert [case.urgency for case in queue.cases] == [4, 3]
    assert (queue.open, queue.waiting) == (5, 4)
    assert sorted(queue.others.values()) == ["claimed", "waiting", "waiting"]


def test_a_queue_of_five_hundred_asks_few_questions(
    system: AlarmSystem, operator: Viewer, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_case(system, urgency=3, opened_at=at)
    values = {
        field.attname: getattr(first, field.attname) for field in Case._meta.fields if field.name != "id"
    }
    Case.objects.bulk_create(Case(**{**values, "number": f"20120906-9{n:03d}"}) for n in range(499))

    with django_assert_max_num_queries(3):
        queue = queries.queue(operator, limit=300)
        [topics.row_html(one.case, one.standing) for one in queue.shown]

    assert (len(queue.shown), queue.open) == (300, 500)


def test_page_stream_list_and_api_say_the_same(
    client: Client, case: Case, person: Person, by: Viewer, operator: Viewer, settings: LazySettings
) -> None:
    settings.DEMO = True
    night = clock.now(by.at) - 5448 * SECOND
    Case.objects.update(opened_at=night, last_signal_at=night, **KEPT)
    from schoolward.platform.access.models import Account

    client.force_login(Account.objects.get(pk=operator.account_id))
    words = "unanswered for 1 h 30 min, beyond the target of 90 s (+15)"

    desk = client.get(reverse("alarms:desk")).content.decode()
    told = client.get(reverse("api:alarm_cases"), {"open": "true"}).json()["items"][0]
    one = client.get(reverse("api:alarm_case", args=[case.number])).json()
    listed = client.get(reverse("alarms:cases"), {"sort": "-urgency", "export": "csv"})
    actions.note(case_id=case.pk, text="x", by=operator, at=by.at)
    polled = client.get(reverse("notify:topic", args=["alarms"]), {"after": 0}).json()["changes"][-1]

    assert words in desk
    assert 'data-urgency="50"' in desk
    assert (told["urgency"], told["reasons"][1]) == (50, words)
    assert one["urgency"] == 50
    assert words in one["reasons"]
    assert ",50," in b"".join(listed).decode()
    assert polled["urgency"] == 50
    assert words in polled["row"]
