"""The server's side of a walk's journal: however entries come, each is stored once and whole."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.protocols.walk_journal import (
    MOST_ENTRIES,
    BatchRefused,
    Conflict,
    Entry,
    Receipt,
    clock_skew_s,
    conflicts,
    entry_hash,
    judge,
    photo_is_whole,
    read_batch,
)

WALK = "walk-7"
PHOTO = hashlib.sha256(b"a gate that does not close").hexdigest()


def uuid(number: int) -> str:
    return str(UUID(int=number + 1))


def entry(number: int, sequence: int, *, strand: int = 0, kind: str = "set", **said: Any) -> dict[str, Any]:
    """An entry as a device sends it."""
    payload = said or {"path": f"/data/i{sequence % 5}", "value": str(number)}
    raw = {
        "id": uuid(number),
        "walk": WALK,
        "strand": uuid(1000 + strand),
        "sequence": sequence,
        "moment": "2026-11-26T08:00:00.000-08:00",
        "kind": kind,
        "payload": json.dumps(payload),
    }
    return {**raw, "sha256": entry_hash(raw)}


def altered(raw: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The entry with other content, and its hash made right again."""
    changed = {**raw, **changes}
    return {**changed, "sha256": entry_hash(changed)}


class Store:
    """What a server keeps of a walk, in memory."""

    def __init__(self, photos: set[str] | None = None) -> None:
        self.entries: list[Entry] = []
        self.photos = photos or set()

    def receipt(self, id: str) -> Receipt | None:
        return next((Receipt(e.id, e.sequence, e.sha256) for e in self.entries if e.id == id), None)

    def following(self, strand: str) -> int:
        return max((e.sequence for e in self.entries if e.strand == strand), default=0) + 1

    def has_photo(self, sha256: str) -> bool:
        return sha256 in self.photos

    def post(self, batch: list[Any]) -> dict[str, Any]:
        judgement = judge(batch, walk=WALK, known=self)
        self.entries += judgement.accepted
        return judgement.as_json()


strands = st.lists(st.integers(1, 12), min_size=1, max_size=3)


def journal_of(lengths: list[int]) -> list[dict[str, Any]]:
    return [
        entry(100 * strand + sequence, sequence, strand=strand)
        for strand, length in enumerate(lengths)
        for sequence in range(1, length + 1)
    ]


@given(strands, st.integers(0, 2**32))
def test_any_way_of_sending_stores_every_entry_once(lengths: list[int], seed: int) -> None:
    chance = random.Random(seed)
    whole = journal_of(lengths)
    store = Store()
    received: dict[str, str] = {}
    for _ in range(400):
        if len(received) == len(whole):
            break
        batch = chance.choices(whole, k=chance.randint(1, 8))
        for receipt in store.post(batch)["receipts"]:
            assert received.setdefault(receipt["id"], receipt["sha256"]) == receipt["sha256"]
        assert {e.id for e in store.entries} >= set(received)
    store.post(whole)
    assert sorted(e.id for e in store.entries) == sorted(raw["id"] for raw in whole)
    for strand in {e.strand for e in store.entries}:
        kept = [e.sequence for e in store.entries if e.strand == strand]
        assert kept == list(range(1, len(kept) + 1))
    again = store.post(whole)
    assert not again["refused"]
    assert {(r["id"], r["sha256"]) for r in again["receipts"]} == {
        (raw["id"], raw["sha256"]) for raw in whole
    }


@given(
    st.sampled_from(["id", "walk", "strand", "moment", "kind", "payload"]), st.text(min_size=1, max_size=20)
)
def test_what_is_damaged_is_not_stored(name: str, text: str) -> None:
    raw = entry(1, 1)
    damaged = {**raw, name: raw[name] + text}
    store = Store()
    answer = store.post([damaged])
    assert not store.entries
    assert [each["code"] for each in answer["refused"]] in (["hash"], ["malformed"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_nonsense_is_refused_in_words(raw: Any) -> None:
    store = Store()
    answer = store.post([raw])
    assert [each["code"] for each in answer["refused"]] == ["malformed"]
    assert not store.entries


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"walk": "walk-8"}, "wrong-walk"),
        ({"kind": "drop"}, "malformed"),
        ({"sequence": 0}, "malformed"),
        ({"sequence": 2}, "gap"),
        ({"moment": "2026-11-26T08:00:00"}, "malformed"),
        ({"moment": "yesterday"}, "malformed"),
        ({"payload": "[]"}, "malformed"),
        ({"payload": '{"value": "1"}'}, "malformed"),
        ({"payload": '{"path": "/data/x"}'}, "malformed"),
        ({"payload": "{"}, "malformed"),
        ({"kind": "photo", "payload": '{"path": "/data/x", "photo": "../x"}'}, "malformed"),
        ({"kind": "photo", "payload": json.dumps({"path": "/data/x", "photo": PHOTO})}, "photo-missing"),
        ({"id": "X"}, "malformed"),
    ],
)
def test_refusals_name_their_reason(changes: dict[str, Any], code: str) -> None:
    store = Store()
    answer = store.post([altered(entry(1, 1), **changes)])
    assert [each["code"] for each in answer["refused"]] == [code]
    assert not answer["receipts"]
    assert not store.entries


