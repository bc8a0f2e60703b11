"""The desk: what waits, the most urgent first, with the case that is being answered beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.analysis.alarm_verification.urgency_points import WAITING_POINTS
from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import HandOverForm
from schoolward.domains.alarms.views.cases import PART_HEADER, clocks, context_of
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, is_done, sent

SHOWN = 300
"""Cases in the queue of the page. Beyond so many nobody works down a list; the list of cases has them all."""
HAND_OVERS_SHOWN = 30
LOST_SHOWN = 5
LOST = "lost"
"""The value of the desk's header where only what is lost is asked for."""


@require_safe
@requires("alarms.view")
def section(request: HttpRequest) -> HttpResponse:
    """``/alarms/`` by itself leads to the desk."""
    return redirect("alarms:desk")


@require_safe
@requires("alarms.view")
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, and beside it the case that ``?case=`` names."""
    viewer = viewer_of(request)
    if request.headers.get(PART_HEADER) == LOST:
        part = render(request, "alarms/_lost.html", _lost(viewer))
        part["Vary"] = PART_HEADER
        return part
    # Read before the queue: what comes between the two is told once more, and nothing is missed.
    after = queries.last_entry_id()
    waiting = queries.queue(viewer, limit=SHOWN)
    chosen = queries.case_by_number(viewer, request.GET.get("case", "")) if "case" in request.GET else None
    may_answer = may(viewer, "alarms.answer")
    unread = list(queries.hand_overs(viewer).filter(read_at__isnull=True).order_by("-at")[:3])
    context: dict[str, Any] = {
        "after": after,
        "queue": waiting,
        "waiting_points": round(WAITING_POINTS),
        "chosen": chosen,
        "may_answer": may_answer,
        "may_keep": may(viewer, "alarms.keep"),
        "hand_overs": unread if may_answer else [],
        "account": viewer.account_id,
        "channel": f"{viewer.account_id}-{viewer.membership_id}",
        "has_systems": queries.systems(viewer).exists(),
        "tests": queries.running_tests(viewer, at=viewer.at)[:5],
        **clocks(viewer),
        **_lost(viewer),
    }
    if chosen is not None:
        context |= context_of(chosen, viewer)
    response = render(request, "alarms/desk.html", context)
    response["Vary"] = PART_HEADER
    return response


def _lost(viewer: Viewer) -> dict[str, Any]:
    """What is not heard from: what open cases tell of, and what none does."""
    told, untold = queries.lost_by_case(viewer)
    return {
        "lost": told[:LOST_SHOWN],
        "lost_more": max(0, told.count() - LOST_SHOWN),
        "forgotten": untold[:LOST_SHOWN],
        "forgotten_more": max(0, untold.count() - LOST_SHOWN),
    }


@FORM
@requires("alarms.answer")
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Write what the next shift has to know; below, what earlier shifts wrote."""
    viewer = viewer_of(request)
    form = HandOverForm(sent(request))

    def write() -> object:
        return actions.write_hand_over(by=viewer, at=viewer.at, **form.cleaned_data)

    if is_done(form, write, actions.AlarmRefused):
        messages.success(
            request, _("Handed over. It stands on top of the desk until somebody else has read it.")
        )
        return redirect("alarms:desk")
    context = {
        "form": form,
        "open_count": queries.open_cases(viewer).count(),
        "hand_overs": queries.hand_overs(viewer)[:HAND_OVERS_SHOWN],
        "cancel_url": reverse("alarms:desk"),
    }
    return render(request, "alarms/hand_overs.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("alarms.answer")
def hand_over_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read a hand-over and takes over."""
    viewer = viewer_of(request)
    try:
        actions.read_hand_over(hand_over_id=pk, by=viewer, at=viewer.at)
    except actions.AlarmRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken over."))
    return redirect("alarms:desk")
