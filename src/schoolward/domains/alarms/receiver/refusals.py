"""Frames that are not acknowledged: counted all, kept at a bounded rate, so that nobody fills the disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.receiver.notes import Refused

#: Kept of one peer and reason within a second.
SECONDS_BETWEEN_KEPT = 1.0
#: Kept of one reason within a second, of all peers together: an address over UDP is easily invented.
MOST_OF_A_REASON = 20
#: Peers that are told apart; beyond that they share one allowance.
MOST_PEERS = 4096
SECONDS_BETWEEN_NOTES = 60.0


class Reason(StrEnum):
    """Why a frame is refused."""

    BAD_CRC = "bad_crc"
    MALFORMED = "malformed"
    WRONG_KEY = "wrong_key"
    NO_TIME = "no_time"
    PLAINTEXT = "plaintext"
    REPLAY = "replay"
    SKEW = "skew"
    UNKNOWN_ENCRYPTED = "unknown_encrypted"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    """This program's rules failed at it."""


FLAGS: dict[Reason, int] = {
    Reason.BAD_CRC: Flag.NOT_ACKNOWLEDGED,
    Reason.MALFORMED: Flag.NOT_ACKNOWLEDGED,
    Reason.WRONG_KEY: Flag.NOT_ACKNOWLEDGED | Flag.WRONG_KEY,
    Reason.NO_TIME: Flag.NOT_ACKNOWLEDGED,
    Reason.PLAINTEXT: Flag.NOT_ACKNOWLEDGED | Flag.PLAINTEXT_REFUSED,
    Reason.REPLAY: Flag.NOT_ACKNOWLEDGED | Flag.REPLAY,
    Reason.SKEW: Flag.NOT_ACKNOWLEDGED | Flag.SKEWED,
    Reason.UNKNOWN_ENCRYPTED: Flag.NOT_ACKNOWLEDGED | Flag.UNKNOWN_ACCOUNT,
    Reason.UNREADABLE: Flag.NOT_ACKNOWLEDGED,
    Reason.FAILED: Flag.NOT_ACKNOWLEDGED,
}


@dataclass
class Refusals:
    """What was refused, and of whom something was kept lately."""

    counts: Counter[Reason] = field(default_factory=Counter)
    _kept: dict[tuple[bytes, Reason], float] = field(default_factory=dict)
    _second: int = 0
    _in_second: Counter[Reason] = field(default_factory=Counter)
    _unkept: Counter[tuple[bytes, Reason]] = field(default_factory=Counter)
    _noted: float = 0.0

    def is_kept(self, peer: bytes, reason: Reason, now: float) -> bool:
        """Count a refused frame and say whether it goes into the journal."""
        self.counts[reason] += 1
        if int(now) != self._second:
            self._second = int(now)
            self._in_second.clear()
        if (peer, reason) not in self._kept and len(self._kept) >= MOST_PEERS:
            self._forget_old(now)
            if len(self._kept) >= MOST_PEERS:
                peer = b"*"
        key = (peer, reason)
        if (
            now - self._kept.get(key, 0.0) < SECONDS_BETWEEN_KEPT
            or self._in_second[reason] >= MOST_OF_A_REASON
        ):
            if key in self._unkept or len(self._unkept) < MOST_PEERS:
                self._unkept[key] += 1
            else:
                self._unkept[(b"*", reason)] += 1
            return False
        self._kept[key] = now
        self._in_second[reason] += 1
        return True

    def notes(self, now: float, most: int = 20) -> list[Refused]:
        """Once a minute: how many were refused that were not kept, the most frequent first."""
        if now - self._noted < SECONDS_BETWEEN_NOTES or not self._unkept:
            return []
        self._noted = now
        told = [
            Refused(reason.value, peer.partition(b"|")[2].decode("ascii", "replace") or "*", count)
            for (peer, reason), count in self._unkept.most_common(most)
        ]
        self._unkept.clear()
        return told

    def _forget_old(self, now: float) -> None:
        self._kept = {key: kept for key, kept in self._kept.items() if now - kept < SECONDS_BETWEEN_KEPT}
