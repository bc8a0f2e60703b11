"""Pages that keep lines, systems, zones, plans, call lists and schedules: each is one form and one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import (
    ContactForm,
    LineForm,
    PlanForm,
    ScheduleForm,
    SystemForm,
    ZoneForm,
)
from schoolward.domains.alarms.models import ActionPlan, AlarmSystem, ArmingSchedule, CallContact, Zone
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent

KEEP = "alarms.keep"
Text = str | Promise


def _kept(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    back: str,
    lead: Text = "",
    button: Text = "",
    what_next: Text = "",
) -> HttpResponse:
    """Show the form, or write and go back to where the row stands."""
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(
        request, form, title=title, lead=lead, button=button or _("Save"), back=back, what_next=what_next
    )


@FORM
@requires(KEEP)
def line_new(request: HttpRequest) -> HttpResponse:
    """Add a line."""
    viewer = viewer_of(request)
    form = LineForm(sent(request), initial={"profile": "standard"})
    return _kept(
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
    return _kept(
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
    return _kept(
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
    }
    form = SystemForm(sent(request), viewer=viewer, initial=initial)
    form.fields["line"].disabled = form.fields["account"].disabled = True
    return _kept(
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
    return _kept(
        request,
        form,
        lambda: actions.keep_zone(system_id=system.pk, by=viewer, at=viewer.at, **form.cleaned_data),
        title=title,
        lead=f"{system.campus.name}, {system.account}",
        back=back,
    )


@FORM
@requires(KEEP)
def plan_new(request: HttpRequest) -> HttpResponse:
    """Write a plan."""
    form = PlanForm(sent(request), viewer=viewer_of(request), initial={"signal_kind": "burglary"})
    return _plan(request, form, _("Write a plan"))


@FORM
@requires(KEEP)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan; one that cases follow ends, and a new one takes its place."""
    plan: ActionPlan = get_object_or_404(queries.plans(viewer_of(request)), pk=pk)
    steps = "\n".join(
        f"{'' if step.is_required else '? '}{step.kind}: {step.text}" for step in plan.steps.order_by("order")
    )
    initial = {
        "signal_kind": plan.signal_kind,
        "campus_id": plan.campus_id,
        "title": plan.title,
        "steps": steps,
    }
    form = PlanForm(sent(request), viewer=viewer_of(request), initial=initial)
    form.fields["signal_kind"].disabled = form.fields["campus_id"].disabled = True
    return _plan(request, form, _("Change the plan"))


def _plan(request: HttpRequest, form: PlanForm, title: str) -> HttpResponse:
    viewer = viewer_of(request)
    return _kept(
        request,
        form,
        lambda: actions.keep_plan(by=viewer, at=viewer.at, **form.cleaned_data),
        title=title,
        back=reverse("alarms:plans"),
        what_next=_("It holds for cases that are opened from now on; open ones go on with theirs."),
    )


@FORM
@requires(KEEP)
def contact_new(request: HttpRequest) -> HttpResponse:
    """Add a contact to a site's call list."""
    form = ContactForm(
        sent(request), viewer=viewer_of(request), initial={"campus_id": request.GET.get("site"), "order": 1}
    )
    return _contact(request, form, _("Add a contact"))


@FORM
@requires(KEEP)
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact. Site and place stay."""
    contact: CallContact = get_object_or_404(queries.contacts(viewer_of(request)), pk=pk)
    initial = {
        name: getattr(contact, name) for name in ("campus_id", "order", "title", "phone", "wait_seconds")
    }
    form = ContactForm(sent(request), viewer=viewer_of(request), initial=initial)
    form.fields["campus_id"].disabled = form.fields["order"].disabled = True
    return _contact(
        request, form, _("Change the contact"), remove=reverse("alarms:contact_remove", args=[pk])
    )


def _contact(request: HttpRequest, form: ContactForm, title: str, *, remove: str = "") -> HttpResponse:
    viewer = viewer_of(request)

    def write() -> object:
        return actions.keep_contact(by=viewer, at=viewer.at, **form.cleaned_data)

    back = reverse("alarms:contacts")
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "cancel_url": back, "remove_url": remove}
    return render(request, "alarms/kept_form.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(KEEP)
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact off the list."""
    viewer = viewer_of(request)
    contact: CallContact = get_object_or_404(queries.contacts(viewer), pk=pk)
    if request.method == "POST":
        actions.remove_contact(contact_id=pk, by=viewer, at=viewer.at)
        messages.success(request, _("Taken off the list."))
        return redirect("alarms:contacts")
    return _confirm(
        request,
        title=_("Take %(who)s off the list?") % {"who": contact.title},
        text=_("What was called stays in the history of cases."),
        back=reverse("alarms:contacts"),
    )


@FORM
@requires(KEEP)
def schedule_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a system is expected to be open on a weekday."""
    system = system_or_404(request, pk)
    form = ScheduleForm(
        sent(request),
        initial={"opens": "06:00", "closes": "18:00", "on_school_days": "yes", "tolerance_minutes": 30},
    )
    return _schedule(request, system, form, _("Add a schedule"))


@FORM
@requires(KEEP)
def schedule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a schedule. Its day stays."""
    row: ArmingSchedule = get_object_or_404(queries.schedules(viewer_of(request)), pk=pk)
    initial = {
        "weekday": row.weekday,
        "on_school_days": "yes" if row.on_school_days else "no",
        "opens": row.opens,
        "closes": row.closes,
        "tolerance_minutes": row.tolerance_minutes,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
    form = ScheduleForm(sent(request), initial=initial)
    for name in ("weekday", "on_school_days", "valid_from"):
        form.fields[name].disabled = True
    remove = reverse("alarms:schedule_remove", args=[pk])
    return _schedule(request, row.system, form, _("Change the schedule"), remove=remove)


def _schedule(
    request: HttpRequest, system: AlarmSystem, form: ScheduleForm, title: str, *, remove: str = ""
) -> HttpResponse:
    viewer = viewer_of(request)

    def write() -> object:
        return actions.keep_schedule(system_id=system.pk, by=viewer, at=viewer.at, **form.cleaned_data)

    back = reverse("alarms:system", args=[system.pk])
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {
        "form": form,
        "title": title,
        "lead": f"{system.campus.name}, {system.account}",
        "cancel_url": back,
        "remove_url": remove,
    }
    return render(request, "alarms/kept_form.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(KEEP)
def schedule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a schedule away."""
    viewer = viewer_of(request)
    row: ArmingSchedule = get_object_or_404(queries.schedules(viewer), pk=pk)
    back = reverse("alarms:system", args=[row.system_id])
    if request.method == "POST":
        actions.remove_schedule(schedule_id=pk, by=viewer, at=viewer.at)
        messages.success(request, _("Taken away."))
        return redirect(back)
    return _confirm(
        request,
        title=_("Take this schedule away?"),
        text=_("The system is then not held to it any more."),
        back=back,
    )


def _confirm(request: HttpRequest, *, title: str, text: str, back: str) -> HttpResponse:
    context = {
        "title": title,
        "consequences": text,
        "cancel_url": back,
        "submit_label": _("Take it away"),
        "is_destructive": True,
    }
    return render(request, "ui/confirm.html", context)
