"""What the ordinances ask, as a number: when it is known, and that it is the statement's own sum."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.models import AlarmSystem, Appeal, Permit, Zone
from schoolward.domains.alarms.queries.fees import statement
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import open_part, read, read_with_records

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


def test_its_records_carry_amounts_that_add_up_to_it(
    zone: Zone, client_of: Callable[..., Client], settings: Any
) -> None:
    """On the page, in its CSV and over HTTP."""
    settings.DEMO = True
    permitted(zone.system, "demonstration")
    asked = {"from": "2011-09-07", "to": "2012-09-06"}
    lead = client_of("lead")
    page = lead.get(f"/trace/{KEY}", asked)
    lines = page.context["opened"].page.lines
    assert sum(line.amount for line in lines) == page.context["reading"].value == 30_000
    text = " ".join(page.content.decode().split())
    assert text.count('line-amount">$50<') == text.count('line-amount">$100<') == 2
    assert "together they are $300" in text
    body = b"".join(lead.get(f"/trace/{KEY}/records.csv", asked).streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["dollars"] for row in rows] == ["50.00", "50.00", "100.00", "100.00"]
    told = lead.get(f"/api/v1/trace/{KEY}", asked).json()
    assert (len(told["records"]), sum(told["amounts"])) == (4, told["value"])


def test_what_a_viewer_may_not_open_has_no_amount(zone: Zone, other_site: Campus, person: Person) -> None:
    permitted(zone.system, "demonstration")
    opened = open_part(KEY, YEAR)
    assert opened.amounts(person("lead")) == [5000, 5000, 10000, 10000]
    assert opened.amounts(person("site_lead", sites=[other_site])) == [None] * 4
    assert open_part("alarms.activations", YEAR).amounts(person("lead", name="b")) == []


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
