"""Reading the journal back: the chains of all receivers, proved and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schoolward.domains.alarms.journal import Flag, JournalDamaged, Record, Way, first_break, unpack
from schoolward.domains.alarms.receiver.storing import Store

_AT_ONCE = 200
Row = tuple[str, int, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Chain:
    """What was found of one receiver's chain."""

    receiver: str
    segments: int
    frames: int
    fault: tuple[int, str] | None
    """(sequence, what is wrong) of the first break."""


def receivers(store: Store) -> list[str]:
    """The names of all chains."""
    rows = store.query("SELECT DISTINCT receiver FROM alarms_journalsegment ORDER BY receiver")
    return [str(row[0]) for row in rows]


def segments(store: Store, receiver: str, after: int = 0) -> Iterator[Row]:
    """(receiver, sequence, payload, previous hash, hash) in order."""
    while True:
        rows = store.query(
            "SELECT receiver, sequence, payload, previous_hash, hash FROM alarms_journalsegment "
            "WHERE receiver = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            [receiver, after, _AT_ONCE],
        )
        for name, sequence, payload, previous, digest in rows:
            yield str(name), int(sequence), bytes(payload), bytes(previous), bytes(digest)
        if len(rows) < _AT_ONCE:
            return
        after = int(rows[-1][1])


def verify(store: Store, receiver: str) -> Chain:
    """Prove one chain: every segment follows the one before it, and its frames can be read."""
    count = frames = 0
    damaged: tuple[int, str] | None = None

    def counted() -> Iterator[Row]:
        nonlocal count, frames, damaged
        for row in segments(store, receiver):
            count += 1
            try:
                frames += sum(1 for _ in unpack(row[2]))
            except JournalDamaged as error:
                damaged = damaged or (row[1], str(error))
            yield row

    found = first_break(counted())
    fault = damaged if found is None else (found[1], found[2])
    return Chain(receiver, count, frames, fault)


def records(store: Store, receiver: str, after: int = 0) -> Iterator[tuple[int, Record]]:
    """(sequence of the segment, record) in order."""
    for _name, sequence, payload, _previous, _digest in segments(store, receiver, after):
        for record in unpack(payload):
            yield sequence, record


def as_json(receiver: str, sequence: int, record: Record) -> dict[str, Any]:
    """A record for a person or a script. A frame's bytes that are no text are written as ``\\xNN``."""
    shown: dict[str, Any] = {
        "receiver": receiver,
        "segment": sequence,
        "received_at": record.received_at.isoformat(),
        "way": Way(record.way).name.lower() if record.way in Way._value2member_map_ else record.way,
        "flags": [flag.name.lower() for flag in Flag if record.flags & flag],
    }
    if record.way == Way.INTERNAL:
        return shown | {"note": json.loads(record.frame)}
    return shown | {
        "line": record.line,
        "address": record.address,
        "frame": record.frame.decode("ascii", "backslashreplace"),
    }
