"""What is overdue: only work that is still to be done, alike in every place that says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from schoolward.domains.places.models import Campus
from schoolward.domains.work import queries
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read

pytestmark = pytest.mark.django_db
LATE = date(2012, 9, 1)
TODAY = date(2012, 9, 6)


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("state", list(State))
def test_every_place_agrees_on_what_is_overdue(
    client_of: Any, person: Any, proposed: WorkItem, advance: Any, state: State
) -> None:
    advance(proposed, state)
    WorkItem.objects.filter(pk=proposed.pk).update(due=LATE, first_due=LATE)
    expected = state not in (State.DONE, State.VERIFIED, State.DECLINED)
    client = client_of("lead")

    listed = client.get(reverse("work:list"), {"state": "overdue"}).context["table"].data

    assert [row.pk for row in listed] == [proposed.pk] * expected
    assert client.get(reverse("work:detail", args=[proposed.pk])).context["is_overdue"] is expected
    assert ("overdue since" in client.get(reverse("work:board")).content.decode()) is expected
    assert queries.overdue(person("lead"), on=TODAY).exists() is expected
    assert read("work.overdue", Period(None, TODAY, TODAY), Scope()).value == int(expected)


def test_done_work_stands_behind_what_is_still_to_do(
    client_of: Any, proposed: WorkItem, advance: Any, site: Campus
) -> None:
    advance(proposed, State.DONE)
    WorkItem.objects.filter(pk=proposed.pk).update(due=LATE, first_due=LATE)
    later = date(2013, 1, 7)
    WorkItem.objects.create(
        reference="T-1", title="Next year", campus=site, proposed_on=LATE, due=later, first_due=later
    )
    client = client_of("lead")

    listed = client.get(reverse("work:list")).context["table"].data
    panel = client.get(reverse("work:site_panel", args=[site.pk])).context["items"]

    assert [row.title for row in listed] == ["Next year", "Repair the fence"]
    assert [row.title for row in panel] == ["Next year", "Repair the fence"]
