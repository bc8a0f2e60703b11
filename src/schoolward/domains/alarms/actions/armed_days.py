"""Keeping the table of armed days: complete up to a day, and known not to be when something late comes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from schoolward.domains.alarms.models import ArmedDay, ArmedUntil, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.queries.armed import (
    Part,
    arming_signals,
    keepable_until,
    kept_of,
    microseconds_by_day,
    part_spans,
)
from schoolward.domains.alarms.queries.rates import midnight

MOST_DAYS = 31
"""So many days are reckoned in one transaction: as long as it lasts, the case builder waits."""
_DAY = timedelta(days=1)
_NOTHING: frozenset[Part] | None = frozenset()
_ARMING = frozenset({SignalKind.OPENING, SignalKind.CLOSING})


def signals_written(signals: Iterable[NewSignal]) -> None:
    """In the caller's transaction, after these were written: days that they change are not complete any more.

    The row is locked even if nothing changes, so that a job which is reckoning at this moment either sees the
    signals or is seen by the next.
    """
    days = [
        timezone.localdate(signal.received_at)
        for signal in signals
        if signal.kind in _ARMING and signal.system_id is not None and not signal.is_test
    ]
    if days:
        changed_on(min(days))


def changed_on(day: date) -> None:
    """In the caller's transaction: what was armed on the local day is known otherwise now."""
    row = _locked()
    if row.day is not None and row.day >= day:
        row.day, row.standing = day - _DAY, None
        row.save(update_fields=["day", "standing"])


def all_changed() -> None:
    """In the caller's transaction: no day holds any more, as when a system moved to another site."""
    row = _locked()
    row.day, row.standing = None, None
    row.save(update_fields=["day", "standing"])


@transaction.atomic
def complete_some(*, today: date) -> int:
    """Reckon the next days, at most :data:`MOST_DAYS` and none later than the day before ``today``.

    How many days; 0 where there is nothing to do, and then nothing is written.
    """
    last = keepable_until(today)
    if last is None or not arming_signals().exists():
        return 0
    row = _locked()
    kept = kept_of(row)
    if kept is None:
        # Asked under the lock: what comes in meanwhile may be older.
        begun = arming_signals().aggregate(at=Min("received_at"))["at"]
        first, standing = timezone.localdate(begun), _NOTHING
    else:
        first, standing = kept.until + _DAY, kept.standing
    last = min(last, first + (MOST_DAYS - 1) * _DAY)
    if last < first:
        return 0
    end = midnight(last + _DAY)
    found = part_spans(midnight(first), end, standing=standing)
    stale = ArmedDay.objects.filter(day__lte=last)
    # Days after these stay, also if they are stale: somebody may read them who began before.
    (stale if kept is None else stale.filter(day__gte=first)).delete()
    ArmedDay.objects.bulk_create(
        (
            ArmedDay(site=site, day=day, microseconds=lasted)
            for site, spans in found.by_site().items()
            for day, lasted in microseconds_by_day(spans, first, end).items()
            if lasted
        ),
        batch_size=500,
    )
    row.day, row.time_zone = last, timezone.get_default_timezone_name()
    row.standing = sorted(part for part, spans in found.spans.items() if spans and spans[-1].end is None)
    row.save()
    return (last - first).days + 1


def _locked() -> ArmedUntil:
    """The one row, made if it is not there yet, and locked to the end of the transaction."""
    row, _made = ArmedUntil.objects.select_for_update().get_or_create(
        pk=1, defaults={"time_zone": timezone.get_default_timezone_name()}
    )
    return row
