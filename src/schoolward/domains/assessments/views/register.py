"""Pages of the register: the list, and the form for what was done on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.exchange import COLUMN_NAMES, values_of
from schoolward.domains.assessments.filters import AssessmentFilter
from schoolward.domains.assessments.forms import AssessmentForm
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.assessments.tables import AssessmentTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


class AssessmentList(ListPage):
    """Which site was assessed when."""

    title = gettext_lazy("Assessments")
    permission = "assessments.view"
    table_class = AssessmentTable
    filterset_class = AssessmentFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Assessment]:
        return queries.assessments(viewer)

    def lead(self) -> str:
        return _("Every operating site should be assessed at least once in 24 months.")

    def actions(self) -> list[Action]:
        offered = []
        if may(self.viewer, "assessments.plan"):
            offered.append(Action(_("Plan an assessment"), reverse("assessments:plan")))
        if may(self.viewer, "assessments.register"):
            offered.append(Action(_("Enter one done on paper"), reverse("assessments:enter"), primary=False))
        offered.append(Action(_("All sites"), reverse("assessments:grid"), primary=False))
        return offered

    def empty(self) -> Empty:
        return Empty(
            _("No assessment is entered"),
            _("Until the first one is entered, coverage is “not collected”, which is not the same as zero."),
            self.actions()[0] if len(self.actions()) > 1 else None,
        )

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        rows = queryset.select_related("campus", "version__instrument")
        return COLUMN_NAMES, (values_of(row) for row in rows)


@FORM
@requires("assessments.register")
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an assessment."""
    viewer = viewer_of(request)
    form = AssessmentForm(
        sent(request),
        viewer=viewer,
        initial={"assessed_on": today(viewer.at), "campus_id": request.GET.get("site")},
    )
    if is_done(
        form,
        lambda: actions.register_assessment(by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Entered. It counts towards coverage for 24 months."))
        return redirect("assessments:list")
    return form_page(
        request,
        form,
        title=_("Enter an assessment done on paper"),
        lead=_("It counts towards coverage for 24 months. What it recommends is proposed as work."),
        button=_("Enter"),
        back=reverse("assessments:list"),
    )
