"""Armed time kept by day gives to the last digit what openings and closings give, whenever one asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import fsum
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.alarms.journal_writer import Receiver
from tests.domain.alarms.reduction.alarm_history import arming, moment

from schoolward.analysis.false_alarms import Span, armed_hours, union
from schoolward.domains.alarms import health_checks, tasks
from schoolward.domains.alarms.actions.armed_days import changed_on, complete_some
from schoolward.domains.alarms.actions.keeping import keep_system
from schoolward.domains.alarms.builder import building
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import AlarmSystem, ArmedDay, ArmedUntil, Signal
from schoolward.domains.alarms.queries.armed import armed_by_day, armed_site_hours, arming_spans, kept_days
from schoolward.domains.alarms.queries.rates import midnight
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.health.registry import Status

DAY = timedelta(days=1)
HOUR = 3_600_000_000
SPRING, AUTUMN = date(2012, 3, 9), date(2011, 11, 4)
"""Two days before the clocks change."""
DAYS = 6


class Said(NamedTuple):
    """An opening or closing: of which system and partition, and microseconds after the first midnight."""

    system: int
    partition: str
    kind: str
    after: int
    is_test: bool


said = st.builds(
    Said,
    st.integers(0, 2),
    st.sampled_from(["", "1"]),
    st.sampled_from(["opening", "closing"]),
    # Half days meet midnights and one another; the rest is anything.
    st.one_of(st.integers(0, DAYS * 2).map(lambda half: half * 12 * HOUR), st.integers(0, DAYS * 24 * HOUR)),
    st.sampled_from([False, False, False, True]),
)
#: What comes in, and then up to which day the job is run; again and again, so that much of it is late.
chapters = st.lists(
    st.tuples(st.lists(said, min_size=1, max_size=6), st.integers(0, DAYS + 1)), min_size=2, max_size=4
)
HEARD_AT_LAST = Said(2, "9", "opening", (DAYS + 1) * 24 * HOUR, False)
"""So that the end of what is known leaves all days to be kept."""


def tell(systems: list[AlarmSystem], begun: date, told: Iterable[Said]) -> None:
    """Write the signals as the builder does: the days that they change are told in the same transaction."""
    with transaction.atomic():
        for one in told:
            at = midnight(begun) + timedelta(microseconds=one.after)
            arming(systems[one.system], (one.kind, at))
            Signal.objects.filter(pk=Signal.objects.latest("pk").pk).update(
                partition=one.partition, is_test=one.is_test
            )
            if not one.is_test:
                changed_on(at.astimezone(midnight(begun).tzinfo).date())


def from_spans(first: date, last: date, now: datetime, campus_id: int | None) -> float:
    """The hours by the signals alone."""
    end = min(midnight(last + DAY), now)
    if end <= midnight(first):
        return 0.0
    period = Span(midnight(first), end)
    spans = arming_spans(period.start, end, campus_id=campus_id)
    return fsum(armed_hours(owned, period) for owned in spans.values())


def on_day(spans: Iterable[Span], day: date, now: datetime) -> int:
    """Microseconds of one site on a day, by the signals alone."""
    end = min(midnight(day + DAY), now)
    if end <= midnight(day):
        return 0
    joined = union(spans, Span(midnight(day), end))
    return sum((one.end - one.start) // timedelta(microseconds=1) for one in joined if one.end is not None)


@pytest.fixture
def systems(system: AlarmSystem, other_site: Campus) -> list[AlarmSystem]:
    """Two at one site, one at another."""
    more = [("0013", system.campus), ("0014", other_site)]
    return [
        system,
        *(
            AlarmSystem.objects.create(
                line=system.line, account=account, campus=campus, changed_at=system.changed_at
            )
            for account, campus in more
        ),
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    begun=st.sampled_from([SPRING, AUTUMN]),
    chapters=chapters,
    first=st.integers(-1, DAYS),
    length=st.integers(0, DAYS),
    now=st.integers(0, DAYS * 24 * HOUR),
    site=st.sampled_from([None, 0, 2]),
)
def test_whatever_is_kept_the_sums_are_those_of_the_signals(
    systems: list[AlarmSystem],
    begun: date,
    chapters: list[tuple[list[Said], int]],
    first: int,
    length: int,
    now: int,
    site: int | None,
) -> None:
    with transaction.atomic():
        begin = begun + first * DAY
        last, until = begin + length * DAY, midnight(begun) + timedelta(microseconds=now)
        campus_id = None if site is None else systems[site].campus_id
        tell(systems, begun, [HEARD_AT_LAST])
        for told, today in chapters:
            tell(systems, begun, told)
            complete_some(today=begun + today * DAY)
            hours = armed_site_hours(begin, last, now=until, campus_id=campus_id)
            assert hours == from_spans(begin, last, until, campus_id)
            whole = begun - DAY, begun + DAYS * DAY, midnight(begun + DAYS * DAY)
            hours = armed_site_hours(*whole[:2], now=whole[2], campus_id=campus_id)
            assert hours == from_spans(*whole, campus_id)
            own = systems[2].campus_id
            days = armed_by_day(begin, last, now=until, site=own)
            spans = arming_spans(midnight(begin), until)
            for day in (begin + number * DAY for number in range(length + 1)):
                assert days.everywhere.get(day, 0) == sum(on_day(one, day, until) for one in spans.values())
                assert days.own.get(day, 0) == on_day(spans.get(own, ()), day, until)
        transaction.set_rollback(True)


def test_a_day_of_a_clock_change_has_its_true_hours(system: AlarmSystem) -> None:
    arming(system, ("closing", moment(AUTUMN)), ("opening", moment(date(2012, 3, 20))))
    while complete_some(today=date(2012, 4, 1)):
        pass
    kept = dict(ArmedDay.objects.values_list("day", "microseconds"))
    assert kept[date(2011, 11, 6)] == 25 * HOUR
    assert kept[date(2012, 3, 11)] == 23 * HOUR
    assert kept[date(2012, 3, 12)] == 24 * HOUR
    assert kept[AUTUMN] == 5.5 * HOUR


def test_parts_of_a_site_that_are_armed_at_once_count_once(systems: list[AlarmSystem]) -> None:
    day = date(2012, 3, 1)
    arming(systems[0], ("closing", moment(day, "10:00")), ("opening", moment(day, "12:00")))
    arming(systems[1], ("closing", moment(day, "11:00")), ("opening", moment(day, "14:00")))
    arming(systems[2], ("closing", moment(day, "11:00")), ("opening", moment(day + DAY, "00:30")))
    assert complete_some(today=day + DAY) == 1
    found = armed_by_day(day, day, now=moment(day + DAY), site=systems[0].campus_id)
    assert (found.own, found.everywhere) == ({day: 4 * HOUR}, {day: (4 + 13) * HOUR})


def test_who_opens_and_closes_at_one_moment_stays_armed_on_the_days_after(system: AlarmSystem) -> None:
    day = date(2012, 3, 1)
    tie = moment(day, "18:00")
    arming(system, ("closing", tie), ("opening", tie), ("opening", moment(day + 3 * DAY, "06:00")))
    now = moment(day + 4 * DAY)
    asked = [(day, day), (day + DAY, day + DAY), (day + DAY, day + 3 * DAY)]
    for _time in ("from signals", "from the table"):
        assert [armed_site_hours(first, last, now=now) for first, last in asked] == [6.0, 24.0, 54.0]
        complete_some(today=day + 2 * DAY)


def context(by: Viewer, at: datetime) -> Any:
    return SimpleNamespace(by=by, at=at, job_id="1", attempt=1, progress=lambda *_more: None)


def test_the_job_run_twice_does_nothing_the_second_time(
    system: AlarmSystem, by: Viewer, at: datetime
) -> None:
    assert tasks.sum_armed_days.func(context(by, at), period="x") == {"days": 0}
    assert not ArmedUntil.objects.exists(), "an empty installation stays empty"
    assert health_checks.armed_days(at).status is Status.OK
    arming(system, ("closing", moment(date(2012, 6, 1))), ("opening", moment(date(2012, 9, 6), "06:00")))
    assert health_checks.armed_days(at).status is Status.WARN
    assert tasks.sum_armed_days.func(context(by, at), period="x") == {"days": 97}
    kept = list(ArmedDay.objects.order_by("pk").values())
    assert kept[-1]["day"] == date(2012, 9, 5), "yesterday, not today"
    with CaptureQueriesContext(connection) as asked:
        assert tasks.sum_armed_days.func(context(by, at), period="x") == {"days": 0}
    assert not [query for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert list(ArmedDay.objects.order_by("pk").values()) == kept
    assert health_checks.armed_days(at).found == "summed up to 2012-09-05"
    changed_on(date(2012, 8, 1))
    assert health_checks.armed_days(at).status is Status.WARN


def summed(system: AlarmSystem) -> ArmedUntil:
    """Three nights that are kept, up to 3 September."""
    for number in (1, 2, 3):
        day = date(2012, 9, number)
        arming(system, ("closing", moment(day)), ("opening", moment(day + DAY, "06:30")))
    assert complete_some(today=date(2012, 9, 4)) == 3
    return ArmedUntil.objects.get()


def test_the_builder_tells_of_what_is_late(system: AlarmSystem, receiver: Receiver) -> None:
    row = summed(system)
    receiver.frame("Nri1/CL002", at=moment(date(2012, 9, 5))).commit()
    run_once(at=moment(date(2012, 9, 5)))
    row.refresh_from_db()
    assert row.day == date(2012, 9, 3), "what is later than the table changes no day of it"
    late = moment(date(2012, 9, 2), "09:00")
    receiver.frame("Nri1/BA003", at=late).commit()
    run_once(at=moment(date(2012, 9, 5)))
    row.refresh_from_db()
    assert row.day == date(2012, 9, 3), "an alarm arms nothing"
    receiver.frame("Nri1/OP002", at=late + timedelta(hours=2)).frame("Nri1/CL002", at=late).commit()
    run_once(at=moment(date(2012, 9, 5)))
    row.refresh_from_db()
    assert (row.day, row.standing) == (date(2012, 9, 1), None)
    now = moment(date(2012, 9, 4), "00:00")
    assert armed_site_hours(date(2012, 9, 2), date(2012, 9, 2), now=now) == 6.5 + 2 + 5.5


def test_a_batch_that_is_not_written_lowers_nothing(
    system: AlarmSystem, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = summed(system)
    signals = Signal.objects.count()

    def fail(*_args: object) -> None:
        raise RuntimeError("after all was written")

    monkeypatch.setattr(building, "move_on", fail)
    receiver.frame("Nri1/CL002", at=moment(date(2012, 9, 2), "09:00")).commit()
    with pytest.raises(RuntimeError):
        run_once(at=moment(date(2012, 9, 5)))
    row.refresh_from_db()
    assert (row.day, Signal.objects.count()) == (date(2012, 9, 3), signals)


def test_a_system_that_moves_takes_its_hours_along(
    system: AlarmSystem, other_site: Campus, by: Viewer, at: datetime
) -> None:
    summed(system)
    first, last = date(2012, 9, 1), date(2012, 9, 3)
    before = armed_site_hours(first, last, now=at, campus_id=system.campus_id)
    keep_system(line="main", account="0012", campus_id=system.campus_id, title="New", by=by, at=at)
    assert kept_days() is not None
    keep_system(line="main", account="0012", campus_id=other_site.pk, by=by, at=at)
    assert kept_days() is None
    for _time in ("from signals", "from the table"):
        assert armed_site_hours(first, last, now=at, campus_id=other_site.pk) == before
        assert armed_site_hours(first, last, now=at, campus_id=system.campus_id) == 0.0
        complete_some(today=date(2012, 9, 4))


def test_days_of_another_time_zone_are_not_read(system: AlarmSystem) -> None:
    row = summed(system)
    now = moment(date(2012, 9, 4), "00:00")
    before = armed_site_hours(date(2012, 9, 1), date(2012, 9, 3), now=now)
    ArmedDay.objects.update(microseconds=1)
    row.time_zone = "Asia/Tokyo"
    row.save()
    assert kept_days() is None
    assert armed_site_hours(date(2012, 9, 1), date(2012, 9, 3), now=now) == before
    assert complete_some(today=date(2012, 9, 4)) == 3
    assert not ArmedDay.objects.filter(microseconds=1).exists()
    assert armed_site_hours(date(2012, 9, 1), date(2012, 9, 3), now=now) == before


@pytest.mark.django_db(transaction=True)
def test_an_installation_that_has_signals_can_be_brought_up_to_date(system: AlarmSystem) -> None:
    target = MigrationExecutor(connection).loader.graph.leaf_nodes("alarms")
    MigrationExecutor(connection).migrate([("alarms", "0003_call_contact_member")])
    try:
        assert "alarms_armedday" not in connection.introspection.table_names()
        arming(system, ("closing", moment(date(2012, 9, 1))), ("opening", moment(date(2012, 9, 4))))
    finally:
        MigrationExecutor(connection).migrate(target)
    assert kept_days() is None
    now = moment(date(2012, 9, 4))
    before = armed_site_hours(date(2012, 9, 1), date(2012, 9, 4), now=now)
    assert complete_some(today=date(2012, 9, 6)) == 3
    assert armed_site_hours(date(2012, 9, 1), date(2012, 9, 4), now=now) == before == 72.0
