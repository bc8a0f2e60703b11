"""The page that counts heads on a telephone without a network, and keeps itself there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from schoolward.domains.programs import queries
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.offline import device_page


@require_safe
@requires("programs.record")
def attendance(request: HttpRequest) -> HttpResponse:
    """The sessions of these days with large buttons. No heads and no names stand in it: a device keeps it."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = queries.to_attend(viewer, on=day)
    of_today = [one for one in found if one.on == day]
    context = {
        # Name, sessions, and whether they are unfolded: what waits is, where nothing is to be counted today.
        "groups": [
            ("today", of_today, True),
            ("earlier", [one for one in found if one.on < day], not of_today),
            ("later", [one for one in found if one.on > day], False),
        ],
        "on": day,
        # The demonstration's day is not the device's: the page counts days from here on.
        "opened_on": timezone.localdate(viewer.at),
        "account": viewer.account_id,
        "scope": reverse("programs:attendance"),
    }
    return device_page(request, "programs/attendance.html", context, "heads.js")
