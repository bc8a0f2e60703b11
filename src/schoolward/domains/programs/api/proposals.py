"""Proposals for programs: one page each, a decision with a reason, the end of a pilot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Status

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.api.routing import router, written
from schoolward.domains.programs.forms import DecideForm, PilotEndForm, ProposalForm
from schoolward.domains.programs.models import Proposal
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Cents, Text, cleaned


class ProposalIn(GuardedSchema):
    """A proposal. ``provider`` is a short name, ``measure`` the key of a measure."""

    title: Text
    kind: Text
    provider: Text
    need: Text
    audience: Text
    evidence: Text
    cost_cents: Cents
    pilot_starts: date
    pilot_ends: date
    measure: Text
    target: Decimal
    stop_rule: Text


class ProposalOut(ProposalIn):
    """A proposal as it stands today."""

    key: str
    state: str
    proposed_on: date
    decision: str
    decided_on: date | None
    reason: str
    program: str | None
    ending: str
    ended_on: date | None
    ending_reason: str
    invented: bool


class DecisionIn(GuardedSchema):
    """A decision: ``pilot`` or ``declined``."""

    decision: Text
    reason: Text


class EndingIn(GuardedSchema):
    """What becomes of a pilot: ``adopted`` or ``stopped``."""

    ending: Text
    reason: Text


def _out(request: HttpRequest, one: Proposal) -> dict[str, Any]:
    other = {"provider", "measure", "state", "program"}
    own = {name: getattr(one, name) for name in ProposalOut.model_fields if name not in other}
    return {
        **own,
        "provider": one.provider.key,
        "measure": one.measure_key,
        "state": one.state_on(today(viewer_of(request).at)),
        "program": one.program.key if one.program else None,
    }


def _found(request: HttpRequest, key: str) -> Proposal:
    return get_object_or_404(queries.proposals(viewer_of(request)), key=key)


@router.get("/proposals", url_name="program_proposals", response=list[ProposalOut])
def proposals(request: HttpRequest) -> list[dict[str, Any]]:
    """Every proposal, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    return [_out(request, one) for one in queries.proposals(viewer)]


@router.post("/proposals", url_name="program_propose", response={201: ProposalOut})
def propose(request: HttpRequest, sent: ProposalIn) -> Status[Any]:
    """Propose a program on one page."""
    viewer = viewer_of(request)
    check(viewer, "programs.propose")
    provider = get_object_or_404(queries.providers(viewer), key=sent.provider)
    asked = {
        **sent.dict(),
        "provider_id": provider.pk,
        "measure_key": sent.measure,
        "cost": Decimal(sent.cost_cents) / 100,
    }
    form = ProposalForm(asked, viewer=viewer)
    cleaned(form)
    made = written(actions.propose, viewer, **form.arguments())
    return Status(201, _out(request, made))


@router.post("/proposals/{key}/decision", url_name="program_decide", response=ProposalOut)
def decide(request: HttpRequest, key: str, sent: DecisionIn) -> dict[str, Any]:
    """Decide about a proposal, with a reason; not the one who proposed it."""
    viewer = viewer_of(request)
    check(viewer, "programs.decide")
    found = _found(request, key)
    written(actions.decide, viewer, proposal_id=found.pk, **cleaned(DecideForm(sent.dict())))
    return _out(request, _found(request, key))


@router.post("/proposals/{key}/end", url_name="program_pilot_end", response=ProposalOut)
def end(request: HttpRequest, key: str, sent: EndingIn) -> dict[str, Any]:
    """Adopt or stop a pilot, with a reason."""
    viewer = viewer_of(request)
    check(viewer, "programs.decide")
    found = _found(request, key)
    written(actions.end_pilot, viewer, proposal_id=found.pk, **cleaned(PilotEndForm(sent.dict())))
    return _out(request, _found(request, key))
