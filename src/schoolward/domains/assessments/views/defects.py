"""What was reported at codes: read, and settled as work, joined to work that is there, or dismissed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.filters import DefectFilter
from schoolward.domains.assessments.forms import JoinForm, ReasonForm
from schoolward.domains.assessments.models import DefectReport, DefectState
from schoolward.domains.assessments.tables import DEFECT_TONES, DefectTable
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM
from schoolward.platform.ui.lists import Action, Empty, ListPage


class DefectList(ListPage):
    """What was reported at codes."""

    title = gettext_lazy("Reported defects")
    permission = "assessments.defects"
    table_class = DefectTable
    filterset_class = DefectFilter

    def queryset(self, viewer: Viewer) -> QuerySet[DefectReport]:
        return queries.defects(viewer)

    def lead(self) -> str:
        waiting = queries.new_defects(self.viewer)
        return ngettext("%d report waits to be read.", "%d reports wait to be read.", waiting) % waiting

    def actions(self) -> list[Action]:
        if not may(self.viewer, "assessments.codes"):
            return []
        return [Action(_("Codes"), reverse("assessments:points"), primary=False)]

    def empty(self) -> Empty:
        return Empty(
            _("Nothing was reported"),
            _("Hang up codes on doors and gates. What people report there stands here."),
            Action(_("Make a code"), reverse("assessments:point_new"))
            if may(self.viewer, "assessments.codes")
            else None,
        )


@FORM
@requires("assessments.defects")
def defect_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: it becomes work, is joined to work that is there, or is dismissed with a reason."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.defects(viewer), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent if sent is not None and "dismiss" in sent else None)
    others = JoinForm(
        sent if sent is not None and "other" in sent else None,
        work=[
            (item.pk, f"{item.reference} {item.title}")
            for item in queries.work_that_could_mend(viewer, found)
        ],
    )
    if sent is not None:
        try:
            done = _settled(request, found, form, others)
        except actions.AssessmentRefused as refusal:
            messages.error(request, str(refusal))
            done = redirect("assessments:defect_report", pk=pk)
        if done is not None:
            return done
    is_new = found.state == DefectState.NEW
    context = {
        "report": found,
        "tone": DEFECT_TONES[found.state],
        "form": form,
        "others": others,
        "is_new": is_new,
        "may_mend": queries.work_that_may_mend(viewer, found) if is_new else [],
        "may_propose": may(viewer, "work.propose"),
    }
    status = 422 if form.is_bound or others.is_bound else 200
    return render(request, "assessments/defect.html", context, status=status)


def _settled(
    request: HttpRequest, found: DefectReport, form: ReasonForm, others: JoinForm
) -> HttpResponse | None:
    """Do what was asked for, and say where to go on; nothing where what was sent does not do."""
    viewer, sent, pk = viewer_of(request), request.POST, found.pk
    at = now(viewer.at)
    if "dismiss" in sent:
        if not form.is_valid():
            return None
        actions.dismiss_defect(report_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=at)
        messages.success(request, _("Dismissed, with its reason."))
        return redirect("assessments:defects")
    if "separate" in sent:
        actions.separate_defect(report_id=pk, by=viewer, at=at)
        messages.success(request, _("Taken off that work. Somebody settles it anew."))
        return redirect("assessments:defect_report", pk=pk)
    if "join" in sent or "other" in sent:
        number = sent.get("join", "")
        if "other" in sent:
            if not others.is_valid():
                return None
            number = str(others.cleaned_data["work_id"])
        work_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
        actions.join_defect(report_id=pk, work_id=work_id, by=viewer, at=at)
        messages.success(request, _("Joined. The work's page shows it under what was reported."))
        return redirect("assessments:defect_report", pk=pk)
    settled = actions.defect_to_work(report_id=pk, by=viewer, at=at)
    messages.success(request, _("Proposed as work."))
    return redirect("work:detail", pk=settled.work_id)


@require_safe
@requires("assessments.defects")
def work_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported that a piece of work mends."""
    viewer = viewer_of(request)
    item = get_object_or_404(work_items(viewer), pk=pk)
    rows: list[Any] = list(queries.reports_of_work(viewer, item.pk))
    return render(request, "assessments/work_panel.html", {"reports": rows})
