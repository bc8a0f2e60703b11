"""Pages of proposals: the list, the one-page form, the decision, and the end of a pilot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import DecideForm, PilotEndForm, ProposalForm
from schoolward.domains.programs.models import Decision, Proposal, ProposalState
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.measures import registry
from schoolward.platform.ui.form_pages import FORM, sent


@require_safe
@requires("programs.view")
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Proposals, those that wait for a decision first."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    rows = [(one, one.state_on(day)) for one in queries.proposals(viewer)]
    rows.sort(key=lambda pair: pair[1] != ProposalState.OPEN)
    context = {
        "rows": rows,
        "waiting": sum(state == ProposalState.OPEN for _one, state in rows),
        "may_propose": may(viewer, "programs.propose"),
    }
    return render(request, "programs/proposals.html", context)


def _proposal(viewer: Viewer, key: str) -> Proposal:
    return get_object_or_404(queries.proposals(viewer), key=key)


@require_safe
@requires("programs.view")
def proposal(request: HttpRequest, key: str) -> HttpResponse:
    """One proposal on one page."""
    viewer = viewer_of(request)
    found = _proposal(viewer, key)
    day = today(viewer.at)
    try:
        measure = registry.get(found.measure_key)
    except registry.UnknownMeasure:
        measure = None
    context = {
        "proposal": found,
        "state": found.state_on(day),
        "measure": measure,
        "on": day,
        "may_decide": may(viewer, "programs.decide") and not found.decision,
        "is_own": viewer.account_id is not None and viewer.account_id == found.proposed_by_id,
        "may_end": may(viewer, "programs.decide") and found.decision == Decision.PILOT and not found.ending,
    }
    return render(request, "programs/proposal.html", context)


@FORM
@requires("programs.propose")
def proposal_new(request: HttpRequest) -> HttpResponse:
    """Propose a program."""
    viewer = viewer_of(request)
    form = ProposalForm(sent(request), viewer=viewer)
    return kept(
        request,
        form,
        lambda: actions.propose(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Proposed. A lead decides, with a reason."),
        back=reverse("programs:proposals"),
        title=_("Propose a program"),
        lead=_("One page. A pilot ends by itself on its last day unless a lead adopts it."),
        button=_("Propose it"),
    )


@FORM
@requires("programs.decide")
def proposal_decide(request: HttpRequest, key: str) -> HttpResponse:
    """Decide about a proposal."""
    viewer = viewer_of(request)
    found = _proposal(viewer, key)
    form = DecideForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.decide(proposal_id=found.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Decided."),
        back=reverse("programs:proposal", args=[key]),
        title=_("Decide: %(title)s") % {"title": found.title},
        lead=_("A pilot becomes a program at once, and is over on its last day unless it is adopted."),
        button=_("Decide"),
    )


@FORM
@requires("programs.decide")
def proposal_end(request: HttpRequest, key: str) -> HttpResponse:
    """Adopt or stop a pilot."""
    viewer = viewer_of(request)
    found = _proposal(viewer, key)
    form = PilotEndForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.end_pilot(proposal_id=found.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Saved."),
        back=reverse("programs:proposal", args=[key]),
        title=_("End of the pilot: %(title)s") % {"title": found.title},
        lead=_("What stops it early: %(rule)s") % {"rule": found.stop_rule},
        button=_("Save"),
    )