def test_a_refused_entry_stops_its_strand_and_no_other() -> None:
    photo = entry(2, 2, kind="photo", path="/data/photo", photo=PHOTO)
    batch = [entry(3, 3), photo, entry(1, 1), entry(101, 1, strand=1)]
    store = Store()
    answer = store.post(batch)
    assert [(each["code"], each.get("following"), each.get("photo")) for each in answer["refused"]] == [
        ("photo-missing", None, PHOTO),
        ("gap", 2, None),
    ]
    assert {e.id for e in store.entries} == {uuid(1), uuid(101)}
    store.photos.add(PHOTO)
    assert not store.post(batch)["refused"]
    assert len(store.entries) == 4


def test_a_copied_store_is_told_of_and_nothing_is_overwritten() -> None:
    store = Store()
    store.post([entry(1, 1)])
    same_place = store.post([entry(2, 1)])
    same_id = store.post([altered(entry(1, 1), payload='{"path": "/data/i1", "value": "other"}')])
    assert [each["code"] for each in (*same_place["refused"], *same_id["refused"])] == [
        "place-taken",
        "id-taken",
    ]
    assert [e.id for e in store.entries] == [uuid(1)]


def test_a_batch_is_read_or_refused_as_a_whole() -> None:
    assert read_batch(b'{"sent": "x", "entries": [1]}') == ([1], "x")
    for body in (
        b"",
        b"[]",
        b"{}",
        b'{"entries": 1}',
        b"[" * 100_000,
        json.dumps({"entries": [0] * (MOST_ENTRIES + 1)}).encode(),
    ):
        with pytest.raises(BatchRefused):
            read_batch(body)


def test_a_photo_is_whole_or_not_stored() -> None:
    assert photo_is_whole(PHOTO, b"a gate that does not close")
    assert not photo_is_whole(PHOTO, b"a gate that does not clos")
    assert not photo_is_whole(PHOTO.upper(), b"a gate that does not close")


def test_skew_is_measured_and_never_guessed() -> None:
    received = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    assert clock_skew_s("2026-11-26T08:01:30.000-08:00", received) == 90
    assert clock_skew_s("2026-11-26T08:00:00", received) is None
    assert clock_skew_s("", received) is None


def stored(raw: dict[str, Any]) -> Entry:
    return Entry(**raw)


@given(strands, st.integers(0, 2**32))
def test_conflicts_do_not_depend_on_who_was_first(lengths: list[int], seed: int) -> None:
    entries = [stored(raw) for raw in journal_of(lengths)]
    mixed = entries[:]
    random.Random(seed).shuffle(mixed)
    assert conflicts(mixed) == conflicts(entries)
    first = [each for each in entries if each.strand == entries[0].strand]
    assert conflicts(first) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)), max_size=20))
def test_a_conflict_is_where_last_answers_differ(answers: list[tuple[int, int, int]]) -> None:
    numbers = [0, 0, 0]
    last: dict[tuple[int, int], int] = {}
    entries = []
    for count, (strand, question, value) in enumerate(answers):
        numbers[strand] += 1
        entries.append(
            stored(entry(count, numbers[strand], strand=strand, path=f"/data/q{question}", value=str(value)))
        )
        last[question, strand] = value
    expected = sorted(
        f"/data/q{question}"
        for question in range(4)
        if len({value for (asked, _), value in last.items() if asked == question}) > 1
    )
    assert [each.path for each in conflicts(entries)] == expected


def test_a_decision_ends_a_conflict_and_a_later_answer_opens_it_again() -> None:
    one = stored(entry(1, 1, path="/data/q", value="a"))
    other = stored(entry(101, 1, strand=1, path="/data/q", value="b"))
    assert conflicts([one, other]) == [Conflict("/data/q", (one, other))]
    decision = stored(entry(2, 2, path="/data/q", value="b", over=[other.id]))
    assert conflicts([one, other, decision]) == []
    later = stored(entry(102, 2, strand=1, path="/data/q", value="c"))
    assert conflicts([one, other, decision, later]) == [Conflict("/data/q", (decision, later))]


def test_a_repeat_that_two_devices_changed_is_a_conflict() -> None:
    one = stored(entry(1, 1, kind="add", path="/data/zone[1]/door"))
    other = stored(entry(101, 1, strand=1, kind="remove", path="/data/zone[2]/door[1]"))
    assert conflicts([one, other]) == [Conflict("/data/zone/door[]", (one, other))]
    assert conflicts([one, replace(other, strand=one.strand, sequence=2)]) == []
