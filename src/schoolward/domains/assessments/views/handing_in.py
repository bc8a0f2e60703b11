"""Handing a walk in, on a page with a network."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.filled_walk import asked_now, faults_of, session_of_walk
from schoolward.domains.assessments.follow_ups import page_of
from schoolward.domains.assessments.views.showing import progress_of, shown_devices, shown_sections
from schoolward.domains.assessments.views.walking import is_mine, walk_or_404
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM


@FORM
@requires("assessments.walk")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the walk in, after a look at what is open and what it finds."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    if request.method == "POST":
        try:
            done = actions.submit_walk(walk_id=pk, by=viewer, at=now(viewer.at))
        except actions.AssessmentRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:walk", pk=pk)
        messages.success(request, _told(done, is_of_the_way=found.is_of_the_way))
        if found.assessment is not None:
            return redirect(page_of(found.assessment.kind, found.assessment.pk, viewer))
        return redirect(f"{reverse('assessments:findings')}?campus={found.campus_id}")
    journal = journal_of(found)
    asked = asked_now(journal, at=viewer.at)
    answers = queries.current_answers(found.pk)[found.pk]
    failing = [
        {"asked": one, "note": answers[one.row.pk].note}
        for one in asked
        if one.row.pk in answers and one.item.fails(queries.given(answers[one.row.pk]))
    ]
    context = {
        "walk": found,
        "progress": progress_of(asked, answers),
        "open_sections": [section for section in shown_sections(asked, answers) if section.is_open],
        "failing": failing,
        "is_mine": is_mine(found, viewer),
        "faults": faults_of(session_of_walk(journal, at=viewer.at)),
        "devices": shown_devices(journal),
    }
    return render(request, "assessments/submit.html", context)


def _told(done: actions.Submitted, *, is_of_the_way: bool) -> str:
    if done.waits:
        return _("Handed in. When the other assessor has handed in too, findings are made of both.")
    if is_of_the_way:
        return ngettext(
            "Handed in: %(n)d item fails. The coordinator decides whether it is a barrier.",
            "Handed in: %(n)d items fail. The coordinator decides which of them are barriers.",
            done.failing,
        ) % {"n": done.failing}
    return _(
        "Handed in: %(new)d new findings proposed as work, %(again)d seen before, %(mended)d mended."
    ) % {"new": len(done.found), "again": done.seen_again, "mended": done.mended}
