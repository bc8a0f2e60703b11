"""What a site's profile tells about the way to school, and a piece of work about its barrier."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolward.domains.places.panels import campus_of_panel
from schoolward.domains.routes import queries
from schoolward.domains.routes.views.saving import found
from schoolward.domains.routes.views.travel import season_words
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today

SHOWN = 5


@require_safe
@requires("routes.view")
def site_panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """The newest season's share, the plan, collisions of five years, open barriers, posts and buses."""
    viewer = viewer_of(request)
    campus = campus_of_panel(viewer, campus_id)
    seasons = queries.seasons(viewer, most=1)
    row = None
    if seasons:
        rows = queries.by_site(viewer, *seasons[0])
        row = next((one for one in rows if one.campus_id == campus_id), None)
    open_rows = queries.open_barriers(viewer).filter(campus_id=campus_id)
    may_see = may(viewer, "collisions.view")
    day = today(viewer.at)
    is_known = may_see and queries.known_days(day) is not None
    first, last = queries.five_years_to(day) if is_known else (None, None)
    near = queries.near_sites(queries.collisions(viewer), campus_id)
    context = {
        "collisions_from": first,
        "collisions_to": last,
        "grave": queries.grave_near(first, last, campus_id).count() if first and last else 0,
        "moving": near.filter(day__range=(first, last)).count() if first and last else 0,
        "campus": campus,
        "season": season_words(*seasons[0]) if seasons else "",
        "row": row,
        "barriers": open_rows[:SHOWN],
        "barrier_count": open_rows.count(),
        "posts": queries.posts_on(viewer, today(viewer.at)).filter(crossing__campus_id=campus_id).count(),
        "plan": queries.plan_of(viewer, campus.slug),
        "buses": queries.buses(viewer).filter(campus_id=campus_id).order_by("name"),
    }
    return render(request, "routes/panel.html", context)


@require_safe
@requires("routes.view")
def work_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The barrier that a piece of work takes away, what was asked of whom, and what came of it."""
    viewer = viewer_of(request)
    item = found(work_items(viewer), pk=pk)
    made = queries.recommendations(viewer).filter(work=item).first()
    if made is None:
        raise Http404
    return render(request, "routes/work_panel.html", {"made": made, "barrier": made.barrier})
