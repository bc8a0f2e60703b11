"""From the journal to signals and cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import keys
from schoolward.domains.alarms.builder import batches, building
from schoolward.domains.alarms.builder.building import Builder, Built
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.builder.segments import Unread
from schoolward.domains.alarms.builder.times import microseconds_of
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import (
    AlarmSystem,
    Case,
    CaseEntry,
    JournalSegment,
    OnTest,
    ReadPosition,
    Signal,
    Zone,
)
from schoolward.domains.alarms.receiver import notes
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.protocols.dc09 import build_frame, prepare_key

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def kinds_of(case: Case) -> list[tuple[str, str]]:
    return list(case.entries.order_by("pk").values_list("kind", "text"))


def test_a_burglary_becomes_a_signal_and_a_case(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Nri1/BA003").commit()

    built = run_once(at=NIGHT)

    assert built == Built(segments=1, frames=1, signals=1, repeats=0, cases=1)
    signal = Signal.objects.get()
    assert (signal.kind, signal.code, signal.zone_number, signal.partition) == ("burglary", "BA", "3", "1")
    assert signal.system == system
    assert signal.zone == Zone.objects.get(number="3")
    case = Case.objects.get()
    assert signal.case == case
    assert case.number == "20120906-0001"
    assert case.title == "Burglary · zone 3 East door"
    assert (case.state, case.verification_level, case.signal_count) == ("waiting", 1, 1)
    assert case.urgency == 45
    assert case.reasons == ["burglary signal (+35)", "the site should be empty (+10)"]
    assert kinds_of(case) == [("opened", "Zone 3: Burglary alarm")]
    assert ReadPosition.objects.get().sequence == 1


def test_several_events_of_a_frame_are_several_signals_of_one_case(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003/BA004").commit()

    assert run_once(at=NIGHT).signals == 2
    case = Case.objects.get()
    assert case.signal_count == 2
    assert case.signals.count() == 2
    assert case.verification_level == 2, "two zones in sequence"


def test_contact_id_is_read_as_well(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("1130 01 003", identifier=b"ADM-CID").commit()

    run_once(at=NIGHT)

    signal = Signal.objects.get()
    assert (signal.kind, signal.zone_number, signal.partition) == ("burglary", "3", "1")
    assert Case.objects.count() == 1


def test_a_repetition_is_counted_and_opens_nothing(receiver: Receiver, system: AlarmSystem) -> None:
    for seconds in (0, 11, 22):
        receiver.frame(
            "Nri1/BA003", number=7232, at=NIGHT + seconds * SECOND, timestamp=NIGHT + seconds * SECOND
        )
        receiver.commit()

    assert run_once(at=NIGHT).repeats == 2
    signal = Signal.objects.get()
    assert (signal.repeats, signal.repeated_at) == (2, NIGHT + 22 * SECOND)
    assert Case.objects.get().signal_count == 1


def test_a_repetition_in_a_later_batch_is_counted_on_the_first(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003", number=5).commit()
    run_once(at=NIGHT)
    receiver.frame("Nri1/BA003", number=5, at=NIGHT + 11 * SECOND).commit()
    run_once(at=NIGHT)
    receiver.frame("Nri1/BA003", number=5, at=NIGHT + 31 * MINUTE).commit()
    run_once(at=NIGHT)

    first, later = Signal.objects.order_by("received_at")
    assert (first.repeats, later.repeats) == (1, 0)
    assert later.received_at == NIGHT + 31 * MINUTE


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_a_panel_that_begins_anew_is_heard_again(
    receiver: Receiver, system: AlarmSystem, in_one_batch: bool
) -> None:
    """It is switched off after its first alarm and counts from 1 again: the second burglary is one."""
    for begun in (NIGHT, NIGHT + 2 * MINUTE):
        for number, data in enumerate(("RR", "Nri1/BA003", "Nri1/BR003"), 1):
            at = begun + number * SECOND
            receiver.frame(data, number=number, at=at, timestamp=at).commit()
            if not in_one_batch:
                run_once(at=NIGHT)
    run_once(at=NIGHT)

    first, second = Signal.objects.filter(kind="burglary", is_restore=False).order_by("received_at")
    assert (first.repeats, second.repeats) == (0, 0)
    assert (first.flags, second.flags) == ([], ["reused"])
    assert Signal.objects.count() == 6


def test_a_number_that_never_moves_hides_no_alarm(receiver: Receiver, system: AlarmSystem) -> None:
    for second, data in enumerate(("Nri1/BA003", "Nri1/BR003", "Nri1/BA003")):
        receiver.frame(data, number=1, at=NIGHT + second * SECOND)
    receiver.commit()

    assert run_once(at=NIGHT).repeats == 0
    assert Signal.objects.filter(kind="burglary", is_restore=False).count() == 2


def test_a_second_path_that_is_later_brings_repetitions(receiver: Receiver, system: AlarmSystem) -> None:
    radio = Receiver("r2")
    for number, data in enumerate(("Nri1/BA003", "Nri1/BA004", "Nri1/BA005"), 1):
        receiver.frame(data, number=number, at=NIGHT + number * SECOND)
        radio.frame(data, number=number, at=NIGHT + (number + 20) * SECOND)
    receiver.commit()
    radio.commit()

    assert run_once(at=NIGHT).repeats == 3


def test_a_number_in_hexadecimal_is_kept_and_is_no_gap(receiver: Receiver, system: AlarmSystem) -> None:
    raw = build_frame(b"SIA-DCS", b"Nri1/BA003", account=b"0012", sequence=b"000A")
    receiver.raw(raw).note(notes.SequenceGap(system.pk, 12, 15)).commit()

    run_once(at=NIGHT)

    assert Signal.objects.get(kind="burglary").frame_sequence == "000A"


def test_a_frame_at_which_the_receiver_failed_becomes_a_case(receiver: Receiver, system: AlarmSystem) -> None:
    raw = build_frame(b"SIA-DCS", b"Nri1/BA003", account=b"0012", sequence=7)
    receiver.raw(raw, flags=Flag.NOT_ACKNOWLEDGED)
    receiver.note(notes.NotJudged("ValueError", "192.0.2.1")).commit()

    run_once(at=NIGHT)

    case = Case.objects.get()
    assert case.kind == "receiver"
    assert case.title == "The receiver r1 fails at frames from 192.0.2.1, which it keeps unanswered"


def test_a_repetition_to_another_receiver_is_known(receiver: Receiver, system: AlarmSystem) -> None:
    second = Receiver("r2")
    receiver.frame("Nri1/BA003", number=5).commit()
    second.frame("Nri1/BA003", number=5, at=NIGHT + 11 * SECOND).commit()

    assert run_once(at=NIGHT).repeats == 1
    assert Signal.objects.count() == 1
    assert dict(ReadPosition.objects.values_list("receiver", "sequence")) == {"r1": 1, "r2": 1}


def test_the_same_number_with_other_data_keeps_both_and_marks_the_second(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003", number=5)
    receiver.frame("Nri1/FA004", number=5, at=NIGHT + 5 * SECOND).commit()

    run_once(at=NIGHT)

    burglary, fire = Signal.objects.order_by("received_at")
    assert burglary.flags == []
    assert fire.flags == ["reused"]
    assert Case.objects.count() == 2


def test_an_encrypted_frame_is_opened_with_the_sealed_key(receiver: Receiver, system: AlarmSystem) -> None:
    text = "00112233445566778899AABBCCDDEEFF"
    system.sealed_key = keys.seal(text, settings.SECRET_KEY)
    system.save()
    receiver.frame("Nri1/HA003", key=prepare_key(text), timestamp=NIGHT).commit()

    run_once(at=NIGHT)

    signal = Signal.objects.get()
    assert (signal.kind, signal.panel_at) == ("hold_up", NIGHT)
    case = Case.objects.get()
    assert (case.signal_kind, case.verification_level) == ("hold_up", 4)


def test_an_unknown_account_is_one_case_a_day_and_one_piece_of_work(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003", account="AB01", flags=Flag.UNKNOWN_ACCOUNT)
    receiver.frame("Nri1/HA003", account="AB01", flags=Flag.UNKNOWN_ACCOUNT).commit()
    run_once(at=NIGHT)
    receiver.frame("Nri1/BA004", account="AB01", at=NIGHT + 60 * MINUTE, flags=Flag.UNKNOWN_ACCOUNT).commit()
    run_once(at=NIGHT)

    case = Case.objects.get()
    assert (case.kind, case.signal_kind, case.signal_count) == ("unknown", "hold_up", 3)
    assert case.title == "Unknown account AB01 on the line main"
    assert case.urgency > 70, "an unknown hold-up is a hold-up"
    assert set(Signal.objects.values_list("kind", "case")) == {("unknown_account", case.pk)}
    work = WorkItem.objects.get()
    assert work.source == "alarms.Account:main/AB01"
    assert work.state == "proposed"

    receiver.frame("Nri1/BA003", account="AB01", at=NIGHT + timedelta(days=1)).commit()
    run_once(at=NIGHT)
    assert Case.objects.count() == 2
    assert WorkItem.objects.count() == 1


def test_invented_accounts_cannot_bury_the_desk(receiver: Receiver, system: AlarmSystem) -> None:
    for number in range(batches.MOST_UNKNOWN + 30):
        receiver.frame("Nri1/BA003", account=f"{number:04X}F", flags=Flag.UNKNOWN_ACCOUNT)
    receiver.commit()

    run_once(at=NIGHT)

    assert Case.objects.count() == 1
    assert Case.objects.get().title == "Many unknown accounts on the line main"
    assert Signal.objects.count() == batches.MOST_UNKNOWN + 30


def test_an_account_known_on_one_other_line_is_known(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Nri1/BA003", line="second").commit()
    run_once(at=NIGHT)
    assert Signal.objects.get().system == system


def test_an_unknown_code_is_kept_shown_and_made_into_work_once(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/QQ003")
    receiver.frame("Nri1/QQ004", at=NIGHT + SECOND).commit()

    run_once(at=NIGHT)

    assert set(Signal.objects.values_list("kind", "code")) == {("unknown_code", "QQ")}
    case = Case.objects.get()
    assert (case.kind, case.signal_count) == ("unknown", 2)
    assert WorkItem.objects.get().source == "alarms.Code:SIA-DCS/QQ"


def test_data_that_cannot_be_read_is_not_lost(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("nonsense!", identifier=b"ADM-CID").commit()
    run_once(at=NIGHT)
    signal = Signal.objects.get()
    assert signal.kind == "unknown_code"
    assert "Contact ID" in signal.meaning
    assert signal.case is not None


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (Flag.NOT_ACKNOWLEDGED | Flag.WRONG_KEY, "wrong_key"),
        (Flag.NOT_ACKNOWLEDGED | Flag.PLAINTEXT_REFUSED, "plaintext"),
        (Flag.NOT_ACKNOWLEDGED | Flag.REPLAY, "replay"),
    ],
)
def test_refused_frames_open_a_security_case_and_no_alarm(
    receiver: Receiver, system: AlarmSystem, flags: int, reason: str
) -> None:
    receiver.frame("Nri1/BA003", number=5, flags=flags)
    receiver.frame("Nri1/BA003", number=6, flags=flags, at=NIGHT + SECOND)
    receiver.frame("Nri1/BA003", number=5, at=NIGHT + 12 * SECOND).commit()

    run_once(at=NIGHT)

    security = Case.objects.get(kind="security")
    assert security.signal_count == 2
    assert security.source_key.startswith(f"security:2012-09-06:{reason}:main:0012")
    alarm = Case.objects.get(kind="alarm")
    assert alarm.signals.get().repeats == 0, "a refused frame is never the first of a good one"


def test_a_skewed_frame_that_was_refused_waits_for_the_next_try(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.frame("Nri1/BA003", number=5, flags=Flag.NOT_ACKNOWLEDGED | Flag.SKEWED)
    receiver.frame("Nri1/BA003", number=5, flags=Flag.SKEWED, at=NIGHT + SECOND).commit()

    run_once(at=NIGHT)

    refused, kept = Signal.objects.order_by("received_at")
    assert (refused.kind, refused.case) == ("security", None)
    assert (kept.kind, kept.flags) == ("burglary", ["skewed"])
    assert Case.objects.get().kind == "alarm"


def test_noise_with_a_bad_checksum_is_kept_without_a_case_until_it_is_frequent(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.raw(b'\n00000010"NULL"0000L0#0012[]\r', flags=Flag.NOT_ACKNOWLEDGED).commit()
    run_once(at=NIGHT)
    assert Signal.objects.get().code == "Wrong checksum"
    assert not Case.objects.exists()

    receiver.note(notes.Refused("bad_crc", "192.0.2.9", 1)).commit()
    run_once(at=NIGHT)
    assert (
        Signal.objects.latest("pk").meaning
        == "1 more frame from 192.0.2.9 was refused: the checksum is wrong"
    )
    assert not Case.objects.exists()

    receiver.note(notes.Refused("bad_crc", "192.0.2.9", 500)).commit()
    run_once(at=NIGHT)
    case = Case.objects.get()
    assert case.kind == "security"
    assert case.title == "Many frames from 192.0.2.9 are refused: the checksum is wrong"
    assert case.reasons[0] == "the receiver refused frames (+25)"


def test_an_encrypted_frame_without_a_time_is_no_security_case(
    receiver: Receiver, system: AlarmSystem
) -> None:
    untimed = build_frame(
        b"SIA-DCS", b"NBA003", account=b"0012", sequence=5, key=prepare_key("0123456789ABCDEF" * 2)
    )
    receiver.raw(untimed, flags=Flag.NOT_ACKNOWLEDGED).commit()

    run_once(at=NIGHT)

    signal = Signal.objects.get()
    assert signal.code == "No time"
    assert "without the time" in signal.meaning
    assert not Case.objects.exists()


def test_mass_loss_of_supervision_is_one_case_and_its_end_is_told(
    receiver: Receiver, system: AlarmSystem, site: Campus
) -> None:
    line = system.line
    more = [
        AlarmSystem.objects.create(line=line, account=f"1{number:03d}", campus=site, changed_at=NIGHT)
        for number in range(499)
    ]
    everyone = [system.pk, *(one.pk for one in more)]
    receiver.note(notes.SupervisionLost(everyone[:300]))
    receiver.note(notes.SupervisionLost(everyone[300:]), at=NIGHT + 100 * SECOND).commit()
    run_once(at=NIGHT)

    case = Case.objects.get()
    assert (case.kind, case.signal_count) == ("supervision", 500)
    assert (
        case.title == "500 systems are not heard from: 0012, 1000, 1001, 1002, 1003, 1004 and 494 more at Oak"
    )
    assert Signal.objects.filter(case=case, kind="supervision").count() == 500

    receiver.note(notes.LinkRestored(everyone[:499]), at=NIGHT + 200 * SECOND)
    receiver.note(notes.LinkRestored(everyone[499:]), at=NIGHT + 201 * SECOND).commit()
    run_once(at=NIGHT)
    case.refresh_from_db()
    assert [text for _kind, text in kinds_of(case)][-2:] == [
        "Still 1 system is not heard from: 1498 at Oak",
        "All are heard from again",
    ]
    assert case.shape["still"] == []
    assert case.title.startswith("500 systems are heard from again: ")


def test_a_runaway_is_one_case_but_a_hold_up_within_it_has_its_own(
    receiver: Receiver, system: AlarmSystem
) -> None:
    receiver.note(notes.Runaway(system.pk, 60, 60))
    for number in range(50):
        receiver.frame(f"Nri1/TA{number:03d}", at=NIGHT + number * SECOND, flags=Flag.RUNAWAY)
    receiver.frame("Nri1/HA003", at=NIGHT + 50 * SECOND, flags=Flag.RUNAWAY).commit()

    run_once(at=NIGHT)

    runaway = Case.objects.get(kind="runaway")
    assert runaway.signals.count() == 51
    assert Case.objects.get(kind="alarm").signal_kind == "hold_up"


def test_signals_on_test_are_kept_and_open_no_case(receiver: Receiver, system: AlarmSystem) -> None:
    OnTest.objects.create(system=system, begins=NIGHT, ends=NIGHT + MINUTE, reason="service")
    receiver.frame("Nri1/HA003")
    receiver.frame("Nri1/BA003", at=NIGHT + MINUTE).commit()

    run_once(at=NIGHT)

    on_test, after = Signal.objects.order_by("received_at")
    assert (on_test.is_test, on_test.case) == (True, None)
    assert (after.is_test, after.case) == (False, Case.objects.get())


def test_an_outage_and_other_notes_of_the_receiver(receiver: Receiver, system: AlarmSystem) -> None:
    since = microseconds_of(NIGHT)
    receiver.note(notes.Started("r1", "main"))
    receiver.note(notes.Outage("spool", since, since + 90_000_000, 12))
    receiver.note(notes.SequenceGap(system.pk, 12, 15))
    receiver.raw(b'{"note":"of_tomorrow"}', way=9).commit()

    run_once(at=NIGHT)

    assert sorted(Case.objects.values_list("kind", flat=True)) == ["receiver", "receiver"]
    assert Signal.objects.count() == 4
    gap = Signal.objects.get(system=system)
    assert (gap.flags, gap.meaning) == (["gap"], "Numbers between 12 and 15 were not received: 13 to 14")


def test_a_damaged_segment_gets_a_case_and_stops_nothing(receiver: Receiver, system: AlarmSystem) -> None:
    JournalSegment.objects.create(
        receiver="r1",
        sequence=1,
        stored_at=NIGHT,
        frames=1,
        payload=b"torn",
        previous_hash=bytes(32),
        hash=bytes(32),
    )
    receiver.sequence = 1
    receiver.frame("Nri1/BA003").commit()

    run_once(at=NIGHT)

    assert sorted(Case.objects.values_list("kind", flat=True)) == ["alarm", "receiver"]
    assert ReadPosition.objects.get().sequence == 2


def test_a_missing_segment_gets_a_case_and_stops_nothing(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.sequence = 4
    receiver.frame("Nri1/BA003").commit()
    run_once(at=NIGHT)
    assert Case.objects.get(kind="receiver").title == "The journal of r1 lacks what was before segment 5"
    assert Case.objects.filter(kind="alarm").count() == 1


def snapshot() -> list[object]:
    """All that the builder writes, without what differs by accident: primary keys."""
    return [
        list(
            Signal.objects.order_by(
                "segment__receiver", "segment__sequence", "frame_index", "event_index"
            ).values_list("frame_index", "event_index", "kind", "case__number", "repeats", "flags")
        ),
        list(
            Case.objects.order_by("number").values_list(
                "number", "kind", "signal_kind", "title", "signal_count", "urgency", "shape", "reasons"
            )
        ),
        list(CaseEntry.objects.order_by("pk").values_list("case__number", "kind", "at", "text", "detail")),
        list(WorkItem.objects.order_by("source").values_list("source", "title")),
    ]


def write_a_night(receiver: Receiver, system: AlarmSystem) -> None:
    """Segments with some of everything."""
    receiver.frame("Nri1/BA003", number=1).commit()
    receiver.frame("Nri1/BA003", number=1, at=NIGHT + 11 * SECOND)
    receiver.frame("Nri1/BA003", number=2, at=NIGHT + 12 * SECOND).commit()
    receiver.frame("Nri1/BA003", number=3, at=NIGHT + 13 * SECOND)
    receiver.frame("Nri1/OP007", number=4, at=NIGHT + 20 * SECOND)
    receiver.frame("Nri1/QQ007", number=5, at=NIGHT + 21 * SECOND).commit()
    receiver.frame("Nri1/BA003", account="AB01", at=NIGHT + 22 * SECOND).commit()
    receiver.note(notes.SupervisionLost([system.pk]), at=NIGHT + 23 * SECOND).commit()
    receiver.frame("Nri1/BR003", number=6, at=NIGHT + 24 * SECOND).commit()


def test_killed_in_the_middle_nothing_stays_and_the_second_try_gives_the_same(
    receiver: Receiver, system: AlarmSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_a_night(receiver, system)

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    builder, unread = Builder(), Unread()
    with monkeypatch.context() as patch:
        patch.setattr(building, "move_on", die)
        with pytest.raises(KeyboardInterrupt):
            builder.build(unread.next(), held=None, at=NIGHT)
    assert not Signal.objects.exists()
    assert not Case.objects.exists()
    assert not ReadPosition.objects.exists()

    run_once(at=NIGHT)
    assert Signal.objects.count() == 8
    case = Case.objects.get(kind="alarm")
    assert case.shape["swinger"] == "3"
    assert case.verification_level == 0, "opened with a code seven seconds after the alarm"


def test_cut_into_batches_the_night_comes_out_the_same(receiver: Receiver, system: AlarmSystem) -> None:
    write_a_night(receiver, system)
    segments = Unread().next()
    assert len(segments) == 6
    outcomes = []
    for size in (6, 1, 2, 4):
        builder = Builder()
        with transaction.atomic():
            for start in range(0, len(segments), size):
                if size == 2:
                    builder = Builder()  # as if a new process had followed
                builder.build(segments[start : start + size], held=None, at=NIGHT)
            outcomes.append(snapshot())
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1] == outcomes[2] == outcomes[3]


def test_read_again_the_journal_makes_nothing_more(receiver: Receiver, system: AlarmSystem) -> None:
    write_a_night(receiver, system)
    segments = Unread().next()
    builder = Builder()
    builder.build(segments, held=None, at=NIGHT)
    before = snapshot()
    assert builder.build(segments, held=None, at=NIGHT) == Built()
    assert snapshot() == before
    assert Unread().next() == []


def test_numbers_go_on_within_a_day_and_begin_anew_on_the_next(
    receiver: Receiver, system: AlarmSystem
) -> None:
    for days, data in ((0, "BA003"), (0, "FA003"), (1, "BA003")):
        receiver.frame(f"Nri1/{data}", at=NIGHT + timedelta(days=days)).commit()
        run_once(at=NIGHT)
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [
        "20120906-0001",
        "20120906-0002",
        "20120907-0001",
    ]


def test_a_closed_case_is_not_joined(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Nri1/BA003").commit()
    run_once(at=NIGHT)
    Case.objects.update(state="closed", closed_at=NIGHT, disposition="false", cause="unknown")
    receiver.frame("Nri1/BA003", at=NIGHT + MINUTE).commit()
    run_once(at=NIGHT)
    assert Case.objects.count() == 2


def test_what_is_invented_says_so(receiver: Receiver, system: AlarmSystem) -> None:
    system.invented = True
    system.save()
    receiver.frame("Nri1/BA003").commit()
    run_once(at=NIGHT)
    assert Signal.objects.get().generated
    assert Case.objects.get().generated


def test_frames_of_two_receivers_are_read_in_order_of_time(receiver: Receiver, system: AlarmSystem) -> None:
    second = Receiver("r0")
    receiver.frame("Nri1/BA003", at=NIGHT).commit(stored_at=NIGHT + SECOND)
    second.frame("Nri1/OP007", at=NIGHT + 20 * SECOND).commit(stored_at=NIGHT + 21 * SECOND)
    run_once(at=NIGHT)
    assert Case.objects.get(kind="alarm").shape["opened_after"] == {"user": "007", "seconds": 20}


def test_a_batch_asks_the_database_as_often_for_many_frames_as_for_few(
    receiver: Receiver, system: AlarmSystem, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    codes = ("BA", "BR", "OP", "CL", "RP", "QQ", "TA", "AT")
    for number in range(1, 401):
        code = codes[number % len(codes)]
        receiver.frame(f"Nri1/{code}{number % 9:03d}", number=number, at=NIGHT + number * SECOND)
    receiver.commit()
    with django_assert_max_num_queries(75):
        assert run_once(at=NIGHT).signals == 400
