"""What becomes of signals, told to the book of cases."""

from __future__ import annotations

from collections.abc import Collection

from schoolward.analysis.durations import duration_words
from schoolward.domains.alarms import journal
from schoolward.domains.alarms.builder import codes
from schoolward.domains.alarms.builder.casebook import CaseBook
from schoolward.domains.alarms.builder.decoding import Item
from schoolward.domains.alarms.builder.grouped import Grouped, Happening, Note
from schoolward.domains.alarms.builder.losses import Losses
from schoolward.domains.alarms.builder.naming import named_systems
from schoolward.domains.alarms.builder.routing import Routed, Source, Way
from schoolward.domains.alarms.builder.segments import Segment
from schoolward.domains.alarms.models import Case, EntryKind, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.receiver import notes


def tell_trouble(book: CaseBook, segment: Segment, source: Source, routed: list[Routed]) -> None:
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
        code=codes.JOURNAL,
        meaning=source.title[:200],
        kind=SignalKind.SECURITY,
    )
    record = journal.Record(0, journal.Way.INTERNAL, 0, b"", b"")
    item = Item(segment.pk, segment.receiver, segment.sequence, signal.frame_index, record)
    routed.append(Routed(item, signal, Way.SOURCE, source))


def happening_of(one: Routed) -> Happening:
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


def tell_grouped(book: CaseBook, case: Case, signal: NewSignal, found: Grouped) -> None:
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
            waited = duration_words(float(seconds or 0))
            text = f"Opened by user {user}, {waited} after the alarm. Proposed: call off."
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note), user=user, seconds=seconds)
        elif note is Note.CANCELLED:
            text = f"Called off at the panel by user {shape.cancelled_by}. Proposed: call off."
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note))
        elif note is Note.MANY:
            text = f"{found.case.count} signals so far"
            book.tell(case, EntryKind.SIGNAL, signal, text, note=str(note))
        else:
            book.tell(case, EntryKind.SIGNAL, signal, said, note=str(note))


def tell_losses(book: CaseBook, losses: Losses, owned: list[Routed]) -> None:
    """One note of lost or restored systems, whose signals are these."""
    item = owned[0].item
    at = item.record.microseconds
    by_system = {one.signal.system_id: one.signal for one in owned}
    if isinstance(item.note, notes.SupervisionLost):
        for lost in losses.lose({pk: _site_of(pk, book) for pk in item.note.systems}, at):
            # The most of a very large loss have no signal of their own.
            signals = [by_system[pk] for pk in lost.systems if pk in by_system] or [owned[0].signal]
            for signal in signals:
                case = book.of_loss(lost.case, signal)
            if lost.is_new:
                text = _told_of_lost(lost.systems, book)
                book.tell(case, EntryKind.OPENED, signals[0], text, systems=len(lost.systems))
            elif lost.added:
                text = _told_of_lost(lost.added, book, "again " if lost.again else "")
                book.tell(case, EntryKind.SIGNAL, signals[0], text, systems=len(lost.added), rings=True)
    elif isinstance(item.note, notes.LinkRestored):
        for restored in losses.restore(item.note.systems, at):
            signals = [by_system[pk] for pk in restored.systems if pk in by_system]
            for signal in signals:
                case = book.of_loss(restored.case, signal)
            if signals:
                still = restored.case.still
                left = f"Still {_told_of_lost(still, book)}"
                text = "All are heard from again" if restored.is_whole else left
                book.tell(case, EntryKind.SIGNAL, signals[0], text, systems=len(restored.systems))


def _site_of(pk: int, book: CaseBook) -> int:
    system = book.known.system_by_pk(pk)
    return 0 if system is None else system.campus_id


def _told_of_lost(systems: Collection[int], book: CaseBook, again: str = "") -> str:
    count = "1 system is" if len(systems) == 1 else f"{len(systems)} systems are"
    return f"{count} {again}not heard from: {named_systems(systems, book.known)}"
