"""What work costs: to the cent on its own page, and never nothing where nobody knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from schoolward.domains.work import actions
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State
from schoolward.domains.work.templatetags.work_money import exact_dollars
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

pytestmark = pytest.mark.django_db
DAY = Period(None, None, date(2012, 9, 6))


def test_open_work_without_an_estimate_is_not_estimated_at_nothing(
    proposed: WorkItem, person: Any, at: datetime
) -> None:
    reading = read("work.cost.estimated", DAY)
    assert (reading.collected, reading.value) == (False, None)
    assert reading.note == "None of the open work has an estimate yet."

    actions.propose(title="Sweep", estimate_cents=0, by=person("lead", name="proposer"), at=at)
    reading = read("work.cost.estimated", DAY)
    assert (reading.collected, reading.value, reading.records) == (True, 0, 1)


def test_where_all_work_is_closed_what_is_open_costs_nothing(proposed: WorkItem, advance: Any) -> None:
    advance(proposed, State.DECLINED)

    reading = read("work.cost.estimated", DAY)

    assert (reading.collected, reading.value) == (True, 0)


def test_without_work_nothing_is_said_of_money(client_of: Any, person: Any, at: datetime) -> None:
    client = client_of("lead")
    assert "$" not in client.get(reverse("work:list")).content.decode().partition("<main")[2]

    actions.propose(title="Sweep", estimate_cents=1_234_56, by=person("lead", name="proposer"), at=at)

    assert "$1,234.56" in client.get(reverse("work:list")).content.decode()


def test_a_records_money_is_not_rounded(
    proposed: WorkItem, client_of: Any, person: Any, at: datetime
) -> None:
    lead = person("lead", name="proposer")
    actions.accept(item_id=proposed.pk, due=date(2012, 12, 1), estimate_cents=99_950, by=lead, at=at)
    actions.fund(item_id=proposed.pk, amount_cents=123_456, money_source="Grant", by=lead, at=at)

    page = client_of("lead").get(reverse("work:detail", args=[proposed.pk])).content.decode()

    assert "$999.50" in page
    assert "$1,234.56, Grant" in page


@pytest.mark.parametrize(
    ("cents", "shown"), [(0, "$0"), (5, "$0.05"), (35_000, "$350"), (123_456_789, "$1,234,567.89")]
)
def test_dollars_to_the_cent(cents: int, shown: str) -> None:
    assert exact_dollars(cents) == shown
