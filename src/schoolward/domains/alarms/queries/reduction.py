"""How often alarms were false, and when, where and why, for a period and the sites that somebody sees.

The arithmetic and its intervals are `analysis.false_alarms.rates`; here is what they are asked of, and what a
page, the API and the command line show of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from schoolward.analysis.false_alarms import (
    Rate,
    Tally,
    activations_per_1000_armed_hours,
    dispatches_per_system_year,
    police_dispatch_rate,
    share_false,
    verified_share,
)
from schoolward.domains.alarms.models import Cause, Zone
from schoolward.domains.alarms.queries.armed import armed_site_hours
from schoolward.domains.alarms.queries.cases import FALSE
from schoolward.domains.alarms.queries.rates import (
    activations,
    first_signal_on,
    has_signals,
    last_signal_at,
    years_in_service,
)
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

WORST_SHOWN: Final = 15
#: Measures by the rate of `analysis.false_alarms` that says the same with an interval.
MEASURES: Final = {
    "M4": "alarms.false_rate",
    "M5": "alarms.activations_per_1000_armed_hours",
    "M6": "alarms.police_dispatch_rate",
    "M7": "alarms.verified_share",
    "dispatches_per_system_year": "alarms.dispatches_per_system_year",
}


@dataclass(frozen=True, slots=True)
class WorstZone:
    """A zone with many false activations."""

    zone: Zone
    activations: int
    false: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a table: what it is called, the key it is filtered by, and how many there were."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month's first day, what was set off in it and how often police were sent."""

    first: date
    activations: int
    dispatched: int


@dataclass(frozen=True)
class Reduction:
    """The false alarms of a period. ``is_collected``: whether there are any signals at all."""

    first: date
    last: date
    campus_id: int | None
    is_collected: bool
    is_generated: bool
    tally: Tally
    rates: dict[str, Rate]
    months: tuple[Month, ...]
    causes: tuple[Counted, ...]
    roles: tuple[Counted, ...]
    worst: tuple[WorstZone, ...]
    week: dict[tuple[int, int], int]


def reduction(
    viewer: Viewer, first: date, last: date, *, now: datetime, campus_id: int | None = None
) -> Reduction:
    """The false alarms of the local days, of one site or of all that the viewer sees.

    Armed hours end at the newest signal: beyond it nobody knows who was armed.
    """
    found = visible(activations(first, last, campus_id=campus_id), viewer)
    rows = list(
        found.order_by().values_list(
            "opened_at",
            "opened_on",
            "disposition",
            "cause",
            "cause_role",
            "zone_id",
            "police_dispatched_at",
            "verified_before_dispatch",
            "generated",
        )
    )
    counted = _tally(rows)
    newest = last_signal_at()
    until = now if newest is None else min(now, newest)
    campuses = _campuses(viewer, campus_id)
    # What lies before the first signal was not watched, so that it is no time without an alarm.
    begun = max(first, first_signal_on() or first)
    hours = sum(armed_site_hours(begun, last, now=until, campus_id=campus) for campus in campuses)
    years = sum(years_in_service(begun, last, campus_id=campus) for campus in campuses)
    rates = (
        share_false(counted),
        activations_per_1000_armed_hours(counted.activations, hours),
        police_dispatch_rate(counted),
        verified_share(counted),
        dispatches_per_system_year(counted.dispatched, years),
    )
    return Reduction(
        first=first,
        last=last,
        campus_id=campus_id,
        is_collected=has_signals(last),
        is_generated=any(row[8] for row in rows),
        tally=counted,
        rates={rate.key: rate for rate in rates},
        months=_months(rows),
        causes=_causes(rows),
        roles=_roles(rows),
        worst=_worst(viewer, rows),
        week=dict(Counter(_slot(row[0]) for row in rows)),
    )


