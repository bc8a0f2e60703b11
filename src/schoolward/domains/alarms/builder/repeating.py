"""Repetitions: a panel that was not answered in time sends the same frame again, with a new time.

A frame is a repetition of the first one with its digest, of the same system, within half an hour, as long as
the panel has not gone on meanwhile. It is counted on that one's first signal. The same number with other data
is no repetition, nor is what a panel says that was switched off and counts from 1 again: all are kept, the
later ones marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from schoolward.domains.alarms.builder.decoding import Item
from schoolward.domains.alarms.models import Signal, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.saving import update_rows

WINDOW = timedelta(minutes=30)
"""Less than any panel takes for all of its 9,999 numbers."""
SECOND_PATH = timedelta(seconds=30)
"""So much later a panel's second path (a radio beside the network) may bring what the first one brought."""
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

    @property
    def last_at(self) -> datetime:
        """When it was heard last, repetitions included."""
        return self.at if self.signal.repeated_at is None else max(self.at, self.signal.repeated_at)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A frame that was acknowledged, as far as it tells whether a panel went on."""

    at: datetime
    number: str
    digest: bytes


def source_of(item: Item) -> Source:
    """Whose frame it is."""
    return item.account if item.system is None else item.system.pk


def number_of(item: Item) -> str:
    """The frame's sequence number, as it was sent."""
    assert item.envelope is not None  # noqa: S101 - asked of frames only
    return item.envelope.sequence.decode("ascii", "replace")


class Repeats:
    """The last frames of the digests of one batch, and what was heard around them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._first: dict[tuple[bytes, Source], _First] = {}
        self._changed: dict[int, _Stored] = {}
        self._heard: dict[Source, list[_Heard]] = defaultdict(list)
        times = [item.record.received_at for item in items]
        if not times:
            return
        around = Signal.objects.filter(
            received_at__gte=min(times) - WINDOW, received_at__lte=max(times) + WINDOW, event_index=0
        )
        stored = around.filter(digest__in={item.digest for item in items}).order_by("received_at", "pk")
        for pk, digest, system, account, at, repeats, repeated_at in stored.values_list(
            "pk", "digest", "system_id", "account", "received_at", "repeats", "repeated_at"
        ):
            source: Source = account if system is None else system
            self._first[bytes(digest), source] = _First(_Stored(pk, repeats, repeated_at), at)
        self._learn_heard(around)

    def _learn_heard(self, around: QuerySet[Signal]) -> None:
        """What else came, of those whose frames may be repetitions."""
        sources = {source for _digest, source in self._first}
        if not sources:
            return
        systems = [source for source in sources if isinstance(source, int)]
        accounts = [source for source in sources if isinstance(source, str)]
        of_them = around.filter(Q(system_id__in=systems) | Q(system_id=None, account__in=accounts))
        rows = of_them.exclude(kind=SignalKind.SECURITY).order_by("received_at", "pk")
        for system, account, number, digest, at, repeated_at in rows.values_list(
            "system_id", "account", "frame_sequence", "digest", "received_at", "repeated_at"
        ):
            heard = self._heard[account if system is None else system]
            heard.append(_Heard(at, number, bytes(digest)))
            if repeated_at is not None:
                heard.append(_Heard(repeated_at, number, bytes(digest)))

    def counts(self, item: Item) -> bool:
        """Count the frame if it is a repetition, and say whether it is."""
        first = self._first.get((item.digest, source_of(item)))
        is_one = first is not None and self._is_near(item) and not self._went_on(item, first)
        if not item.refused:
            self._heard[source_of(item)].append(_Heard(item.record.received_at, number_of(item), item.digest))
        if first is None or not is_one:
            return False
        signal, at = first.signal, item.record.received_at
        signal.repeats += 1
        signal.repeated_at = at if signal.repeated_at is None else max(signal.repeated_at, at)
        if isinstance(signal, _Stored):
            self._changed[signal.id] = signal
        return True

    def is_again(self, item: Item) -> bool:
        """Whether the very same was said before within the window, by a panel that has gone on since."""
        return not item.refused and self._is_near(item)

    def _is_near(self, item: Item) -> bool:
        first = self._first.get((item.digest, source_of(item)))
        return first is not None and abs(item.record.received_at - first.at) <= WINDOW

    def _went_on(self, item: Item, first: _First) -> bool:
        """Whether the panel said something else between the two: it sends the next only after our answer."""
        if item.refused:
            return False
        begin, end = sorted((first.last_at, item.record.received_at))
        number = number_of(item)
        return any(
            begin < other.at < end
            and other.digest != item.digest
            and (other.number == number or end - begin > SECOND_PATH)
            for other in self._heard[source_of(item)]
        )

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
        number = number_of(item)
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
