"""Codes on doors and gates, the form that they open, and work that comes back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.forms import DefectForm, PointForm, PreventiveForm
from schoolward.platform.access.slowing import comes_too_often
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent

#: So many reports from one device within this many seconds, over all codes.
MOST_FROM_ONE, SECONDS = 6, 600
_TOO_MANY, _GONE = 429, 404


@require_safe
@requires("assessments.codes")
def points(request: HttpRequest) -> HttpResponse:
    """The codes, each with how many reports came from it."""
    viewer = viewer_of(request)
    rows = queries.points(viewer)
    return render(
        request,
        "assessments/points.html",
        {
            "used": [one for one in rows if one.ended_at is None],
            "ended": [one for one in rows if one.ended_at is not None],
        },
    )


@FORM
@requires("assessments.codes")
def point_new(request: HttpRequest) -> HttpResponse:
    """Make a code."""
    viewer = viewer_of(request)
    form = PointForm(sent(request), viewer=viewer, initial={"campus_id": request.GET.get("site")})
    if is_done(
        form,
        lambda: actions.make_point(by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Made. Print it and hang it up where it belongs."))
        return redirect("assessments:points")
    return form_page(
        request,
        form,
        title=_("New code"),
        lead=_("Whoever scans it can report a defect there, without sign-in and without a name."),
        button=_("Make the code"),
        back=reverse("assessments:points"),
    )


@require_safe
@requires("assessments.codes")
def point_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet with the code, to print and hang up."""
    point = get_object_or_404(queries.points(viewer_of(request)), pk=pk, ended_at__isnull=True)
    address = request.build_absolute_uri(reverse("assessments:report", args=[point.token]))
    return render(
        request, "assessments/point_print.html", {"point": point, "address": address, "code": _qr(address)}
    )


def _qr(address: str) -> str:
    """The address as a QR code in SVG."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    made = qrcode.make(address, image_factory=SvgPathImage, box_size=12, border=2)
    return str(made.to_string(encoding="unicode"))


@require_POST
@requires("assessments.codes")
def point_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a code."""
    viewer = viewer_of(request)
    get_object_or_404(queries.points(viewer), pk=pk)
    actions.end_point(point_id=pk, by=viewer, at=now(viewer.at))
    messages.success(request, _("Ended. Whoever scans it is told so."))
    return redirect("assessments:points")


def report(request: HttpRequest, token: str) -> HttpResponse:
    """The form that a code opens, for anybody who stands there."""
    point = queries.point_of(token)
    if point is None:
        return render(request, "assessments/report_gone.html", status=_GONE)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405)
    viewer = viewer_of(request)
    form = DefectForm(sent(request), initial={"client_id": uuid4()})
    if form.is_valid():
        if comes_too_often(request, "assessments.defects", most=MOST_FROM_ONE, seconds=SECONDS):
            return _later(request, point, form)
        try:
            actions.report_defect(token=token, by=_nobody(viewer), at=now(viewer.at), **form.cleaned_data)
        except actions.TooMany:
            return _later(request, point, form)
        except actions.AssessmentRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return render(request, "assessments/report_done.html", {"point": point})
    status = 422 if form.is_bound else 200
    return render(request, "assessments/report.html", {"point": point, "form": form}, status=status)


def _later(request: HttpRequest, point: Any, form: DefectForm) -> HttpResponse:
    """Not kept now; what was written stays in the form, to be sent again."""
    form.add_error(
        None,
        _(
            "Many reports came just now, so this one was not kept. Send it again in ten minutes, or tell the "
            "school's office. In an emergency call 911."
        ),
    )
    return render(request, "assessments/report.html", {"point": point, "form": form}, status=_TOO_MANY)


def _nobody(viewer: Viewer) -> Viewer:
    """Nobody, also where somebody is signed in: a report carries no name."""
    return Viewer.anonymous(at=viewer.at)


@require_safe
@requires("assessments.plans")
def plans(request: HttpRequest) -> HttpResponse:
    """Preventive plans, and how much work each opened."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    rows = queries.plans(viewer)
    return render(
        request,
        "assessments/plans.html",
        {
            "current": [one for one in rows if one.valid_to is None or one.valid_to >= day],
            "past": [one for one in rows if one.valid_to is not None and one.valid_to < day],
        },
    )


@FORM
@requires("assessments.plans")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Make a preventive plan."""
    viewer = viewer_of(request)
    form = PreventiveForm(sent(request), viewer=viewer, initial={"valid_from": today(viewer.at)})
    return _plan_page(
        request,
        form,
        lambda: actions.make_plan(fields=form.arguments(), by=viewer, at=now(viewer.at)),
        title=_("New preventive plan"),
    )


@FORM
@requires("assessments.plans")
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a preventive plan from its next period on."""
    viewer = viewer_of(request)
    plan = get_object_or_404(queries.plans(viewer), pk=pk)
    names = ("title", "instructions", "campus_id", "every", "trade", "severity", "owner_role")
    initial: dict[str, Any] = {name: getattr(plan, name) for name in (*names, "valid_from", "valid_to")}
    initial["estimate"] = None if plan.estimate_cents is None else plan.estimate_cents / 100
    form = PreventiveForm(sent(request), viewer=viewer, initial=initial)
    return _plan_page(
        request,
        form,
        lambda: actions.change_plan(plan_id=pk, fields=form.arguments(), by=viewer, at=now(viewer.at)),
        title=_("Change: %(plan)s") % {"plan": plan.title},
    )


def _plan_page(request: HttpRequest, form: PreventiveForm, write: Any, *, title: str) -> HttpResponse:
    if is_done(form, write, actions.AssessmentRefused):
        messages.success(
            request, _("Saved. Its work is opened by the next morning, and then with each new period.")
        )
        return redirect("assessments:plans")
    return form_page(
        request,
        form,
        title=title,
        lead=_("In each period, its work is opened once for each site, due by the period's end."),
        button=_("Save"),
        back=reverse("assessments:plans"),
    )
