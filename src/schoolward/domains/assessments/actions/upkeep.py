"""Preventive plans, and the work that they open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.recording import audit, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import PlanRun, PreventivePlan
from schoolward.domains.assessments.queries import plans_in_force
from schoolward.domains.assessments.recurring import last_day_of, period_of
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.work import actions as work
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer

FIELDS = frozenset(
    {
        "title",
        "instructions",
        "campus_id",
        "every",
        "trade",
        "severity",
        "owner_role",
        "estimate_cents",
        "valid_from",
        "valid_to",
    }
)


@transaction.atomic
def make_plan(
    *, fields: Mapping[str, Any], by: Viewer, at: datetime, invented: bool = False
) -> PreventivePlan:
    """Make a plan for work that comes back, at one site or at every site in operation."""
    check(by, "assessments.plans")
    _check(fields, by)
    plan = PreventivePlan.objects.create(**fields, invented=invented)
    audit("assessments.plan_made", plan, by=by, every=plan.every)
    return plan


@transaction.atomic
def change_plan(*, plan_id: int, fields: Mapping[str, Any], by: Viewer, at: datetime) -> PreventivePlan:
    """Change a plan from its next period on; the work that it opened stays as it is."""
    plan = locked(PreventivePlan, plan_id, by=by, permission="assessments.plans")
    _check(fields, by)
    different = {name: value for name, value in fields.items() if getattr(plan, name) != value}
    if different:
        for name, value in different.items():
            setattr(plan, name, value)
        plan.save()
        audit("assessments.plan_changed", plan, by=by, fields=sorted(different))
    return plan


def _check(fields: Mapping[str, Any], by: Viewer) -> None:
    foreign = set(fields) - FIELDS
    if foreign:
        raise ValueError(f"not of a plan: {', '.join(sorted(foreign))}")
    campus = fields.get("campus_id")
    if by.campus_ids is not None and campus not in by.campus_ids:
        raise AccessDenied("assessments.plans", f"places.Campus:{campus}")
    until = fields.get("valid_to")
    if until is not None and until < fields["valid_from"]:
        raise AssessmentRefused(_("It ends before it begins. Exchange the two days."), field="valid_to")
    if (fields.get("estimate_cents") or 0) < 0:
        raise AssessmentRefused(_("Give the estimate in dollars, 0 or more."), field="estimate")


@transaction.atomic
def open_due_work(*, on: date, by: Viewer, at: datetime) -> int:
    """Open the work of every plan whose period holds the day, once for each campus and period.

    Returns how many pieces were opened; asked again within the same period it opens none.
    """
    check(by, "assessments.plans")
    everywhere = list(operating_campuses(on).values_list("pk", flat=True))
    opened = 0
    for plan in plans_in_force(by, on):
        period = period_of(plan.every, on)
        there = set(PlanRun.objects.filter(plan=plan, period=period).values_list("campus_id", flat=True))
        campuses = everywhere if plan.campus_id is None else [plan.campus_id]
        for campus_id in campuses:
            if campus_id not in there:
                _open(plan, campus_id, period, on=on, by=by, at=at)
                opened += 1
    if opened:
        audit("assessments.plans_opened_work", PreventivePlan(), by=by, opened=opened, on=on.isoformat())
    return opened


def _open(plan: PreventivePlan, campus_id: int, period: str, *, on: date, by: Viewer, at: datetime) -> None:
    item = work.open_work(
        source=f"assessments.PreventivePlan:{plan.pk}:{campus_id}:{period}",
        source_title=_("Preventive plan, %(period)s") % {"period": period},
        kind="task",
        title=plan.title,
        description=plan.instructions,
        campus_id=campus_id,
        trade=plan.trade,
        severity=plan.severity,
        estimate_cents=plan.estimate_cents,
        owner_role=plan.owner_role,
        due=last_day_of(plan.every, on),
        proposed_on=timezone.localdate(at),
        invented=plan.invented,
        by=by,
        at=at,
    )
    PlanRun.objects.create(plan=plan, campus_id=campus_id, period=period, work_id=item.pk)
