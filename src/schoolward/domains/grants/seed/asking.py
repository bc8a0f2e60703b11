"""A transfer that a rule blocks, asked for and waiting for a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from schoolward.domains.grants.actions import RuleBlocks, ask_to_transfer, transfer
from schoolward.domains.grants.models import Award
from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.demo.registry import SeedContext


def a_request_that_waits(award: Award, context: SeedContext) -> None:
    """Ask to move more between categories than the law of its day allows. Needs a demonstration account."""
    analyst = Account.objects.filter(is_demonstration=True, memberships__role=Role.GRANTS_ANALYST).first()
    if analyst is None:
        return
    at = datetime.combine(context.today, time(12), tzinfo=timezone.get_default_timezone())
    by = replace(context.by, account_id=analyst.pk, account_name=analyst.name)
    arguments: dict[str, Any] = {
        "award_id": award.pk,
        "from_line_id": award.lines.get(code="P1").pk,
        "to_line_id": award.lines.get(code="C1").pk,
        "amount_cents": award.amount_cents * 12 // 100,
        "reason": "Rides to the centers cost more than was bid (invented)",
    }
    try:
        transfer(**arguments, by=by, at=at)
    except RuleBlocks as blocked:
        if blocked.may_override:
            ask_to_transfer(
                arguments=arguments,
                blocked=blocked,
                reason="The funder's officer agreed by telephone; the letter is to come (invented).",
                by=by,
                at=at,
            )
