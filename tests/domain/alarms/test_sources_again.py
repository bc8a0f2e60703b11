"""What comes from a source whose case was closed is seen: it opens a case of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import actions
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseState, Signal
from schoolward.domains.alarms.receiver import notes
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

MINUTE = timedelta(minutes=1)
UNKNOWN = {"account": "CAFE", "flags": Flag.UNKNOWN_ACCOUNT}
WRONG_KEY = Flag.NOT_ACKNOWLEDGED | Flag.WRONG_KEY


@pytest.fixture
def closed(person: Any) -> Any:
    """Closes the one open case, five minutes after NIGHT."""
    operator: Viewer = person("alarm_operator")

    def close() -> Case:
        case = Case.objects.exclude(state=CaseState.CLOSED).get()
        told = {"disposition": "false", "cause": "unknown", "confirmation": "Asked and found nothing"}
        return actions.close(case_id=case.pk, by=operator, at=NIGHT + 5 * MINUTE, **told)

    return close


def read() -> list[Case]:
    run_once(at=NIGHT)
    return list(Case.objects.order_by("pk"))


def test_a_hold_up_after_the_close_is_not_swallowed(
    receiver: Receiver, system: AlarmSystem, closed: Any
) -> None:
    receiver.frame("NBA1", **UNKNOWN).commit()
    read()
    before = closed()
    receiver.frame("NHA1", at=NIGHT + 6 * MINUTE, **UNKNOWN)
    receiver.frame("NHA2", at=NIGHT + 7 * MINUTE, **UNKNOWN).commit()

    first, second = read()

    assert (first.state, first.signal_count, first.signals.count()) == ("closed", 1, 1)
    assert (second.state, second.signal_kind, second.signal_count) == ("waiting", "hold_up", 2)
    assert second.title == before.title
    opened = second.entries.get(kind="opened")
    assert f"(case {before.number} of the same source was closed)" in opened.text
    assert WorkItem.objects.count() == 1, "the same account is to be found out once"


def test_what_came_before_the_close_and_late_is_seen_as_well(
    receiver: Receiver, system: AlarmSystem, closed: Any
) -> None:
    """From another receiver's spool: whoever closed the case did not know of it."""
    receiver.frame("NBA1", **UNKNOWN).commit()
    read()
    closed()
    Receiver(name="r2").frame("NHA1", at=NIGHT + MINUTE, **UNKNOWN).commit()

    assert [case.state for case in read()] == ["closed", "waiting"]


def test_an_older_case_is_opened_again_beside_the_newer_one(
    receiver: Receiver, system: AlarmSystem, closed: Any, person: Any
) -> None:
    receiver.frame("NBA1", **UNKNOWN).commit()
    read()
    before = closed()
    receiver.frame("NHA1", at=NIGHT + 6 * MINUTE, **UNKNOWN).commit()
    read()

    actions.reopen(case_id=before.pk, reason="Seen again", by=person("alarm_operator"), at=NIGHT + 7 * MINUTE)
    receiver.frame("NBA2", at=NIGHT + 8 * MINUTE, **UNKNOWN).commit()

    assert [case.signals.count() for case in read()] == [1, 2], "the newest has the source"


@pytest.mark.parametrize(("data", "identifier"), [("", b"NULL"), ("NRP0", b"SIA-DCS"), ("NCL1", b"SIA-DCS")])
def test_what_says_that_nothing_happened_opens_nothing(
    receiver: Receiver, system: AlarmSystem, closed: Any, data: str, identifier: bytes
) -> None:
    receiver.frame("NBA1", **UNKNOWN).commit()
    read()
    closed()
    receiver.frame(data, identifier=identifier, at=NIGHT + 6 * MINUTE, **UNKNOWN).commit()

    (case,) = read()

    assert (case.state, case.signals.count()) == ("closed", 2)


def test_data_that_cannot_be_read_is_told_each_time(
    receiver: Receiver, system: AlarmSystem, closed: Any
) -> None:
    receiver.frame("nonsense!", identifier=b"ADM-CID").commit()
    read()
    closed()
    receiver.frame("who knows", identifier=b"ADM-CID", at=NIGHT + 6 * MINUTE).commit()

    assert [case.state for case in read()] == ["closed", "waiting"]


def test_a_burglary_among_the_next_burst_of_a_runaway_is_seen(
    receiver: Receiver, system: AlarmSystem, closed: Any
) -> None:
    receiver.note(notes.Runaway(system.pk, 60, 60)).commit()
    read()
    closed()
    receiver.frame("NOP1", at=NIGHT + 6 * MINUTE, flags=Flag.RUNAWAY).commit()
    assert [case.state for case in read()] == ["closed"]
    receiver.frame("NBA1", at=NIGHT + 7 * MINUTE, flags=Flag.RUNAWAY).commit()

    assert [(case.kind, case.state) for case in read()] == [("runaway", "closed"), ("runaway", "waiting")]


def test_a_wrong_key_is_the_same_matter_for_ten_minutes(
    receiver: Receiver, system: AlarmSystem, closed: Any
) -> None:
    receiver.frame("NBA1", flags=WRONG_KEY).commit()
    read()
    closed()
    receiver.frame("NBA1", at=NIGHT + 14 * MINUTE, flags=WRONG_KEY).commit()
    assert [case.state for case in read()] == ["closed"]
    receiver.frame("NBA1", at=NIGHT + 15 * MINUTE, flags=WRONG_KEY).commit()

    assert [case.state for case in read()] == ["closed", "waiting"]
    assert not Signal.objects.filter(case=None).exists()
