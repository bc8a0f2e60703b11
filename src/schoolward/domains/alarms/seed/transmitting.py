"""What the demonstration's panels say goes through the receiver's own rules into the journal.

Frames are built as the simulator builds them, judged by `receiver.receiving` at the moment of the story,
chained by `journal`, and acknowledged once they are there. Only the statement that stores a segment is not a
receiver's: a demonstration is loaded in one transaction, and a receiver commits in one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from django.conf import settings

from schoolward.domains.alarms.journal import GENESIS, Way, segment_hash
from schoolward.domains.alarms.models import AlarmSystem, JournalSegment
from schoolward.domains.alarms.models import Line as LineModel
from schoolward.domains.alarms.presence import DEMONSTRATION
from schoolward.domains.alarms.receiver.accounts import Accounts, System
from schoolward.domains.alarms.receiver.portions import portions
from schoolward.domains.alarms.receiver.receiving import Entry, Receiver
from schoolward.domains.alarms.receiver.status import Status
from schoolward.domains.alarms.receiver.storing.store import LineRow, SystemRow
from schoolward.domains.alarms.seed.ground import LINE, Site
from schoolward.domains.alarms.seed.story import Said


class NotAcknowledged(RuntimeError):
    """The receiver refused something that the demonstration's panels sent."""


class _Peer:
    """A panel's connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.label = f"{LINE}|{address}".encode()
        self.way = int(Way.TCP)
        self.answers: list[bytes] = []
        self.send: Callable[[bytes], object] = self.answers.append


class Transmitter:
    """The panels of the sites and the receiver that hears them. One for the whole story."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = sites
        self._panels = [site.panel for site in sites]
        # 192.0.2.0/24 is set aside for documents.
        self._peers = [_Peer(f"192.0.2.{site.place + 1}:40{site.place:03d}") for site in sites]
        self._pending: list[Entry] = []
        self._receiver = Receiver(
            _accounts(), LINE, self._pending.append, Status(), _ignore_system, _ignore_system
        )
        self._receiver.follow_line()
        self._sequence, self._hash = 0, GENESIS

    def send(self, said: Iterable[Said]) -> int:
        """Send what is said, in order of time, and store it. How many frames.

        Raises :class:`NotAcknowledged`.
        """
        last = 0
        count = 0
        for one in said:
            panel = self._panels[one.place]
            at = datetime.fromtimestamp(one.at, UTC)
            frame = panel.frame(panel.next_sequence(), one.data, at)
            self._receiver.receive(self._peers[one.place], frame, float(one.at))
            last, count = one.at, count + 1
        entries = self._pending[:]
        self._pending.clear()
        JournalSegment.objects.bulk_create(
            self._segment(some, datetime.fromtimestamp(last, UTC)) for some in portions(entries)
        )
        self._receiver.release(entries)
        acknowledged = sum(len(peer.answers) for peer in self._peers)
        for peer in self._peers:
            if any(b'"ACK"' not in answer and b'"*ACK"' not in answer for answer in peer.answers):
                raise NotAcknowledged(f"{peer.address} was answered {peer.answers[-1]!r}")
            peer.answers.clear()
        if acknowledged != count:
            raise NotAcknowledged(f"{count} frames were sent and {acknowledged} acknowledged")
        return count

    def _segment(self, entries: list[Entry], stored_at: datetime) -> JournalSegment:
        payload = b"".join(entry[0] for entry in entries)
        previous, self._sequence = self._hash, self._sequence + 1
        self._hash = segment_hash(
            previous=previous, receiver=DEMONSTRATION, sequence=self._sequence, payload=payload
        )
        return JournalSegment(
            receiver=DEMONSTRATION,
            sequence=self._sequence,
            stored_at=stored_at,
            frames=len(entries),
            payload=payload,
            previous_hash=previous,
            hash=self._hash,
        )


def _accounts() -> Accounts:
    """The accounts as a receiver reads them at its start."""
    accounts = Accounts(settings.SECRET_KEY)
    accounts.set_lines(
        LineRow(*row) for row in LineModel.objects.values_list("name", "profile", "outage_policy")
    )
    accounts.take(
        SystemRow(*row)
        for row in AlarmSystem.objects.values_list(
            "pk", "line__name", "account", "sealed_key", "profile", "supervision_seconds", "changed_at"
        )
    )
    return accounts


def _ignore_system(_system: System) -> None:
    """Nothing of the demonstration is supervised: its panels are not there to be heard."""
