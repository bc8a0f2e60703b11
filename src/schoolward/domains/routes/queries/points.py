"""Barriers, crossings and guards as points, as a city's engineer takes them into a map.

GeoJSON by RFC 7946: WGS 84 (EPSG:4326), longitude first. Every property is explained in
``docs/reference/route-points.md``; ``id`` and ``reference`` stay the same from export to export.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.urls import reverse

from schoolward.domains.routes.models import Barrier, Crossing, GuardPost


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(pk: int, longitude: float, latitude: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": pk,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clock(hour: time | None) -> str | None:
    return None if hour is None else hour.strftime("%H:%M")


def barrier_points(rows: Iterable[Barrier]) -> dict[str, Any]:
    """Barriers: what, how severe, when, whose and how it stands."""
    return _collection(
        _feature(
            barrier.pk,
            barrier.longitude,
            barrier.latitude,
            {
                "reference": barrier.reference,
                "name": barrier.title,
                "detail": f"{barrier.get_kind_display()} · {barrier.place}",
                "type": barrier.kind,
                "severity": barrier.severity,
                "time_of_day": barrier.time_of_day,
                "owner": barrier.owner,
                "state": barrier.state,
                "place": barrier.place,
                "site": barrier.campus.name,
                "found_on": _day(barrier.found_on),
                "accepted_on": _day(barrier.accepted_on),
                "closed_on": _day(barrier.closed_on),
                "has_photo": barrier.photo_id is not None,
                "invented": barrier.invented,
                "kind": "district" if barrier.is_open else "closed",
                "url": reverse("routes:barrier", args=[barrier.pk]),
            },
        )
        for barrier in rows
    )


def crossing_points(rows: Iterable[Crossing]) -> dict[str, Any]:
    """Crossings: what stops vehicles, and the street as the warrants ask about it. Feet and miles an hour."""
    same = ("control", "lanes", "divided", "width_ft", "has_refuge", "rural", "speed_85_mph")
    return _collection(
        _feature(
            crossing.pk,
            crossing.longitude,
            crossing.latitude,
            {
                "reference": crossing.reference,
                "name": crossing.place,
                "detail": str(crossing.get_control_display()),
                "site": crossing.campus.name,
                **{name: getattr(crossing, name) for name in (*same, "controlled_within_ft")},
                "invented": crossing.invented,
                "url": reverse("routes:crossing", args=[crossing.pk]),
            },
        )
        for crossing in rows
    )


def guard_points(rows: Iterable[GuardPost]) -> dict[str, Any]:
    """Posts of guards at their crossings: hours, how many, since when. Who stands there is not told."""
    hours = ("morning_begins", "morning_ends", "afternoon_begins", "afternoon_ends")
    return _collection(
        _feature(
            post.pk,
            post.crossing.longitude,
            post.crossing.latitude,
            {
                "reference": post.reference,
                "name": post.crossing.place,
                "detail": post.agency.name,
                "crossing": post.crossing.reference,
                "agency": post.agency.name,
                "site": post.crossing.campus.name,
                "guards": post.guards,
                **{name: _clock(getattr(post, name)) for name in hours},
                "valid_from": _day(post.valid_from),
                "valid_to": _day(post.valid_to),
                "invented": post.invented,
                "url": reverse("routes:post", args=[post.pk]),
            },
        )
        for post in rows
    )
