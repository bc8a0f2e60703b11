"""The builder as a process: one at a time, followed when it dies, and never stopped by one bad frame."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import time as clock
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import lease
from schoolward.domains.alarms.builder import building, running
from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.running import run, run_once
from schoolward.domains.alarms.builder.segments import Unread
from schoolward.domains.alarms.builder.sweeping import sweep
from schoolward.domains.alarms.models import (
    AlarmSystem,
    ArmingSchedule,
    Case,
    CaseEntry,
    Lease,
    ReadPosition,
    Signal,
)
from schoolward.domains.places.models import NonSchoolDay
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.stopping import StopRequest

SECOND = timedelta(seconds=1)
NAME = lease.CASE_BUILDER


@pytest.mark.django_db
def test_a_lease_has_one_holder_and_its_number_grows() -> None:
    first = lease.take(name=NAME, holder="a", at=NIGHT)
    assert first is not None
    assert lease.take(name=NAME, holder="b", at=NIGHT + SECOND) is None
    assert lease.holder(NAME, at=NIGHT + SECOND) == "a"
    lease.renew(first, at=NIGHT + SECOND)
    assert lease.take(name=NAME, holder="b", at=NIGHT + 2.5 * SECOND) is None
    second = lease.take(name=NAME, holder="b", at=NIGHT + 3 * SECOND)
    assert second is not None
    assert second.fence == first.fence + 1
    with pytest.raises(lease.LeaseLost):
        lease.renew(first, at=NIGHT + 3 * SECOND)
    lease.give_back(second, at=NIGHT + 3 * SECOND)
    assert lease.take(name=NAME, holder="a", at=NIGHT + 3 * SECOND) is not None


@pytest.mark.django_db
def test_a_holder_that_slept_writes_nothing(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Nri1/BA003").commit()
    sleeper = lease.take(name=NAME, holder="a", at=NIGHT)
    follower = lease.take(name=NAME, holder="b", at=NIGHT + 3 * SECOND)
    assert follower is not None
    with pytest.raises(lease.LeaseLost):
        run_once(at=NIGHT + 4 * SECOND, held=sleeper)
    assert not Signal.objects.exists()
    assert not ReadPosition.objects.exists()
    assert run_once(at=NIGHT + 4 * SECOND, held=follower).signals == 1


@pytest.mark.django_db
def test_the_same_holder_after_its_own_death_gets_a_new_number() -> None:
    before = lease.take(name=NAME, holder="a", at=NIGHT)
    after = lease.take(name=NAME, holder="a", at=NIGHT + 3 * SECOND)
    assert before is not None
    with pytest.raises(lease.LeaseLost):
        lease.renew(before, at=NIGHT + 3 * SECOND)
    assert after is not None
    lease.renew(after, at=NIGHT + 3 * SECOND)


def _in_thread(stop: threading.Event, holder: str) -> threading.Thread:
    def go() -> None:
        try:
            run(stop, holder)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def _until(what: Callable[[], bool], seconds: float = 20.0) -> float:
    """Wait until it is so; how long that took."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, "it did not come to that"
        time.sleep(0.02)
    return time.monotonic() - begun


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="threads share no SQLite database in memory")
def test_the_process_reads_what_comes_and_another_follows(receiver: Receiver, system: AlarmSystem) -> None:
    first, second = threading.Event(), threading.Event()
    threads = [_in_thread(first, "a")]
    try:
        _until(lambda: lease.holder(NAME, at=timezone.now()) == "a")
        threads.append(_in_thread(second, "b"))
        receiver.frame("Nri1/BA003", at=timezone.now()).commit(stored_at=timezone.now())
        _until(lambda: Case.objects.exists())
        first.set()
        _until(lambda: lease.holder(NAME, at=timezone.now()) == "b")
        receiver.frame("Nri1/FA003", at=timezone.now()).commit(stored_at=timezone.now())
        _until(lambda: Case.objects.count() == 2)
    finally:
        first.set()
        second.set()
        for thread in threads:
            thread.join(10)
    assert Lease.objects.get(name=NAME).fence == 2


