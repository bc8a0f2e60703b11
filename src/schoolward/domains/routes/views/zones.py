"""The walk zones of the district: how far, since when, and setting them anew."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.routing.sheds import METRES_A_SECOND
from schoolward.analysis.school_map.gathering import MINUTES
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import WalkZoneForm
from schoolward.domains.routes.views.saving import found, kept, pressed
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, confirm_page, sent


@require_safe
@requires("routes.view")
def walk_zones(request: HttpRequest) -> HttpResponse:
    """Which distances hold today, and which held and will hold."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    context = {
        "today": day,
        "rule": queries.walk_zone_rule(day),
        "rules": queries.walk_zone_rules(viewer),
        "minutes": MINUTES,
        "default_m": 60 * MINUTES * METRES_A_SECOND,
        "may_set": may(viewer, "routes.plan") and viewer.campus_ids is None,
    }
    return render(request, "routes/walk_zones.html", context)


@FORM
@requires("routes.plan")
def walk_zone_set(request: HttpRequest) -> HttpResponse:
    """Set the distances from a day on."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    initial = {"valid_from": day, **WalkZoneForm.initial_of(queries.walk_zone_rule(day))}
    form = WalkZoneForm(sent(request), initial=initial)
    return kept(
        request,
        form,
        lambda: actions.set_walk_zone(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("The walk zones are set. Maps and sheets draw them from that day on."),
        back=reverse("routes:walk_zones"),
        title=_("Set the walk zones"),
        lead=_("How far pupils are expected to walk, as the district states it."),
        button=_("Set"),
        what_next=_(
            "Earlier versions stay; one can be taken away until its first day. "
            "A plan keeps the version that it was made with."
        ),
    )


@FORM
@requires("routes.plan")
def walk_zone_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version away whose first day is still to come."""
    viewer = viewer_of(request)
    one = found(queries.walk_zone_rules(viewer), pk=pk)
    back = reverse("routes:walk_zones")
    if request.method == "POST":
        return pressed(
            request,
            lambda: actions.remove_walk_zone(rule_id=pk, by=viewer, at=now(viewer.at)),
            said=_("Taken away."),
            back=back,
        )
    return confirm_page(
        request,
        title=_("Take the walk zones from %(day)s on away") % {"day": date_format(one.valid_from, "F j, Y")},
        consequences=_("They will not hold. That they were set, and who took them away, is kept."),
        button=_("Take them away"),
        back=back,
    )
