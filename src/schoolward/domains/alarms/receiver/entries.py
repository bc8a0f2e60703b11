"""What passes between sockets, rules and the writer: peers, and records on their way into the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from schoolward.domains.alarms.journal import Way, pack
from schoolward.domains.alarms.receiver.notes import Note
from schoolward.protocols.dc09 import Envelope, Key


class Peer(Protocol):
    """Where a frame came from, and where its answer goes."""

    way: int
    address: str
    label: bytes
    """The line and the address, as the journal keeps them."""
    send: Callable[[bytes], object]
    """Write an answer, or nothing where the peer is gone. What one turn of the loop sends leaves together."""


#: A packed record on its way into the journal, and what is needed to acknowledge it once it is there: peer,
#: header and key. These are ``None`` where nothing is acknowledged: notes, and frames that are refused.
#: (A plain tuple, because one is made for every frame.)
Entry = tuple[bytes, Peer | None, Envelope | None, Key | None]


def note_entry(note: Note, now: float) -> Entry:
    """A note as an entry of the journal."""
    return pack(int(now * 1e6), Way.INTERNAL, 0, b"", note.encoded()), None, None, None
