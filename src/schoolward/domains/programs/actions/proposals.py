"""Proposing a new program, deciding about it, and ending its pilot."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    free_key,
    in_order,
    key_for,
    locked,
    said,
)
from schoolward.domains.programs.models import Decision, Ending, Program, Proposal, Provider
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures import registry

LONGEST_PILOT_DAYS = 550
"""A pilot lasts a school year and the summer around it at most; what lasts longer is a program."""

DECIDE = "programs.decide"


@transaction.atomic
def propose(
    *,
    title: str,
    kind: str,
    provider_id: int,
    need: str,
    audience: str,
    evidence: str,
    cost_cents: int,
    pilot_starts: date,
    pilot_ends: date,
    measure_key: str,
    target: Decimal,
    stop_rule: str,
    by: Viewer,
    at: datetime,
    key: str = "",
    invented: bool = False,
) -> Proposal:
    """Propose a program on one page: need, evidence, cost, a pilot with its measure, and what stops it."""
    check(by, "programs.propose")
    title = said(title, "title")
    rows = Proposal.objects.all()
    key = free_key(key, rows) if key else key_for(title, rows, otherwise="proposal")
    if not Provider.objects.filter(pk=provider_id).exists():
        raise ProgramRefused(_("There is no such provider."), field="provider_id")
    in_order(pilot_starts, pilot_ends, "pilot_ends")
    if (pilot_ends - pilot_starts).days > LONGEST_PILOT_DAYS:
        raise ProgramRefused(
            _("A pilot lasts at most %(days)d days.") % {"days": LONGEST_PILOT_DAYS}, field="pilot_ends"
        )
    try:
        registry.get(measure_key)
    except registry.UnknownMeasure as unknown:
        raise ProgramRefused(
            _("There is no measure %(key)s. The page of measures lists them.") % {"key": measure_key},
            field="measure_key",
        ) from unknown
    made = Proposal.objects.create(
        key=key,
        title=title,
        kind=kind,
        provider_id=provider_id,
        need=said(need, "need"),
        audience=said(audience, "audience"),
        evidence=said(evidence, "evidence"),
        cost_cents=cost_cents,
        pilot_starts=pilot_starts,
        pilot_ends=pilot_ends,
        measure_key=measure_key,
        target=target,
        stop_rule=said(stop_rule, "stop_rule"),
        proposed_on=timezone.localdate(at),
        proposed_by_id=by.account_id,
        proposed_by_name=by.account_name,
        invented=invented,
    )
    audit("proposed", made, by=by, key=key, cost_cents=cost_cents)
    return made


@transaction.atomic
def decide(*, proposal_id: int, decision: str, reason: str, by: Viewer, at: datetime) -> Proposal:
    """Decide about a proposal, with a reason; not the one who proposed it. A pilot becomes a program that
    ends by itself on the pilot's last day."""
    proposal = locked(Proposal, proposal_id, by=by, permission=DECIDE)
    if proposal.decision:
        raise ProgramRefused(_("This was decided already."))
    if by.account_id is not None and proposal.proposed_by_id == by.account_id:
        raise ProgramRefused(_("You proposed this yourself: another lead decides."))
    reason = said(reason, "reason")
    program = None
    if decision == Decision.PILOT:
        if proposal.pilot_ends < timezone.localdate(at):
            raise ProgramRefused(_("The days of the pilot are over. Have it proposed anew."))
        if Program.objects.filter(title__iexact=proposal.title).exists():
            raise ProgramRefused(_("There is a program of this title already."))
        program = Program.objects.create(
            key=key_for(proposal.title, Program.objects.all(), otherwise="program"),
            title=proposal.title,
            kind=proposal.kind,
            provider_id=proposal.provider_id,
            summary=proposal.audience,
            starts_on=proposal.pilot_starts,
            pilot_until=proposal.pilot_ends,
            invented=proposal.invented,
        )
    values: dict[str, Any] = {
        "decision": Decision(decision),
        "reason": reason,
        "decided_on": timezone.localdate(at),
        "decided_by_id": by.account_id,
        "decided_by_name": by.account_name,
        "program": program,
    }
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save()
    audit("proposal_decided", proposal, by=by, key=proposal.key, decision=decision)
    return proposal


@transaction.atomic
def end_pilot(*, proposal_id: int, ending: str, reason: str, by: Viewer, at: datetime) -> Proposal:
    """Adopt a pilot as a program, or stop it. A pilot that nobody adopts is over on its last day by itself,
    and can be adopted afterwards with a reason like any other."""
    proposal = locked(Proposal, proposal_id, by=by, permission=DECIDE)
    if proposal.decision != Decision.PILOT or proposal.program is None:
        raise ProgramRefused(_("This is no pilot."))
    if proposal.ending:
        raise ProgramRefused(_("This pilot has ended already."))
    proposal.ending = Ending(ending)
    proposal.ending_reason = said(reason, "reason")
    proposal.ended_on = timezone.localdate(at)
    proposal.save(update_fields=["ending", "ending_reason", "ended_on"])
    program = proposal.program
    program.pilot_until = None
    if ending == Ending.STOPPED:
        program.ended_on = max(proposal.ended_on, program.starts_on or proposal.ended_on)
    program.save(update_fields=["pilot_until", "ended_on"])
    audit("pilot_ended", proposal, by=by, key=proposal.key, ending=ending)
    return proposal
