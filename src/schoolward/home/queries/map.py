"""The map's two layers: sites with their counts, and single incidents as far as the viewer may place them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.incidents.queries import AT, Slice, by_site, category_label, visible_incidents
from schoolward.domains.places.queries import geojson
from schoolward.home.question import Question
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer

MOST_POINTS = 2000
Box = tuple[float, float, float, float]
Collection = dict[str, Any]


@dataclass(frozen=True)
class PointFilter:
    """What narrows the incidents on the map beyond period and site. ``box``: west, south, east, north."""

    category: str = ""
    school_hours: bool = False
    box: Box | None = None
    limit: int = MOST_POINTS


def sites(viewer: Viewer, question: Question, chosen: PointFilter) -> Collection:
    """The sites that the viewer may see, each with its incidents at the address over the period.

    Counts come from tallies by whole months. ``count`` is left out where the viewer sees no incidents: it
    would read as none.
    """
    on = question.period.as_of
    found = geojson(viewer, on)
    if question.scope.campus_id is not None:
        found["features"] = [
            feature for feature in found["features"] if feature["id"] == question.scope.campus_id
        ]
    counts = _counts(viewer, question, chosen) if may(viewer, "incidents.view") else None
    for feature in found["features"]:
        properties = feature["properties"]
        schools = ", ".join(name for name in properties["schools"] if name != properties["name"])
        said = [schools] if schools else []
        if counts is not None and (viewer.campus_ids is None or feature["id"] in viewer.campus_ids):
            count = counts.get(feature["id"], 0)
            properties["count"] = count
            said.append(
                ngettext("%(count)s incident at the address", "%(count)s incidents at the address", count)
                % {"count": f"{count:,}"}
            )
        properties["detail"] = " · ".join(said)
    return found


def _counts(viewer: Viewer, question: Question, chosen: PointFilter) -> dict[int, int]:
    first = question.period.start or date(1900, 1, 1)
    last = question.period.end or question.period.as_of
    period = Slice(first, last, question.scope.campus_id, chosen.category, AT, chosen.school_hours)
    return {site.campus_id: site.at_campus for site in by_site(viewer, period)}


def incidents(viewer: Viewer, question: Question, chosen: PointFilter) -> Collection:
    """The newest incidents of the period that have a position which the viewer may read.

    ``truncated`` says that there are more than ``limit``. A position that is only the middle of a police
    reporting grid is marked ``approximate``.
    """
    rows = list(_rows(viewer, question, chosen)[: chosen.limit + 1])
    features = [_point(row) for row in rows[: chosen.limit] if readable(row, "longitude", viewer)]
    return {"type": "FeatureCollection", "features": features, "truncated": len(rows) > chosen.limit}


def _rows(viewer: Viewer, question: Question, chosen: PointFilter) -> QuerySet[Any]:
    rows = visible_incidents(viewer).filter(longitude__isnull=False)
    period = question.period
    if period.start:
        rows = rows.filter(local_date__gte=period.start)
    if period.end:
        rows = rows.filter(local_date__lte=period.end)
    if question.scope.campus_id is not None:
        rows = rows.filter(campus_id=question.scope.campus_id)
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.school_hours:
        rows = rows.filter(in_school_hours=True)
    if chosen.box:
        west, south, east, north = chosen.box
        rows = rows.filter(longitude__range=(west, east), latitude__range=(south, north))
    return rows.only("pk", "category", "occurred_at", "longitude", "latitude", "placement", "generated")


def _point(row: Any) -> dict[str, Any]:
    local = timezone.localtime(row.occurred_at)
    said = [f"{local:%Y-%m-%d %H:%M}"]
    if row.generated:
        said.append(_("generated"))
    return {
        "type": "Feature",
        "id": row.pk,
        "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        "properties": {
            "title": category_label(row.category),
            "detail": " · ".join(said),
            "approximate": row.is_approximate,
            "url": reverse("incidents:detail", args=[row.pk]),
        },
    }


def busiest(collection: Collection) -> Iterable[dict[str, Any]]:
    """The sites' properties for the list beside the map: most incidents first, then by name."""
    properties = [feature["properties"] for feature in collection["features"]]
    return sorted(properties, key=lambda site: (-site.get("count", 0), site["name"]))
