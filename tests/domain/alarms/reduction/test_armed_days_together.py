"""The job that sums armed days and the case builder at once, on two connections to a real PostgreSQL.

Whoever comes second waits for the row that the first has locked; what the builder writes meanwhile is in the
sums of that run of the job, or of the next. On SQLite one writer at a time is the database's own rule.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.domain.alarms.journal_writer import NIGHT, Receiver
from tests.domain.alarms.reduction.test_armed_days import from_spans

from schoolward.domains.alarms.actions import armed_days
from schoolward.domains.alarms.builder import building
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import AlarmSystem, Case, Signal
from schoolward.domains.alarms.queries.armed import armed_site_hours, kept_days

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="two connections that write at once"),
]
DAY = timedelta(days=1)
FIRST, LAST = date(2012, 9, 1), date(2012, 9, 5)
SECONDS = 20.0


class Pause:
    """Lets a function run to its end, says so, and returns only when told to go on."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._there, self._go_on = threading.Event(), threading.Event()

    def __call__(self, *given: Any, **more: Any) -> Any:
        found = self._function(*given, **more)
        self._there.set()
        assert self._go_on.wait(SECONDS)
        return found

    def wait(self) -> None:
        assert self._there.wait(SECONDS), "it did not come to that"

    def end(self) -> None:
        self._go_on.set()


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[threading.Thread]:
    """Run it in a thread with a connection of its own; its failure is the test's."""
    failed: list[BaseException] = []

    def go() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    yield thread
    thread.join(SECONDS)
    assert not thread.is_alive()
    assert not failed, failed


def wait_for_a_lock() -> None:
    """Until one connection of this database waits for what another has locked: they have truly met."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] == 1:
                return
        time.sleep(0.02)
    pytest.fail("nobody waits for the other")


@pytest.fixture
def history(receiver: Receiver, system: AlarmSystem) -> None:
    """Closed every evening of five days and opened every morning; the first day is summed."""
    for day in range(5):
        receiver.frame("Nri1/CL001", at=NIGHT - (5 - day) * DAY - timedelta(hours=6))
        receiver.frame("Nri1/OP001", at=NIGHT - (5 - day) * DAY + timedelta(hours=5))
    receiver.frame("Nri1/CL001", at=NIGHT - timedelta(hours=2)).commit()
    run_once(at=NIGHT)
    assert armed_days.complete_some(today=FIRST) == 1


def late_night(receiver: Receiver) -> None:
    """What a spool brings: the site was opened once more three nights ago; and a burglary of now."""
    receiver.frame("Nri1/OP002", at=NIGHT - 3 * DAY)
    receiver.frame("Nri1/CL002", at=NIGHT - 3 * DAY + timedelta(hours=1))
    receiver.frame("Nri1/BA003", at=NIGHT).commit()


def sum_up() -> None:
    while armed_days.complete_some(today=LAST + DAY):
        pass


def assert_sums_are_those_of_the_signals() -> None:
    kept = kept_days()
    assert kept is not None
    assert kept.until == LAST
    assert armed_site_hours(FIRST, LAST, now=NIGHT) == from_spans(FIRST, LAST, NIGHT, None)


def assert_one_case(signals_before: int) -> None:
    assert Case.objects.get().signal_kind == "burglary"
    assert Signal.objects.count() == signals_before + 3


def test_the_builder_waits_for_the_job_and_is_seen_by_the_next(
    receiver: Receiver, history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Signal.objects.count()
    reckoned = Pause(armed_days.part_spans)
    monkeypatch.setattr(armed_days, "part_spans", reckoned)
    late_night(receiver)
    with beside(lambda: armed_days.complete_some(today=LAST + DAY)):
        reckoned.wait()
        with beside(lambda: run_once(at=NIGHT)):
            wait_for_a_lock()
            assert not Case.objects.exists()
            reckoned.end()

    kept = kept_days()
    assert kept is not None
    assert kept.until < LAST, "what the job had reckoned does not hold any more"
    assert_one_case(before)
    sum_up()
    assert_sums_are_those_of_the_signals()


def test_the_job_waits_for_the_builder_and_sees_what_it_wrote(
    receiver: Receiver, history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Signal.objects.count()
    written = Pause(building.signals_written)
    monkeypatch.setattr(building, "signals_written", written)
    late_night(receiver)
    with beside(lambda: run_once(at=NIGHT)):
        written.wait()
        with beside(sum_up):
            wait_for_a_lock()
            written.end()

    assert_one_case(before)
    assert_sums_are_those_of_the_signals()