def _campuses(viewer: Viewer, campus_id: int | None) -> list[int | None]:
    """Whose armed hours are summed: one site's, the viewer's own sites', or (``None``) everybody's."""
    if campus_id is not None:
        return [campus_id]
    if viewer.campus_ids is None:
        return [None]
    return [*sorted(viewer.campus_ids)]


def _tally(rows: Sequence[tuple[Any, ...]]) -> Tally:
    return Tally(
        activations=len(rows),
        false=sum(row[2] in FALSE for row in rows),
        undisposed=sum(not row[2] for row in rows),
        dispatched=sum(row[6] is not None for row in rows),
        verified=sum(row[6] is not None and row[7] for row in rows),
    )


def _months(rows: Sequence[tuple[Any, ...]]) -> tuple[Month, ...]:
    counts = Counter(row[1].replace(day=1) for row in rows)
    sent = Counter(row[1].replace(day=1) for row in rows if row[6] is not None)
    return tuple(Month(month, counts[month], sent[month]) for month in sorted(counts))


def _causes(rows: Sequence[tuple[Any, ...]]) -> tuple[Counted, ...]:
    """Causes of the false ones, the commonest first."""
    labels = dict(Cause.choices)
    counts = Counter(row[3] for row in rows if row[2] in FALSE)
    return tuple(
        Counted(key, str(labels.get(key, key)), count)
        for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _roles(rows: Sequence[tuple[Any, ...]]) -> tuple[Counted, ...]:
    """Roles of those who set false ones off, as far as that was kept. Never a person."""
    counts = Counter(row[4] for row in rows if row[2] in FALSE and row[4])
    return tuple(
        Counted(role, role, count)
        for role, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _worst(viewer: Viewer, rows: Sequence[tuple[Any, ...]]) -> tuple[WorstZone, ...]:
    false = Counter(row[5] for row in rows if row[5] is not None and row[2] in FALSE)
    total = Counter(row[5] for row in rows if row[5] is not None)
    chosen = [
        zone for zone, _count in sorted(false.items(), key=lambda pair: (-pair[1], pair[0]))[:WORST_SHOWN]
    ]
    held = visible(Zone.objects.select_related("system__campus"), viewer).in_bulk(chosen)
    return tuple(WorstZone(held[zone], total[zone], false[zone]) for zone in chosen if zone in held)


def _slot(moment: datetime) -> tuple[int, int]:
    local = timezone.localtime(moment)
    return local.weekday(), local.hour


def rate_json(rate: Rate) -> dict[str, Any]:
    """A rate as scripts read it: the value, its interval, and what it is held against."""
    return {
        "key": rate.key,
        "measure": MEASURES[rate.key],
        "value": rate.value,
        "low": rate.low,
        "high": rate.high,
        "confidence": rate.confidence,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "unit": rate.unit,
        "per": rate.per,
    }


def reduction_json(found: Reduction) -> dict[str, Any]:
    """The whole as scripts read it. What has nothing to be held against is ``null``."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "campus_id": found.campus_id,
        "collected": found.is_collected,
        "invented": found.is_generated,
        "activations": found.tally.activations,
        "false": found.tally.false,
        "open": found.tally.undisposed,
        "dispatched": found.tally.dispatched,
        "verified": found.tally.verified,
        "rates": [rate_json(rate) for rate in found.rates.values()],
        "months": [
            {"month": f"{one.first:%Y-%m}", "activations": one.activations, "dispatched": one.dispatched}
            for one in found.months
        ],
        "causes": [{"cause": one.key, "count": one.count} for one in found.causes],
        "roles": [{"role": one.key, "count": one.count} for one in found.roles],
        "hours": [
            {"weekday": day, "hour": hour, "count": count}
            for (day, hour), count in sorted(found.week.items())
        ],
        "worst_zones": [
            {
                "zone_id": one.zone.pk,
                "number": one.zone.number,
                "title": one.zone.title,
                "campus_id": one.zone.system.campus_id,
                "activations": one.activations,
                "false": one.false,
            }
            for one in found.worst
        ],
    }
