"""The journal's payload and chain: bytes in, values out. Receivers write it, the case builder reads it.

A segment's payload is its frames one behind the other, each with a head of fixed size. It is read with
nothing but this file, so that a journal can be proved and read without a running installation.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

GENESIS = bytes(32)
_HEAD = struct.Struct(">QBBBH")  # microseconds since 1970, way, flags, bytes of the peer, bytes of the frame
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Way(IntEnum):
    """How a frame came. ``INTERNAL`` frames are the receiver's own notes, as JSON (`receiver.notes`)."""

    TCP = 1
    UDP = 2
    TLS = 3
    INTERNAL = 9


class Flag(IntEnum):
    """What a receiver found odd about a frame that it kept, as bits."""

    UNKNOWN_ACCOUNT = 1
    WRONG_KEY = 2
    PLAINTEXT_REFUSED = 4
    SKEWED = 8
    REPLAY = 16
    NOT_ACKNOWLEDGED = 32
    SPOOLED = 64
    RUNAWAY = 128


class JournalDamaged(ValueError):
    """A payload that no receiver wrote."""


@dataclass(frozen=True, slots=True)
class Record:
    """One frame as it was received: when (microseconds since 1970, UTC), how, from whom, on which line."""

    microseconds: int
    way: int
    flags: int
    peer: bytes  # "line|address", e.g. b"main|127.0.0.1"
    frame: bytes

    @property
    def received_at(self) -> datetime:
        """The moment, aware, in UTC."""
        return _EPOCH + timedelta(microseconds=self.microseconds)

    @property
    def line(self) -> str:
        """The name of the line on which it came."""
        return self.peer.partition(b"|")[0].decode("ascii", "replace")

    @property
    def address(self) -> str:
        """The peer's address."""
        return self.peer.partition(b"|")[2].decode("ascii", "replace")


def pack(microseconds: int, way: int, flags: int, peer: bytes, frame: bytes) -> bytes:
    """One record of a payload. ``peer`` has at most 255 bytes, ``frame`` at most 65,535."""
    return _HEAD.pack(microseconds, way, flags, len(peer), len(frame)) + peer + frame


def unpack(payload: bytes) -> Iterator[Record]:
    """The records of a payload, in order. Raises :class:`JournalDamaged`."""
    view, end, at = bytes(payload), len(payload), 0
    while at < end:
        try:
            microseconds, way, flags, of_peer, of_frame = _HEAD.unpack_from(view, at)
        except struct.error as error:
            raise JournalDamaged(f"the payload ends within the head of a frame, at byte {at}") from error
        at += _HEAD.size
        if at + of_peer + of_frame > end:
            raise JournalDamaged(f"the payload ends within a frame, at byte {at}")
        peer, frame = view[at : at + of_peer], view[at + of_peer : at + of_peer + of_frame]
        yield Record(microseconds, way, flags, peer, frame)
        at += of_peer + of_frame


def segment_hash(*, previous: bytes, receiver: str, sequence: int, payload: bytes) -> bytes:
    """The segment's hash: SHA-256 over the previous hash, the receiver's name, the number and the payload."""
    made = hashlib.sha256(previous)
    made.update(b"%s\0%d\0" % (receiver.encode(), sequence))
    made.update(payload)
    return made.digest()


def first_break(
    segments: Iterable[tuple[str, int, bytes, bytes, bytes]],
) -> tuple[str, int, str] | None:
    """The first break of one receiver's chain as (receiver, sequence, what), or ``None`` when it is whole.

    ``segments`` are (receiver, sequence, payload, previous hash, hash) of one receiver, in order from 1.
    """
    previous, expected = GENESIS, 1
    for receiver, sequence, payload, before, digest in segments:
        if sequence != expected:
            return receiver, expected, "missing"
        if bytes(before) != previous:
            return receiver, sequence, "does not follow the one before it"
        found = segment_hash(previous=previous, receiver=receiver, sequence=sequence, payload=bytes(payload))
        if found != bytes(digest):
            return receiver, sequence, "changed"
        previous, expected = bytes(digest), sequence + 1
    return None
