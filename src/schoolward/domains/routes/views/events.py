"""Education and encouragement: what comes, what was, and how many came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolward.domains.routes import queries
from schoolward.domains.routes.calendars import calendar_of_events
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.protocols.icalendar import MEDIA_TYPE

LAST = 40
"""So many of the newest events that have been are shown; all stand with their programs."""


@require_safe
@requires("routes.view")
def events(request: HttpRequest) -> HttpResponse:
    """Events to come, the next first, and those that were, the newest first."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    sessions = queries.event_sessions(viewer)
    been = sessions.filter(on__lt=day).order_by("-on", "pk")[:LAST]
    context = {
        "programs": queries.event_programs(viewer),
        "to_come": sessions.filter(on__gte=day).order_by("on", "pk"),
        "been": [(one, queries.heads_shown(one, "attended", viewer)) for one in been],
        "on": day,
    }
    return render(request, "routes/events.html", context)


@require_safe
@requires("routes.view")
def events_calendar(request: HttpRequest) -> HttpResponse:
    """The events of this school year and later as a calendar file."""
    viewer = viewer_of(request)
    made = calendar_of_events(viewer, on=today(viewer.at), at=viewer.at, root=request.build_absolute_uri("/"))
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="way-to-school-events.ics"'
    return response
