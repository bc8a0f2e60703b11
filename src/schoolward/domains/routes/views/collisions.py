"""Reading collisions near schools."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.places import queries as places
from schoolward.domains.routes import queries
from schoolward.domains.routes.filters import CollisionFilter
from schoolward.domains.routes.models import Collision
from schoolward.domains.routes.tables import CollisionTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.charts import bars, chart_svg
from schoolward.platform.ui.lists import Action, Empty, ListPage

_ROWS_OF_SITE = 25


class CollisionList(ListPage):
    """All collisions with a walker or cyclist, newest first; they go out as CSV."""

    title = gettext_lazy("Collisions on foot or by bike")
    permission = "collisions.view"
    table_class = CollisionTable
    filterset_class = CollisionFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Collision]:
        """Those that the viewer may see."""
        return queries.collisions(viewer)

    def lead(self) -> str | Promise:
        """Where the records are from."""
        return _("As California publishes them. A collision near two sites belongs to both.")

    def actions(self) -> list[Action]:
        """The overview."""
        return [Action(_("By site"), reverse("collisions:overview"), primary=False)]

    def empty(self) -> Empty:
        """Where collisions come from."""
        return _nothing_yet(self.viewer)


def _nothing_yet(viewer: Viewer) -> Empty:
    return Empty(
        _("No collisions yet"),
        _(
            "Import the state's files: SWITRS raw data, best as the Transportation Injury Mapping System "
            "geocoded it, or CCRS open data of data.ca.gov. Put collisions, parties and injured into one "
            "ZIP archive."
        ),
        Action(_("Import collisions"), reverse("exchange:create", args=["collisions"]))
        if may(viewer, "collisions.import")
        else None,
    )


@require_safe
@requires("collisions.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The district: five-year windows, how sure positions are, and every site."""
    viewer = viewer_of(request)
    on = queries.last_day(today(viewer.at))
    days = queries.known_days(today(viewer.at))
    context: dict[str, Any] = {"on": on, "days": days, "points_url": reverse("collisions:points")}
    if days is None:
        context["empty"] = _nothing_yet(viewer)
        return render(request, "routes/collisions/overview.html", context)
    return render(
        request,
        "routes/collisions/overview.html",
        context | _figures(viewer, None) | {"sites": queries.by_site_collisions(on)},
    )


@require_safe
@requires("collisions.view")
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One site: its windows, its newest collisions, and where they were."""
    viewer = viewer_of(request)
    campus = places.campus_by_slug(slug)
    if campus is None:
        raise Http404
    rows = queries.near_sites(queries.collisions(viewer), campus.pk)
    return render(
        request,
        "routes/collisions/site.html",
        {
            "campus": campus,
            "on": queries.last_day(today(viewer.at)),
            "days": queries.known_days(today(viewer.at)),
            "rows": rows[:_ROWS_OF_SITE],
            "points_url": f"{reverse('collisions:points')}?site={campus.slug}",
            "sites_url": reverse("places:geojson"),
            "list_url": f"{reverse('collisions:list')}?campus={campus.pk}",
        }
        | _figures(viewer, campus.pk),
    )


def _figures(viewer: Viewer, campus_id: int | None) -> dict[str, Any]:
    """What district and site both show: windows with their chart, the last five years, positions by
    quality."""
    day = today(viewer.at)
    first, on = queries.five_years_to(day)
    trend = queries.trend(campus_id, today=day)
    moving = queries.near_sites(queries.collisions(viewer).filter(day__range=(first, on)), campus_id)
    labels = [(f"{one.first_year}-{one.last_year}", one) for one in trend.windows]
    found: dict[str, Any] = {
        "first": first,
        "is_invented": moving.filter(invented=True).exists(),
        "grave": queries.grave_near(first, on, campus_id).count(),
        "moving": moving.count(),
        "qualities": list(queries.by_quality(moving).items()),
        "trend": trend,
        "windows": labels,
    }
    if labels:
        found["windows_svg"] = chart_svg(
            bars([(label, one.count) for label, one in labels]),
            title=_("Killed or seriously injured on foot or by bike, five years each"),
            description=_("From %(first)d in %(earliest)s to %(last)d in %(latest)s.")
            % {
                "first": labels[0][1].count,
                "earliest": labels[0][0],
                "last": labels[-1][1].count,
                "latest": labels[-1][0],
            },
        )
    return found


@require_safe
@requires("collisions.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One collision: what is known, how surely, and which sites it was near."""
    collision = queries.collision_by_pk(viewer_of(request), pk)
    if collision is None:
        raise Http404
    return render(
        request,
        "routes/collisions/detail.html",
        {"collision": collision, "near": queries.sites_near(collision)},
    )


@require_safe
@requires("collisions.view")
def points(request: HttpRequest) -> JsonResponse:
    """Collisions near schools, or near one, as GeoJSON."""
    campus_id = None
    if slug := request.GET.get("site", ""):
        campus = places.campus_by_slug(slug)
        if campus is None:
            raise Http404
        campus_id = campus.pk
    collection = queries.collisions_geojson(viewer_of(request), campus_id=campus_id)
    return JsonResponse(collection, content_type="application/geo+json")
