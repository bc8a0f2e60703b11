"""One batch of the journal made into signals and cases, in one transaction.

Whatever stops it in the middle leaves nothing behind: rows and read positions are committed together or not
at all. Read again, it makes the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schoolward.domains.alarms import journal
from schoolward.domains.alarms.builder.casebook import CaseBook
from schoolward.domains.alarms.builder.decoding import Item, read_bodies, read_headers
from schoolward.domains.alarms.builder.deviating import Deviations
from schoolward.domains.alarms.builder.grouping import Grouped, Grouping, Happening, Note
from schoolward.domains.alarms.builder.known import Known, Tests
from schoolward.domains.alarms.builder.losses import Losses
from schoolward.domains.alarms.builder.repeating import Numbers, Repeats
from schoolward.domains.alarms.builder.routing import Routed, Source, Way, route
from schoolward.domains.alarms.builder.segments import Segment
from schoolward.domains.alarms.lease import Held, guard
from schoolward.domains.alarms.models import Case, CaseKind, EntryKind, ReadPosition, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.receiver import notes
from schoolward.platform.access.viewer import Viewer

MOST_UNKNOWN = 50
"""New unknown accounts of a line on a day that get a case each; further ones share one, so that whoever
invents accounts cannot bury the desk."""
BUILDER = "case builder"


@dataclass(frozen=True, slots=True)
class Built:
    """What one batch came to."""

    segments: int = 0
    frames: int = 0
    signals: int = 0
    repeats: int = 0
    cases: int = 0

    def __add__(self, other: Built) -> Built:
        return Built(
            self.segments + other.segments,
            self.frames + other.frames,
            self.signals + other.signals,
            self.repeats + other.repeats,
            self.cases + other.cases,
        )


class Builder:
    """Makes batches into rows. Remembers systems, zones and numbers from one batch to the next."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.known = Known()
        self._numbers = Numbers()

    def build(
        self, segments: Sequence[Segment], *, held: Held | None, at: datetime, broken: str = ""
    ) -> Built:
        """Build one batch. ``held``: the lease under which it is written; ``None`` in tests alone.

        ``broken`` says why the segments cannot be built at all: each then gets a case, and is passed by.
        Raises ``LeaseLost``.
        """
        try:
            with transaction.atomic():
                if held is not None:
                    guard(held, at=at)
                return self._build(segments, at, broken)
        except BaseException:
            # What was learned in a transaction that never was must not be relied on.
            self._forget()
            raise

    def _build(self, segments: Sequence[Segment], at: datetime, broken: str) -> Built:
        by = Viewer.system(at=at, name=BUILDER)
        unread, missing = _unread(segments)
        if not unread:
            return Built()
        self.known.refresh()
        items, damaged = _items(unread) if not broken else _broken(unread, broken)
        read_headers(items, self.known)
        self.known.learn_accounts({item.account.upper() for item in items if item.envelope is not None})
        self.known.learn_systems(_noted_systems(items))
        read_bodies(items, self.known)
        items.sort(key=lambda item: item.place)
        book = CaseBook(self.known, by=by)
        repeated, routed = self._route(items)
        for segment, source in [*missing, *damaged]:
            _trouble(book, segment, source, routed)
        self._decide(routed, book)
        book.save([one.signal for one in routed], at=at)
        repeated.save()
        _move_on(unread, at)
        return Built(
            len(unread),
            len(items),
            len(routed),
            len(items) - len({id(one.item) for one in routed}),
            book.opened,
        )

    def _route(self, items: list[Item]) -> tuple[Repeats, list[Routed]]:
        repeats = Repeats(items)
        routed: list[Routed] = []
        if not items:
            return repeats, routed
        first, last = items[0].record.received_at, items[-1].record.received_at
        self._numbers.load(first)
        tests = Tests(first, last)
        crowded = _crowded_lines(items)
        for item in items:
            if item.envelope is not None:
                if repeats.counts(item):
                    continue
                if self._numbers.is_reused(item):
                    item.flags.append("reused")
            signals = route(item, known=self.known, tests=tests, crowded=crowded)
            if signals:
                repeats.remember(item, signals[0].signal)
            routed += signals
        self._numbers.forget_before(last)
        self.known.learn_zones(
            (one.signal.system_id, one.signal.zone_number)
            for one in routed
            if one.signal.system_id is not None and one.signal.zone_number
        )
        for one in routed:
            if one.signal.system_id is not None:
                zone = self.known.zone(one.signal.system_id, one.signal.zone_number)
                one.signal.zone_id = None if zone is None else zone[0]
        return repeats, routed

    def _decide(self, routed: list[Routed], book: CaseBook) -> None:
        """Find the case of each signal, in order of time."""
        grouped = [one for one in routed if one.way in (Way.GROUP, Way.ARMING)]
        grouping = Grouping()
        if grouped:
            systems = {one.signal.system_id for one in grouped if one.signal.system_id is not None}
            grouping = Grouping(book.open_groups(systems, grouped[0].signal.received_at))
        deviations = Deviations([one.signal for one in routed if one.way is Way.ARMING], self.known)
        sources = {id(one): source for one in routed if (source := deviations.judge(one)) is not None}
        book.learn_sources(
            {one.source.key for one in routed if one.source is not None}
            | {source.key for source in sources.values()}
        )
        has_losses = any(one.way in (Way.LOSS, Way.RESTORED) for one in routed)
        losses = Losses(book.open_losses()) if has_losses else Losses()
        lost_items: set[int] = set()
        for one in routed:
            if one.way is Way.SOURCE and one.source is not None:
                book.of_source(one.source, one.signal, gravest=one.gravest)
            elif one.way is Way.GROUP or one.way is Way.ARMING:
                found = grouping.take(_happening(one))
                if found.case is not None:
                    case = book.of_group(found.case, one.signal)
                    _tell(book, case, one.signal, found)
                if (deviation := sources.get(id(one))) is not None:
                    # Whoever comes at three in the morning and disarms has explained the alarm, not the hour.
                    book.of_source(deviation, one.signal, attach=found.case is None)
            elif one.way in (Way.LOSS, Way.RESTORED) and id(one.item) not in lost_items:
                lost_items.add(id(one.item))
                _losses(book, losses, [other for other in routed if other.item is one.item])


