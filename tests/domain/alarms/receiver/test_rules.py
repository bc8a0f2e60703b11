"""Rules that need no socket: sealed keys, refusals, replays, accounts, portions, mutated frames."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schoolward.domains.alarms.journal import Flag, Way, pack, unpack
from schoolward.domains.alarms.keys import KeyNotUnsealed, seal, unseal
from schoolward.domains.alarms.receiver import notes, replay
from schoolward.domains.alarms.receiver.accounts import Accounts
from schoolward.domains.alarms.receiver.portions import MOST_BYTES, MOST_FRAMES, portions, with_flag
from schoolward.domains.alarms.receiver.refusals import Reason, Refusals
from schoolward.domains.alarms.receiver.replay import ReplayCache
from schoolward.domains.alarms.receiver.storing.store import LineRow, SystemRow


@given(some.text(some.characters(codec="ascii"), max_size=64), some.text(min_size=1, max_size=80))
def test_a_key_comes_back_with_the_secret_it_was_sealed_with_and_with_no_other(key: str, secret: str) -> None:
    sealed = seal(key, secret)
    assert unseal(sealed, secret) == key
    if key:
        assert key not in sealed or len(key) < 4
        with pytest.raises(KeyNotUnsealed):
            unseal(sealed, secret + "x")
        with pytest.raises(KeyNotUnsealed):
            unseal(sealed[:-4], secret)


@pytest.mark.parametrize("kind", notes.KINDS.values(), ids=lambda kind: kind.name)
def test_every_note_is_read_as_it_was_written(kind: type[notes.Note]) -> None:
    values: dict[str, Any] = {
        "systems": [1, 2], "system": 3, "after": 4, "at": 5, "frames": 60, "seconds": 60, "policy": "hold",
        "since": 1, "until": 2, "spooled": 3, "reason": "bad_crc", "address": "::1", "count": 9,
        "receiver": "vm-1", "line": "main", "error": "ValueError",
    }  # fmt: skip
    note = kind(**{name: values[name] for name in (field.name for field in fields(kind))})
    assert notes.read(note.encoded()) == note


@pytest.mark.parametrize("frame", [b"", b"[]", b"{}", b'{"note":"?"}', b'{"note":"runaway"}', b"\xff"])
def test_a_note_that_is_none_is_said_so(frame: bytes) -> None:
    with pytest.raises(notes.NoteUnknown):
        notes.read(frame)


def test_refusals_are_kept_once_a_second_and_counted_all() -> None:
    refusals = Refusals()
    kept = [refusals.is_kept(b"main|a", Reason.BAD_CRC, 1000 + number / 100) for number in range(250)]
    assert sum(kept) == 3
    assert refusals.counts[Reason.BAD_CRC] == 250
    assert refusals.is_kept(b"main|b", Reason.BAD_CRC, 1002.4)
    assert refusals.notes(1003) == [notes.Refused("bad_crc", "a", 247)]
    assert refusals.notes(1004) == []


def test_invented_addresses_share_an_allowance() -> None:
    refusals = Refusals()
    kept = sum(
        refusals.is_kept(b"main|%d" % number, Reason.BAD_CRC, 1000.0 + number / 1e6)
        for number in range(20_000)
    )
    assert kept == 20
    assert len(refusals._kept) <= 4096
    assert len(refusals._unkept) <= 4097


def test_a_replay_is_told_from_a_resend_by_address_and_age() -> None:
    cache = ReplayCache()
    assert not cache.is_replay(b"body", "a", 1000.0)
    assert not cache.is_replay(b"body", "a", 1011.0)
    assert cache.is_replay(b"body", "b", 1012.0)
    assert cache.is_replay(b"body", "a", 1061.0)
    assert not cache.is_replay(b"other", "a", 1061.0)


def test_the_memory_of_replays_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_OF_A_GENERATION", 100)
    cache = ReplayCache()
    for number in range(1000):
        assert not cache.is_replay(b"%d" % number, "a", 1000.0)
        assert len(cache) <= 200
    assert cache.forgotten == 800
    assert cache.is_replay(b"999", "b", 1001.0), "the newest are remembered"
    assert not cache.is_replay(b"1", "b", 1001.0)
    quiet = ReplayCache()
    for number in range(1000):
        quiet.is_replay(b"%d" % number, "a", 1000.0 + number)
    assert (quiet.forgotten, len(quiet) <= 120) == (0, True), "what is over is not forgotten too early"


@given(some.lists(some.tuples(some.integers(0, 20), some.floats(0, 30)), max_size=60))
def test_nothing_is_forgotten_within_the_window(heard: list[tuple[int, float]]) -> None:
    cache, now = ReplayCache(), 1000.0
    first: dict[int, float] = {}
    for which, step in heard:
        now += step
        told = cache.is_replay(b"%d" % which, "elsewhere" if which in first else "here", now)
        if which in first and now - first[which] <= replay.SECONDS_TO_RESEND:
            assert told
        first.setdefault(which, now)


def row(number: int, account: str, line: str = "main", **more: Any) -> SystemRow:
    """A system's row."""
    return SystemRow(
        number, line, account, more.get("key", ""), more.get("profile", ""), more.get("seconds"), None
    )


