"""Requests to let by what a rule blocks: the list, and deciding one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.forms import DecisionForm
from schoolward.domains.grants.models import BudgetLine, OverrideRequest, OverrideState
from schoolward.domains.grants.views.finding import request_or_404
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, add_refusal, form_page, sent

SHOWN = 100


@require_safe
@requires("grants.view")
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, those that wait first."""
    viewer = viewer_of(request)
    rows = list(queries.overrides(viewer)[:SHOWN])
    waiting = [row for row in rows if row.state == OverrideState.ASKED]
    context = {
        "waiting": [(row, what(row)) for row in waiting],
        "decided": [(row, what(row)) for row in rows if row.state != OverrideState.ASKED],
        "may_approve": may(viewer, "grants.approve"),
        "own": viewer.account_id,
    }
    return render(request, "grants/requests.html", context)


def what(row: OverrideRequest) -> str:
    """What is asked for, in a line."""
    draft: dict[str, Any] = row.draft
    if row.action == "reopen":
        return _("Open again: %(award)s") % {"award": row.award}
    amount = dollars(int(draft["amount_cents"]))
    if row.action == "transfer":
        lines = BudgetLine.objects.in_bulk([draft["from_line_id"], draft["to_line_id"]])
        return _("Transfer of %(amount)s from %(from)s to %(to)s") % {
            "amount": amount,
            "from": lines.get(draft["from_line_id"], "?"),
            "to": lines.get(draft["to_line_id"], "?"),
        }
    return f"{amount}: {draft['description']}"


@FORM
@requires("grants.approve")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it by, or refuse it."""
    viewer = viewer_of(request)
    asked = request_or_404(viewer, pk)
    form = DecisionForm(sent(request))
    if form.is_valid():
        act = actions.let_by if form.cleaned_data["decision"] == OverrideState.LET_BY else actions.refuse
        try:
            act(request_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at))
        except actions.GrantRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Decided."))
            return redirect("grants:requests")
    return form_page(
        request,
        form,
        title=_("Decide: %(what)s") % {"what": what(asked)},
        lead=_("%(message)s %(who)s asks: %(reason)s")
        % {"message": asked.message, "who": asked.asked_by_name, "reason": asked.reason},
        button=_("Decide"),
        back=reverse("grants:requests"),
    )