def _unread(segments: Sequence[Segment]) -> tuple[list[Segment], list[tuple[Segment, Source]]]:
    """The segments beyond the read positions, which stay locked; and gaps before them."""
    receivers = sorted({segment.receiver for segment in segments})
    rows = ReadPosition.objects.select_for_update().filter(receiver__in=receivers).order_by("receiver")
    positions = {row.receiver: row.sequence for row in rows}
    unread: list[Segment] = []
    missing: list[tuple[Segment, Source]] = []
    for segment in sorted(segments, key=lambda one: (one.receiver, one.sequence)):
        read = positions.get(segment.receiver, 0)
        if segment.sequence <= read:
            continue
        if segment.sequence != read + 1:
            title = f"The journal of {segment.receiver} lacks what was before segment {segment.sequence}"
            key = f"missing:{segment.receiver}:{segment.sequence}"
            missing.append((segment, Source(key, CaseKind.RECEIVER, title)))
        positions[segment.receiver] = segment.sequence
        unread.append(segment)
    return unread, missing


def _items(segments: Sequence[Segment]) -> tuple[list[Item], list[tuple[Segment, Source]]]:
    """The records of the segments. A payload that cannot be read gets a case, and never stops the rest."""
    items: list[Item] = []
    damaged: list[tuple[Segment, Source]] = []
    for segment in segments:
        try:
            for index, record in enumerate(journal.unpack(segment.payload)):
                items.append(Item(segment.pk, segment.receiver, segment.sequence, index, record))
        except journal.JournalDamaged as error:
            title = f"Segment {segment.sequence} of {segment.receiver} is damaged: {error}"
            key = f"damaged:{segment.receiver}:{segment.sequence}"
            damaged.append((segment, Source(key, CaseKind.RECEIVER, title)))
    return items, damaged


def _broken(segments: Sequence[Segment], why: str) -> tuple[list[Item], list[tuple[Segment, Source]]]:
    """Segments that made the builder fail: a fault of ours, which must not hide what comes after."""
    return [], [
        (
            segment,
            Source(
                f"damaged:{segment.receiver}:{segment.sequence}",
                CaseKind.RECEIVER,
                f"{segment.frames} frames of {segment.receiver}, segment {segment.sequence}, not read: {why}",
            ),
        )
        for segment in segments
    ]


def _trouble(book: CaseBook, segment: Segment, source: Source, routed: list[Routed]) -> None:
    """A case about the journal itself, with a signal that has no frame."""
    signal = NewSignal(
        segment_id=segment.pk,
        # Beyond any frame, so that it is none of theirs; one for each kind of trouble.
        frame_index=1_000_000 + source.key.startswith("damaged"),
        event_index=0,
        digest=b"",
        account="",
        received_at=segment.stored_at,
        frame_sequence="",
        code="JOURNAL",
        meaning=source.title[:200],
        kind=SignalKind.SECURITY,
    )
    record = journal.Record(0, journal.Way.INTERNAL, 0, b"", b"")
    item = Item(segment.pk, segment.receiver, segment.sequence, signal.frame_index, record)
    routed.append(Routed(item, signal, Way.SOURCE, source))


