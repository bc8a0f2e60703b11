"""Pages that end what was planned: take it back, or finish it with one assessor of two."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.forms import ReasonForm
from schoolward.domains.assessments.views.planning import assessment_or_404
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent


@FORM
@requires("assessments.plan")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was planned by mistake."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    if is_done(
        form,
        lambda: actions.cancel_assessment(
            assessment_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at)
        ),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("%(reference)s is taken back.") % {"reference": assessment.reference})
        return redirect("assessments:list")
    return form_page(
        request,
        form,
        title=_("Take back %(reference)s") % {"reference": assessment.reference},
        lead=_("As if it had not been planned. Only where nothing was answered yet; the reason is kept."),
        button=_("Take it back"),
        back=reverse("assessments:detail", args=[pk]),
    )


@FORM
@requires("assessments.review")
def finish_alone(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one walk count where the second assessor never comes."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    if is_done(
        form,
        lambda: actions.finish_alone(
            assessment_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at)
        ),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Finished with one assessor. What failed is proposed as work."))
        return redirect("assessments:detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Finish %(reference)s with one assessor") % {"reference": assessment.reference},
        lead=_("The walk that is handed in counts alone. No second walk can be begun any more."),
        button=_("Finish it"),
        back=reverse("assessments:detail", args=[pk]),
    )
