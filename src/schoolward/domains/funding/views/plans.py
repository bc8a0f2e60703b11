"""The list of plans, making one, and one plan with its scenarios side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.forms import PlanForm
from schoolward.domains.funding.models import Plan, Scenario, ScenarioState
from schoolward.domains.funding.side_by_side import alone_in, columns_of, common_to_all
from schoolward.domains.funding.tables import PlanTable
from schoolward.domains.funding.tasks import ask_to_compute
from schoolward.domains.funding.telling import whole
from schoolward.domains.funding.views.finding import plan_or_404
from schoolward.domains.funding.views.saving import tabs
from schoolward.domains.funding.views.waiting import reload_page, standing_of, waits
from schoolward.domains.funding.wording import no_candidate_in_words, no_part_in_words
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, add_refusal, form_page, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage

AS_IT_IS = gettext_lazy("As it is")


class PlanList(ListPage):
    """All plans, the newest first."""

    title = gettext_lazy("Funding plans")
    permission = "funding.view"
    table_class = PlanTable
    template_name = "funding/plans.html"

    def queryset(self, viewer: Viewer) -> QuerySet[Plan]:
        return queries.plans(viewer).annotate(
            scenario_count=Count("scenarios"),
            ready_count=Count("scenarios", filter=Q(scenarios__state=ScenarioState.READY)),
        )

    def lead(self) -> str:
        waiting = queries.plans_waiting(self.viewer).count()
        if not waiting:
            return ""
        return ngettext(
            "%(count)s plan waits for approval.", "%(count)s plans wait for approval.", waiting
        ) % {"count": waiting}

    def actions(self) -> list[Action]:
        if not may(self.viewer, "funding.plan"):
            return []
        return [Action(_("Make a plan"), reverse("funding:plan_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No plan yet"),
            _("A plan keeps what is left in the awards and which works wait for money, as of one day."),
        )

    def extra_context(self) -> dict[str, Any]:
        return {"tabs": tabs("plans")}


@FORM
@requires("funding.plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Make a plan of today, with a first scenario that is computed at once in the background."""
    viewer = viewer_of(request)
    at = now(viewer.at)
    form = PlanForm(sent(request))
    if form.is_valid():
        try:
            made = actions.make_plan(title=form.cleaned_data["title"], by=viewer, at=at)
        except actions.FundingRefused as refusal:
            add_refusal(form, refusal)
        else:
            first = actions.add_scenario(plan_id=made.pk, title=str(AS_IT_IS), by=viewer, at=at)
            ask_to_compute(scenario_id=first.pk, by=viewer, at=at)
            messages.success(request, _("Made. Its first scenario is being computed."))
            return redirect("funding:plan", made.pk)
    return form_page(
        request,
        form,
        title=_("Make a plan"),
        lead=_making_in_words(viewer),
        button=_("Make the plan"),
        back=reverse("funding:plans"),
        what_next=_(
            "What is left and what waits is kept as of today, and a first scenario is computed: everything "
            "that is left, without further demands. Nothing is spent or promised by it."
        ),
    )


def _making_in_words(viewer: Viewer) -> str:
    """What a plan of today would be made of."""
    snapshot = queries.snapshot_now(viewer, on=today(viewer.at))
    return _(
        "Today it would hold %(money)s in %(lines)s budget lines and %(works)s works to choose from."
    ) % {
        "money": whole(sum(fund.amount for fund in snapshot.instance.funds)),
        "lines": len(snapshot.instance.funds),
        "works": len(snapshot.instance.candidates),
    }


@require_safe
@requires("funding.view")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its scenarios side by side, what all choose and what one alone chooses."""
    viewer = viewer_of(request)
    found = plan_or_404(viewer, pk)
    rows = list(queries.scenarios(viewer).filter(plan=found))
    pending = [row for row in rows if waits(row)]
    if request.headers.get("HX-Request"):
        return _state(request, found, pending, viewer) if pending else reload_page()
    # What no plan keeps stands beside the others, but says nothing of what all or one alone would pay.
    plans = queries.compared(found, [row for row in rows if (row.answer or {}).get("objective") is not None])
    approval = getattr(found, "approval", None)
    context: dict[str, Any] = {
        "plan": found,
        "lead": _plan_lead(found),
        "pending": [(row, standing_of(row, viewer)) for row in pending],
        "asks_again": reverse("funding:plan", args=[pk]),
        "failed": [row for row in rows if row.state == ScenarioState.FAILED],
        "columns": columns_of(queries.compared(found, rows), viewer),
        "common": common_to_all(plans),
        "alone": alone_in(plans),
        "approval": approval,
        "aside": [
            (row, no_candidate_in_words(row["why"], row["other"])) for row in found.references["aside"]
        ],
        "no_part": [
            (fund, no_part_in_words(fund["no_part"]))
            for fund in found.references["funds"].values()
            if fund["no_part"]
        ],
        "may_plan": may(viewer, "funding.plan"),
        "breadcrumbs": [(_("Plans"), reverse("funding:plans"))],
    }
    return render(request, "funding/plan.html", context)


def _plan_lead(found: Plan) -> str:
    told = found.references
    funds = [fund for fund in told["funds"].values() if not fund["no_part"]]
    return _("%(money)s in %(lines)s budget lines, and %(works)s works to choose from, as of the day.") % {
        "money": whole(sum(fund["amount"] for fund in funds)),
        "lines": len(funds),
        "works": len(told["candidates"]),
    }


def _state(request: HttpRequest, found: Plan, pending: list[Scenario], viewer: Viewer) -> HttpResponse:
    context = {
        "pending": [(row, standing_of(row, viewer)) for row in pending],
        "asks_again": reverse("funding:plan", args=[found.pk]),
        "may_plan": may(viewer, "funding.plan"),
    }
    return render(request, "funding/_waiting.html", context)