def _noted_systems(items: list[Item]) -> set[int]:
    found: set[int] = set()
    for item in items:
        if isinstance(item.note, notes.SupervisionLost | notes.LinkRestored):
            found.update(item.note.systems)
        elif isinstance(item.note, notes.SequenceGap | notes.Runaway):
            found.add(item.note.system)
    return found


def _crowded_lines(items: list[Item]) -> frozenset[str]:
    """Lines with so many unknown accounts today that further ones share a case."""
    unknown = {
        (item.record.line, item.account, timezone.localdate(item.record.received_at))
        for item in items
        if item.system is None and item.envelope is not None and not item.refused
    }
    new = Counter((line, day) for line, _account, day in unknown)
    crowded = set()
    for (line, day), count in new.items():
        prefix = f"unknown:{day}:{line}:"
        present = Case.objects.filter(source_key__startswith=prefix, opened_on=day).count()
        if present + count > MOST_UNKNOWN:
            crowded.add(line)
    return frozenset(crowded)


def _happening(one: Routed) -> Happening:
    signal = one.signal
    assert signal.system_id is not None  # noqa: S101 - only signals of known systems are grouped
    return Happening(
        at=one.item.record.microseconds,
        system=signal.system_id,
        kind=signal.kind,
        partition=signal.partition,
        zone=signal.zone_number,
        user=signal.user_number,
        is_restore=signal.is_restore,
    )


def _tell(book: CaseBook, case: Case, signal: NewSignal, found: Grouped) -> None:
    """Write what is worth a line into the case."""
    assert found.case is not None  # noqa: S101 - asked of signals with a case only
    shape = found.case.shape
    where = f"Zone {signal.zone_number}: " if signal.zone_number else ""
    said = f"{where}{signal.meaning}" + (f" ({signal.text})" if signal.text else "")
    for note in found.notes:
        if note is Note.OPENED:
            book.tell(case, EntryKind.OPENED, signal, said)
        elif note is Note.SWINGER:
            text = f"Zone {shape.swinger} was set off {shape.run} times and no other: a swinging contact?"
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note))
        elif note is Note.OPENED_AFTER:
            user = shape.opened_after.get("user") or "not told"
            seconds = shape.opened_after.get("seconds")
            text = f"Opened by user {user}, {seconds} s after the alarm. Proposed: call off."
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note), user=user, seconds=seconds)
        elif note is Note.CANCELLED:
            text = f"Called off at the panel by user {shape.cancelled_by}. Proposed: call off."
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note))
        elif note is Note.MANY:
            text = f"{found.case.count} signals so far"
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note))
        else:
            book.tell(case, EntryKind.SIGNAL, signal, said, note=str(note))


def _losses(book: CaseBook, losses: Losses, owned: list[Routed]) -> None:
    """One note of lost or restored systems, whose signals are these."""
    item = owned[0].item
    at = item.record.microseconds
    if isinstance(item.note, notes.SupervisionLost):
        lost = losses.lose(item.note.systems, at)
        for one in owned:
            case = book.of_loss(lost.case, one.signal)
        count = len(item.note.systems)
        words = f"{count} systems are" if count > 1 else f"{owned[0].signal.account} is"
        kind = EntryKind.OPENED if lost.is_new else EntryKind.SIGNAL
        if lost.is_new or lost.added:
            book.tell(case, kind, owned[0].signal, f"{words} not heard from", systems=count)
    elif isinstance(item.note, notes.LinkRestored):
        by_system = {one.signal.system_id: one.signal for one in owned}
        for restored in losses.restore(item.note.systems, at):
            signals = [by_system[pk] for pk in restored.systems if pk in by_system]
            for signal in signals:
                case = book.of_loss(restored.case, signal)
            if signals:
                left = len(restored.case.still)
                text = "All are heard from again" if restored.is_whole else f"{left} are not heard from yet"
                book.tell(case, EntryKind.SIGNAL, signals[0], text, systems=len(restored.systems))


def _move_on(segments: Sequence[Segment], at: datetime) -> None:
    last: dict[str, int] = {}
    for segment in segments:
        last[segment.receiver] = max(segment.sequence, last.get(segment.receiver, 0))
    for receiver, sequence in sorted(last.items()):
        ReadPosition.objects.update_or_create(
            receiver=receiver, defaults={"sequence": sequence, "read_at": at}
        )
