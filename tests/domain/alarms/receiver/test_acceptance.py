"""The nineteen points of a correct, reliable receiver, each on real sockets with a real database."""

from __future__ import annotations

import re
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from tests.domain.alarms.receiver.in_hand import (
    KEY,
    Installation,
    PanelClient,
    event,
    eventually,
    kind_of,
    sequences,
)

from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.receiver import connections as sockets
from schoolward.domains.alarms.receiver.accounts import System
from schoolward.domains.alarms.receiver.notes import (
    LinkRestored,
    NotJudged,
    Runaway,
    SequenceGap,
    SupervisionLost,
)
from schoolward.domains.alarms.receiver.receiving import Receiver
from schoolward.domains.alarms.receiver.storing.sqlite import SqliteStore
from schoolward.protocols.dc09 import build_frame, idempotence_digest, open_body, parse_envelope, prepare_key


def snapshot(url: str) -> Any:
    """A reader's own connection to the database."""
    if url.startswith("postgres"):
        return psycopg.connect(url, autocommit=True)
    return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)


Connect = Callable[..., PanelClient]


def test_01_frames_are_reassembled_split_and_cut_out_of_junk(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    first, second, third = (event("1234", number) for number in (1, 2, 3))
    for at in range(len(first)):
        panel.send(first[at : at + 1])
    assert kind_of(*panel.answers()) == "ACK"
    panel.send(second + b"\0" + third)
    assert [parse_envelope(answer).sequence for answer in panel.answers(2)] == [b"0002", b"0003"]
    fourth = event("1234", 4)
    assert kind_of(panel.ask(b"GET / HTTP/1.1\r\n\r\n\0\0" + fourth)) == "ACK"
    # Longer than there can be: not kept in memory, and the next frame is read again.
    assert kind_of(panel.ask(first[:-1] + b"x" * 10_000 + b"\r" + event("1234", 5))) == "ACK"
    assert sequences(installation) == [1, 2, 3, 4, 5]


def test_01_who_is_silent_or_ends_no_frame_is_cut(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SECONDS_IDLE", 0.6)
    monkeypatch.setattr(sockets, "SECONDS_FOR_A_FRAME", 0.3)
    monkeypatch.setattr("schoolward.domains.alarms.receiver.running.SECONDS_BETWEEN_SWEEPS", 0.1)
    receiver = installation.start()
    silent, begun = connect(receiver.ports["tcp"]), connect(receiver.ports["tcp"])
    started = time.monotonic()
    begun.send(event("1234", 1)[:20])
    assert begun.is_closed()
    assert time.monotonic() - started < 1.5
    assert silent.is_closed()


def test_02_crc_and_length_are_those_of_the_bytes(installation: Installation, connect: Connect) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    for number, text in enumerate(("Küche".encode("cp1252"), "Küche".encode(), b"\xff\xfe"), start=1):
        assert kind_of(panel.ask(event("1234", number, extended=[b"I" + text]))) == "ACK"
    binary = event("1234", 4, binary_crc=True)
    answer = panel.ask(binary)
    assert parse_envelope(answer).binary_crc
    frame = event("1234", 5)
    wrong_length = frame[:5] + b"%04X" % (len(frame) - 9) + frame[9:]
    assert panel.ask(wrong_length, 0.3) == b""


def test_03_the_acknowledgement_comes_after_the_durable_commit(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    gate, reached = threading.Event(), threading.Event()
    store = receiver.process.writer._store
    assert store is not None
    append = type(store).append

    def late(self: SqliteStore, segment: object) -> None:
        reached.set()
        gate.wait(5)
        append(self, segment)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "append", late)
    panel = connect(receiver.ports["tcp"])
    panel.send(event("1234", 1))
    assert reached.wait(5)
    assert panel.answers(1, 0.3) == []
    assert installation.records() == []
    gate.set()
    assert kind_of(*panel.answers()) == "ACK"
    assert len(installation.records()) == 1


def test_04_a_resend_with_a_new_time_is_acknowledged_again_and_known_as_one(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234", key=KEY)
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    now = datetime.now(UTC)
    for seconds in (-11, 0, 11):
        frame = event("1234", 7232, key=KEY, at=now + timedelta(seconds=seconds))
        assert kind_of(panel.ask(frame)) == "ACK"
    digests = set()
    for record in installation.records():
        envelope = parse_envelope(record.frame)
        digests.add(idempotence_digest(envelope, open_body(envelope, prepare_key(KEY))))
        assert record.flags == 0
    assert len(installation.records()) == 3
    assert len(digests) == 1


def test_05_the_same_number_with_other_data_is_kept_as_well(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    for data in (b"Nri1BA003", b"Nri1FA004"):
        assert kind_of(panel.ask(event("1234", 9, data))) == "ACK"
    assert [b"FA004" in record.frame for record in installation.records()] == [False, True]


def test_06_a_recorded_ciphertext_is_refused_from_elsewhere_and_later(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.add_system("1234", key=KEY)
    receiver = installation.start(host="0.0.0.0")  # noqa: S104 - two loopback addresses
    panel = connect(receiver.ports["tcp"])
    frame = event("1234", 1, key=KEY)
    assert kind_of(panel.ask(frame)) == "ACK"
    assert kind_of(panel.ask(frame)) == "ACK"  # the panel itself missed the answer
    stranger = socket.socket()
    stranger.bind(("127.0.0.2", 0))
    stranger.connect(("127.0.0.1", receiver.ports["tcp"]))
    with closing(stranger):
        assert PanelClient(stranger).ask(frame, 0.5) == b""
    monkeypatch.setattr("schoolward.domains.alarms.receiver.replay.SECONDS_TO_RESEND", 0.45)
    assert panel.ask(frame, 0.5) == b""
    eventually(lambda: len(installation.records()) == 4)
    flags = [record.flags for record in installation.records()]
    assert flags == [0, 0, Flag.REPLAY | Flag.NOT_ACKNOWLEDGED, Flag.REPLAY | Flag.NOT_ACKNOWLEDGED]


@pytest.mark.parametrize("seconds", [-3600, -42, 22, 3600])
def test_07_a_wrong_clock_is_told_the_time_once_and_then_taken_with_a_mark(
    installation: Installation, connect: Connect, seconds: int
) -> None:
    installation.add_system("1234", key=KEY)
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    answer = panel.ask(event("1234", 1, key=KEY, at=datetime.now(UTC) + timedelta(seconds=seconds)))
    assert kind_of(answer) == "NAK"
    stamp = re.search(rb"_(\d\d:\d\d:\d\d,\d\d-\d\d-\d{4})", answer)
    assert stamp is not None
    told = datetime.strptime(stamp[1].decode(), "%H:%M:%S,%m-%d-%Y").replace(tzinfo=UTC)
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=3)
    for number in (1, 2):
        late = event("1234", number, key=KEY, at=datetime.now(UTC) + timedelta(seconds=seconds))
        assert kind_of(panel.ask(late)) == "ACK"
    flags = [record.flags for record in installation.records()]
    assert flags == [Flag.SKEWED | Flag.NOT_ACKNOWLEDGED, Flag.SKEWED, Flag.SKEWED]


@pytest.mark.parametrize("seconds", [-38, 18])
def test_07_a_clock_within_the_window_is_right(
    installation: Installation, connect: Connect, seconds: int
) -> None:
    installation.add_system("1234", key=KEY)
    panel = connect(installation.start().ports["tcp"])
    assert (
        kind_of(panel.ask(event("1234", 1, key=KEY, at=datetime.now(UTC) + timedelta(seconds=seconds))))
        == "ACK"
    )
    assert installation.records()[0].flags == 0


def test_07_a_skewed_ciphertext_that_comes_back_unchanged_is_not_taken(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234", key=KEY)
    panel = connect(installation.start().ports["tcp"])
    recorded = event("1234", 1, key=KEY, at=datetime.now(UTC) - timedelta(hours=1))
    assert [kind_of(panel.ask(recorded)) for _ in range(3)] == ["NAK", "NAK", "NAK"]


def test_08_an_unknown_account_is_kept_and_acknowledged(installation: Installation, connect: Connect) -> None:
    panel = connect(installation.start().ports["tcp"])
    assert kind_of(panel.ask(event("BEEF", 1))) == "ACK"
    assert [record.flags for record in installation.records()] == [Flag.UNKNOWN_ACCOUNT]


def test_08_an_account_that_is_entered_later_is_known_within_seconds(
    installation: Installation, connect: Connect
) -> None:
    installation.add_line()
    panel = connect(installation.start().ports["tcp"])
    panel.ask(event("BEEF", 1))
    installation.add_system("BEEF")
    sequence = iter(range(2, 200))
    assert eventually(
        lambda: panel.ask(event("BEEF", next(sequence))) and installation.records()[-1].flags == 0, 6.0
    )


def test_08_an_account_of_exactly_one_other_line_is_known(
    installation: Installation, connect: Connect
) -> None:
    installation.add_line("main")
    installation.add_system("1234", line="other")
    installation.add_system("5678", line="other")
    installation.add_system("5678", line="third")
    panel = connect(installation.start().ports["tcp"])
    panel.ask(event("1234", 1))
    panel.ask(event("5678", 1))
    assert [record.flags for record in installation.records()] == [0, Flag.UNKNOWN_ACCOUNT]


def test_09_a_bad_crc_is_never_acknowledged_and_kept_at_a_bounded_rate(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    good = event("1234", 1)
    bad = good[:-3] + b"4]\r"
    for _ in range(50):
        panel.send(bad)
    assert kind_of(panel.ask(good)) == "ACK"
    assert panel.answers(1, 0.2) == []
    kept = [record for record in installation.records() if record.flags]
    assert 1 <= len(kept) <= 3
    assert {record.flags for record in kept} == {int(Flag.NOT_ACKNOWLEDGED)}
    assert sum(receiver.process.receiver.refusals.counts.values()) == 50


def test_10_a_wrong_key_is_answered_nak(installation: Installation, connect: Connect) -> None:
    installation.add_system("1234", key=KEY)
    panel = connect(installation.start().ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1, key="FF" * 16))) == "NAK"
    eventually(installation.records)
    assert [record.flags for record in installation.records()] == [Flag.WRONG_KEY | Flag.NOT_ACKNOWLEDGED]


def test_10_a_frame_without_a_time_is_a_matter_of_its_own(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234", key=KEY)
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    untimed = build_frame(b"SIA-DCS", b"Nri1BA003", account=b"1234", sequence=1, key=prepare_key(KEY))
    assert kind_of(panel.ask(untimed)) == "NAK"
    eventually(installation.records)
    assert [record.flags for record in installation.records()] == [Flag.NOT_ACKNOWLEDGED]
    assert dict(receiver.process.receiver.refusals.counts) == {"no_time": 1}


def test_11_plaintext_on_an_account_with_a_key_is_refused(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234", key=KEY)
    panel = connect(installation.start().ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1))) == "NAK"
    eventually(installation.records)
    assert [record.flags for record in installation.records()] == [
        Flag.PLAINTEXT_REFUSED | Flag.NOT_ACKNOWLEDGED
    ]


@pytest.mark.parametrize("data", [b"Nri1ZZ003", b"?", b"", b"\xff\xff"])
def test_12_an_unknown_code_is_acknowledged_and_never_duh(
    installation: Installation, connect: Connect, data: bytes
) -> None:
    installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    assert kind_of(panel.ask(event("1234", 1, data))) == "ACK"
    assert len(installation.records()) == 1


@pytest.mark.parametrize(
    ("account", "receiver", "line"),
    [
        ("1234", b"1", b"0"),
        ("00ab", b"00A1", b"000001"),
        ("ABC", None, b"0"),
        ("1234", b"", b""),
        ("0012", None, None),
    ],
)
def test_13_receiver_line_and_account_are_echoed_byte_for_byte(
    installation: Installation, connect: Connect, account: str, receiver: bytes | None, line: bytes | None
) -> None:
    installation.add_system(account.upper())
    panel = connect(installation.start().ports["tcp"])
    frame = event(account, 1, receiver=receiver, line=line)
    sent, got = parse_envelope(frame), parse_envelope(panel.ask(frame))
    assert (got.sequence, got.receiver, got.line, got.account) == (
        sent.sequence, sent.receiver, sent.line, sent.account,
    )  # fmt: skip
    assert installation.records()[0].flags == 0


def test_14_the_answer_is_encrypted_if_and_only_if_the_question_was(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234", key=KEY)
    installation.add_system("5678")
    panel = connect(installation.start().ports["tcp"])
    sealed, clear = (
        parse_envelope(panel.ask(frame)) for frame in (event("1234", 1, key=KEY), event("5678", 1))
    )
    assert (sealed.encrypted, clear.encrypted) == (True, False)
    stamp = open_body(sealed, prepare_key(KEY)).timestamp
    assert stamp is not None
    assert abs(stamp - datetime.now(UTC)) < timedelta(seconds=3)


def test_15_a_lost_link_is_raised_within_a_second_together_and_restored(
    installation: Installation, connect: Connect
) -> None:
    ids = [installation.add_system(f"10{number:02d}", supervision=2) for number in range(20)]
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    tests = [build_frame(b"NULL", account=b"10%02d" % number, sequence=0) for number in range(20)]
    eventually(lambda: receiver.process.status.leads)
    for test in tests:
        assert kind_of(panel.ask(test)) == "ACK"
    last = time.time()
    assert installation.records() == []  # link tests are not journaled

    def losses() -> list[SupervisionLost]:
        return [note for note in installation.notes() if isinstance(note, SupervisionLost)]

    eventually(losses, 6.0)
    found = losses()
    assert sorted(system for note in found for system in note.systems) == ids
    assert len(found) <= 2  # the tests themselves were spread over some milliseconds
    (lost_at,) = {row[0] for row in installation.execute("SELECT max(lost_at) FROM alarms_linkstate")}
    with closing(installation.store()) as store:
        assert 2.0 <= store.seconds(lost_at) - last <= 3.0
    assert kind_of(panel.ask(tests[3])) == "ACK"
    assert eventually(
        lambda: (
            [note.systems for note in installation.notes() if isinstance(note, LinkRestored)] == [[ids[3]]]
        )
    )


def test_16_reading_pauses_when_too_much_waits_and_nothing_unsaved_is_acknowledged(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.add_system("1234")
    receiver = installation.start(most_waiting=200)
    store = receiver.process.writer._store
    assert store is not None
    gate = threading.Event()
    append = type(store).append

    def late(self: object, segment: object) -> None:
        gate.wait(10)
        append(self, segment)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "append", late)
    panels = [connect(receiver.ports["tcp"]) for _ in range(20)]
    frames = b"".join(event("1234", number) for number in range(1, 101))
    for panel in panels:
        panel.send(frames)
    assert eventually(lambda: receiver.process.connections.paused)
    time.sleep(0.2)
    waiting = receiver.process.status.waiting
    for panel in panels:
        panel.send(frames)
    time.sleep(0.2)
    # What one turn of the loop has read is all that there is; the rest waits in the sockets.
    assert receiver.process.status.waiting == waiting
    assert all(panel.answers(1, 0.01) == [] for panel in panels)
    gate.set()
    assert all(len(panel.answers(200, 10.0)) == 200 for panel in panels)
    assert not receiver.process.connections.paused
    assert len(installation.records()) == 20 * 200


def test_17_gaps_are_noted_once_and_rollover_is_none(installation: Installation, connect: Connect) -> None:
    system = installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    for sequence in (9997, 9998, 9999, 1, 2, 5, 5, 6, 3, 7, 1, 2):
        assert kind_of(panel.ask(event("1234", sequence))) == "ACK"
    gaps = [note for note in installation.notes() if isinstance(note, SequenceGap)]
    assert gaps == [SequenceGap(system, 2, 5)]


def test_18_it_goes_on_while_nobody_reads_the_journal(installation: Installation, connect: Connect) -> None:
    """These tests have no consumer at all; a reader that holds a snapshot open is in nobody's way."""
    installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    with closing(snapshot(installation.url)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM alarms_journalsegment").fetchall()
        assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    assert len(installation.records()) == 1


def test_19_frame_peer_and_moment_are_kept_in_a_chain(installation: Installation, connect: Connect) -> None:
    installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    before = datetime.now(UTC)
    frames = [event("1234", number) for number in range(1, 30)]
    for frame in frames:
        panel.ask(frame)
    records = installation.records()
    assert [record.frame for record in records] == frames
    assert {(record.line, record.address) for record in records} == {("main", "127.0.0.1")}
    assert all(
        before - timedelta(milliseconds=1) <= record.received_at <= datetime.now(UTC) for record in records
    )


@pytest.mark.parametrize("identifier", [b"ACK", b"NAK", b"DUH", b"RSP"])
def test_an_answer_is_not_answered(installation: Installation, connect: Connect, identifier: bytes) -> None:
    """Two receivers that a forged datagram points at each other would go on for ever."""
    installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    assert panel.ask(build_frame(identifier, account=b"1234", sequence=1), 0.3) == b""
    assert {record.flags for record in installation.records()} == {int(Flag.NOT_ACKNOWLEDGED)}


def test_an_extended_link_test_is_journaled_only_with_an_event(
    installation: Installation, connect: Connect
) -> None:
    installation.add_system("1234")
    installation.add_system("5678", key=KEY)
    panel = connect(installation.start().ports["tcp"])
    for account, key in (("1234", None), ("5678", prepare_key(KEY))):
        for inside, data in ((False, b""), (True, b""), (True, b"Nri1RP000")):
            test = build_frame(
                b"XNM", data, account=account.encode(), sequence=1, extended=[b"CDP"], key=key,
                timestamp=datetime.now(UTC), account_inside=inside,
            )  # fmt: skip
            assert kind_of(panel.ask(test)) == "ACK"
    own_block = build_frame(b"XNM", b"#1234|", account=b"1234", sequence=2, account_inside=False)
    assert kind_of(panel.ask(own_block)) == "ACK"
    assert len(installation.records()) == 2


def test_a_runaway_is_noted_once_and_still_stored(installation: Installation, connect: Connect) -> None:
    system = installation.add_system("1234")
    panel = connect(installation.start().ports["tcp"])
    for number in range(1, 81):
        panel.send(event("1234", number))
    assert len(panel.answers(80)) == 80
    assert [note for note in installation.notes() if isinstance(note, Runaway)] == [Runaway(system, 60, 60)]
    flagged = [bool(record.flags & Flag.RUNAWAY) for record in installation.records()]
    assert flagged == [False] * 60 + [True] * 20


def test_a_number_with_letters_is_answered_and_kept(installation: Installation, connect: Connect) -> None:
    """Some count in hexadecimal: their tenth message must not be their last."""
    installation.add_system("1234")
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    numbers = [b"0009", b"000A", b"000F", b"0010"]
    for number in numbers:
        raw = build_frame(b"SIA-DCS", b"Nri1/BA003", account=b"1234", sequence=number)
        answer = panel.ask(raw)
        assert (kind_of(answer), parse_envelope(answer).sequence) == ("ACK", number)
    kept = [parse_envelope(record.frame).sequence for record in installation.records()]
    assert kept == numbers
    assert not [note for note in installation.notes() if isinstance(note, SequenceGap)]


def test_a_fault_of_ours_at_one_frame_loses_neither_it_nor_those_behind_it(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.add_system("1234")
    installation.add_system("5678")
    receiver = installation.start()
    follow = Receiver._follow

    def failing(self: Receiver, system: System, sequence: int, now: float) -> None:
        if sequence == 13:
            raise ZeroDivisionError
        follow(self, system, sequence, now)

    monkeypatch.setattr(Receiver, "_follow", failing)
    panel = connect(receiver.ports["tcp"])
    panel.send(event("1234", 13) + event("5678", 1))
    answer = panel.answers()[0]
    assert (kind_of(answer), parse_envelope(answer).account) == ("ACK", b"5678")
    records = eventually(lambda: len(installation.records()) == 2 and installation.records())
    assert [record.flags & Flag.NOT_ACKNOWLEDGED for record in records] == [Flag.NOT_ACKNOWLEDGED, 0]
    assert NotJudged("ZeroDivisionError", "127.0.0.1") in installation.notes()
