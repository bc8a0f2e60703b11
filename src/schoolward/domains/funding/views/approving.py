"""Approving a scenario, what was approved and how it stands, and withdrawing it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.forms import ApproveForm, ReasonForm
from schoolward.domains.funding.models import Allocation, Scenario
from schoolward.domains.funding.papers import papers_of_plan, papers_to_come
from schoolward.domains.funding.tables import AllocationTable, standing_in_a_word
from schoolward.domains.funding.telling import in_names, whole
from schoolward.domains.funding.views.finding import (
    allocation_or_404,
    approval_or_404,
    scenario_or_404,
)
from schoolward.domains.funding.views.saving import kept, tabs
from schoolward.domains.funding.wording import obstacles_in_words
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, add_refusal, sent
from schoolward.platform.ui.lists import Empty, ListPage


@FORM
@requires("funding.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an approval will do, and what of the scenario is not true any more; then do it."""
    viewer = viewer_of(request)
    scenario = scenario_or_404(viewer, pk)
    form = ApproveForm(sent(request), initial={"answer": scenario.answer_digest})
    if form.is_valid():
        try:
            made = actions.approve(
                scenario_id=pk,
                note=form.cleaned_data["note"],
                read=form.cleaned_data["answer"],
                by=viewer,
                at=now(viewer.at),
            )
        except actions.NotTrueAnyMore:
            form.add_error(None, _("This scenario is not true any more. What has changed stands below."))
        except actions.FundingRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Approved. The works are funded, and their money is set aside."))
            return redirect("funding:approval", made.pk)
    context = {
        "form": form,
        "scenario": scenario,
        "title": _("Approve: %(title)s") % {"title": scenario.title},
        "lead": _("Read what happens then. An approval stays in the record; single works can be withdrawn."),
        "submit_label": _("Approve"),
        "cancel_url": reverse("funding:scenario", args=[pk]),
        "result": queries.result_of(viewer, scenario),
        "obstacles": obstacles_of(viewer, scenario),
        "papers": papers_to_come(viewer),
        "is_own": scenario.by_id is not None and scenario.by_id == viewer.account_id,
    }
    return render(request, "funding/approve.html", context, status=422 if form.is_bound else 200)


def obstacles_of(viewer: Viewer, scenario: Scenario) -> list[str]:
    """What of a scenario is not true any more today, in words."""
    found = queries.obstacles_today(viewer, scenario, on=today(viewer.at))
    return [in_names(one, scenario.plan.references) for one in obstacles_in_words(found)]


@require_safe
@requires("funding.view")
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved plan: its allocations, what the ledger has bound of each, and transfers to ask for."""
    viewer = viewer_of(request)
    found = approval_or_404(viewer, pk)
    rows = queries.allocations_now(viewer, queries.allocations(viewer).filter(approval=found))
    context: dict[str, Any] = {
        "approval": found,
        "rows": [(row, standing_in_a_word(row)) for row in rows],
        "lead": f"{_lead(rows)} {_lacking(viewer)}".strip(),
        "needs": [one for one in queries.needs_now(viewer) if one.need.approval_id == pk],
        "papers": papers_of_plan(found, viewer),
        "may_withdraw": may(viewer, "funding.approve"),
        "breadcrumbs": [
            (_("Plans"), reverse("funding:plans")),
            (found.plan.title, reverse("funding:plan", args=[found.plan_id])),
        ],
    }
    return render(request, "funding/approval.html", context)


def _lead(rows: list[queries.AllocationNow]) -> str:
    standing = [row for row in rows if row.allocation.withdrawn_on is None]
    return _("%(all)s is set aside: %(bound)s of it is obligated or spent, %(open)s is still open.") % {
        "all": whole(sum(row.allocation.amount_cents for row in standing)),
        "bound": whole(sum(min(row.bound, row.allocation.amount_cents) for row in standing)),
        "open": whole(sum(row.open for row in standing)),
    }


def _lacking(viewer: Viewer) -> str:
    """Which lines have less left than approved plans count on; empty where each has enough."""
    found = queries.lacking_now(viewer, on=today(viewer.at))
    if not found:
        return ""
    return _(
        "Not all of it is there any more: %(lines)s. Say what the entries of the line were for, withdraw a "
        "work, or move money into it."
    ) % {
        "lines": "; ".join(
            _("%(line)s lacks %(cents)s") % {"line": key, "cents": dollars(cents)}
            for key, cents in sorted(found.items())
        )
    }


class AllocationList(ListPage):
    """Everything that approved plans set aside, the newest first."""

    title = gettext_lazy("Funding plan: what was approved")
    permission = "funding.view"
    table_class = AllocationTable
    template_name = "funding/plans.html"

    def queryset(self, viewer: Viewer) -> QuerySet[Allocation]:
        return queries.allocations(viewer).order_by("-on", "-approval", "work__reference", "line")

    def lead(self) -> str:
        rows = queries.allocations_now(self.viewer)
        return f"{_lead(rows)} {_lacking(self.viewer)}".strip() if rows else ""

    def empty(self) -> Empty:
        return Empty(
            _("Nothing was approved yet"),
            _("Once a scenario is approved, the money that it sets aside for each work stands here."),
        )

    def extra_context(self) -> dict[str, Any]:
        return {"tabs": tabs("allocations")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # How the allocations stand is read at once, not row by row.
        found = {row.allocation.pk: row for row in queries.allocations_now(self.viewer)}
        table = type("StandingTable", (AllocationTable,), {"standings": found})
        self.table_class = cast(type[AllocationTable], table)
        return super().get(request, *args, **kwargs)


@FORM
@requires("funding.approve")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw what was set aside for a work."""
    viewer = viewer_of(request)
    row = allocation_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.withdraw(allocation_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Withdrawn. The money is free for another plan."),
        back=reverse("funding:approval", args=[row.approval_id]),
        title=_("Withdraw: %(work)s") % {"work": row.work},
        lead=_("%(amount)s of %(award)s, line %(line)s, is set aside for it.")
        % {"amount": dollars(row.amount_cents), "award": row.award, "line": row.line.code},
        button=_("Withdraw"),
        what_next=_(
            "Work that is only funded goes back to accepted, and all that was set aside for it is free. "
            "Of verified work, the rest is free. Work under way is refused."
        ),
    )
