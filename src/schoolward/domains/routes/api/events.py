"""Events of education and encouragement over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from schoolward.domains.routes.api.routing import router
from schoolward.domains.routes.calendars import calendar_of_events
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.protocols.icalendar import MEDIA_TYPE


@router.get("/events.ics", url_name="route_events_calendar")
def events_calendar(request: HttpRequest) -> HttpResponse:
    """The events of this school year and later as a calendar (RFC 5545): what, where and when, no heads."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    made = calendar_of_events(viewer, on=today(viewer.at), at=viewer.at, root=request.build_absolute_uri("/"))
    return HttpResponse(made, content_type=MEDIA_TYPE)
