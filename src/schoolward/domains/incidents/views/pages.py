"""Reading incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.incidents import queries
from schoolward.domains.incidents.exchange import Incidents, export_row
from schoolward.domains.incidents.filters import IncidentFilter
from schoolward.domains.incidents.models import Category, Incident, Source
from schoolward.domains.incidents.queries import MOST_ON_MAP, Slice
from schoolward.domains.incidents.tables import IncidentTable, attribution_sentence
from schoolward.domains.places import queries as places
from schoolward.domains.places.panels import campus_of_panel
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.lists import Action, Empty, ListPage

_TALLIED = {"campus", "category", "where", "hours", "sort", "page", "export"}
PANEL_ROWS = 5


class IncidentList(ListPage):
    """All incidents that the viewer may see, newest first."""

    title = gettext_lazy("Incidents")
    permission = "incidents.view"
    table_class = IncidentTable
    filterset_class = IncidentFilter
    template_name = "incidents/list.html"

    def queryset(self, viewer: Viewer) -> QuerySet[Incident]:
        """With offence and site, so that a page is three queries."""
        return queries.visible_incidents(viewer).select_related("offence", "campus")

    def lead(self) -> str | Promise:
        """How many there are and of what time."""
        span = queries.span_of_days()
        if span is None:
            return _("Police records and entries by hand, each attributed to the site it belongs to.")
        return _("From %(first)s to %(last)s.") % {
            "first": date_format(span[0], "F j, Y"),
            "last": date_format(span[1], "F j, Y"),
        }

    def actions(self) -> list[Action]:
        """Enter one, import many."""
        found = []
        if may(self.viewer, "incidents.record"):
            found.append(Action(_("Enter an incident"), reverse("incidents:enter")))
        query = self.request.GET.urlencode()
        found.append(Action(_("Map"), f"{reverse('incidents:map')}?{query}", primary=False))
        return found

    def empty(self) -> Empty:
        """Where incidents come from."""
        return Empty(
            _("No incidents yet"),
            _(
                "Import a file of the police department, or enter the first one by hand. Each is attributed "
                "to the site at its address, or to the nearest one within 1,000 feet."
            ),
            Action(_("Enter an incident"), reverse("incidents:enter"))
            if may(self.viewer, "incidents.record")
            else None,
        )

    def count(self, queryset: QuerySet[Any]) -> int | None:
        """From the tallies where only they matter; a day or a number is counted by its index."""
        given = {name for name, value in self.request.GET.items() if value}
        if given - _TALLIED:
            return None
        form = self.filterset.form if self.filterset is not None and self.filterset.is_bound else None
        data = form.cleaned_data if form is not None and form.is_valid() else {}
        return queries.count_from_tallies(
            self.viewer,
            campus_id=int(data["campus"]) if data.get("campus") else None,
            category=data.get("category") or "",
            where=data.get("where") or "",
            school_hours=bool(data.get("hours")),
        )

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        """The columns of the general import layout, so that what goes out comes in again."""
        rows = queryset.iterator(chunk_size=2000)
        return Incidents().column_names, (export_row(row, self.viewer) for row in rows)


@require_safe
@requires("incidents.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident: what is known, where it came from, and how it was attributed."""
    viewer = viewer_of(request)
    incident = queries.incident_by_pk(viewer, pk)
    if incident is None:
        raise Http404
    shows_place = readable(incident, "address", viewer)
    return render(
        request,
        "incidents/detail.html",
        {
            "incident": incident,
            "shows_place": shows_place,
            "attribution": attribution_sentence(incident),
            "local": timezone.localtime(incident.occurred_at),
            "points_url": f"{reverse('incidents:points')}?number=%23{incident.pk}",
            "may_correct": incident.source == Source.MANUAL and may(viewer, "incidents.correct"),
        },
    )


def _chosen(request: HttpRequest, viewer: Viewer) -> QuerySet[Incident]:
    """The rows that the list's filters in the address leave."""
    filterset = IncidentFilter(
        request.GET or None, queryset=queries.visible_incidents(viewer), request=request
    )
    if filterset.is_bound and not filterset.is_valid():
        return Incident.objects.none()
    return filterset.qs


@require_safe
@requires("incidents.view")
def map_page(request: HttpRequest) -> HttpResponse:
    """The newest incidents of the chosen filters on the map, with the list beside it."""
    viewer = viewer_of(request)
    rows = _chosen(request, viewer).select_related("campus")
    query = request.GET.urlencode()
    return render(
        request,
        "incidents/map.html",
        {
            "rows": rows[:25] if may_see_place(viewer) else [],
            "points_url": f"{reverse('incidents:points')}?{query}",
            "sites_url": reverse("places:geojson"),
            "list_url": f"{reverse('incidents:list')}?{query}",
            "most": MOST_ON_MAP,
            "shows_place": may_see_place(viewer),
        },
    )


def may_see_place(viewer: Viewer) -> bool:
    """Whether the viewer's role sees where incidents were at all."""
    from schoolward.domains.incidents.policy import PLANNING

    return viewer.role not in PLANNING


@require_safe
@requires("incidents.view")
def points(request: HttpRequest) -> JsonResponse:
    """The newest incidents of the chosen filters as GeoJSON; approximate positions say so."""
    viewer = viewer_of(request)
    features = []
    if may_see_place(viewer):
        labels = dict(Category.choices)
        for pk, longitude, latitude, placement, category, moment, text in queries.positions(
            _chosen(request, viewer)
        ):
            features.append(
                {
                    "type": "Feature",
                    "id": pk,
                    "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                    "properties": {
                        "name": str(labels[category]),
                        "detail": f"{date_format(timezone.localtime(moment), 'j M Y, H:i')} {text}".strip(),
                        "approximate": placement == "grid",
                        "url": reverse("incidents:detail", args=[pk]),
                    },
                }
            )
    collection = {"type": "FeatureCollection", "features": features}
    return JsonResponse(collection, content_type="application/geo+json")


@require_safe
@requires("incidents.view")
def panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """A site's incidents of the last twelve months, for its profile."""
    viewer = viewer_of(request)
    campus = campus_of_panel(viewer, campus_id)
    day = today(viewer.at)
    span = queries.span_of_days()
    if span is not None and span[1] < day - timedelta(days=365):
        day = span[1]  # an archive: show its last year, and say which
    chosen = Slice((day - timedelta(days=334)).replace(day=1), day, campus_id)
    counts = queries.by_site(viewer, chosen)
    return render(
        request,
        "incidents/panel.html",
        {
            "campus": campus,
            "chosen": chosen,
            "count": counts[0] if counts else None,
            "categories": [
                (Category(key).label, n, key) for key, n in queries.by_category(viewer, chosen)[:PANEL_ROWS]
            ],
            "newest": queries.at_site(viewer, campus_id)[:PANEL_ROWS],
            "is_assumed": places.school_hours_table().is_assumed_at(campus_id),
        },
    )
