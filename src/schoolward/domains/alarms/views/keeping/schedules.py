"""When a system is expected to be open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import ScheduleForm
from schoolward.domains.alarms.models import AlarmSystem, ArmingSchedule
from schoolward.domains.alarms.views.keeping.saving import KEEP
from schoolward.domains.alarms.views.keeping.systems import system_or_404
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent


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
    return confirm_page(
        request,
        title=_("Take this schedule away?"),
        consequences=_("The system is then not held to it any more."),
        back=back,
        button=_("Take it away"),
    )
