"""Repetitions: a panel that was not answered in time sends the same frame again, with a new time.

A frame is a repetition of the first one with its digest, of the same system, within half an hour. It is
counted on that one's first signal. The same number with other data is no repetition: both are kept, and the
later one is marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolward.domains.alarms.builder.decoding import Item
from schoolward.domains.alarms.models import Signal
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.saving import update_rows

WINDOW = timedelta(minutes=30)
"""Less than any panel takes for all of its 9,999 numbers."""
REUSE_WINDOW = timedelta(seconds=60)
"""Within this time a panel does not come to the same number again by itself."""
NO_NUMBER = "0000"

Source = int | str
"""The system's key, or the account as it was sent where no system is known."""


@dataclass(slots=True)
class _Stored:
    """What is asked of a signal that was there before."""

    id: int
    repeats: int
    repeated_at: datetime | None


@dataclass(slots=True)
class _First:
    signal: _Stored | NewSignal
    at: datetime


def source_of(item: Item) -> Source:
    """Whose frame it is."""
    return item.account if item.system is None else item.system.pk


class Repeats:
    """The first frames of the digests of one batch."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._first: dict[tuple[bytes, Source], _First] = {}
        self._changed: dict[int, _Stored] = {}
        times = [item.record.received_at for item in items]
        if not times:
            return
        stored = Signal.objects.filter(
            digest__in={item.digest for item in items},
            received_at__gte=min(times) - WINDOW,
            received_at__lte=max(times) + WINDOW,
            event_index=0,
        ).order_by("received_at", "pk")
        for pk, digest, system, account, at, repeats, repeated_at in stored.values_list(
            "pk", "digest", "system_id", "account", "received_at", "repeats", "repeated_at"
        ):
            source: Source = account if system is None else system
            first = _Stored(pk, repeats, repeated_at)
            self._first.setdefault((bytes(digest), source), _First(first, at))

    def counts(self, item: Item) -> bool:
        """Count the frame if it is a repetition, and say whether it is."""
        first = self._first.get((item.digest, source_of(item)))
        at = item.record.received_at
        if first is None or abs(at - first.at) > WINDOW:
            return False
        signal = first.signal
        signal.repeats += 1
        signal.repeated_at = at if signal.repeated_at is None else max(signal.repeated_at, at)
        if isinstance(signal, _Stored):
            self._changed[signal.id] = signal
        return True

    def remember(self, item: Item, signal: NewSignal) -> None:
        """Keep the first signal of a frame that is none."""
        self._first[item.digest, source_of(item)] = _First(signal, item.record.received_at)

    def save(self) -> None:
        """Write the counts of signals that were there before this batch."""
        changed = [self._changed[pk] for pk in sorted(self._changed)]
        update_rows(Signal, changed, ("repeats", "repeated_at"))


class Numbers:
    """The numbers that panels used within the last minute, to know one that comes with other data.

    Kept by the process from batch to batch, because asking the database would read every signal of the
    minute. It holds what the database holds: :meth:`load` begins it, and a batch that fails ends it.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[Source, str], tuple[bytes, datetime]] = {}
        self._is_loaded = False

    def load(self, before: datetime) -> None:
        """Read the signals of the minute before, the first time."""
        if self._is_loaded:
            return
        rows = Signal.objects.filter(
            received_at__gte=before - REUSE_WINDOW, received_at__lte=before, event_index=0
        ).order_by("received_at", "pk")
        for system, account, number, digest, at in rows.values_list(
            "system_id", "account", "frame_sequence", "digest", "received_at"
        ):
            self._seen[account if system is None else system, number] = (bytes(digest), at)
        self._is_loaded = True

    def is_reused(self, item: Item) -> bool:
        """Whether the frame's number was used within the minute with other data. Remembers this use."""
        assert item.envelope is not None  # noqa: S101 - asked of frames only
        number = item.envelope.sequence.decode("ascii", "replace")
        if number == NO_NUMBER or item.refused:
            return False
        at = item.record.received_at
        before = self._seen.get((source_of(item), number))
        self._seen[source_of(item), number] = (item.digest, at)
        return before is not None and before[0] != item.digest and abs(at - before[1]) <= REUSE_WINDOW

    def forget_before(self, at: datetime) -> None:
        """Drop what is older than the window."""
        if len(self._seen) > 10_000:
            oldest = at - REUSE_WINDOW
            self._seen = {key: seen for key, seen in self._seen.items() if seen[1] >= oldest}
