"""Whether a corrective action helped: what is counted on which side, over what, against whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.alarms.reduction.alarm_history import arming, closed, moment

from schoolward.domains.alarms.models import AlarmSystem, Zone
from schoolward.domains.alarms.queries.corrections import pooled_effect, verified_corrections
from schoolward.domains.alarms.queries.effects import _strata, effect_of, zone_of
from schoolward.domains.alarms.queries.mending import zone_reduction
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer

DONE = date(2012, 3, 1)
TODAY = date(2012, 5, 30)


@pytest.fixture
def zone(system: AlarmSystem) -> Zone:
    return system.zones.get(number="3")


@pytest.fixture
def heard(system: AlarmSystem) -> AlarmSystem:
    """The site is armed each night from 18:00 to 06:00: twelve hours a day, from December on."""
    day, events = date(2011, 12, 1), []
    while day <= TODAY:
        events += [("opening", moment(day, "06:00")), ("closing", moment(day, "18:00"))]
        day += timedelta(days=1)
    arming(system, *events)
    return system


def many(zone: Zone, first: date, count: int, step: int = 1) -> None:
    for index in range(count):
        closed(zone, first + timedelta(days=index * step))


def test_the_day_itself_belongs_to_neither_side(heard: AlarmSystem, zone: Zone) -> None:
    for day in (DONE - timedelta(days=1), DONE, DONE + timedelta(days=1)):
        closed(zone, day)
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert (found.before.events, found.after.events) == (1, 1)
    assert found.before_days == (date(2011, 12, 1), date(2012, 2, 29))
    assert found.after_days == (date(2012, 3, 2), TODAY)


def test_exposure_is_armed_hours(heard: AlarmSystem, zone: Zone) -> None:
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert found.unit == "armed hours"
    # From the first closing on 1 December at 18:00 to midnight before 1 March: 90 nights and six hours more.
    assert found.before.exposure == pytest.approx(90 * 12 + 6, abs=0.01)
    # To the newest signal, the closing of 30 May; the clocks skipped an hour in March.
    assert found.after.exposure == pytest.approx(6 + 89 * 12 - 1, abs=0.01)


def test_without_openings_and_closings_exposure_is_days(zone: Zone, system: AlarmSystem) -> None:
    other = AlarmSystem.objects.create(
        line=system.line, account="0099", campus_id=system.campus_id, changed_at=moment(DONE)
    )
    arming(other, ("test", moment(date(2012, 1, 1))))
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert (found.unit, found.before.exposure, found.after.exposure) == ("days", 60.0, 90.0)


def test_few_are_too_few(heard: AlarmSystem, zone: Zone) -> None:
    closed(zone, date(2012, 1, 5))
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert found.too_few
    assert not found.is_compared
    assert found.told.sentence.startswith("Too few to judge")


def test_what_fell_everywhere_is_not_its_doing(heard: AlarmSystem, zone: Zone) -> None:
    other = heard.zones.get(number="4")
    many(zone, date(2011, 12, 5), 40)
    many(zone, date(2012, 3, 5), 10)
    many(other, date(2011, 12, 5), 80)
    many(other, date(2012, 3, 5), 20)
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert found.alone.verdict == "fell"
    assert found.is_compared
    assert found.told.value == pytest.approx(1.0, abs=0.01)
    assert found.told.verdict == "not shown"


def test_zones_with_verified_work_are_not_compared_with(
    heard: AlarmSystem, zone: Zone, at: datetime, person: object
) -> None:
    other = heard.zones.get(number="4")
    many(zone, date(2011, 12, 5), 40)
    many(zone, date(2012, 3, 5), 10)
    many(other, date(2011, 12, 5), 80)
    many(other, date(2012, 3, 5), 20)
    _verified(f"alarms.Zone:{other.pk}:train", at, person)
    found = effect_of(zone, DONE, today=TODAY)
    assert found is not None
    assert not found.is_compared


def test_one_zone_of_all_gives_what_its_own_page_says(
    heard: AlarmSystem, zone: Zone, at: datetime, person: object
) -> None:
    other = heard.zones.get(number="4")
    many(zone, date(2011, 12, 5), 40)
    many(zone, date(2012, 3, 5), 10)
    many(other, date(2011, 12, 5), 80)
    many(other, date(2012, 3, 5), 60)
    _verified(f"alarms.Zone:{zone.pk}:train", at, person)
    done = verified_corrections(None, at.date())
    on = done.get().done_on
    assert on is not None
    done.update(done_on=DONE)

    pooled, own = pooled_effect(done, today=TODAY), effect_of(zone, DONE, today=TODAY)

    assert pooled is not None
    assert own is not None
    assert own.is_compared
    assert pooled.ratio == own.told
    assert pooled.after.count() == own.after.events == 10
    assert own.told.value is not None
    assert pooled.after.count() / pooled.expected == pytest.approx(own.told.value, rel=1e-3)


def test_nothing_after_gives_what_the_own_pace_would_have_brought(
    heard: AlarmSystem, zone: Zone, at: datetime, person: object
) -> None:
    many(zone, date(2011, 12, 5), 40)
    _verified(f"alarms.Zone:{zone.pk}:train", at, person)
    done = verified_corrections(None, at.date())
    done.update(done_on=DONE)
    pooled = pooled_effect(done, today=TODAY)
    assert pooled is not None
    assert pooled.after.count() == 0
    own = effect_of(zone, DONE, today=TODAY)
    assert own is not None
    assert pooled.expected == pytest.approx(40 * own.after.exposure / own.before.exposure, abs=1e-3)
    assert pooled_effect(done.none(), today=TODAY) is None


def _verified(source: str, at: datetime, person: object) -> None:
    system = Viewer.system(at=at)
    item = work.propose(title="Mend", kind="corrective_action", source=source, by=system, at=at)
    doer, other = person("facilities"), person("lead")  # type: ignore[operator]
    work.accept(item_id=item.pk, due=date(2013, 1, 1), by=system, at=at)
    work.fund(item_id=item.pk, amount_cents=0, money_source="No cost", by=system, at=at)
    work.schedule(item_id=item.pk, planned_on=date(2012, 12, 1), by=system, at=at)
    work.complete(item_id=item.pk, actual_cents=0, by=doer, at=at)
    work.add_evidence(item_id=item.pk, text="Done", by=doer, at=at)
    work.verify(item_id=item.pk, by=other, at=at)


def test_work_verified_today_is_shown_and_said_to_be_too_early(
    heard: AlarmSystem, zone: Zone, at: datetime, person: object
) -> None:
    many(zone, date(2011, 12, 5), 40)
    _verified(f"alarms.Zone:{zone.pk}:train", at, person)
    today = timezone.localdate(at)
    found = zone_reduction(zone, viewer=Viewer.system(at=at), today=today)
    [mended] = found.work
    assert mended.item.done_on == today
    assert mended.is_too_early
    assert (found.first, found.last) == (today, today)


def test_a_remedy_that_helped_is_not_proposed_as_work_again(
    heard: AlarmSystem, zone: Zone, at: datetime, person: object
) -> None:
    many(zone, date(2011, 12, 5), 40)
    many(zone, date(2012, 3, 5), 8)
    reduction = zone_reduction(zone, viewer=Viewer.system(at=at), today=TODAY)
    assert reduction.proposal is not None
    assert reduction.helped_already is None
    _verified(f"alarms.Zone:{zone.pk}:{reduction.proposal.remedy.action}", at, person)
    verified_corrections(None, at.date()).update(done_on=DONE)
    again = zone_reduction(zone, viewer=Viewer.system(at=at), today=TODAY)
    assert again.proposal is not None
    assert again.helped_already is not None
    assert again.helped_already.item.done_on == DONE


def test_before_the_first_signal_nothing_is_judged(zone: Zone) -> None:
    assert effect_of(zone, DONE, today=TODAY) is None
    assert effect_of(zone, None, today=TODAY) is None


@given(
    begin=st.dates(date(2010, 1, 1), date(2012, 1, 1)),
    before=st.integers(1, 365),
    after=st.integers(1, 365),
)
def test_strata_are_disjoint_and_of_one_month_or_the_whole(begin: date, before: int, after: int) -> None:
    done = begin + timedelta(days=before)
    sides = (begin, done), (done + timedelta(days=1), done + timedelta(days=1 + after))
    strata = _strata(*sides)
    for number, (first, last) in enumerate(sides):
        days = [
            span_begin + timedelta(days=step)
            for stratum in strata
            for span_begin, span_end in stratum[number]
            for step in range((span_end - span_begin).days)
        ]
        assert len(days) == len(set(days))
        assert all(first <= day < last for day in days)
    if len(strata) > 1:
        for stratum in strata:
            assert len({span[0].month for side in stratum for span in side}) == 1


@pytest.mark.parametrize(
    ("source", "zone"),
    [("alarms.Zone:7:train", 7), ("alarms.Zone:7", 7), ("alarms.Case:7", None), ("alarms.Zone:x", None)],
)
def test_the_zone_of_a_source(source: str, zone: int | None) -> None:
    assert zone_of(source) == zone
