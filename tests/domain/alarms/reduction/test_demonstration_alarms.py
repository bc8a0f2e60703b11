"""The demonstration's alarms: repeatable, shaped as the mission says, and through the receiver."""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoDbBlocker
from tests.conftest import NOW

from schoolward.domains.alarms import seed
from schoolward.domains.alarms.journal import first_break
from schoolward.domains.alarms.models import (
    AlarmSystem,
    Case,
    CaseEntry,
    CaseState,
    HandOver,
    JournalSegment,
    Signal,
    Zone,
)
from schoolward.domains.alarms.queries.plans import steps_of
from schoolward.domains.alarms.seed.calendar import FIRST, Kind, expected, kind_of
from schoolward.domains.alarms.seed.ground import Room, Site
from schoolward.domains.alarms.seed.story import Said, Story
from schoolward.domains.people.seed import agencies_and_accounts
from schoolward.domains.places.seed import sites_and_schools
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.registry import SeedContext

ZONE = ZoneInfo("America/Los_Angeles")
LAST = date(2012, 9, 5)


def sites() -> list[Site]:
    rooms = [
        Room("Library", "motion", True, {"user_error": 1.0, "hvac": 3.0, "intruder": 1.0}),
        Room("Main entrance", "door", True, {"user_error": 9.0, "weather": 1.0}),
    ]
    return [
        Site(place, place, f"Site {place}", f"D{place:03X}", 6 * 60, 18 * 60, 1.0, list(rooms))
        for place in range(75)
    ]


@pytest.fixture(scope="module")
def year() -> list[list[Said]]:
    return list(Story(sites(), Random(7), ZONE, LAST).tell(FIRST, LAST))


def test_one_seed_tells_one_story(year: list[list[Said]]) -> None:
    again = list(Story(sites(), Random(7), ZONE, LAST).tell(FIRST, LAST))
    assert again == year
    assert list(Story(sites(), Random(8), ZONE, LAST).tell(FIRST, LAST)) != year


def test_it_falls_from_about_5200_to_about_2100_a_year(year: list[list[Said]]) -> None:
    alarms = [sum(one.truth is not None for one in day) for day in year]
    assert sum(len(day) for day in year) <= 30_500
    assert 3_000 <= sum(alarms) <= 4_200
    assert sum(alarms[:91]) / 91 * 365 == pytest.approx(5_200, rel=0.2)
    assert sum(alarms[-91:]) / 91 * 365 == pytest.approx(2_100, rel=0.25)


def test_alarms_lie_where_a_site_is_armed(year: list[list[Said]]) -> None:
    for day in year:
        opened = {one.place: one.at for one in day if one.data.startswith(b"NOP")}
        closed = {one.place: one.at for one in day if one.data.startswith(b"NCL")}
        for one in day:
            if one.truth is not None and one.place in opened and not one.data.startswith(b"NHA"):
                assert one.at < opened[one.place] or one.at > closed[one.place]


def test_burglars_come_when_nobody_is_there() -> None:
    summer, term = date(2012, 7, 10), date(2012, 5, 9)
    assert (kind_of(summer), kind_of(term)) == (Kind.SUMMER, Kind.SCHOOL)
    assert expected("intruder", summer, LAST) > 2 * expected("intruder", term, LAST)
    assert expected("user_error", summer, LAST) < expected("user_error", term, LAST) / 2


@pytest.fixture(scope="module")
def loaded(shared_rows: None, django_db_blocker: DjangoDbBlocker) -> SeedContext:
    """The last weeks of the demonstration, with its night, loaded once for these tests."""
    context = SeedContext(Viewer.system(at=NOW), NOW, date(2012, 9, 6), zlib.crc32(b"alarms"))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        agencies_and_accounts(context)
        sites_and_schools(context)
        patch.setattr(seed, "FIRST", date(2012, 8, 27))
        seed.alarms(context)
    return context


@pytest.fixture
def last_days(loaded: SeedContext, db: None) -> SeedContext:
    """Those weeks' rows, to read and to change."""
    return loaded


def test_it_comes_through_the_receiver_and_the_builder(last_days: SeedContext) -> None:
    rows = JournalSegment.objects.order_by("sequence").values_list(
        "receiver", "sequence", "payload", "previous_hash", "hash"
    )
    assert first_break(rows) is None
    assert Signal.objects.count() == sum(JournalSegment.objects.values_list("frames", flat=True)) > 400
    flags = Counter(flag for signal in Signal.objects.all() for flag in signal.flags)
    assert flags == {}
    # Everything says that it is invented.
    assert not Signal.objects.filter(generated=False).exists()
    assert not Case.objects.filter(generated=False).exists()
    assert not AlarmSystem.objects.filter(invented=False).exists()
    assert not Zone.objects.filter(invented=False).exists()
    assert "invented" in AlarmSystem.objects.all()[0].title


def test_the_morning_has_something_to_do(last_days: SeedContext) -> None:
    left = Case.objects.exclude(state=CaseState.CLOSED).filter(kind="alarm").order_by("opened_at")
    assert [(case.state, case.zone.title if case.zone else "") for case in left] == [
        ("claimed", "Computer lab"),
        ("waiting", "Rear door"),
    ]
    assert HandOver.objects.filter(read_at__isnull=True).count() == 1
    theft = Case.objects.get(disposition="crime", opened_on=date(2012, 9, 6))
    assert theft.police_dispatched_at is not None
    assert theft.verified_before_dispatch


def test_no_case_was_closed_with_a_step_undone(last_days: SeedContext) -> None:
    for case in Case.objects.filter(state=CaseState.CLOSED):
        assert not any(step.prevents_closing for step in steps_of(case)), case.number
        assert case.entries.filter(kind="closed").count() == 1
    assert Event.objects.filter(action="alarms.invented_cases_ended").count() == 1


def test_it_runs_once(last_days: SeedContext) -> None:
    counts = Signal.objects.count(), Case.objects.count(), CaseEntry.objects.count()
    assert seed.alarms(last_days) == "already there"
    assert (Signal.objects.count(), Case.objects.count(), CaseEntry.objects.count()) == counts
