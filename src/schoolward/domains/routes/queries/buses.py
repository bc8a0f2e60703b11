"""Walking school buses with their stops, leaders and walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum

from schoolward.domains.places.queries import holding
from schoolward.domains.routes.models import BusLeader, BusRun, BusStop, WalkingBus
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

RENEW_WITHIN = timedelta(days=30)
"""Vetting that ends within so many days is told beforehand."""


def buses(viewer: Viewer) -> QuerySet[WalkingBus]:
    """The walking buses that the viewer may see, with their site."""
    return visible(WalkingBus.objects.select_related("campus"), viewer)


def stops(viewer: Viewer) -> QuerySet[BusStop]:
    """The stops of buses that the viewer may see."""
    return visible(BusStop.objects.select_related("bus"), viewer)


def leaders(viewer: Viewer) -> QuerySet[BusLeader]:
    """Who may lead, for those who may see it."""
    return visible(BusLeader.objects.select_related("bus", "account"), viewer)


def runs(viewer: Viewer) -> QuerySet[BusRun]:
    """The walks of buses that the viewer may see, the newest first."""
    return visible(BusRun.objects.select_related("bus"), viewer)


def able_to_lead(rows: QuerySet[BusLeader], day: date) -> QuerySet[BusLeader]:
    """Leaders whose time and vetting hold on a day."""
    return rows.filter(holding(day), vetted_on__lte=day, vetted_until__gte=day)


def vetting_to_renew(viewer: Viewer, day: date) -> QuerySet[BusLeader]:
    """Leaders of a day who have no live vetting, or none that lasts for :data:`RENEW_WITHIN`."""
    wanting = Q(vetted_until__isnull=True) | Q(vetted_until__lt=day + RENEW_WITHIN)
    return (
        leaders(viewer)
        .filter(holding(day))
        .filter(wanting)
        .order_by(F("vetted_until").asc(nulls_first=True), "bus__name")
    )


@dataclass(frozen=True)
class Walked:
    """How a bus walked over some days."""

    walks: int
    pupils: int


def walked(rows: QuerySet[BusRun]) -> Walked:
    """How many walks there were, and how many pupils walked along, each walk counted."""
    return Walked(rows.count(), rows.aggregate(total=Sum("pupils"))["total"] or 0)


def to_write_down(viewer: Viewer, day: date, *, back: int = 7) -> list[tuple[WalkingBus, date]]:
    """Walks of the last days that were to take place and are not written down, the newest first.

    Days without school are not known here by bus; a walk that did not take place is written down with nobody.
    """
    found: list[tuple[WalkingBus, date]] = []
    held = list(buses(viewer))
    told = _days_told(held, day - timedelta(days=back))
    for ago in range(back):
        one = day - timedelta(days=ago)
        for bus in held:
            begun = bus.valid_from <= one and (bus.valid_to is None or one <= bus.valid_to)
            if begun and one.weekday() in bus.weekdays and (bus.pk, one) not in told:
                found.append((bus, one))
    return found


def _days_told(held: Sequence[WalkingBus], first: date) -> set[tuple[int, date]]:
    rows = BusRun.objects.filter(bus__in=held, day__gte=first)
    return set(rows.values_list("bus_id", "day"))
