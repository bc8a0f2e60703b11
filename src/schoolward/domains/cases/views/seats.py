"""Pages of class days with a parent: the classes, a class with its seats, and what is due about a seat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.cases.actions import seats as actions
from schoolward.domains.cases.forms.program_work import (
    ConfirmForm,
    DutyForm,
    FreeForm,
    SeatForm,
    SettleForm,
)
from schoolward.domains.cases.models import Guardian, SeatState
from schoolward.domains.cases.program_work import class_day
from schoolward.domains.cases.queries import seats as queries
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.domains.cases.views.finding import hides, referral_or_404, saved
from schoolward.domains.cases.views.saving import acting, kept
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, sent

AHEAD = timedelta(days=7)


@require_safe
@requires("cases.view")
def classes(request: HttpRequest) -> HttpResponse:
    """The class days, how many seats are free, and what is due this week about the own caseload."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    rows = queries.class_days(viewer, day)
    due = queries.due_duties(viewer, day + AHEAD)
    context = {
        "ahead": [row for row in rows if row.offering.starts_on >= day],
        "past": [row for row in reversed(rows) if row.offering.starts_on < day],
        "due": due,
        "late": sum(one.duty.due_on < day for one in due),
        "on": day,
        "has_purpose": has_purpose(viewer),
        "may_keep": may(viewer, "cases.keep"),
    }
    return render(request, "classes/classes.html", context)


@require_safe
@requires("cases.view")
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One class day: the seats of the own caseload, in the order in which they were asked for."""
    viewer = viewer_of(request)
    found = queries.class_page(viewer, pk)
    if found is None:
        raise Http404
    row, rows = found
    day = today(viewer.at)
    context = {
        "row": row,
        "offering": row.offering,
        "rows": rows,
        "others": sum(row.counts.values()) - len(rows) if row.numbers_are_shown else 0,
        "on": day,
        "has_come": row.offering.starts_on <= day,
        "has_purpose": has_purpose(viewer),
        "may_keep": may(viewer, "cases.keep"),
        "may_settle": may(viewer, "cases.deliver"),
    }
    return render(request, "classes/class.html", context)


@FORM
@requires("cases.keep")
@hides
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a seat from a referral."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    day = today(viewer.at)
    rows = [
        row
        for row in queries.class_days(viewer, day)
        if row.offering.program_id == found.program_id
        and row.offering.starts_on >= day
        and row.offering.cancelled_on is None
    ]
    if found.program is None or class_day(found.program.key, day) is None:
        raise Http404
    guardians = read(Guardian.objects.filter(youth=found.youth_id).order_by("pk"), viewer)
    form = SeatForm(sent(request), classes=rows, guardians=guardians)
    lead = ""
    if not guardians:
        lead = _("Enter a parent or guardian on the young person's page first.")
    elif not rows:
        lead = _("No class of this program is ahead.")
    return saved(
        request,
        form,
        lambda: actions.ask_for_seat(referral_id=pk, **form.cleaned_data, **acting(viewer)),
        pk,
        said=_("Kept. It stands under “Seats” whether one was free."),
        title=_("Ask for a seat"),
        button=_("Ask for it"),
        lead=lead,
        what_next=_("Next: the parent says whether they come. Two reminders are planned."),
    )


def _found(viewer: Viewer, pk: int) -> queries.SeatRow:
    row = queries.seat_page(viewer, pk)
    if row is None:
        raise Http404
    return row


def _about_seat(
    request: HttpRequest, row: queries.SeatRow, form: Any, write: Any, **words: Any
) -> HttpResponse:
    """One form and one action about a seat, and back to its class."""
    back = reverse("classes:class", args=[row.seat.offering_id])
    return kept(request, form, write, back=back, lead=row.youth.called, button=_("Save"), **words)


@FORM
@requires("cases.keep")
@hides
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The parent comes."""
    viewer = viewer_of(request)
    row = _found(viewer, pk)
    guardians = read(Guardian.objects.filter(youth=row.seat.youth_id).order_by("pk"), viewer)
    form = ConfirmForm(sent(request), guardians=guardians, initial={"guardian_id": row.seat.guardian_id})
    return _about_seat(
        request,
        row,
        form,
        lambda: actions.confirm_seat(seat_id=pk, **form.cleaned_data, **acting(viewer)),
        title=_("The parent comes"),
        said=_("Confirmed."),
    )


@FORM
@requires("cases.keep")
@hides
def free(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat is given back."""
    viewer = viewer_of(request)
    row = _found(viewer, pk)
    form = FreeForm(sent(request))
    return _about_seat(
        request,
        row,
        form,
        lambda: actions.free_seat(seat_id=pk, **form.cleaned_data, **acting(viewer)),
        title=_("Give the seat back"),
        said=_("Given back. Whoever has waited longest has it now."),
    )


@FORM
@requires("cases.deliver")
@hides
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came."""
    viewer = viewer_of(request)
    row = _found(viewer, pk)
    form = SettleForm(sent(request), initial={"state": SeatState.CAME})
    return _about_seat(
        request,
        row,
        form,
        lambda: actions.settle_seat(seat_id=pk, **form.cleaned_data, **acting(viewer)),
        title=_("Who came?"),
        said=_("Written down."),
        what_next=_("When both came, the referral is completed. Otherwise somebody calls within days."),
    )


@FORM
@requires("cases.keep")
@hides
def duty(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """A family was reminded or called."""
    viewer = viewer_of(request)
    row = _found(viewer, pk)
    found = next((one for one in row.duties if one.pk == duty), None)
    if found is None:
        raise Http404
    form = DutyForm(sent(request))
    return _about_seat(
        request,
        row,
        form,
        lambda: actions.log_duty(duty_id=duty, **form.cleaned_data, **acting(viewer)),
        title=str(found.get_kind_display()),
        said=_("Written down."),
    )


@require_safe
@requires("cases.view")
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper for whoever had the class, to be printed. Its reading is on the record."""
    viewer = viewer_of(request)
    row = _found(viewer, pk)
    if row.seat.state != SeatState.CAME:
        raise Http404
    return render(request, "classes/certificate.html", {"row": row, "offering": row.seat.offering})
