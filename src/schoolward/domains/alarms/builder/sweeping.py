"""What no signal tells: a system that was not closed at its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from schoolward.domains.alarms.builder.arming import WORDS, Deviation, due_to_close, spans_on
from schoolward.domains.alarms.builder.casebook import CaseBook
from schoolward.domains.alarms.builder.deviating import LOOKED_BACK, source_of
from schoolward.domains.alarms.builder.known import Known, all_spans
from schoolward.domains.alarms.lease import Held, guard
from schoolward.domains.alarms.models import Signal, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def sweep(known: Known, *, held: Held | None, at: datetime, by: Viewer) -> int:
    """Open a case for each system that is open past its time to close, once a day. How many were opened.

    Run twice it opens nothing more: the case's source is the system and the day.
    """
    if held is not None:
        guard(held, at=at)
    spans = all_spans()
    if not spans:
        return 0
    known.refresh()
    known.learn_systems(spans)
    book = CaseBook(known, by=by)
    local = timezone.localtime(at)
    late = []
    for system_id, opened in _open_systems(set(spans), at).items():
        system = known.system_by_pk(system_id)
        if system is None:
            continue
        day = timezone.localdate(opened)
        is_school_day = known.is_school_day(system.campus_id, day)
        expected = spans_on(spans[system_id], day, is_school_day=is_school_day)
        # Asked of the day on which it was opened, also once that is over.
        if not expected or not (day < local.date() or due_to_close(expected, local)):
            continue
        signal = NewSignal(
            segment_id=0,  # it is never written: the case needs somebody to speak of
            frame_index=0,
            event_index=0,
            digest=b"",
            account=system.account,
            frame_sequence="",
            system_id=system_id,
            campus_id=system.campus_id,
            received_at=at,
            kind=SignalKind.OPENING,
            meaning=f"Opened at {timezone.localtime(opened):%H:%M}, {WORDS[Deviation.NOT_CLOSED]}",
            generated=system.invented,
        )
        late.append((source_of(Deviation.NOT_CLOSED, system_id, system.account, day), signal))
    book.learn_sources(source.key for source, _signal in late)
    for source, signal in late:
        if not book.has_source(source):
            book.of_source(source, signal, attach=False)
    if book.opened:
        book.save([], at=at)
    return book.opened


def _open_systems(systems: set[int], at: datetime) -> dict[int, datetime]:
    """The systems whose last word was an opening, with its time."""
    rows = (
        Signal.objects.filter(
            system_id__in=systems,
            kind__in=(SignalKind.OPENING, SignalKind.CLOSING),
            is_test=False,
            received_at__gt=at - LOOKED_BACK,
            received_at__lte=at + timedelta(minutes=1),
        )
        .order_by()
        .values_list("system_id")
        .annotate(
            opened=Max("received_at", filter=Q(kind=SignalKind.OPENING)),
            closed=Max("received_at", filter=Q(kind=SignalKind.CLOSING)),
        )
    )
    return {
        system: opened
        for system, opened, closed in rows
        if system is not None and opened is not None and (closed is None or opened > closed)
    }
