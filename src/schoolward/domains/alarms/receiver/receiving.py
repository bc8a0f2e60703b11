"""What becomes of a frame: answered at once, stored and then acknowledged, or refused.

This is the receiver's heart, and it knows neither sockets nor databases: frames come in with their peer, what
is to be stored goes out to a writer, and only what the writer gives back is acknowledged.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from schoolward.domains.alarms.journal import Flag, pack
from schoolward.domains.alarms.receiver.accounts import Accounts, Line, System
from schoolward.domains.alarms.receiver.entries import Entry, Peer, note_entry
from schoolward.domains.alarms.receiver.notes import Note, NotJudged, Runaway, SequenceGap
from schoolward.domains.alarms.receiver.refusals import FLAGS, Reason, Refusals
from schoolward.domains.alarms.receiver.replay import ReplayCache
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.unknown_testers import UnknownTesters
from schoolward.protocols.dc09 import (
    ContentMalformed,
    Envelope,
    Key,
    WrongKey,
    acknowledge,
    negative,
    open_body,
    parse_envelope,
    unable,
)
from schoolward.protocols.dc09.timestamps import STAMP_LENGTH, read_stamp

log = logging.getLogger(__name__)

#: A timestamp may be this many seconds old, or ahead (DC-09 5.5.1.9).
OLDEST, AHEAD = 40.0, 20.0
#: A panel whose clock stayed wrong after it was told the time is not told again for so long.
SECONDS_OF_SKEW = 600.0
RUNAWAY_FRAMES, RUNAWAY_SECONDS = 60, 60.0
LAST_SEQUENCE = 9999
#: Of a frame whose sequence is no decimal number (dc09-spt counts in hexadecimal): echoed, and never a gap.
NO_NUMBER = 0
#: What receivers send, not panels.
ANSWERS = frozenset((b"ACK", b"NAK", b"DUH", b"RSP"))


class Receiver:
    """One line's rules, applied to frames one after the other. It lives in the loop's thread."""

    def __init__(
        self,
        accounts: Accounts,
        line: str,
        store: Callable[[Entry], None],
        status: Status,
        heard: Callable[[System], None],
        restored: Callable[[System], None],
    ) -> None:
        self.accounts = accounts
        self.line_name = line
        self.line = Line(line)
        self.status = status
        self.refusals = Refusals()
        self.replays = ReplayCache()
        self._store = store
        self._heard = heard
        self._restored = restored
        self._stamp: datetime | None = None
        self._stamp_seconds = 0.0
        self._unknown_testers = UnknownTesters()

    def follow_line(self) -> None:
        """Take over the line as it was last read from the database."""
        self.line = self.accounts.line(self.line_name)

    def receive(self, peer: Peer, raw: bytes, now: float) -> None:
        """Judge one frame that arrived at ``now`` (seconds since 1970). It never raises.

        A frame at which the rules themselves fail is kept raw and not acknowledged, and is told as a fault of
        this program: those behind it in the packet are judged all the same.
        """
        try:
            self._judge(peer, raw, now)
        except Exception as error:  # whatever it is, no later frame may be lost by it
            self._keep_unjudged(peer, raw, error, now)

    def _judge(self, peer: Peer, raw: bytes, now: float) -> None:
        profile = self.line.profile
        envelope = parse_envelope(raw, profile)
        system = self.accounts.find(self.line_name, envelope.account)
        if system is not None and system.profile is not profile:
            envelope = parse_envelope(raw, system.profile)
        if not envelope.ok:
            self._refuse_broken(peer, envelope, system, now)
        elif envelope.identifier in ANSWERS:
            # Never answered: a forged datagram would have two receivers acknowledge each other for ever.
            self._refuse(peer, envelope, Reason.MALFORMED, now, b"")
        elif system is None:
            self._receive_unknown(peer, envelope, now)
        elif envelope.encrypted or system.keyed:
            self._receive_keyed(peer, envelope, system, now)
        else:
            body = envelope.body
            stamp = None
            stamped = body[-1:] != b"]"
            if stamped:
                try:
                    stamp = read_stamp(body[-STAMP_LENGTH:])
                except ValueError:
                    stamp = None
            if system.profile.duh == "unparsable" and not _is_readable(envelope):
                self._refuse(peer, envelope, Reason.UNREADABLE, now, unable(envelope))
                return
            self._receive_known(peer, envelope, system, None, stamp, stamped, now, None)

    def note(self, note: Note, now: float) -> None:
        """Put a note of the receiver's own into the journal."""
        self._store(note_entry(note, now))

    def release(self, entries: list[Entry]) -> None:
        """Acknowledge frames that are now stored."""
        now = datetime.now(UTC)
        for _packed, peer, envelope, key in entries:
            if peer is not None and envelope is not None:
                peer.send(acknowledge(envelope, key, now=now))

    # --- accounts that are known ------------------------------------------------------------------

    def _receive_keyed(self, peer: Peer, envelope: Envelope, system: System, now: float) -> None:
        key = system.key
        if not envelope.encrypted:
            self._refuse(peer, envelope, Reason.PLAINTEXT, now, _nak(envelope))
            return
        try:
            body = open_body(envelope, key)
        except WrongKey:
            self._refuse(peer, envelope, Reason.WRONG_KEY, now, _nak(envelope))
            return
        # A resend within the window is told from a replay by where it comes from, and when.
        if self.replays.is_replay(envelope.body, peer.address, now):
            self._refuse(peer, envelope, Reason.REPLAY, now, b"")
            return
        reason = Reason.SKEW if body.stamped else Reason.NO_TIME
        self._receive_known(peer, envelope, system, key, body.timestamp, True, now, body.data, reason)

    def _receive_known(
        self,
        peer: Peer,
        envelope: Envelope,
        system: System,
        key: Key | None,
        stamp: datetime | None,
        stamped: bool,
        now: float,
        data: bytes | None,
        untimely: Reason = Reason.SKEW,
    ) -> None:
        flags = 0
        if stamped and system.profile.time != "ignore":
            # A time that is no moment (the thirtieth of February) is as wrong as one of last year.
            if stamp is not self._stamp:
                # The clocks of all panels stand close together: most frames have the stamp of the one before.
                self._stamp, self._stamp_seconds = stamp, stamp.timestamp() if stamp is not None else 0.0
            late = now - self._stamp_seconds
            if not -AHEAD <= late <= OLDEST:
                if system.profile.time == "strict" and not self._came_back_skewed(system, envelope, now):
                    self._refuse(peer, envelope, untimely, now, _nak(envelope))
                    return
                flags = Flag.SKEWED
            elif system.skewed or system.skew_until:
                system.skewed, system.skew_until = b"", 0.0  # its clock is right again
        system.heard = now
        if system.supervision:
            self._heard(system)
        if system.lost:
            system.lost = False
            self._restored(system)
        identifier = envelope.identifier
        if identifier == b"NULL" or (identifier == b"XNM" and _has_no_event(envelope, data)):
            # It says no more than that the panel is there: kept in memory, and answered at once.
            self.status.link_tests += 1
            peer.send(acknowledge(envelope, key, now=datetime.fromtimestamp(now, UTC)))
            return
        try:
            sequence = int(envelope.sequence)
        except ValueError:
            sequence = NO_NUMBER
        if sequence != system.sequence:
            self._follow(system, sequence, now)
        recent = system.recent
        if recent is None:
            recent = system.recent = deque(maxlen=RUNAWAY_FRAMES)
        if len(recent) == RUNAWAY_FRAMES and now - recent[0] < RUNAWAY_SECONDS:
            flags |= Flag.RUNAWAY
            if not system.running_away:
                system.running_away = True
                self.note(Runaway(system.id, RUNAWAY_FRAMES, int(RUNAWAY_SECONDS)), now)
        elif system.running_away:
            system.running_away = False
        recent.append(now)
        self.status.accepted += 1
        self._store((pack(int(now * 1e6), peer.way, flags, peer.label, envelope.raw), peer, envelope, key))

    def _came_back_skewed(self, system: System, envelope: Envelope, now: float) -> bool:
        """Whether the panel has been told our time before, and its clock is still wrong."""
        if envelope.encrypted and system.skewed == envelope.body:
            return False  # the very bytes again: a panel would have written its time anew
        if now < system.skew_until:
            return True
        told = bool(system.skewed)
        system.skewed = envelope.body if not told else b""
        if told:
            system.skew_until = now + SECONDS_OF_SKEW
        return told

    def _follow(self, system: System, sequence: int, now: float) -> None:
        """Note a jump in a panel's numbers; one that goes back is an old frame or a panel that began anew."""
        last = system.sequence
        if last and sequence:
            missing = (sequence - last - 1) % LAST_SEQUENCE
            if missing > LAST_SEQUENCE // 2 and sequence != 1:
                return
            if missing and sequence != 1:
                self.note(SequenceGap(system.id, last, sequence), now)
        if sequence:
            system.sequence = sequence

    # --- accounts that are not, and frames that are none ------------------------------------------

    def _receive_unknown(self, peer: Peer, envelope: Envelope, now: float) -> None:
        """Keep what an unknown account says, so that nothing is lost while somebody enters it."""
        self.status.unknown += 1
        if envelope.encrypted:
            # It cannot be read, nor answered as it was asked.
            self._refuse(peer, envelope, Reason.UNKNOWN_ENCRYPTED, now, _nak(envelope))
            return
        if envelope.identifier == b"NULL" and not self._unknown_testers.is_kept(envelope.account, now):
            peer.send(acknowledge(envelope, None, now=datetime.fromtimestamp(now, UTC)))
            return
        packed = pack(int(now * 1e6), peer.way, Flag.UNKNOWN_ACCOUNT, peer.label, envelope.raw)
        self._store((packed, peer, envelope, None))

    def _refuse_broken(self, peer: Peer, envelope: Envelope, system: System | None, now: float) -> None:
        profile = self.line.profile if system is None else system.profile
        answer = _nak(envelope) if profile.bad_crc == "nak" else b""
        reason = Reason.MALFORMED if envelope.crc_ok else Reason.BAD_CRC
        self._refuse(peer, envelope, reason, now, answer)

    def _refuse(self, peer: Peer, envelope: Envelope, reason: Reason, now: float, answer: bytes) -> None:
        if self.refusals.is_kept(peer.label, reason, now):
            packed = pack(int(now * 1e6), peer.way, FLAGS[reason], peer.label, envelope.raw)
            self._store((packed, None, None, None))
        if answer:
            peer.send(answer)

    def _keep_unjudged(self, peer: Peer, raw: bytes, error: Exception, now: float) -> None:
        where = traceback.extract_tb(error.__traceback__)[-1]
        # What the frame says stays out of the log, and so does the error's text, which may quote it.
        log.error(
            "A frame could not be judged: %s in %s, line %d",
            type(error).__name__,
            Path(where.filename).name,
            where.lineno,
        )
        if self.refusals.is_kept(peer.label, Reason.FAILED, now):
            self._store(
                (pack(int(now * 1e6), peer.way, FLAGS[Reason.FAILED], peer.label, raw), None, None, None)
            )
            self.note(NotJudged(type(error).__name__, peer.address), now)


def _nak(envelope: Envelope) -> bytes:
    # Our time is read when it is written: a panel sets its clock by it.
    return negative(datetime.now(UTC), binary_crc=envelope.binary_crc)


def _has_no_event(envelope: Envelope, data: bytes | None) -> bool:
    """Whether an extended link test carries only what it says about the link."""
    if data is not None:
        return not data
    block = envelope.body[: envelope.body.find(b"]")]
    return block == b"[" or (block.startswith(b"[#") and block.endswith(b"|"))


def _is_readable(envelope: Envelope) -> bool:
    try:
        open_body(envelope, None)
    except ContentMalformed:
        return False
    return True
