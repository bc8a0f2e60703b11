"""A body's meeting: an agenda that assembles itself, updates in one line, decisions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.forms import DecisionForm, LineForm, MeetingForm
from schoolward.domains.initiatives.models import Initiative, Kind
from schoolward.domains.initiatives.views.pages import initiative_or_404
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent


def _body_or_404(viewer: Viewer, key: str) -> Initiative:
    body = initiative_or_404(viewer, key)
    if body.kind != Kind.BODY:
        raise Http404
    return body


@require_safe
@requires("initiatives.view")
def agenda(request: HttpRequest, key: str) -> HttpResponse:
    """What the body has to look at: what is stuck, what changed since it last met, who said nothing."""
    viewer = viewer_of(request)
    body = _body_or_404(viewer, key)
    day = today(viewer.at)
    context = {
        "agenda": queries.agenda(body, viewer, on=day),
        "next_meeting": queries.next_meeting(body, on=day),
        "may_report": may(viewer, "initiatives.report"),
        "may_meet": may(viewer, "initiatives.meet"),
    }
    return render(request, "initiatives/agenda.html", context)


@require_POST
@requires("initiatives.report")
def report_line(request: HttpRequest, key: str) -> HttpResponse:
    """Report in one line from the agenda; htmx swaps the line, without scripts the page comes back."""
    viewer = viewer_of(request)
    initiative = initiative_or_404(viewer, key)
    form = LineForm(request.POST)
    saved = is_done(
        form,
        lambda: actions.report_status(
            initiative_id=initiative.pk, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        actions.InitiativeRefused,
    )
    if not request.htmx:  # type: ignore[attr-defined]
        if not saved:
            return form_page(
                request,
                form,
                title=initiative.title,
                lead=_("Not reported yet."),
                button=_("Report"),
                back=reverse("initiatives:detail", args=[key]),
            )
        messages.success(request, _("Reported."))
        return redirect("initiatives:detail", key=key)
    stood = queries.standing(initiative, on=today(viewer.at))
    context = {"stood": stood, "form": None if saved else form, "may_report": True, "saved": saved}
    return render(request, "initiatives/_line.html", context, status=200 if saved else 422)


@FORM
@requires("initiatives.meet")
def hold_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Write down that the body met; the next agenda begins there."""
    viewer = viewer_of(request)
    body = _body_or_404(viewer, key)
    form = MeetingForm(sent(request), initial={"held_on": today(viewer.at)})
    back = reverse("initiatives:agenda", args=[key])
    if is_done(
        form,
        lambda: actions.hold_meeting(body_id=body.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.InitiativeRefused,
    ):
        messages.success(request, _("Written down. The next agenda shows what changes from here."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("%(body)s met") % {"body": body.title},
        lead=_("The next agenda shows what changed since this day."),
        button=_("Write it down"),
        back=back,
    )


@FORM
@requires("initiatives.meet")
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a decision of the body about an initiative."""
    viewer = viewer_of(request)
    body = _body_or_404(viewer, key)
    day = today(viewer.at)
    form = DecisionForm(
        sent(request),
        under_way=list(queries.open_on(queries.initiatives(viewer), day)),
    )
    back = reverse("initiatives:agenda", args=[key])
    meeting = body.meetings.filter(held_on=day).first()
    if is_done(
        form,
        lambda: actions.decide(meeting=meeting, by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.InitiativeRefused,
    ):
        messages.success(request, _("The decision stands with the initiative."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Write down a decision"),
        lead=_("It stands on the initiative's page and in the next agenda."),
        button=_("Write it down"),
        back=back,
    )
