"""The rates of a period are the measures', with intervals, and only of what somebody sees."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.models import AlarmSystem, Zone
from schoolward.domains.alarms.queries.reduction import MEASURES, reduction, reduction_json
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read

FIRST, LAST = date(2012, 9, 3), date(2012, 9, 5)
NOW = moment(date(2012, 9, 6), "07:30")
_PERCENT = {"M4", "M6", "M7"}


@pytest.fixture
def days(system: AlarmSystem) -> Zone:
    """Five activations of three days, and what does not count."""
    zone: Zone = system.zones.get(number="4")
    arming(
        system,
        ("closing", moment(date(2012, 9, 3), "18:00")),
        ("opening", moment(date(2012, 9, 4), "06:00")),
        ("closing", moment(date(2012, 9, 4), "18:00")),
        ("opening", moment(date(2012, 9, 5), "06:00")),
    )
    sent = {"police_dispatched_at": moment(FIRST, "19:00")}
    closed(zone, FIRST, "18:10", cause_role="teacher")
    closed(zone, FIRST, "18:40", **sent)
    closed(zone, date(2012, 9, 4), "23:00", disposition="unfounded", cause="unknown", **sent)
    closed(
        zone,
        date(2012, 9, 5),
        "02:00",
        disposition="crime",
        cause="intruder",
        verified_before_dispatch=True,
        **sent,
    )
    closed(zone, date(2012, 9, 5), "03:00", state="waiting", disposition="", cause="", closed_at=None)
    closed(zone, FIRST, "20:00", disposition="test", cause="test")
    closed(zone, FIRST, "20:10", disposition="technical", cause="equipment")
    closed(zone, FIRST, "20:20", is_test=True)
    return zone


def test_counts_rates_and_intervals(days: Zone, person: Person) -> None:
    found = reduction(person("lead"), FIRST, LAST, now=NOW)
    counted = found.tally
    assert (counted.activations, counted.false, counted.undisposed) == (5, 3, 1)
    assert (counted.dispatched, counted.verified) == (3, 1)
    assert found.rates["M5"].denominator == pytest.approx(24)
    assert found.rates["M5"].value == pytest.approx(5 / 24 * 1000)
    for rate in found.rates.values():
        assert None not in (rate.low, rate.value, rate.high)
        assert rate.low <= rate.value <= rate.high  # type: ignore[operator]


def test_they_are_the_measures_numbers(days: Zone, person: Person) -> None:
    found = reduction(person("lead"), FIRST, LAST, now=NOW)
    for key, measure in MEASURES.items():
        reading = read(measure, Period(FIRST, LAST, LAST), Scope())
        value = found.rates[key].value
        assert value is not None
        assert float(reading.value or 0) == pytest.approx(value * (100 if key in _PERCENT else 1)), key


def test_causes_roles_hours_and_worst_zones(days: Zone, person: Person) -> None:
    found = reduction(person("lead"), FIRST, LAST, now=NOW)
    assert [(one.key, one.count) for one in found.causes] == [("hvac", 2), ("unknown", 1)]
    assert [(one.label, one.count) for one in found.roles] == [("teacher", 1)]
    assert [(one.zone, one.false, one.activations) for one in found.worst] == [(days, 3, 5)]
    assert found.week == {(0, 18): 2, (1, 23): 1, (2, 2): 1, (2, 3): 1}
    assert [(one.first, one.activations, one.dispatched) for one in found.months] == [
        (date(2012, 9, 1), 5, 3)
    ]


def test_nothing_is_not_zero(person: Person) -> None:
    found = reduction(person("lead"), FIRST, LAST, now=NOW)
    assert not found.is_collected
    assert {rate.value for rate in found.rates.values()} == {None}
    assert reduction_json(found)["rates"][0]["value"] is None


def test_whoever_holds_other_sites_sees_none(
    days: Zone, person: Person, other_site: Campus, site: Campus
) -> None:
    elsewhere = reduction(person("site_lead", name="a", sites=[other_site]), FIRST, LAST, now=NOW)
    assert elsewhere.tally.activations == 0
    assert elsewhere.rates["M5"].denominator == 0
    own = reduction(person("site_lead", name="b", sites=[site]), FIRST, LAST, now=NOW)
    whole = reduction(Viewer.system(at=NOW), FIRST, LAST, now=NOW)
    assert own.rates == whole.rates
