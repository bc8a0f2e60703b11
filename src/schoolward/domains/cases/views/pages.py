"""The page of a referral with its next step, of a young person, and of the programs that fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.forms import MatchForm
from schoolward.domains.cases.matching import Facts, find, to_be_asked
from schoolward.domains.cases.models import Contact, FollowUp, Goal, Guardian, Referral, Service, Step
from schoolward.domains.cases.program_work import class_day, tracking
from schoolward.domains.cases.queries.roster import waiting as roster_waiting
from schoolward.domains.cases.queries.seats import seats_of
from schoolward.domains.cases.states import State
from schoolward.domains.cases.tables import STATE_TONES
from schoolward.domains.cases.views.finding import referral_or_404, youth_or_404
from schoolward.domains.programs.queries import offerings
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import mask
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, sent

STEPS: dict[str, tuple[str, Any]] = {
    State.REFERRED: ("cases:contact", gettext_lazy("Contact the family")),
    State.CONTACTED: ("cases:consent", gettext_lazy("Record the family's yes")),
    State.CONSENTED: ("cases:start", gettext_lazy("They have started")),
    State.STARTED: ("cases:complete", gettext_lazy("They have completed it")),
}


def _next_step(
    viewer: Viewer, referral: Referral, is_keeper: bool, yes: queries.Yes | None
) -> tuple[str, str] | None:
    """Where the next step is taken and what it is called; ``None`` where it is not this viewer's."""
    if referral.state not in STEPS:
        return None
    name, label = STEPS[State(referral.state)]
    if yes in queries.GONE:
        name, label = "cases:consent", gettext_lazy("Ask the family again")
    if referral.state == State.CONTACTED and referral.program_id is None:
        name, label = "cases:match", gettext_lazy("Find a program")
    delivers = referral.state in (State.CONSENTED, State.STARTED) and may(viewer, "cases.deliver")
    if not (is_keeper and may(viewer, "cases.keep")) and not delivers:
        return None
    return reverse(name, args=[referral.pk]), str(label)


@require_safe
@requires("cases.view")
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: where it stands, what is next, and what was done."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk)
    day = today(viewer.at)
    is_keeper = queries.may_keep(viewer, found)
    yes = queries.yes_of(found, day) if is_keeper else None
    seen = queries.seen_youth(viewer, found.youth_id) if found.youth_id is not None else None
    beside: dict[str, Any] = {
        name: read(model.objects.filter(referral=pk), viewer)
        for name, model in (("steps", Step), ("contacts", Contact), ("goals", Goal), ("follow_ups", FollowUp))
    }
    due = actions.is_due_for(found.state, found.ended_on, found.started_on, day) if is_keeper else []
    known = {one.months for one in beside["follow_ups"]}
    key = found.program.key if found.program is not None else ""
    is_class = class_day(key, day) is not None
    is_tracked = found.started_on is not None and tracking(key, found.started_on) is not None
    context = {
        **beside,
        "referral": found,
        "youth": seen,
        "guardians": read(Guardian.objects.filter(youth=seen.pk), viewer) if seen else [],
        "services": read(Service.objects.select_related("offering__program").filter(referral=pk), viewer),
        "state_tone": STATE_TONES[found.state],
        "is_late": found.is_stalled(day),
        "next_step": _next_step(viewer, found, is_keeper, yes),
        "yes": yes,
        "yes_is_gone": yes in queries.GONE,
        "may_keep": is_keeper and may(viewer, "cases.keep"),
        "may_take": may(viewer, "cases.keep")
        and found.agency_id == viewer.agency_id
        and found.is_open
        and found.coordinator_id != viewer.account_id,
        "may_end": found.is_open and "started_on" in mask(found, viewer) and may(viewer, "cases.deliver"),
        "may_count": "started_on" in mask(found, viewer) and may(viewer, "cases.deliver"),
        "follow_ups_due": [months for months in due if months not in known],
        "age": seen.age_on(day) if seen and seen.born_on else None,
        "ahead": queries.ahead_of(viewer, found) if is_keeper else None,
        "seats": seats_of(viewer, pk),
        "may_ask": is_class and is_keeper and found.is_open and may(viewer, "cases.keep"),
        "is_tracked": is_tracked and may(viewer, "cases.view"),
        "is_offered": offerings(viewer).filter(program=found.program_id, cancelled_on=None).exists(),
    }
    return render(request, "cases/referral.html", context)


@require_safe
@requires("cases.view")
def youth(request: HttpRequest, pk: int) -> HttpResponse:
    """One young person: who stands for them, and what they were referred to."""
    viewer = viewer_of(request)
    found = youth_or_404(viewer, pk)
    is_keeper = "coordinator" in mask(found, viewer)
    rows = Referral.objects.select_related(*queries.RELATED).filter(youth=pk).order_by("-referred_on", "-pk")
    context = {
        "youth": found,
        "age": found.age_on(today(viewer.at)) if found.born_on else None,
        "guardians": read(Guardian.objects.filter(youth=pk), viewer),
        "referrals": read(rows, viewer),
        "may_keep": is_keeper and may(viewer, "cases.keep"),
        "shows_reference": may(viewer, "persons.find"),
        "roster_differs": is_keeper and _differs_from_roster(viewer, pk),
        "days": queries.last_days(viewer, pk),
        "look_alikes": queries.look_alikes(viewer, found) if is_keeper else [],
    }
    return render(request, "cases/youth.html", context)


def _differs_from_roster(viewer: Viewer, youth_id: int) -> bool:
    with within(viewer):
        return roster_waiting(viewer).filter(youth=youth_id).exists()


@FORM
@requires("cases.keep")
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Programs that fit, by their rules. What is answered here is used once and kept nowhere."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    youth = youth_or_404(viewer, found.youth_id)
    day = today(viewer.at)
    candidates = queries.candidates(viewer, on=day, campus_id=found.campus_id)
    known = Facts(youth.age_on(day), youth.home_language)
    form = MatchForm(sent(request), requirements=to_be_asked(candidates, known, today=day))
    facts = replace(known, answers=form.answers()) if form.is_valid() else known
    context = {
        "referral": found,
        "form": form,
        "age": facts.age,
        "language": youth.get_home_language_display(),
        "found": find(candidates, facts, today=day),
    }
    return render(request, "cases/match.html", context)