def test_accounts_follow_their_rows() -> None:
    accounts = Accounts("secret")
    accounts.set_lines([LineRow("main", "standard", "hold"), LineRow("other", "no such profile", "spool")])
    changed = accounts.take([row(1, "00AB", seconds=60), row(2, "1234"), row(3, "1234", "other")])
    assert [system.id for system in changed] == [1, 2, 3]
    assert accounts.find("main", b"00ab") is accounts.by_id[1]
    assert accounts.find("elsewhere", b"00AB") is accounts.by_id[1]
    assert accounts.find("elsewhere", b"1234") is None
    assert accounts.take([row(1, "00AB", seconds=60)]) == []
    assert accounts.take([row(1, "00AC", seconds=90)]) == [accounts.by_id[1]]
    assert accounts.find("main", b"00AB") is None
    assert accounts.find("main", b"00AC") is accounts.by_id[1]
    accounts.keep_only({2})
    assert accounts.find("main", b"00AC") is None
    assert accounts.find("elsewhere", b"1234") is accounts.by_id[2]
    assert accounts.line("other").spools
    assert not accounts.line("unheard of").spools


def test_a_key_that_cannot_be_opened_keeps_the_account_closed() -> None:
    accounts = Accounts("secret")
    accounts.take([row(1, "1234", key=seal("00" * 16, "another secret"))])
    system = accounts.by_id[1]
    assert system.keyed
    assert system.key is None
    assert accounts.unopened == [1]
    accounts.take([row(1, "1234", key=seal("00" * 16, "secret"))])
    assert system.key is not None


@given(some.lists(some.integers(1, 70_000), min_size=1, max_size=40), some.integers(1, 60))
def test_portions_keep_order_and_bounds(sizes: list[int], times: int) -> None:
    entries = [(bytes(size), None, None, None) for size in sizes * times]
    found = list(portions(entries))
    assert [entry for some_ in found for entry in some_] == entries
    for portion in found:
        assert 1 <= len(portion) <= MOST_FRAMES
        assert len(portion) <= 200 or sum(len(entry[0]) for entry in portion) <= MOST_BYTES


def test_a_flag_is_set_where_the_journal_reads_it() -> None:
    packed = with_flag(pack(1, Way.TCP, Flag.SKEWED, b"main|a", b"frame"), Flag.SPOOLED)
    (record,) = unpack(packed)
    assert record.flags == Flag.SKEWED | Flag.SPOOLED
    assert (record.peer, record.frame) == (b"main|a", b"frame")


@pytest.mark.no_database
def test_two_hundred_thousand_mutated_frames() -> None:
    """None wrongly acknowledged, and flat memory: in a process of its own, whose memory is nobody else's."""
    bench = Path(__file__).resolve().parents[4] / "bench" / "alarms" / "mutants.py"
    played = subprocess.run(
        [sys.executable, str(bench), "--frames", "200000", "--seed", "7"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "200,000 mutated frames" in played.stdout
