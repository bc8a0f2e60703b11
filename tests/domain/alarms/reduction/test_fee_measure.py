"""What the ordinances ask, as a number: when it is known, and that it is the statement's own sum."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.models import AlarmSystem, Appeal, Permit, Zone
from schoolward.domains.alarms.queries.fees import statement
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read, read_with_records

TODAY = date(2012, 9, 6)
YEAR = Period(date(2011, 9, 7), TODAY, TODAY)
KEY = "alarms.fees"


@pytest.fixture
def zone(system: AlarmSystem) -> Zone:
    """A zone with six false alarms to which police were sent."""
    found: Zone = system.zones.get(number="4")
    arming(system, ("closing", moment(date(2011, 9, 1))))
    for index in range(6):
        day = date(2012, 2, 1) + timedelta(days=10 * index)
        closed(found, day, police_dispatched_at=moment(day, "18:40"))
    return found


def permitted(system: AlarmSystem, ordinance: str) -> None:
    Permit.objects.create(system=system, ordinance=ordinance, number="1", issued_on=date(2012, 1, 1))


def test_without_a_signal_or_an_ordinance_it_is_not_collected(system: AlarmSystem, site: Campus) -> None:
    Campus.objects.filter(pk=site.pk).update(jurisdiction="unknown")
    assert read(KEY, YEAR).note == "No alarm signal has been received yet."
    arming(system, ("closing", moment(date(2012, 1, 1))))
    reading = read(KEY, YEAR)
    assert (reading.collected, reading.value) == (False, None)
    assert "No alarm system has a permit" in reading.note


def test_an_ordinance_without_amounts_claims_nothing(zone: Zone, site: Campus) -> None:
    Campus.objects.filter(pk=site.pk).update(jurisdiction="city")  # whose amounts were not read
    reading = read(KEY, YEAR)
    assert not reading.collected
    assert "amounts of the ordinance" in reading.note


def test_it_is_the_sum_of_the_statement_and_opens_its_cases(zone: Zone) -> None:
    permitted(zone.system, "demonstration")
    reading, cases = read_with_records(KEY, YEAR, Scope())
    # Two are free, the next two cost $50, the others $100.
    assert reading.value == 30_000 == statement(Viewer.system(at=moment(TODAY)), as_of=TODAY).claimed_cents
    assert [case.fee_cents for case in cases.order_by("opened_at")] == [5000, 5000, 10000, 10000]
    assert read(KEY, YEAR, Scope(zone.system.campus_id)).value == 30_000
    assert read(KEY, Period(date(2012, 3, 20), TODAY, TODAY)).value == 10_000
    assert read(KEY, Period(date(2012, 6, 1), TODAY, TODAY)).value == 0


def test_a_granted_appeal_moves_the_later_ones_up(zone: Zone) -> None:
    permitted(zone.system, "demonstration")
    third = zone.cases.order_by("opened_at")[2]
    Appeal.objects.create(
        case=third,
        filed_on=date(2012, 3, 1),
        grounds="Storm.",
        decided_on=date(2012, 3, 20),
        outcome="granted",
    )
    assert read(KEY, YEAR).value == 20_000


def test_systems_under_no_ordinance_are_told(zone: Zone, system: AlarmSystem) -> None:
    permitted(zone.system, "demonstration")
    other = Campus.objects.create(name="ELM", slug="elm-2", address="1 Elm", address_key="1 ELM 2")
    AlarmSystem.objects.create(line=system.line, account="7777", campus=other, changed_at=moment(TODAY))
    assert "1 alarm systems are under no ordinance" in read(KEY, YEAR).note
