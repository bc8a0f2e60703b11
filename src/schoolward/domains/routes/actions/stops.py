"""The stops of a walking bus: where and when it can be joined, as a group of pupils can walk it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.analysis.geodesy import haversine_m
from schoolward.domains.places.queries import campus_by_pk
from schoolward.domains.routes.actions.places_near import on_the_way
from schoolward.domains.routes.actions.recording import RouteRefused, audit, own_row, some_words
from schoolward.domains.routes.models import BusStop, WalkingBus
from schoolward.platform.access.viewer import Viewer

FASTEST_M_S = 1.8
"""Meters a second, 4 miles an hour: no group of pupils walks faster, and the way is longer than the line."""

AT_SCHOOL_M = 300
"""The last stop lies so near to the site's place on the map: grounds are large, and have several gates."""

_MINUTE_S = 60
"""Times are written in whole minutes: between two of them may lie up to a minute more."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a bus can be joined, and when it leaves; at the last stop, the school, when it arrives."""

    place: str
    longitude: float
    latitude: float
    leaves_at: time


@transaction.atomic
def set_stops(*, bus_id: int, stops: Sequence[Stop], by: Viewer, at: datetime) -> WalkingBus:
    """Give a bus its stops, first to last; the last is the school. What was there is replaced.

    Raises :class:`RouteRefused` for fewer than two, times that do not run on, a stop too far from the site or
    from the one before it (:data:`FASTEST_M_S`), and a last stop that is not at the school
    (:data:`AT_SCHOOL_M`).
    """
    bus = own_row(WalkingBus, bus_id, by=by, permission="routes.manage")
    if len(stops) < 2:
        raise RouteRefused(_("A bus has at least two stops; the last is the school."), field="stops")
    for stop in stops:
        some_words(stop.place, "stops")
        try:
            on_the_way(stop.longitude, stop.latitude, campus_id=bus.campus_id)
        except RouteRefused as refusal:
            raise RouteRefused(f"{stop.place}: {refusal}", field="stops") from None
    for before, after in pairwise(stops):
        if after.leaves_at <= before.leaves_at:
            raise RouteRefused(
                _("%(place)s is left before, or when, the stop before it is. Check the times.")
                % {"place": after.place},
                field="stops",
            )
        _walkable(before, after)
    _ends_at_school(stops[-1], bus.campus_id)
    bus.stops.all().delete()
    BusStop.objects.bulk_create(
        BusStop(
            bus=bus,
            number=number,
            place=stop.place.strip()[:200],
            longitude=stop.longitude,
            latitude=stop.latitude,
            leaves_at=stop.leaves_at,
            invented=bus.invented,
        )
        for number, stop in enumerate(stops, start=1)
    )
    audit("bus_stops_set", bus, by=by, key=bus.key, stops=len(stops))
    return bus


def _walkable(before: Stop, after: Stop) -> None:
    """Raise :class:`RouteRefused` where no group could walk from one stop to the next in the time between."""
    minutes = (_seconds(after.leaves_at) - _seconds(before.leaves_at)) / 60
    away = float(haversine_m(before.longitude, before.latitude, after.longitude, after.latitude))
    if away > FASTEST_M_S * (60 * minutes + _MINUTE_S):
        raise RouteRefused(
            ngettext(
                "From %(before)s to %(after)s are %(away)s meters in %(n)d minute: faster than "
                "4 miles an hour. Check the time and the place of %(after)s.",
                "From %(before)s to %(after)s are %(away)s meters in %(n)d minutes: faster than "
                "4 miles an hour. Check the time and the place of %(after)s.",
                round(minutes),
            )
            % {"before": before.place, "after": after.place, "away": _metres(away), "n": round(minutes)},
            field="stops",
        )


def _ends_at_school(last: Stop, campus_id: int) -> None:
    """Raise :class:`RouteRefused` for a last stop that is not the school, where that has a place."""
    site = campus_by_pk(campus_id)
    if site is None or site.longitude is None or site.latitude is None:
        return
    away = float(haversine_m(last.longitude, last.latitude, site.longitude, site.latitude))
    if away > AT_SCHOOL_M:
        raise RouteRefused(
            _(
                "The last stop is the school, but %(place)s is %(away)s meters from %(site)s; it may be "
                "%(most)d at most. Add the school, or check the place."
            )
            % {"place": last.place, "away": _metres(away), "site": site.name, "most": AT_SCHOOL_M},
            field="stops",
        )


def _seconds(moment: time) -> int:
    """Seconds since midnight."""
    return 3600 * moment.hour + 60 * moment.minute + moment.second


def _metres(away: float) -> str:
    return number_format(away, 0, force_grouping=True)
