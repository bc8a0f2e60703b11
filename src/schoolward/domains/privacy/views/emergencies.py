"""Emergency looks: opening one, and judging those of others."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.privacy.actions import open_emergency, open_emergency_for
from schoolward.domains.privacy.forms.records import EmergencyForm, JudgementForm
from schoolward.platform.access import breaking_glass
from schoolward.platform.access.emergency_looks import LookClosed, look
from schoolward.platform.access.emergency_readings import readings
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, is_done, sent


@FORM
@requires(breaking_glass.BREAK)
def break_the_glass(request: HttpRequest) -> HttpResponse:
    """Open one person's records in an emergency."""
    viewer = viewer_of(request)
    form = EmergencyForm(sent(request))
    opened: list[Emergency] = []

    def open_it() -> None:
        told = dict(form.cleaned_data)
        subject = told.pop("subject")
        if subject:
            opened.append(open_emergency(subject=subject, reason=told["reason"], by=viewer, at=viewer.at))
        else:
            opened.extend(open_emergency_for(by=viewer, at=viewer.at, **told))

    if is_done(form, open_it, Refusal):
        messages.success(request, _("Open for three hours. Another person has been asked to judge it."))
        return redirect("privacy:emergency_look", pk=opened[0].pk)
    context = {
        "form": form,
        "title": _("Emergency look"),
        "lead": _(
            "For danger to somebody now. You see what helps, for three hours; nothing sealed or clinical."
        ),
        "submit_label": _("Open the records"),
        "what_next": _(
            "Your name, the reason and what you read go on the record, and another person judges it."
        ),
        "own": breaking_glass.told_of(breaking_glass.own(viewer)[:10]),
        "now": viewer.at,
    }
    return render(request, "privacy/emergency.html", context, status=422 if form.is_bound else 200)


@requires(breaking_glass.BREAK)
@require_safe
def look_at(request: HttpRequest, pk: int) -> HttpResponse:
    """What one of the viewer's own emergency looks opens, while it is open."""
    viewer = viewer_of(request)
    try:
        emergency, found = look(emergency_id=pk, by=viewer)
    except Emergency.DoesNotExist:
        raise Http404 from None
    except LookClosed as closed:
        return render(request, "privacy/emergency_look.html", {"closed": str(closed)}, status=410)
    others = breaking_glass.own(viewer).live(viewer.at).exclude(pk=pk)
    context = {"emergency": emergency, "found": found, "others": others}
    return render(request, "privacy/emergency_look.html", context)


@requires(breaking_glass.REVIEW)
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """What waits for a judgement."""
    waiting = breaking_glass.told_of(breaking_glass.to_review(viewer_of(request)))
    return render(request, "privacy/emergencies.html", {"waiting": waiting})


@FORM
@requires(breaking_glass.REVIEW)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge an emergency look of somebody else."""
    viewer = viewer_of(request)
    emergency = breaking_glass.told_of([get_object_or_404(breaking_glass.to_review(viewer), pk=pk)])[0]
    form = JudgementForm(sent(request))
    if is_done(
        form,
        lambda: breaking_glass.review(emergency_id=pk, by=viewer, at=viewer.at, **form.cleaned_data),
        Refusal,
    ):
        messages.success(request, _("Judged. If it was still open, it is closed now."))
        return redirect("privacy:emergencies")
    context = {
        "form": form,
        "title": _("Judge an emergency look"),
        "lead": _("%(name)s, %(membership)s, opened %(subject)s: “%(reason)s”")
        % {
            "name": emergency.account,
            "membership": emergency.membership,
            "subject": emergency.shown_subject,
            "reason": emergency.shown_reason,
        },
        "submit_label": _("Put it on the record"),
        "cancel_url": reverse("privacy:emergencies"),
        "readings": readings(emergency_id=pk, by=viewer),
    }
    return render(request, "privacy/emergency_judge.html", context, status=422 if form.is_bound else 200)
