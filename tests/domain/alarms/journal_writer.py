"""Writes a journal as receivers do, and cases as the builder does, for the tests of alarms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from schoolward.domains.alarms import journal
from schoolward.domains.alarms.builder.times import microseconds_of
from schoolward.domains.alarms.models import AlarmSystem, Case, JournalSegment
from schoolward.domains.alarms.receiver.notes import Note
from schoolward.protocols.dc09 import build_frame

NIGHT = datetime(2012, 9, 6, 9, 0, tzinfo=UTC)
"""Two in the morning in Sacramento, on a Thursday."""


@dataclass
class Receiver:
    """Writes a journal as a receiver does."""

    name: str = "r1"
    sequence: int = 0
    previous: bytes = journal.GENESIS
    number: int = 0
    _waiting: list[bytes] = field(default_factory=list)

    def frame(
        self,
        data: bytes | str,
        *,
        at: datetime = NIGHT,
        account: str = "0012",
        identifier: bytes = b"SIA-DCS",
        number: int | None = None,
        flags: int = 0,
        line: str = "main",
        address: str = "192.0.2.1",
        **more: Any,
    ) -> Receiver:
        """Add a frame to the segment that is being made."""
        if number is None:
            self.number += 1
            number = self.number
        raw = build_frame(
            identifier,
            data.encode() if isinstance(data, str) else data,
            account=account.encode(),
            sequence=number,
            **more,
        )
        return self.raw(raw, at=at, flags=flags, line=line, address=address)

    def raw(
        self,
        raw: bytes,
        *,
        at: datetime = NIGHT,
        flags: int = 0,
        line: str = "main",
        address: str = "192.0.2.1",
        way: int = journal.Way.TCP,
    ) -> Receiver:
        """Add bytes to the segment that is being made."""
        self._waiting.append(journal.pack(microseconds_of(at), way, flags, f"{line}|{address}".encode(), raw))
        return self

    def note(self, note: Note, *, at: datetime = NIGHT) -> Receiver:
        """Add a note of the receiver's own."""
        self._waiting.append(journal.pack(microseconds_of(at), journal.Way.INTERNAL, 0, b"", note.encoded()))
        return self

    def commit(self, *, stored_at: datetime = NIGHT) -> JournalSegment:
        """Write the segment."""
        payload = b"".join(self._waiting)
        count, self._waiting = len(self._waiting), []
        self.sequence += 1
        digest = journal.segment_hash(
            previous=self.previous, receiver=self.name, sequence=self.sequence, payload=payload
        )
        made = JournalSegment.objects.create(
            receiver=self.name,
            sequence=self.sequence,
            stored_at=stored_at,
            frames=count,
            payload=payload,
            previous_hash=self.previous,
            hash=digest,
        )
        self.previous = digest
        return made


def make_case(system: AlarmSystem | None, **fields: Any) -> Case:
    """A case as the builder might have made it."""
    opened_at = fields.pop("opened_at", datetime(2012, 9, 6, 19, 0, tzinfo=UTC) - timedelta(minutes=1))
    values: dict[str, Any] = {
        "number": f"20120906-{Case.objects.count() + 1:04d}",
        "kind": "alarm",
        "signal_kind": "burglary",
        "system": system,
        "campus": None if system is None else system.campus,
        "zone": None if system is None else system.zones.order_by("number").first(),
        "title": "Burglary",
        "opened_at": opened_at,
        "opened_on": date(2012, 9, 6),
        "last_signal_at": opened_at,
        "signal_count": 1,
        "shape": {"seen": {"activation": microseconds_of(opened_at)}},
    }
    return Case.objects.create(**(values | fields))
