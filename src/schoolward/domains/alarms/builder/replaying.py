"""Replays that no single receiver can know: the same encrypted bytes, heard from two addresses.

A receiver remembers what it heard itself (`receiver.replay`). A frame that was recorded and is sent to
another one is new there, and is acknowledged. Its header lies outside of the encryption, so that whoever
recorded it can give it another number, and it would not be known as a repetition. Here, where all journals
come together, the encrypted bytes tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from schoolward.domains.alarms.builder.batches import items_of
from schoolward.domains.alarms.builder.decoding import Item, of_bytes, read_headers
from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.repeating import Source, source_of
from schoolward.domains.alarms.builder.segments import Segment
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import JournalSegment, Oddity, ReadPosition

WINDOW = timedelta(minutes=2)
"""Longer than a timestamp lets the same bytes be heard: 40 s old to 20 s ahead."""
MOST_KEPT = 50_000
MOST_SEGMENTS = 200
"""Of each receiver, when a builder begins: what was read before it."""


class Replays:
    """The encrypted bodies of the last minutes and where each came from first. Kept from batch to batch."""

    def __init__(self) -> None:
        self._first: dict[tuple[Source, bytes], tuple[str, datetime]] = {}
        self._is_loaded = False

    def judge(self, items: Iterable[Item], known: Known) -> None:
        """Mark what is a replay as one that a receiver refused, so that it becomes no event but a case.

        ``items`` are in order of time, and their systems are known.
        """
        encrypted = [item for item in items if _is_told_apart(item)]
        if not encrypted:
            return
        if not self._is_loaded:
            self._load(encrypted[0].record.received_at, known)
        for item in encrypted:
            if self._is_replay(item):
                item.refused = "replay"
                item.flags.append(str(Oddity.REPLAY))
                item.digest = of_bytes(item.record.frame)
        self._forget_before(encrypted[-1].record.received_at - WINDOW)

    def _is_replay(self, item: Item) -> bool:
        """Whether these bytes came from another address before; else they are remembered."""
        assert item.envelope is not None  # noqa: S101 - asked of frames only
        key = source_of(item), blake2b(item.envelope.body, digest_size=16).digest()
        address, at = item.record.address, item.record.received_at
        first = self._first.setdefault(key, (address, at))
        return first[0] != address and abs(at - first[1]) <= WINDOW

    def _load(self, before: datetime, known: Known) -> None:
        """Read again what was read in the minutes before, the first time."""
        self._is_loaded = True
        segments: list[Segment] = []
        for receiver, sequence in ReadPosition.objects.values_list("receiver", "sequence"):
            rows = JournalSegment.objects.filter(
                receiver=receiver, sequence__gt=sequence - MOST_SEGMENTS, sequence__lte=sequence
            ).filter(stored_at__gte=before - WINDOW)
            segments += [
                Segment(row.pk, row.receiver, row.sequence, row.stored_at, row.frames, bytes(row.payload))
                for row in rows
            ]
        items = [item for item in items_of(segments)[0] if b'"*' in item.record.frame]
        read_headers(items, known)
        known.learn_accounts({item.account.upper() for item in items if item.envelope is not None})
        for item in sorted(items, key=lambda item: item.place):
            item.system = known.system(item.record.line, item.account)
            if _is_told_apart(item):
                self._is_replay(item)

    def _forget_before(self, oldest: datetime) -> None:
        if len(self._first) > MOST_KEPT:
            self._first = {key: first for key, first in self._first.items() if first[1] >= oldest}


def _is_told_apart(item: Item) -> bool:
    """Whether it is an encrypted frame that was acknowledged."""
    envelope = item.envelope
    return envelope is not None and envelope.encrypted and not item.record.flags & Flag.NOT_ACKNOWLEDGED
