"""Keeping crossings, and what was counted at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.places_near import on_the_way
from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    StandsAlready,
    known_value,
    own_row,
    own_site,
    past_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.actions.school_windows import on_their_way
from schoolward.domains.routes.models import (
    Control,
    Crossing,
    CrossingCount,
)
from schoolward.domains.routes.queries.standing import SAME_CROSSING_M, crossing_at
from schoolward.platform.access.viewer import Viewer

CROSSING_FIELDS = (
    "place",
    "longitude",
    "latitude",
    "control",
    "lanes",
    "divided",
    "width_ft",
    "has_refuge",
    "rural",
    "speed_85_mph",
    "controlled_within_ft",
)
MOST_VEHICLES = 20_000


@transaction.atomic
def keep_crossing(
    *,
    campus_id: int,
    values: Mapping[str, Any],
    by: Viewer,
    at: datetime,
    reference: str = "",
    crossing_id: int | None = None,
    invented: bool = False,
) -> Crossing:
    """Enter a crossing, or change the one that is named. ``values`` gives :data:`CROSSING_FIELDS`.

    Raises :class:`RouteRefused` for what cannot be and a reference that is taken, and :class:`StandsAlready`
    for a new one where the site has a crossing already: counts and posts would be split over the two.
    """
    own_site(campus_id, by=by, permission="routes.manage")
    found = dict(values)
    on_the_way(found["longitude"], found["latitude"], campus_id=campus_id)
    known_value(found["control"], Control.values, "control")
    found["place"] = some_words(found["place"], "place")
    within(found["lanes"], 1, 12, "lanes")
    within(found["width_ft"], 1, 300, "width_ft")
    within(found.get("speed_85_mph"), 1, 100, "speed_85_mph")
    within(found.get("controlled_within_ft"), 0, 100_000, "controlled_within_ft")
    if crossing_id is None:
        there = crossing_at(by, campus_id=campus_id, longitude=found["longitude"], latitude=found["latitude"])
        if there is not None:
            raise StandsAlready(
                _("%(reference)s, %(place)s, is at this point already (within %(feet)d feet).")
                % {
                    "reference": there.reference,
                    "place": there.place,
                    "feet": round(SAME_CROSSING_M / 0.3048),
                },
                there,
                field="place",
            )
        crossing = Crossing(reference=free_reference(Crossing, reference, "X", campus_id), invented=invented)
    else:
        crossing = own_row(Crossing, crossing_id, by=by, permission="routes.manage")
    written(crossing, {"campus_id": campus_id, **found}, "crossing_kept", by=by, site=campus_id)
    return crossing


def free_reference(model: Any, reference: str, letter: str, campus_id: int) -> str:
    """The reference that was asked for, or the next number at the site."""
    reference = reference.strip()
    if reference:
        if model.objects.filter(reference=reference).exists():
            raise RouteRefused(
                _("Another has this reference. Leave it empty to get a new one."), field="reference"
            )
        return reference
    number = 1
    while model.objects.filter(reference=f"{letter}-{campus_id}-{number:02d}").exists():
        number += 1
    return f"{letter}-{campus_id}-{number:02d}"


@transaction.atomic
def keep_count(
    *,
    crossing_id: int,
    day: date,
    begins: time,
    minutes: int,
    vehicles: int,
    pupils: int,
    by: Viewer,
    at: datetime,
    turning: int = 0,
    rows: int = 1,
    gaps: int | None = None,
    invented: bool = False,
) -> CrossingCount:
    """Keep what was counted at a crossing from an hour on. Sent again, it corrects the count of that hour.

    Raises :class:`RouteRefused` for what cannot be, and for a day or an hour on which no warrant can rest
    (:func:`on_their_way`).
    """
    crossing = own_row(Crossing, crossing_id, by=by, permission="routes.count")
    past_day(day, at)
    within(minutes, 5, 240, "minutes")
    on_their_way(crossing.campus_id, day=day, begins=begins, minutes=minutes)
    within(vehicles, 0, MOST_VEHICLES, "vehicles")
    within(turning, 0, MOST_VEHICLES, "turning")
    within(pupils, 0, 5000, "pupils")
    within(rows, 1, 20, "rows")
    within(gaps, 0, 5000, "gaps")
    if turning > vehicles:
        raise RouteRefused(_("More vehicles turned than went through. Check both."), field="turning")
    ends = begins.hour * 60 + begins.minute + minutes
    for other in crossing.counts.filter(day=day).exclude(begins=begins):
        start = other.begins.hour * 60 + other.begins.minute
        if start < ends and begins.hour * 60 + begins.minute < start + other.minutes:
            raise RouteRefused(
                _("Another count of this day runs at the same time, from %(time)s.")
                % {"time": other.begins.strftime("%H:%M")},
                field="begins",
            )
    count = crossing.counts.filter(day=day, begins=begins).first() or CrossingCount(
        crossing=crossing, day=day, begins=begins, invented=invented
    )
    values = {
        "minutes": minutes,
        "vehicles": vehicles,
        "turning": turning,
        "pupils": pupils,
        "rows": rows,
        "gaps": gaps,
    }
    written(count, values, "crossing_counted", by=by, reference=crossing.reference)
    return count
