"""Settling one disputed item of a double walk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.forms import SettlementForm
from schoolward.domains.assessments.models import AssessmentState, SettlementEffect
from schoolward.domains.assessments.views.pins import photos_with_pins
from schoolward.domains.assessments.views.planning import assessment_or_404
from schoolward.domains.assessments.views.showing import choices_of, shown_disputes
from schoolward.domains.assessments.views.walking import read_answer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, is_done, sent

_UNPROCESSABLE = 422


@FORM
@requires("assessments.answers")
def dispute(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What each of the two saw, how it was settled so far, and the form for whoever may settle it."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    results = queries.results_of(assessment) if assessment.is_finished else None
    shown = {one.code: one for one in shown_disputes(results)} if results is not None else {}
    if results is None or code not in shown:
        raise Http404
    one = next(one for one in queries.asked_of(assessment) if one.item.code == code)
    form = SettlementForm(sent(request), choices=choices_of(one.scale))
    kept: list[Any] = []

    def settle() -> None:
        kept.append(
            actions.settle_dispute(
                assessment_id=pk,
                code=code,
                answer=read_answer(form.cleaned_data["answer"]),
                reason=form.cleaned_data["reason"],
                by=viewer,
                at=now(viewer.at),
            )
        )

    if is_done(form, settle, actions.AssessmentRefused):
        messages.success(request, _told(kept[0].effect))
        return redirect(reverse("assessments:detail", args=[pk]) + "#disputes")
    walks = list(assessment.walks.order_by("number"))
    said = queries.current_answers(*[walk.pk for walk in walks])
    context = {
        "assessment": assessment,
        "shown": shown[code],
        "item": one,
        "sides": [(walk, said[walk.pk].get(one.row.pk)) for walk in walks],
        **photos_with_pins(
            queries.photos(viewer).filter(walk__in=[walk.pk for walk in walks], item=one.row.pk)
        ),
        "form": form,
        "may_settle": assessment.state == AssessmentState.SUBMITTED
        and queries.may_settle(assessment, viewer),
    }
    status = _UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/dispute.html", context, status=status)


def _told(effect: str) -> str:
    """What came of it, for whoever settled."""
    return {
        SettlementEffect.FOUND.value: _("Settled. It is a finding now, and proposed as work."),
        SettlementEffect.DECLINED.value: _("Settled. Its finding is declined with your reason."),
        SettlementEffect.SEEN.value: _("Settled. The earlier finding was seen again."),
        SettlementEffect.MENDED.value: _("Settled. The earlier finding was seen mended."),
    }.get(effect, _("Settled. The score follows it."))
