"""A case that grows keeps the zone that it is named after, whoever reads the journal next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import AlarmSystem, Case

pytestmark = pytest.mark.django_db


def test_a_signal_of_another_zone_takes_no_name_away(system: AlarmSystem, receiver: Receiver) -> None:
    receiver.frame("NBA3", number=1).commit()
    run_once(at=NIGHT + timedelta(seconds=1))
    receiver.frame("NBA4", number=2, at=NIGHT + timedelta(seconds=20)).commit()

    run_once(at=NIGHT + timedelta(seconds=21))

    case = Case.objects.get()
    assert case.signal_count == 2
    assert case.zone == system.zones.get(number="3")
    assert "East door" in case.title
