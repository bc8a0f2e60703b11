"""The walk that needs no network: its page, and where devices differ."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.follow_ups import page_of
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.views.differing import shown_differences
from schoolward.domains.assessments.views.showing import answer_label
from schoolward.domains.assessments.views.walking import is_mine, walk_or_404
from schoolward.domains.assessments.walk_journals import WalkJournal, journal_of, name_of
from schoolward.domains.assessments.walk_lists import lists_told
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM
from schoolward.platform.ui.offline import device_page
from schoolward.protocols.xforms.first_questions import first_questions


@require_safe
@requires("assessments.walk")
def offline(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole walk in one page, which goes on without a network. Others are sent to look on."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    if not is_mine(found, viewer):
        return redirect("assessments:walk", pk=pk)
    journal = journal_of(found)
    context = {
        "walk": found,
        "journal_name": name_of(found),
        "account": viewer.account_id,
        "scope": reverse("assessments:worker").removesuffix("worker.js"),
        "form": journal.form.compiled,
        "first": mark_safe(first_questions(journal.form.program)),  # noqa: S308 - escaped where it is written
        "facts": walk_facts(journal),
        "plan": queries.plan_for_pins(found),
        "done_url": reverse("assessments:reinspections")
        if found.assessment is None
        else page_of(found.assessment.kind, found.assessment.pk, viewer),
    }
    return device_page(request, "assessments/offline.html", context, "walk.js")


def walk_facts(journal: WalkJournal) -> dict[str, Any]:
    """What the page knows beside its form: items, last time, what other devices and pages have said."""
    walk = journal.walk
    asked = queries.asked_in(walk)
    last = queries.last_time(walk)
    photos = queries.photos_by_item([walk.pk])
    plan = queries.plan_for_pins(walk)
    strand_of = {row.pk: str(row.strand) for row in journal.rows}
    items = {}
    for one in asked:
        before = last.get(one.item.code)
        is_told = before is not None and one.scale.allows(before)
        items[one.item.code] = {
            "fails_at": one.item.fails_at,
            "last": str(before) if is_told else None,
            "last_label": answer_label(one.scale, before) if is_told else "",
            # By strand, since the page shows those of its own device itself.
            "photos": Counter(strand_of.get(photo.client_id, "") for photo in photos.get(one.row.pk, [])),
        }
    places = {path: [at.code, at.part, at.number] for path, at in journal.form.places.items()}
    through: dict[str, int] = {}
    for row in journal.rows:
        through[str(row.strand)] = row.sequence
    return {
        "places": places,
        "items": items,
        "through": through,
        "known": _known(journal),
        "lists": lists_told(journal),
        "plan": plan.pk if plan is not None else None,
        # Whoever looks again shows that it is mended; elsewhere a photograph is of what fails.
        "is_open": walk.reinspection_id is not None,
        "differences": len(journal.differences),
    }


def _known(journal: WalkJournal) -> dict[str, list[dict[str, Any]]]:
    """By path: the answers that stand, of every strand; what stands in repeats is told as lists."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, entries in journal.standing.items():
        told = [
            {"id": one.id, "strand": one.strand, "value": one.said["value"]}
            for one in entries
            if one.kind == "set" and "[" not in path
        ]
        if told:
            found[path] = told
    return found


@FORM
@requires("assessments.answers")
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What devices say differently of one walk; its assessor decides."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    if request.method == "POST":
        return _decide(request, found)
    journal = journal_of(found)
    context = {
        "walk": found,
        "differences": shown_differences(journal),
        "is_mine": is_mine(found, viewer),
        "wants_in": journal.wants_in,
    }
    return render(request, "assessments/differences.html", context)


def _decide(request: HttpRequest, found: Walk) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        decided = actions.decide_difference(
            walk_id=found.pk,
            path=request.POST.get("path", ""),
            entry_id=request.POST.get("choice", ""),
            by=viewer,
            at=now(viewer.at),
        )
    except actions.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:differences", pk=found.pk)
    if decided.left:
        return redirect("assessments:differences", pk=found.pk)
    if decided.is_handed_in:
        messages.success(request, _("Decided, and handed in as the device had asked."))
    elif decided.problem:
        messages.error(request, decided.problem)
    else:
        messages.success(request, _("Everything is decided."))
    return redirect(reverse("assessments:walk", args=[found.pk]))
