"""The alarms of the night on the morning page: what is counted can be opened, all of it and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.places.models import Campus
from schoolward.home.morning.alarms import alarms_of_the_night
from schoolward.home.morning.blocks import Morning
from schoolward.home.morning.overnight import last_afternoon
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock

pytestmark = pytest.mark.django_db


def test_the_alarms_that_are_counted_open_as_a_list_of_just_these(
    client_of: Any, by: Viewer, settings: LazySettings
) -> None:
    settings.DEMO = True
    site = Campus.objects.create(name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST")
    now = clock.now(timezone.now())
    morning = Morning(by, clock.today(now), now)
    begun = last_afternoon(morning)
    for number in range(9):
        at = begun + timedelta(hours=1, minutes=number)
        ended = {} if number < 2 else {"state": "closed", "disposition": "false", "cause": "hvac"}
        make_case(
            None, campus=site, opened_at=at, closed_at=at if ended else None, title=f"Night {number}", **ended
        )
    for at in (begun - timedelta(minutes=1), now + timedelta(minutes=1)):
        make_case(None, campus=site, opened_at=at, title="Another time")

    block = alarms_of_the_night(morning)

    assert block is not None
    assert block.count == 9
    assert (block.more_url, block.counted) == (reverse("alarms:desk"), "All 9 alarms of the night")
    listed = client_of("lead").get(block.counted_url).context["table"].data
    assert sorted(row.title for row in listed) == [f"Night {number}" for number in range(9)]
