"""The demonstration's funding plan: what the awards may buy, and three scenarios of the day. Invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from schoolward.domains.assessments.queries import unresolved
from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.actions import Floor, Question
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.grants.queries import awards
from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext, seed

#: The one award of the demonstration that pays for works, and for which.
_FOR_WORKS = "secure-our-schools-2009"
_TRADES = ("locks", "lighting", "cameras", "alarms")
#: What each of its lines was budgeted for; no line was for fences.
_LINES = {"E1": ("cameras", "alarms"), "E2": ("locks",), "C1": ("lighting",)}
_SITES_OF_THE_FLOOR = 10
_FLOOR_PERCENT = 75.0
_MATCH_CENTS = 20_000_00
# Enough for a few hundred works; the demonstration's loading waits for it.
_QUESTION = Question(match_available_cents=_MATCH_CENTS, gap=Decimal("0.005"), seconds=1, frontier_steps=5)


@seed(75, "funding plan")
def funding(context: SeedContext) -> str:
    """Say what the awards may buy, make a plan of the day and ask it three scenarios. Runs once."""
    if Plan.objects.exists():
        return "already there"
    at = datetime.combine(context.today, time(7), tzinfo=timezone.get_default_timezone())
    by = _analyst(context)
    for award in awards(by).filter(closed_on__isnull=True):
        takes_part = award.key == _FOR_WORKS
        actions.set_scope(
            award_id=award.pk,
            takes_part=takes_part,
            trades=_TRADES if takes_part else (),
            line_trades=_lines_of(award) if takes_part else None,
            reason=(
                "Security equipment, at every site since the second phase (invented)"
                if takes_part
                else "Pays for a program, not for works (invented)"
            ),
            by=by,
            at=at,
            invented=True,
        )
    try:
        plan = actions.make_plan(title="What is left before the board meets", by=by, at=at, invented=True)
    except actions.FundingRefused as refusal:
        return str(refusal)
    made = _scenarios(plan, by, at)
    return f"a plan of {len(plan.instance['candidates'])} works with {len(made)} scenarios, invented"


def _lines_of(award: Any) -> dict[str, tuple[str, ...]]:
    codes = set(award.lines.values_list("code", flat=True))
    return {code: trades for code, trades in _LINES.items() if code in codes}


def _analyst(context: SeedContext) -> Viewer:
    """The demonstration's grants analyst, so that the lead may approve; the system where there is none."""
    account = Account.objects.filter(is_demonstration=True, memberships__role=Role.GRANTS_ANALYST).first()
    if account is None:
        return context.by
    return replace(context.by, account_id=account.pk, account_name=account.name)


def _scenarios(plan: Plan, by: Viewer, at: datetime) -> list[Scenario]:
    """As it is; with a floor for the sites of most findings; with a work locked in that was left out."""
    first = _ask(plan, "As it is", _QUESTION, by, at)
    made = [first]
    if worst := _sites_with_most_findings(by):
        floor = Floor(worst, _FLOOR_PERCENT, "Sites with the most findings")
        question = replace(_QUESTION, equity=(floor,))
        made.append(_ask(plan, "A share for the sites with the most findings", question, by, at))
    if locked := _left_out_first(by, first):
        # By its reference: a title says where a weak spot is, and a public paper names every scenario.
        title = f"With {locked}"
        made.append(_ask(plan, title, replace(_QUESTION, locked_in=(locked,)), by, at))
    return made


def _ask(plan: Plan, title: str, question: Question, by: Viewer, at: datetime) -> Scenario:
    asked = actions.add_scenario(plan_id=plan.pk, title=title, question=question, by=by, at=at, invented=True)
    return actions.compute(scenario_id=asked.pk, by=by, at=at)


def _sites_with_most_findings(by: Viewer) -> tuple[str, ...]:
    counted = Counter(unresolved(by).values_list("campus__slug", flat=True))
    return tuple(slug for slug, _count in counted.most_common(_SITES_OF_THE_FLOOR))


def _left_out_first(by: Viewer, scenario: Scenario) -> str:
    """The work that brings the most of those that an exchange could bring in."""
    result = queries.result_of(by, scenario)
    outside = result.left_out if result is not None else ()
    possible = [one for one in outside if one.left_out.why.value in ("displaced", "outbid")]
    best = max(possible, key=lambda one: (one.told["benefit"], one.reference), default=None)
    return best.reference if best is not None else ""
