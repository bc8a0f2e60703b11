"""Campuses as points on a map."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from schoolward.domains.places.models import School
from schoolward.domains.places.queries.standing import campuses, operating_campuses, schools_by_campus
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def geojson(viewer: Viewer, on: date, *, slug: str = "") -> dict[str, Any]:
    """Campuses (or one) as a GeoJSON FeatureCollection (RFC 7946): points with name, schools and page."""
    placed = visible(campuses(), viewer).filter(longitude__isnull=False)
    if slug:
        placed = placed.filter(slug=slug)
    schools = schools_by_campus(on)
    district = set(operating_campuses(on).values_list("pk", flat=True))
    features = [
        {
            "type": "Feature",
            "id": campus.pk,
            "geometry": {"type": "Point", "coordinates": [campus.longitude, campus.latitude]},
            "properties": {
                "name": campus.name,
                "slug": campus.slug,
                "address": campus.address,
                "schools": [school.name for school in schools.get(campus.pk, [])],
                "kind": kind_of_campus(campus.pk, schools.get(campus.pk, []), district),
                "detail": ", ".join(school.name for school in schools.get(campus.pk, [])) or campus.address,
                "url": reverse("places:detail", args=[campus.slug]),
            },
        }
        for campus in placed
    ]
    return {"type": "FeatureCollection", "features": features}


def kind_of_campus(pk: int, schools: list[School], district: set[int]) -> str:
    """``district`` in operation, ``charter`` directly funded only, ``other`` adult or office, ``closed``."""
    if pk in district:
        return "district"
    if any(school.is_k12 for school in schools):
        return "charter"
    return "other" if schools else "closed"
