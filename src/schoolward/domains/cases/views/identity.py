"""Who is who: pairs that wait, two records side by side, and taking a decision back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.cases import actions
from schoolward.domains.cases.actions.identity import DECIDE
from schoolward.domains.cases.forms.identity import PairForm, UndoForm
from schoolward.domains.cases.models import LookAlike
from schoolward.domains.cases.queries import identity
from schoolward.domains.cases.views.finding import hides, names_of
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, is_done, kept, sent

LONGEST = 100


@require_safe
@requires(DECIDE)
def who_is_who(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for the viewer, and what was put together."""
    viewer = viewer_of(request)
    with within(viewer):
        waiting = identity.to_decide(viewer, on=today(viewer.at))
        count, pairs = waiting.count(), list(waiting[:LONGEST])
        done = list(identity.put_together(viewer)[:LONGEST])
    names = names_of(viewer, {key for one in (*pairs, *done) for key in (one.youth_id, one.other_id)})
    context = {
        "pairs": [_told(one, names) for one in pairs],
        "count": count,
        "done": [_told(one, names) for one in done],
        "asks_for_purpose": viewer.purpose not in (Purpose.YOUTH_PROGRAM, Purpose.RECORDS),
    }
    return render(request, "cases/who_is_who.html", context)


def _told(pair: LookAlike, names: dict[int, str]) -> dict[str, Any]:
    called = [names[key] for key in (pair.youth_id, pair.other_id) if names.get(key)]
    return {"pair": pair, "called": ", ".join(called), "facts": identity.in_words(pair.facts)}


@FORM
@requires(DECIDE)
@hides
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records side by side, and the decision about them."""
    viewer = viewer_of(request)
    found = _pair_or_404(viewer, pk)
    two = identity.both(viewer, found)
    if two is None:
        raise Http404
    form = PairForm(sent(request), two=two)
    if is_done(
        form,
        lambda: actions.decide_pair(pair_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        Refusal,
    ):
        messages.success(request, _("Decided. You can take it back on this page."))
        return redirect("cases:who_is_who")
    context = {
        "form": form,
        "pair": found,
        "two": two,
        "of_two_agencies": two[0].agency_id != two[1].agency_id,
        "sides": identity.side_by_side(viewer, two),
        "facts": identity.in_words(found.facts),
    }
    return render(request, "cases/pair.html", context, status=422 if form.is_bound else 200)


def _pair_or_404(viewer: Viewer, pk: int) -> LookAlike:
    with within(viewer):
        found = identity.pairs(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@FORM
@requires(DECIDE)
@hides
def pair_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    viewer = viewer_of(request)
    with within(viewer):
        is_theirs = identity.put_together(viewer).filter(pk=pk).exists()
        if not is_theirs and not identity.pairs(viewer).filter(pk=pk).exists():
            raise Http404
    form = UndoForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.undo_pair(pair_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        refused=Refusal,
        said=_("Taken back: they are two records again."),
        back=reverse("cases:who_is_who"),
        title=_("Take pair no. %(number)d apart") % {"number": pk},
        lead=_(
            "Each row goes back to the record that it came from, with what was begun on it since. What was "
            "begun since about the record that stayed, stays there."
        ),
        button=_("Take it apart"),
    )
