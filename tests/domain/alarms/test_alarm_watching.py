"""Health, the daily proof of the journal, search, and the frame behind a signal."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.journal_writer import NIGHT, Receiver, make_case

from schoolward.domains.alarms import health_checks, keys, queries, tasks
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import AlarmSystem, Case, JournalSegment, LinkState, Signal
from schoolward.domains.alarms.presence import DEMONSTRATION
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.health.registry import Status
from schoolward.platform.ui.search import search
from schoolward.protocols.dc09 import prepare_key

MINUTE = timedelta(minutes=1)


def context(by: Viewer, at: datetime) -> Any:
    """What a running job is given."""
    return SimpleNamespace(by=by, at=at, job_id="1", attempt=1, progress=lambda *_more: None)


def prove(by: Viewer, at: datetime) -> None:
    tasks.seal_journal.func(context(by, at), period="2012-09-06")


def test_a_journal_that_waits_unread_is_a_failure(receiver: Receiver, system: AlarmSystem) -> None:
    assert health_checks.builder(NIGHT).status is Status.OK
    receiver.frame("Nri1/BA003").commit()
    assert health_checks.builder(NIGHT + timedelta(seconds=5)).status is Status.WARN
    finding = health_checks.builder(NIGHT + MINUTE)
    assert finding.status is Status.FAIL
    assert finding.found == "1 segments of the journal wait to be read, and nobody reads"
    run_once(at=NIGHT)
    assert health_checks.builder(NIGHT + MINUTE).status is Status.WARN


def test_a_receiver_that_writes_nothing_is_told(receiver: Receiver, system: AlarmSystem) -> None:
    assert health_checks.receiving(NIGHT).status is Status.WARN
    receiver.frame("Nri1/BA003").commit()
    assert health_checks.receiving(NIGHT + MINUTE).status is Status.OK
    assert health_checks.receiving(NIGHT + timedelta(days=2)).status is Status.WARN


def test_the_demonstrations_receiver_writes_nothing_and_is_well(system: AlarmSystem) -> None:
    Receiver(name=DEMONSTRATION).frame("Nri1/BA003").commit()
    found = health_checks.receiving(NIGHT + timedelta(days=900))
    assert (found.status, "when it was made" in found.found) == (Status.OK, True)
    Receiver(name="own").frame("Nri1/BA003").commit()
    assert health_checks.receiving(NIGHT + timedelta(days=900)).status is Status.WARN, (
        "a real one fell silent"
    )


def test_lost_systems_and_waiting_cases_are_told(system: AlarmSystem, at: datetime) -> None:
    assert health_checks.supervision(at).status is Status.OK
    LinkState.objects.create(system=system, heard_at=at, lost_at=at)
    assert "1 systems" in health_checks.supervision(at).found
    make_case(system)
    assert "1 cases wait" in health_checks.supervision(at + timedelta(hours=1)).found


def tamper(number: int, **changes: Any) -> None:
    """Change a segment as only somebody who takes the wall down can: by another row in its place."""
    row = JournalSegment.objects.get(sequence=number)
    row.delete()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_a_changed_segment_breaks_the_chain(
    receiver: Receiver, system: AlarmSystem, by: Viewer, at: datetime
) -> None:
    for _number in range(3):
        receiver.frame("Nri1/BA003").commit()
    assert health_checks.chains(at).status is Status.OK
    prove(by, at)
    event = Event.objects.get(action="alarms.journal_sealed")
    assert event.detail["heads"]["r1"]["sequence"] == 3

    tamper(2, payload=b"other")
    assert "segment 2 of r1: changed" in health_checks.chains(at).found
    with pytest.raises(tasks.JournalBroken, match="segment 2: changed"):
        prove(by, at)


def test_a_tail_that_was_cut_off_shows_against_the_last_seal(
    receiver: Receiver, system: AlarmSystem, by: Viewer, at: datetime
) -> None:
    for _number in range(3):
        receiver.frame("Nri1/BA003").commit()
    prove(by, at)
    JournalSegment.objects.filter(sequence=3).delete()
    assert health_checks.chains(at).status is Status.OK, "a chain alone does not show it"
    with pytest.raises(tasks.JournalBroken, match="was sealed and is gone"):
        prove(by, at)


def test_the_journal_is_never_changed(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Nri1/BA003").commit()
    with pytest.raises(Exception, match="never changed"):
        JournalSegment.objects.update(payload=b"x")


def test_the_frame_behind_a_signal_is_shown_without_its_key(receiver: Receiver, system: AlarmSystem) -> None:
    text = "00112233445566778899AABBCCDDEEFF"
    system.sealed_key = keys.seal(text, settings.SECRET_KEY)
    system.save()
    receiver.frame("Nri1/BA003", key=prepare_key(text), timestamp=NIGHT)
    receiver.frame("Nri1/BA004", at=NIGHT + MINUTE, key=prepare_key(text), timestamp=NIGHT + MINUTE).commit()
    run_once(at=NIGHT)

    shown = queries.frame_of(Signal.objects.order_by("frame_index")[1])

    assert shown is not None
    assert (shown.frame_index, shown.way, shown.line, shown.address) == (1, "tcp", "main", "192.0.2.1")
    assert '"*SIA-DCS"' in shown.text
    assert "BA004" not in shown.text
    assert text not in repr(shown)


def test_cases_and_signals_are_found(receiver: Receiver, system: AlarmSystem, person: Person) -> None:
    receiver.frame("Nri1/BA003").commit()
    run_once(at=NIGHT)
    operator = person("alarm_operator")
    by_account = {found.kind.model: found for found in search(operator, "0012")}
    assert by_account["alarms.Signal"].hits[0].title == "0012 BA 3"
    by_title = {found.kind.model: found for found in search(operator, "east door")}
    number = Case.objects.get().number
    assert by_title["alarms.Case"].hits[0].title == f"{number} Burglary · zone 3 East door"


def test_systems_are_shown_without_their_keys(system: AlarmSystem, person: Person) -> None:
    found = queries.systems(person("alarm_operator")).get()
    assert "sealed_key" in found.get_deferred_fields()
