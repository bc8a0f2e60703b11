"""Lines, the systems that report over them, and their zones."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import LineForm, SystemForm, ZoneForm
from schoolward.domains.alarms.models import AlarmSystem, Zone
from schoolward.domains.alarms.views.keeping.saving import KEEP, kept
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, sent


@FORM
@requires(KEEP)
def line_new(request: HttpRequest) -> HttpResponse:
    """Add a line."""
    viewer = viewer_of(request)
    form = LineForm(sent(request), initial={"profile": "standard"})
    return kept(
        request,
        form,
        lambda: actions.keep_line(by=viewer, at=viewer.at, **form.cleaned_data),
        title=_("Add a line"),
        back=reverse("alarms:lines"),
        what_next=_("Next, start a receiver with --line and this name."),
    )


@FORM
@requires(KEEP)
def line_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change a line. Its name stays: systems and receivers know it by that."""
    viewer = viewer_of(request)
    line = get_object_or_404(queries.lines(viewer), name=name)
    initial = {
        "name": line.name,
        "title": line.title,
        "profile": line.profile,
        "outage_policy": line.outage_policy,
    }
    form = LineForm(sent(request), initial=initial)
    form.fields["name"].disabled = True
    return kept(
        request,
        form,
        lambda: actions.keep_line(by=viewer, at=viewer.at, **form.cleaned_data),
        title=_("Change the line"),
        back=reverse("alarms:lines"),
        what_next=_("Receivers take it up within a minute."),
    )


@FORM
@requires(KEEP)
def system_new(request: HttpRequest) -> HttpResponse:
    """Enter a system."""
    viewer = viewer_of(request)
    form = SystemForm(sent(request), viewer=viewer, initial={"campus_id": request.GET.get("site")})
    return kept(
        request,
        form,
        lambda: actions.keep_system(by=viewer, at=viewer.at, **form.arguments()),
        title=_("Enter a system"),
        back=reverse("alarms:systems"),
        lead=_("Many come in at once with “schoolward import alarm-accounts”."),
        what_next=_("Next, point the panel at the receiver, and add its zones."),
    )


@FORM
@requires(KEEP)
def system_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a system. Line and account stay, for the journal knows it by them."""
    viewer = viewer_of(request)
    system = system_or_404(request, pk)
    initial = {
        "campus_id": system.campus_id,
        "line": system.line.name,
        "account": system.account,
        "title": system.title,
        "profile": system.profile,
        "supervision_seconds": system.supervision_seconds,
        "valid_from": system.valid_from,
        "valid_to": system.valid_to,
    }
    form = SystemForm(sent(request), viewer=viewer, initial=initial)
    form.fields["line"].disabled = form.fields["account"].disabled = True
    return kept(
        request,
        form,
        lambda: actions.keep_system(by=viewer, at=viewer.at, **form.arguments()),
        title=_("Change the system"),
        back=reverse("alarms:system", args=[pk]),
        what_next=_("Receivers take it up within a minute."),
    )


def system_or_404(request: HttpRequest, pk: int) -> AlarmSystem:
    """The system, if the viewer may see it."""
    found = queries.system_by_pk(viewer_of(request), pk)
    if found is None:
        raise Http404
    return found


@FORM
@requires(KEEP)
def zone_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a zone to a system."""
    system = system_or_404(request, pk)
    form = ZoneForm(sent(request), initial={"number": request.GET.get("number", "")})
    return _zone(request, system, form, _("Add a zone"), reverse("alarms:system", args=[system.pk]))


@FORM
@requires(KEEP)
def zone_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a zone."""
    zone: Zone = get_object_or_404(queries.zones(viewer_of(request)), pk=pk)
    initial = {
        "number": zone.number,
        "title": zone.title,
        "device": zone.device,
        "camera_link": zone.camera_link,
    }
    form = ZoneForm(sent(request), initial=initial)
    form.fields["number"].disabled = True
    return _zone(request, zone.system, form, _("Change the zone"), reverse("alarms:zone", args=[pk]))


def _zone(request: HttpRequest, system: AlarmSystem, form: ZoneForm, title: str, back: str) -> HttpResponse:
    viewer = viewer_of(request)
    return kept(
        request,
        form,
        lambda: actions.keep_zone(system_id=system.pk, by=viewer, at=viewer.at, **form.cleaned_data),
        title=title,
        lead=f"{system.campus.name}, {system.account}",
        back=back,
    )
