"""Entering an incident by hand, and correcting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.incidents import queries
from schoolward.domains.incidents.actions import IncidentRefused, correct_incident, record_incident
from schoolward.domains.incidents.forms import IncidentForm
from schoolward.domains.incidents.models import Incident, Source
from schoolward.domains.incidents.tables import attribution_sentence
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, add_refusal, form_page, is_done, sent


@FORM
@requires("incidents.record")
def enter(request: HttpRequest) -> HttpResponse:
    """The form for an everyday incident; day and time start at now, the site at the viewer's only one."""
    viewer = viewer_of(request)
    moment = timezone.localtime(now(viewer.at))
    site = request.GET.get("site")
    if not site and viewer.campus_ids is not None and len(viewer.campus_ids) == 1:
        site = str(next(iter(viewer.campus_ids)))
    initial = {"day": moment.date(), "time": moment.time().replace(second=0, microsecond=0), "campus": site}
    form = IncidentForm(sent(request), viewer=viewer, initial=initial)
    if form.is_valid():
        try:
            incident = record_incident(draft=form.draft(), by=viewer, at=now(viewer.at))
        except IncidentRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _saved(incident))
            return redirect("incidents:detail", pk=incident.pk)
    return form_page(
        request,
        form,
        title=_("Enter an incident"),
        lead=_("It takes a minute. Call 911 first if anybody is in danger: this page alerts nobody."),
        what_next=_("It is attributed to its site and counted at once. You can correct it afterwards."),
        button=_("Save"),
        back=reverse("incidents:list"),
    )


@FORM
@requires("incidents.correct")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Overwrite an entry by hand with what is right. The audit keeps who did it and which fields changed."""
    viewer = viewer_of(request)
    incident = queries.incident_by_pk(viewer, pk)
    if incident is None:
        raise Http404
    check(viewer, "incidents.correct", f"incidents.Incident:{pk}")
    if incident.source != Source.MANUAL:
        messages.info(request, _("This record came from a file. Correct it there and import the file again."))
        return redirect("incidents:detail", pk=pk)
    local = timezone.localtime(incident.occurred_at)
    initial = {
        "day": local.date(),
        "time": local.time(),
        "campus": incident.campus_id if incident.at_campus else None,
        "address": "" if incident.at_campus else incident.address,
        "spot": incident.spot,
        "category": incident.category,
        "description": incident.offence.description,
        "case_number": incident.case_number,
    }
    form = IncidentForm(sent(request), viewer=viewer, initial=initial)
    if is_done(
        form,
        lambda: correct_incident(incident=incident, draft=form.draft(), by=viewer, at=now(viewer.at)),
        IncidentRefused,
    ):
        messages.success(request, _("Corrected."))
        return redirect("incidents:detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Correct incident %(number)s") % {"number": incident.number},
        lead=_("What you write replaces what stands there. Who changed it and when is kept."),
        button=_("Save"),
        back=reverse("incidents:detail", args=[pk]),
    )


def _saved(incident: Incident) -> str:
    where = attribution_sentence(incident)
    if incident.campus is None:
        return _("Saved as %(number)s. It belongs to no site.") % {"number": incident.number}
    return _("Saved as %(number)s: %(site)s, %(where)s.") % {
        "number": incident.number,
        "site": incident.campus,
        "where": where.lower(),
    }
