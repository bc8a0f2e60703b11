"""What a record of the journal says: its events, or why it was refused, or a receiver's own note."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from schoolward.domains.alarms.builder.known import Known, KnownSystem
from schoolward.domains.alarms.journal import Flag, Record, Way
from schoolward.domains.alarms.models import Oddity, SignalKind
from schoolward.domains.alarms.receiver import notes
from schoolward.domains.alarms.receiver.receiving import ANSWERS
from schoolward.protocols.dc09 import (
    ContentMalformed,
    Envelope,
    Event,
    WrongKey,
    decode_events,
    idempotence_digest,
    open_body,
    parse_envelope,
)

#: Our kinds of signal for those of the code tables (protocols.dc09.codes).
KIND_OF = {
    "burglary": SignalKind.BURGLARY,
    "alarm": SignalKind.BURGLARY,
    "exit_error": SignalKind.BURGLARY,
    "hold_up": SignalKind.HOLD_UP,
    "panic": SignalKind.PANIC,
    "fire": SignalKind.FIRE,
    "medical": SignalKind.MEDICAL,
    "gas": SignalKind.GAS,
    "water": SignalKind.GAS,
    "environment": SignalKind.GAS,
    "tamper": SignalKind.TAMPER,
    "trouble": SignalKind.TROUBLE,
    "communication": SignalKind.TROUBLE,
    "supervision": SignalKind.TROUBLE,
    "power": SignalKind.POWER,
    "bypass": SignalKind.BYPASS,
    "opening": SignalKind.OPENING,
    "closing": SignalKind.CLOSING,
    "cancel": SignalKind.CANCEL,
    "restore": SignalKind.RESTORE,
    "access": SignalKind.ACCESS,
    "video": SignalKind.VIDEO,
    "test": SignalKind.TEST,
    "information": SignalKind.OTHER,
    "unknown": SignalKind.UNKNOWN_CODE,
}
#: What a receiver found odd, as signals name it.
_ODDITIES = (
    (Flag.UNKNOWN_ACCOUNT, Oddity.UNKNOWN_ACCOUNT),
    (Flag.WRONG_KEY, Oddity.WRONG_KEY),
    (Flag.PLAINTEXT_REFUSED, Oddity.PLAINTEXT),
    (Flag.SKEWED, Oddity.SKEWED),
    (Flag.REPLAY, Oddity.REPLAY),
    (Flag.NOT_ACKNOWLEDGED, Oddity.NOT_ACKNOWLEDGED),
    (Flag.SPOOLED, Oddity.SPOOLED),
    (Flag.RUNAWAY, Oddity.RUNAWAY),
)


@dataclass(slots=True)
class Item:
    """One record of a segment with what it says."""

    segment_id: int
    receiver: str
    sequence: int
    index: int
    record: Record
    envelope: Envelope | None = None
    """``None`` for a receiver's note."""
    note: notes.Note | None = None
    system: KnownSystem | None = None
    digest: bytes = b""
    panel_at: datetime | None = None
    events: list[Event] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    refused: str = ""
    """Why it is no event: it was not acknowledged (see :func:`_reason`), or is a replay (`replaying`)."""
    missing: list[int] = field(default_factory=list)
    """Of a note of a gap: the numbers that no receiver had (`gaps`)."""
    unreadable: str = ""
    """Why its body could not be read although it was acknowledged."""
    unread: str = ""
    """The part of its body that could not be read, where it is known."""

    @property
    def account(self) -> str:
        """The account as it was sent."""
        return "" if self.envelope is None else self.envelope.account.decode("ascii", "replace")[:16]

    @property
    def place(self) -> tuple[int, str, int, int]:
        """Its place in the order of all events: by time, then as the journals have them."""
        return self.record.microseconds, self.receiver, self.sequence, self.index


def read_headers(items: list[Item], known: Known) -> None:
    """Read headers and notes, so that it is known which systems to learn."""
    for item in items:
        record = item.record
        item.flags = [str(odd) for flag, odd in _ODDITIES if record.flags & flag]
        if record.way == Way.INTERNAL:
            try:
                item.note = notes.read(record.frame)
            except notes.NoteUnknown as error:
                item.unreadable = str(error)
        else:
            item.envelope = parse_envelope(record.frame, known.line_profile(record.line))


def read_bodies(items: list[Item], known: Known) -> None:
    """Open and decode the bodies. The systems of their accounts have been learned."""
    for item in items:
        record, envelope = item.record, item.envelope
        if envelope is None:
            item.digest = of_bytes(record.frame)
            continue
        item.system = known.system(record.line, item.account)
        if record.flags & Flag.NOT_ACKNOWLEDGED:
            # Its digest is that of its bytes, so that the panel's next try is no repetition of it.
            item.digest = of_bytes(record.frame)
            item.refused = _reason(record, envelope)
            continue
        if not envelope.ok and item.system is not None and item.system.profile.name != "default":
            # The line's habits did not fit; the panel's own do.
            item.envelope = envelope = parse_envelope(record.frame, item.system.profile)
        _read_body(item, envelope)


def _read_body(item: Item, envelope: Envelope) -> None:
    key = None if item.system is None else item.system.key
    charset = "utf-8" if item.system is None else item.system.profile.charset
    try:
        body = open_body(envelope, key)
    except (WrongKey, ContentMalformed) as error:
        item.digest = of_bytes(item.record.frame)
        if item.system is not None:
            item.unreadable = str(error)
        return
    item.digest = idempotence_digest(envelope, body)
    item.panel_at = body.timestamp
    try:
        item.events = decode_events(envelope.identifier, body.data, charset)
    except ContentMalformed as error:
        item.unreadable, item.unread = str(error), error.part


def _reason(record: Record, envelope: Envelope) -> str:
    """Why a receiver refused a frame, as `receiver.refusals.Reason` names it."""
    if record.flags & Flag.WRONG_KEY:
        return "wrong_key"
    if record.flags & Flag.PLAINTEXT_REFUSED:
        return "plaintext"
    if record.flags & Flag.REPLAY:
        return "replay"
    if record.flags & Flag.SKEWED:
        return "skew"
    if record.flags & Flag.UNKNOWN_ACCOUNT:
        return "unknown_encrypted"
    if envelope.ok and envelope.encrypted and envelope.identifier not in ANSWERS:
        # Nothing else is refused of a whole encrypted frame without a mark of its own.
        return "no_time"
    return "malformed" if envelope.crc_ok else "bad_crc"


def of_bytes(frame: bytes) -> bytes:
    """The digest of a frame whose contents are not to be compared: that of its bytes."""
    return blake2b(b"bytes:" + frame, digest_size=16).digest()
