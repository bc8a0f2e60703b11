"""What the rates of alarms are made of: activations, dispatches and systems in service (`armed`: armed time).

The arithmetic is `analysis.false_alarms`; here are its inputs, all from the same rows that a number opens.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from schoolward.analysis.false_alarms.exposure import Span, system_years
from schoolward.analysis.false_alarms.rates import Tally
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseKind, LinkState, Signal
from schoolward.domains.alarms.queries.cases import ACTIVATIONS, FALSE, NOT_COUNTED

_OPEN_END = date(9999, 12, 31)
_QUIET = timedelta(days=3)


def activations(
    first: date | None, last: date, *, campus_id: int | None = None, zone_id: int | None = None
) -> QuerySet[Case]:
    """Cases of the local days in which something was set off; tests and mere faults are left out."""
    found = Case.objects.filter(
        kind=CaseKind.ALARM, signal_kind__in=ACTIVATIONS, is_test=False, opened_on__lte=last
    ).exclude(disposition__in=NOT_COUNTED)
    if first is not None:
        found = found.filter(opened_on__gte=first)
    if campus_id is not None:
        found = found.filter(campus_id=campus_id)
    return found if zone_id is None else found.filter(zone_id=zone_id)


def false_activations(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the activations that were closed as false: neither crime, attempt nor real emergency."""
    return found.filter(disposition__in=FALSE)


def dispatched(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the activations to which police were sent."""
    return found.filter(police_dispatched_at__isnull=False)


def verified(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the activations that were verified before police were sent."""
    return dispatched(found).filter(verified_before_dispatch=True)


def false_by_cause(first: date | None, last: date) -> list[tuple[str, int]]:
    """Causes of the false activations of the local days, the commonest first."""
    found = false_activations(activations(first, last)).order_by()
    return list(
        found.values_list("cause").annotate(count=Count("pk")).order_by("-count", "cause").exclude(cause="")
    )


def tally(found: QuerySet[Case]) -> Tally:
    """The activations counted for `analysis.false_alarms.rates`."""
    rows = found.order_by().values_list("disposition", "police_dispatched_at", "verified_before_dispatch")
    counted = false = undisposed = sent = verified_before = 0
    for disposition, police_at, was_verified in rows:
        counted += 1
        false += disposition in FALSE
        undisposed += not disposition
        sent += police_at is not None
        verified_before += police_at is not None and was_verified
    return Tally(counted, false, undisposed, sent, verified_before)


def has_signals(last: date) -> bool:
    """Whether any signal was received up to the end of the local day."""
    return Signal.objects.filter(received_at__lt=midnight(last + timedelta(days=1))).exists()


def first_signal_on() -> date | None:
    """The local day of the first signal, from which on there is anything to hold rates against."""
    first = Signal.objects.order_by("received_at").values_list("received_at", flat=True).first()
    return None if first is None else timezone.localdate(first)


def last_signal_at() -> datetime | None:
    """When the newest signal was received: beyond it nothing is known of who was armed."""
    newest: datetime | None = Signal.objects.aggregate(newest=Max("received_at"))["newest"]
    return newest


def heard_between() -> tuple[date, date] | None:
    """The local days for which it is known what was set off: from the first signal to when anything was last
    heard of, a link test included, and over a long weekend in which nothing had to be said.
    """
    first, newest = first_signal_on(), last_signal_at()
    if first is None or newest is None:
        return None
    heard: datetime | None = LinkState.objects.aggregate(newest=Max("heard_at"))["newest"]
    return first, timezone.localdate(max(newest, heard or newest)) + _QUIET


def years_in_service(first: date, last: date, *, campus_id: int | None = None) -> float:
    """Years that alarm systems were in service within the local days, from their dates."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    if end <= begin:
        return 0.0
    found = AlarmSystem.objects.all()
    if campus_id is not None:
        found = found.filter(campus_id=campus_id)
    return system_years(
        _in_service(found.values_list("valid_from", "valid_to"), begin, end), Span(begin, end)
    )


def _in_service(
    dates: Iterable[tuple[date | None, date | None]], begin: datetime, end: datetime
) -> list[list[Span]]:
    spans = []
    for valid_from, valid_to in dates:
        start = begin if valid_from is None else midnight(valid_from)
        stop = end if valid_to is None else midnight(valid_to + timedelta(days=1))
        spans.append([Span(start, max(stop, start))])
    return spans


def midnight(day: date) -> datetime:
    """The first moment of a local day."""
    if day >= _OPEN_END:
        return datetime(9999, 12, 31, tzinfo=UTC)
    return timezone.make_aware(datetime.combine(day, time()))
