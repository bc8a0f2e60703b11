"""Corrective actions of the whole district together: which were verified, and whether they helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from schoolward.analysis.false_alarms import (
    BeforeAfter,
    Observed,
    RateRatio,
    Verdict,
    compared_rate_ratio,
    rate_ratio,
)
from schoolward.domains.alarms.models import Case, Zone
from schoolward.domains.alarms.queries.effects import KIND, SOURCE, Sides, sides_of, zone_of
from schoolward.domains.alarms.queries.rates import activations, false_activations, midnight
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

_UNTOLD = frozenset({Verdict.TOO_FEW, Verdict.NO_EXPOSURE})


@dataclass(frozen=True, slots=True)
class Pooled:
    """All mended zones as one: the false activations after, how many were to be expected, and the ratio."""

    after: QuerySet[Case]
    expected: float
    ratio: RateRatio


def verified_corrections(first: date | None, last: date, *, campus_id: int | None = None) -> QuerySet[Any]:
    """The work that alarms of a zone asked for and that was verified within the local days."""
    everything = work.work_items(Viewer.system(at=midnight(last), name="false alarms"))
    found = everything.filter(kind=KIND, state="verified", source__startswith=SOURCE, verified_on__lte=last)
    if first is not None:
        found = found.filter(verified_on__gte=first)
    return found if campus_id is None else found.filter(campus_id=campus_id)


def pooled_effect(corrections: QuerySet[Any], *, today: date) -> Pooled | None:
    """Whether verified corrective actions helped, taken together; ``None`` while nobody can tell.

    One zone alone gives what its own page says (`effects.Effect.told`). Of several, every zone is a stratum
    of Mantel and Haenszel's ratio; where that is not to be judged, the sum of what happened stands over the
    sum of what each zone's own pace before would have brought. A zone mended twice counts from the last time.
    """
    done = dict(corrections.order_by("done_on", "pk").values_list("source", "done_on"))
    by_zone = {zone_of(source): day for source, day in done.items()}
    zones = Zone.objects.select_related("system").in_bulk([pk for pk in by_zone if pk is not None])
    held: list[Sides] = []
    after = Q(pk__in=[])
    for pk in sorted(zones):
        sides = sides_of(zones[pk], by_zone[pk], today=today)
        if sides is not None:
            held.append(sides)
            begun = by_zone[pk] + timedelta(days=1)
            after |= Q(zone_id=pk, opened_on__gte=begun, opened_on__lte=sides.last)
    if not held:
        return None
    ratio, by_own_pace = _ratio(held)
    found = false_activations(activations(None, today)).filter(after)
    count = sum(sides.alone.after.events for sides in held)
    expected = count / ratio.value if ratio.value else by_own_pace
    # Sums of armed hours may differ in the last digit by the order of the sites; what is published may not.
    return Pooled(found, round(expected, 3), ratio)


def _ratio(held: list[Sides]) -> tuple[RateRatio, float]:
    """The ratio to believe, and how many would have come at each zone's own pace."""
    compared = compared_rate_ratio(
        [one for sides in held for one in sides.treated], [one for sides in held for one in sides.comparison]
    )
    alone = [sides.alone for sides in held]
    before = sum(one.before.events for one in alone)
    expected = sum(_expected(one) for one in alone)
    if compared.verdict not in _UNTOLD:
        return compared, expected
    events = sum(one.after.events for one in alone)
    return rate_ratio(Observed(before, float(before)), Observed(events, expected)), expected


def _expected(one: BeforeAfter) -> float:
    if not one.before.exposure:
        return 0.0
    return one.before.events * one.after.exposure / one.before.exposure
