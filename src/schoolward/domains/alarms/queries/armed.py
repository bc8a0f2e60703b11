"""How long sites stood armed: whole days from the table that is kept of them, the rest from signals.

Up to the table's last complete day (`models.ArmedUntil`) a year is summed by the database. What lies after
it, and a day that is not over, is reckoned from openings and closings. Both are whole microseconds, so that
it makes no difference to any sum where one ends and the other begins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum

from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone

from schoolward.analysis.false_alarms.exposure import (
    Arming,
    ArmingEvent,
    Span,
    armed_microseconds,
    armed_spans,
    hours_of,
)
from schoolward.domains.alarms.models import AlarmSystem, ArmedDay, ArmedUntil, Signal, SignalKind
from schoolward.domains.alarms.queries.rates import last_signal_at, midnight

_ARMING = {SignalKind.OPENING.value: Arming.OPENING, SignalKind.CLOSING.value: Arming.CLOSING}
_DAY = timedelta(days=1)

Part = tuple[int, str]
"""A system and its partition, which are armed and disarmed by themselves."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The armed days that are complete: the last of them, and what stood armed at its end.

    ``standing`` is ``None`` where that is to be asked of the signals.
    """

    until: date
    standing: frozenset[Part] | None


@dataclass(frozen=True, slots=True)
class ByDay:
    """Armed microseconds by local day, of all sites and of one; a day without any may be absent."""

    everywhere: Mapping[date, int]
    own: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class PartSpans:
    """When parts of systems stood armed, not yet joined or clipped; and the site of each system."""

    spans: Mapping[Part, list[Span]]
    site_of: Mapping[int, int]

    def by_site(self) -> dict[int, list[Span]]:
        """The spans by the campus of their systems."""
        found: dict[int, list[Span]] = defaultdict(list)
        for (system, _partition), spans in self.spans.items():
            found[self.site_of[system]] += spans
        return dict(found)


def arming_signals() -> QuerySet[Signal]:
    """The openings and closings of known systems that were not on test, in no order."""
    return Signal.objects.filter(kind__in=_ARMING, system__isnull=False, is_test=False).order_by()


def arming_spans(first: datetime, until: datetime, *, campus_id: int | None = None) -> dict[int, list[Span]]:
    """By campus: when its systems stood armed, from the closings and openings that they sent.

    Spans are not yet joined or clipped. What was armed before ``first`` is known by its last closing.
    """
    return part_spans(first, until, campus_id=campus_id).by_site()


def part_spans(
    first: datetime,
    until: datetime,
    *,
    campus_id: int | None = None,
    standing: frozenset[Part] | None = None,
) -> PartSpans:
    """By system and partition, what :func:`arming_spans` gives by campus.

    ``standing``: what stood armed at ``first``, where that is known; else all signals before it are asked.
    """
    told = arming_signals().filter(received_at__lt=until)
    if campus_id is not None:
        told = told.filter(system__campus_id=campus_id)
    site_of: dict[int, int] = {}
    since: dict[Part, datetime] = {}
    if standing is None:
        for system, partition, site, closed in _armed_before(told, first):
            site_of[system] = site
            since[system, partition] = closed
    elif standing:
        systems = AlarmSystem.objects.filter(pk__in={system for system, _partition in standing})
        if campus_id is not None:
            systems = systems.filter(campus_id=campus_id)
        site_of.update(systems.values_list("pk", "campus_id"))
        since.update({part: first for part in standing if part[0] in site_of})
    events: dict[Part, list[ArmingEvent]] = defaultdict(list)
    within = told.filter(received_at__gte=first)
    for system_id, partition, campus, at, kind in within.values_list(
        "system_id", "partition", "system__campus_id", "received_at", "kind"
    ):
        assert system_id is not None  # noqa: S101 - filtered above
        assert campus is not None  # noqa: S101
        site_of[system_id] = campus
        events[system_id, partition].append(ArmingEvent(at, _ARMING[kind]))
    spans = {
        part: armed_spans(events.get(part, ()), armed_at_start=since.get(part))
        for part in set(since) | set(events)
    }
    return PartSpans(spans, site_of)


def _armed_before(told: QuerySet[Signal], first: datetime) -> Iterable[tuple[int, str, int, datetime]]:
    """(system, partition, site, last closing) of each part that stood armed at the moment."""
    rows = (
        told.filter(received_at__lt=first)
        .values_list("system_id", "partition", "system__campus_id")
        .annotate(
            closed=Max("received_at", filter=Q(kind=SignalKind.CLOSING)),
            opened=Max("received_at", filter=Q(kind=SignalKind.OPENING)),
        )
    )
    for system, partition, campus, closed, opened in rows:
        assert system is not None  # noqa: S101 - `arming_signals` filters
        assert campus is not None  # noqa: S101
        # At one moment an opening comes before a closing, as in `armed_spans`.
        if closed is not None and (opened is None or closed >= opened):
            yield system, partition, campus, closed


def armed_site_hours(first: date, last: date, *, now: datetime, campus_id: int | None = None) -> float:
    """Hours that sites stood armed in the local days, summed over sites. A site whose parts are armed at
    once counts once. Nothing is counted beyond ``now``.
    """
    end = min(midnight(last + _DAY), now)
    kept = _usable(end)
    by_site: Counter[int] = Counter()
    if kept is not None and first <= kept.until:
        rows = ArmedDay.objects.filter(day__gte=first, day__lte=kept.until)
        if campus_id is not None:
            rows = rows.filter(site=campus_id)
        by_site.update(dict(rows.order_by().values_list("site").annotate(Sum("microseconds"))))
    for site, lasted in _after(kept, first, end, campus_id).items():
        by_site[site] += sum(lasted.values())
    # Exactly rounded, so that the order of the sites moves no digit: a published number is summed again.
    return fsum(hours_of(lasted) for lasted in by_site.values())


def armed_by_day(first: date, last: date, *, now: datetime, site: int) -> ByDay:
    """By local day, how long sites stood armed: all of them summed, and this one. Nothing beyond ``now``."""
    end = min(midnight(last + _DAY), now)
    kept = _usable(end)
    everywhere: Counter[date] = Counter()
    own: Counter[date] = Counter()
    if kept is not None and first <= kept.until:
        rows = ArmedDay.objects.filter(day__gte=first, day__lte=kept.until).order_by()
        everywhere.update(dict(rows.values_list("day").annotate(Sum("microseconds"))))
        own.update(dict(rows.filter(site=site).values_list("day", "microseconds")))
    for one, lasted in _after(kept, first, end, None).items():
        everywhere.update(lasted)
        if one == site:
            own.update(lasted)
    return ByDay(everywhere, own)


def microseconds_by_day(spans: Iterable[Span], first: date, end: datetime) -> dict[date, int]:
    """How long one site stood armed on each local day from ``first`` to the moment ``end``, none left out."""
    edges = [midnight(first)]
    days: list[date] = []
    while edges[-1] < end:
        days.append(first + timedelta(days=len(days)))
        edges.append(min(midnight(days[-1] + _DAY), end))
    return dict(zip(days, armed_microseconds(spans, edges), strict=True)) if days else {}


def kept_days() -> Kept | None:
    """What is complete of the table of armed days; ``None`` for nothing."""
    row = ArmedUntil.objects.filter(pk=1).first()
    return None if row is None else kept_of(row)


def kept_of(row: ArmedUntil) -> Kept | None:
    """What the row says is complete; ``None`` for nothing, and where days were those of another time zone."""
    if row.day is None or row.time_zone != timezone.get_default_timezone_name():
        return None
    standing = None
    if row.standing is not None:
        standing = frozenset((int(system), str(partition)) for system, partition in row.standing)
    return Kept(row.day, standing)


def keepable_until(today: date) -> date | None:
    """The last day that can be complete: yesterday, but none on which, or after which, nothing came in.

    ``None`` where no signal came in at all. Nobody asks beyond the newest signal, and a district that fell
    silent armed is not written down day by day for ever.
    """
    newest = last_signal_at()
    return None if newest is None else min(today, timezone.localdate(newest)) - _DAY


def _usable(end: datetime) -> Kept | None:
    """What of the table may be read up to a moment: whole days alone."""
    kept = kept_days()
    whole = timezone.localdate(end) - _DAY
    return kept if kept is None or kept.until <= whole else Kept(whole, None)


def _after(
    kept: Kept | None, first: date, end: datetime, campus_id: int | None
) -> dict[int, dict[date, int]]:
    """By site and day: how long it stood armed from the first day on that is not kept, from signals."""
    begun, standing = first, None
    if kept is not None and kept.until + _DAY >= first:
        begun, standing = kept.until + _DAY, kept.standing
    if midnight(begun) >= end:
        return {}
    found = part_spans(midnight(begun), end, campus_id=campus_id, standing=standing)
    return {site: microseconds_by_day(spans, begun, end) for site, spans in found.by_site().items()}