@pytest.mark.django_db
def test_a_builder_that_is_told_to_end_while_it_starts_reads_what_waits(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003").commit()
    stop = StopRequest()
    stop.ask()

    run(stop, "a")

    assert Case.objects.count() == 1
    assert lease.holder(NAME, at=timezone.now()) == "", "and it gives its lease back"


@pytest.mark.django_db
def test_a_batch_that_makes_the_builder_fail_is_passed_by_with_a_case(
    receiver: Receiver, system: AlarmSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.frame("Nri1/BA003").commit()
    receiver.frame("Nri1/BA666", at=NIGHT + SECOND).commit()
    receiver.frame("Nri1/FA003", at=NIGHT + 2 * SECOND).commit()
    route = building.route

    def stumble(item: building.Item, **more: object) -> list[building.Routed]:
        if b"666" in item.record.frame:
            raise ZeroDivisionError
        return route(item, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "route", stumble)
    held = lease.take(name=NAME, holder="a", at=timezone.now())
    assert held is not None

    assert running._Working().once(held)

    assert dict(Case.objects.values_list("kind", "title"))["receiver"] == (
        "1 frames of r1, segment 2, not read: ZeroDivisionError"
    )
    assert sorted(Case.objects.values_list("signal_kind", flat=True)) == ["burglary", "fire", "security"]
    assert ReadPosition.objects.get().sequence == 3


@pytest.mark.django_db
def test_segments_are_taken_up_to_a_thousand_frames(receiver: Receiver, system: AlarmSystem) -> None:
    for _segment in range(5):
        for _frame in range(300):
            receiver.raw(b"x")
        receiver.commit()
    assert [segment.frames for segment in Unread().next()] == [300, 300, 300]


@pytest.mark.django_db
def test_openings_and_closings_against_the_schedule(receiver: Receiver, system: AlarmSystem) -> None:
    for weekday in range(5):
        ArmingSchedule.objects.create(system=system, weekday=weekday, opens=clock(6, 30), closes=clock(22))
    # A Thursday in Sacramento: two in the morning, seven hours behind UTC.
    receiver.frame("Nri0/OP004", at=NIGHT)
    receiver.frame("Nri0/CL004", at=NIGHT + timedelta(minutes=20))
    receiver.frame("Nri0/OP004", at=NIGHT + timedelta(hours=4, minutes=30))
    receiver.frame("Nri0/CL004", at=NIGHT + timedelta(hours=20, minutes=5)).commit()

    run_once(at=NIGHT)

    assert list(Case.objects.order_by("number").values_list("kind", "title")) == [
        ("schedule", "Account 0012 opened before its time")
    ]
    assert Signal.objects.filter(case__isnull=True).count() == 3


@pytest.mark.django_db
def test_on_a_day_without_school_every_opening_is_unexpected(receiver: Receiver, system: AlarmSystem) -> None:
    ArmingSchedule.objects.create(system=system, weekday=3, opens=clock(6, 30), closes=clock(22))
    NonSchoolDay.objects.create(day=NIGHT.date(), reason="Invented holiday")
    receiver.frame("Nri0/OP004", at=NIGHT + timedelta(hours=8)).commit()
    run_once(at=NIGHT)
    assert Case.objects.get().title == "Account 0012 opened when it should be closed"


@pytest.mark.django_db
def test_an_alarm_that_is_explained_at_an_odd_hour_opens_both(
    receiver: Receiver, system: AlarmSystem
) -> None:
    ArmingSchedule.objects.create(system=system, weekday=3, opens=clock(6, 30), closes=clock(22))
    receiver.frame("Nri0/BA003", at=NIGHT)
    receiver.frame("Nri0/OP004", at=NIGHT + 20 * SECOND).commit()
    run_once(at=NIGHT)
    assert sorted(Case.objects.values_list("kind", "verification_level")) == [("alarm", 0), ("schedule", 1)]


@pytest.mark.django_db
def test_a_system_that_was_not_closed_is_found_once(
    receiver: Receiver, system: AlarmSystem, by: Viewer
) -> None:
    ArmingSchedule.objects.create(system=system, weekday=3, opens=clock(6, 30), closes=clock(22))
    receiver.frame("Nri0/OP004", at=NIGHT + timedelta(hours=5)).commit()
    run_once(at=NIGHT)

    def at_local(hours: float) -> int:
        return sweep(Known(), held=None, at=NIGHT + timedelta(hours=hours - 2), by=by)

    assert at_local(22.4) == 0
    assert at_local(22.6) == 1
    assert at_local(22.7) == 0
    assert at_local(26) == 0
    case = Case.objects.get()
    assert (case.kind, case.title) == ("schedule", "Account 0012 not closed at its time")
    assert CaseEntry.objects.get().text == "Opened at 07:00, not closed at its time"


@pytest.mark.django_db
def test_a_system_that_was_closed_is_not_looked_for(
    receiver: Receiver, system: AlarmSystem, by: Viewer
) -> None:
    ArmingSchedule.objects.create(system=system, weekday=3, opens=clock(6, 30), closes=clock(22))
    receiver.frame("Nri0/OP004", at=NIGHT + timedelta(hours=5))
    receiver.frame("Nri0/CL004", at=NIGHT + timedelta(hours=19)).commit()
    run_once(at=NIGHT)
    assert sweep(Known(), held=None, at=NIGHT + timedelta(hours=21), by=by) == 0


@pytest.mark.django_db
def test_signals_of_a_failed_transaction_are_not_remembered(receiver: Receiver, system: AlarmSystem) -> None:
    builder = building.Builder()
    receiver.frame("Nri1/BA003", number=5).commit()
    segments = Unread().next()
    with transaction.atomic():
        builder.build(segments, held=None, at=NIGHT)
        transaction.set_rollback(True)
    # Rolled back behind its back, as a broken connection might: the next batch must not call it reused.
    assert builder.build(segments, held=None, at=NIGHT).signals == 1
    assert Signal.objects.get().flags == []
