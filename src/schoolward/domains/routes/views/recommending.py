"""Recommendations about barriers: sent, corrected, answered, and turned into work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import AnswerForm, CorrectForm, RecommendForm
from schoolward.domains.routes.views.saving import found, kept, pressed
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, sent


@FORM
@requires("routes.decide")
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """Recommend to the owner what to do."""
    viewer = viewer_of(request)
    one = found(queries.barriers(viewer), pk=pk)
    form = RecommendForm(sent(request), initial={"owner": one.owner, "sent_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.recommend(barrier_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Written down. When the owner answers, write that down too."),
        back=reverse("routes:barrier", args=[pk]),
        title=_("Recommend what to do about %(reference)s") % {"reference": one.reference},
        lead=one.title,
        button=_("Recommend"),
        what_next=_("It waits for the owner's answer. Once the owner agrees, it can become work."),
    )


@FORM
@requires("routes.decide")
def recommendation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a recommendation that waits for its answer."""
    viewer = viewer_of(request)
    made = found(queries.recommendations(viewer), pk=pk)
    form = CorrectForm(sent(request), initial=CorrectForm.initial_of(made))
    return kept(
        request,
        form,
        lambda: actions.change_recommendation(
            recommendation_id=pk, changes=form.arguments(), by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("routes:barrier", args=[made.barrier_id]),
        title=_("Correct the recommendation about %(reference)s") % {"reference": made.barrier.reference},
        button=_("Save"),
        what_next=_("Once it is answered it stays as it was sent."),
    )


@FORM
@requires("routes.decide")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the owner said."""
    viewer = viewer_of(request)
    made = found(queries.recommendations(viewer), pk=pk)
    form = AnswerForm(sent(request), initial={"answered_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.answer_recommendation(
            recommendation_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        said=_("Written down."),
        back=reverse("routes:barrier", args=[made.barrier_id]),
        title=_("Answer about %(reference)s") % {"reference": made.barrier.reference},
        lead=made.text[:200],
        button=_("Write it down"),
        what_next=_("Agreed, it can become work. Refused, the barrier waits for another recommendation."),
    )


@require_POST
@requires("routes.decide")
def open_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn an agreed recommendation into work."""
    viewer = viewer_of(request)
    made = found(queries.recommendations(viewer), pk=pk)
    return pressed(
        request,
        lambda: actions.open_work_for(recommendation_id=pk, by=viewer, at=now(viewer.at)),
        said=_("Work is open. It is funded, done and verified there; then the barrier closes."),
        back=reverse("routes:barrier", args=[made.barrier_id]),
    )
