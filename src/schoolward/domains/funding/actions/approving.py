"""Approving a scenario: checked against today, and money, work and audit written together or not at all."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.portfolio import Allocation as Planned
from schoolward.analysis.portfolio import Answer
from schoolward.domains.funding.actions.recording import audit, happened, locked
from schoolward.domains.funding.actions.refusals import (
    FundingRefused,
    NotTrueAnyMore,
    PersonMissing,
    SamePerson,
)
from schoolward.domains.funding.models import Allocation, Approval, Plan, Scenario, TransferNeed
from schoolward.domains.funding.queries import answer_of, obstacles_today
from schoolward.domains.grants import queries as grants
from schoolward.domains.grants.wording import dollars
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer

_LONGEST_SOURCE = 200


@transaction.atomic
def approve(
    *,
    scenario_id: int,
    by: Viewer,
    at: datetime,
    note: str = "",
    read: str = "",
    invented: bool = False,
) -> Approval:
    """Approve a scenario that somebody else asked for: its works become funded, its money is set aside.

    ``read`` is the digest of the answer that the person had before them: where another was computed since,
    it is refused. Raises ``PersonMissing``, ``SamePerson``, ``NotTrueAnyMore`` with everything that was
    overtaken since the plan, and ``FundingRefused`` where there is nothing to approve or the plan was
    approved already.
    """
    scenario = locked(Scenario, scenario_id, by=by, permission="funding.approve")
    plan = locked(Plan, scenario.plan_id, by=by, permission="funding.approve")
    answer, asked_by = _approvable(scenario, plan, by)
    if read and read != scenario.answer_digest:
        raise FundingRefused(
            _("It was computed again, and came out otherwise, while you read it. Read the new answer first.")
        )
    _hold_awards(plan, answer, by)
    on = timezone.localdate(at)
    obstacles = obstacles_today(by, scenario, on=on)
    if obstacles:
        raise NotTrueAnyMore(obstacles)
    approval = Approval.objects.create(
        plan=plan,
        scenario=scenario,
        asked_by_id=asked_by,
        on=on,
        note=note.strip(),
        invented=invented,
        **happened(by=by, at=at),
    )
    _write(approval, answer, plan.references)
    _fund(answer, plan.references, by=by, at=at)
    audit(
        "funding.approved",
        approval,
        by=by,
        plan=plan.pk,
        scenario=scenario.pk,
        works=len(answer.chosen),
        cents=sum(one.amount for one in answer.allocations),
        match=sum(one.match for one in answer.allocations),
    )
    return approval


def _approvable(scenario: Scenario, plan: Plan, by: Viewer) -> tuple[Answer, int]:
    """The answer, and who asked for it."""
    if by.account_id is None:
        raise PersonMissing
    if scenario.by_id is None:
        raise FundingRefused(
            _("No person asked for this scenario. Somebody copies it in their own name, then you approve.")
        )
    if scenario.by_id == by.account_id:
        raise SamePerson
    if Approval.objects.filter(plan=plan).exists():
        raise FundingRefused(_("This plan was approved already. Make a new plan of what is left."))
    answer = answer_of(scenario)
    if answer is None:
        raise FundingRefused(_("This scenario is not computed. Compute it first."))
    if not answer.allocations:
        raise FundingRefused(_("This scenario pays for nothing, so there is nothing to approve."))
    return answer, scenario.by_id


def _hold_awards(plan: Plan, answer: Answer, by: Viewer) -> None:
    """Keep everybody else out of the ledgers until this is written: whoever enters there locks the award."""
    numbers = {plan.references["funds"][one.fund]["award"] for one in answer.allocations}
    list(grants.awards(by).select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"))


def _write(approval: Approval, answer: Answer, told: dict[str, Any]) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            approval=approval,
            work_id=told["candidates"][one.candidate]["work"],
            award_id=told["funds"][one.fund]["award"],
            line_id=told["funds"][one.fund]["line"],
            amount_cents=one.amount,
            match_cents=one.match,
            on=approval.on,
            at=approval.at,
            invented=approval.invented,
        )
        for one in answer.allocations
    )
    TransferNeed.objects.bulk_create(
        TransferNeed(
            approval=approval,
            award_id=told["funds"][one.source]["award"],
            from_line_id=told["funds"][one.source]["line"],
            to_line_id=told["funds"][one.target]["line"],
            amount_cents=one.amount,
            at=approval.at,
            invented=approval.invented,
        )
        for one in answer.transfers
    )


def _fund(answer: Answer, told: dict[str, Any], *, by: Viewer, at: datetime) -> None:
    parts: dict[str, list[Planned]] = defaultdict(list)
    for one in answer.allocations:
        parts[one.candidate].append(one)
    for name, own in parts.items():
        work.fund(
            item_id=told["candidates"][name]["work"],
            amount_cents=sum(one.amount + one.match for one in own),
            money_source=_source(own, told),
            by=by,
            at=at,
        )


def _source(parts: list[Planned], told: dict[str, Any]) -> str:
    """Where the money of a work comes from: "Safer doors, line E; match of $500.00"."""
    lines = "; ".join(
        _("%(award)s, line %(line)s")
        % {"award": told["funds"][one.fund]["award_title"], "line": told["funds"][one.fund]["code"]}
        for one in parts
    )
    match = sum(one.match for one in parts)
    tail = "; " + _("match of %(match)s") % {"match": dollars(match)} if match else ""
    return lines[: _LONGEST_SOURCE - len(tail)] + tail
