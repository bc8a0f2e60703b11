"""The maps of the schools that an application is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.analysis.routing.saved import SavedProblem
from schoolward.analysis.school_map.gathering import NoStreetNear
from schoolward.domains.places import queries as places
from schoolward.domains.routes import queries
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.sheets.shape import Column, Part, Picture, Row, Value
from schoolward.reports.sheets.values import words

MOST = 12
"""So many maps one paper holds; each takes a quarter of a page."""


def maps(campus_ids: Sequence[int], *, on: date, by: Viewer) -> Part:
    """One map for each site that has one, of the network in use, as parents see it: nothing of a pupil."""
    columns = (Column("picture", _("Map")), Column("streets", _("Streets")))
    wanted = set(campus_ids)
    slugs = [one.slug for one in places.campuses_with_school(on).order_by("name") if one.pk in wanted]
    rows = [row for slug in slugs[:MOST] if (row := _row(slug, on, by)) is not None]
    return Part(
        "maps",
        _("Maps of the schools"),
        columns,
        tuple(rows),
        "pictures",
        missing=_("None: no street network is in use here. It is chosen under Routes, Ways to school."),
    )


def _row(slug: str, on: date, by: Viewer) -> Row | None:
    try:
        asked = queries.map_of(slug, on, own_sites=by.campus_ids)
        made = queries.pictured(asked) if asked is not None else None
    except (SavedProblem, NoStreetNear):
        return None
    if asked is None or made is None:
        return None
    page = reverse("routes:school_map", args=[slug])
    invented = _("parts of the map are invented") if asked.invented else ""
    return {
        "picture": Value(None, asked.site.school, page, Picture(None, made.alt, made.svg)),
        "streets": words("; ".join(told for told in (made.attribution, invented) if told)),
    }
