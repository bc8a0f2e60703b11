"""What a receiver notes in its journal about itself and about lines, for the case builder to read.

A note is a record with ``Way.INTERNAL`` whose frame is compact JSON, ``{"note": "...", ...}``. The fields of
each kind are listed here and nowhere else. Systems are given by their row's id (alarms.AlarmSystem).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Note:
    """What all notes have in common: a name in the journal, and fields that JSON can hold."""

    name: ClassVar[str] = ""

    def encoded(self) -> bytes:
        """The note as it stands in the journal."""
        return json.dumps({"note": self.name, **asdict(self)}, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class SupervisionLost(Note):
    """These systems were not heard from within their time. Losses that fell together are one note."""

    name: ClassVar[str] = "supervision_lost"
    systems: list[int]


@dataclass(frozen=True, slots=True)
class LinkRestored(Note):
    """These systems, lost before, have been heard again."""

    name: ClassVar[str] = "link_restored"
    systems: list[int]


@dataclass(frozen=True, slots=True)
class SequenceGap(Note):
    """A panel's numbers jumped: this receiver has not seen those between ``after`` and ``at``. Once a gap.

    Where several receivers share the panels, another may have received them: look before it is called a loss.
    """

    name: ClassVar[str] = "sequence_gap"
    system: int
    after: int
    at: int


@dataclass(frozen=True, slots=True)
class Runaway(Note):
    """A panel sends more than ``frames`` in ``seconds``. Once a run; later frames carry ``Flag.RUNAWAY``."""

    name: ClassVar[str] = "runaway"
    system: int
    frames: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Outage(Note):
    """The database did not answer from ``since`` to ``until`` (microseconds since 1970).

    ``policy`` is "hold" or "spool"; ``spooled`` counts the frames that were acknowledged from the spool file.
    """

    name: ClassVar[str] = "outage"
    policy: str
    since: int
    until: int
    spooled: int


@dataclass(frozen=True, slots=True)
class Refused(Note):
    """``count`` more frames were refused than were kept, because kept ones are bounded in rate.

    ``reason`` is one of `refusals.Reason`; ``address`` the peer's.
    """

    name: ClassVar[str] = "refused"
    reason: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class NotJudged(Note):
    """The receiver's own rules failed at the frame before this note: it is kept, and not acknowledged.

    ``error`` is the name of the exception; ``address`` the peer's.
    """

    name: ClassVar[str] = "not_judged"
    error: str
    address: str


@dataclass(frozen=True, slots=True)
class KeyNotOpened(Note):
    """These systems' keys cannot be unsealed: what they send is refused until a key is entered anew."""

    name: ClassVar[str] = "key_not_opened"
    systems: list[int]


@dataclass(frozen=True, slots=True)
class Started(Note):
    """A receiver began to listen."""

    name: ClassVar[str] = "receiver_started"
    receiver: str
    line: str


@dataclass(frozen=True, slots=True)
class Stopped(Note):
    """A receiver was told to end, and has stored and acknowledged all that it had."""

    name: ClassVar[str] = "receiver_stopped"
    receiver: str
    line: str


KINDS: dict[str, type[Note]] = {
    kind.name: kind
    for kind in (
        SupervisionLost,
        LinkRestored,
        SequenceGap,
        Runaway,
        Outage,
        Refused,
        NotJudged,
        KeyNotOpened,
        Started,
        Stopped,
    )
}


class NoteUnknown(ValueError):
    """A note that this version does not know."""


def read(frame: bytes) -> Note:
    """The note of an internal record. Raises :class:`NoteUnknown`."""
    try:
        fields: dict[str, Any] = json.loads(frame)
        return KINDS[fields.pop("note")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoteUnknown(f"no note that this version knows: {frame[:200]!r}") from error
