"""The proposal for a zone, and the work that is opened from it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.actions.reducing import NothingProposed, WorkIsOpen, open_corrective_action
from schoolward.domains.alarms.models import AlarmSystem, Zone
from schoolward.domains.alarms.queries.mending import zone_reduction
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.platform.access.permissions import AccessDenied

TODAY = date(2012, 9, 6)
AT = moment(TODAY, "07:30")


@pytest.fixture
def zone(system: AlarmSystem) -> Zone:
    """Twenty false alarms between 18:00 and 19:00, in a site that is armed all night."""
    events = []
    for index in range(60):
        day = date(2012, 6, 1) + timedelta(days=index)
        events += [("opening", moment(day, "06:00")), ("closing", moment(day, "17:00"))]
    arming(system, *events)
    found: Zone = system.zones.get(number="4")
    for index in range(20):
        closed(found, date(2012, 6, 2) + timedelta(days=2 * index), f"18:{index + 10}")
    return found


def test_the_concentration_in_one_sentence(zone: Zone, person: Person) -> None:
    found = zone_reduction(zone, viewer=person("lead"), today=TODAY)
    assert found.sentence == "100 % between 18:00 and 19:00, HVAC: change schedule or detector"
    assert (found.false, found.open_work) == (20, None)


def test_it_opens_work_once_at_a_time(zone: Zone, person: Person) -> None:
    lead = person("lead")
    item = open_corrective_action(zone_id=zone.pk, by=lead, at=AT)
    assert (item.kind, item.trade, item.owner_role) == ("corrective_action", "alarms", "facilities")
    assert item.source == f"alarms.Zone:{zone.pk}:change_schedule_or_detector"
    assert item.title == "Hall: change schedule or detector"
    assert zone_reduction(zone, viewer=lead, today=TODAY).open_work == item
    with pytest.raises(WorkIsOpen, match=item.reference):
        open_corrective_action(zone_id=zone.pk, by=lead, at=AT)


def test_declined_work_makes_room_for_another(zone: Zone, person: Person) -> None:
    lead = person("lead")
    first = open_corrective_action(zone_id=zone.pk, by=lead, at=AT)
    work.decline(item_id=first.pk, reason="No money this year", by=lead, at=AT)
    second = open_corrective_action(zone_id=zone.pk, by=lead, at=AT)
    assert second.pk != first.pk
    assert second.source == f"{first.source}:2"


def test_people_are_trained_by_procedure(zone: Zone, person: Person) -> None:
    door = zone.system.zones.get(number="3")
    for index in range(12):
        closed(door, date(2012, 6, 2) + timedelta(days=3 * index), "05:50", cause="user_error")
    item = open_corrective_action(zone_id=door.pk, by=person("lead"), at=AT)
    assert (item.trade, item.owner_role) == ("procedure", "lead")


def test_nothing_stands_out(system: AlarmSystem, person: Person) -> None:
    quiet = system.zones.get(number="3")
    with pytest.raises(NothingProposed):
        open_corrective_action(zone_id=quiet.pk, by=person("lead"), at=AT)


def test_a_zone_of_somebody_elses_site_is_not_there(
    zone: Zone, person: Person, other_site: Campus, at: datetime
) -> None:
    with pytest.raises(AccessDenied):
        open_corrective_action(zone_id=zone.pk, by=person("site_lead", sites=[other_site]), at=AT)
