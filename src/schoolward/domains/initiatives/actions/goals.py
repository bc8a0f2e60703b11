"""Goals, the objectives under them, and the measures by which an objective is judged."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from schoolward.domains.initiatives.actions.keys import key_for
from schoolward.domains.initiatives.actions.refusals import DateWrong, InitiativeRefused, NothingSaid
from schoolward.domains.initiatives.models import Goal, MeasureLink, Objective
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.measures import registry

_PERMISSION = "initiatives.plan"


@transaction.atomic
def add_goal(*, title: str, by: Viewer, at: datetime, key: str = "") -> Goal:
    """Add a goal behind the others."""
    check(by, _PERMISSION)
    title = _said(title)
    goal = Goal.objects.create(
        key=key or key_for(title, Goal.objects.all(), otherwise="goal"),
        number=_next(Goal.objects.all()),
        title=title,
    )
    _audit("initiatives.goal_added", goal, by=by, key=goal.key)
    return goal


@transaction.atomic
def change_goal(*, goal_id: int, title: str, by: Viewer, at: datetime) -> Goal:
    """Put a goal in other words."""
    goal = _locked(Goal.objects, goal_id, by=by)
    _change(goal, {"title": _said(title)}, "initiatives.goal_changed", by=by)
    return goal


@transaction.atomic
def remove_goal(*, goal_id: int, by: Viewer, at: datetime) -> None:
    """Take back a goal that was set by mistake. Raises ``InitiativeRefused`` while it has objectives."""
    goal = _locked(Goal.objects, goal_id, by=by)
    if goal.objectives.exists():
        raise InitiativeRefused(_("This goal has objectives. Remove them first, or change its words."))
    _audit("initiatives.goal_removed", goal, by=by, key=goal.key)
    goal.delete()


@transaction.atomic
def add_objective(
    *, goal_id: int, title: str, owner_role: str, by: Viewer, at: datetime, key: str = ""
) -> Objective:
    """Add an objective to a goal, behind its others."""
    goal = _locked(Goal.objects, goal_id, by=by)
    title = _said(title)
    objective = Objective.objects.create(
        goal=goal,
        key=key or key_for(title, Objective.objects.all(), otherwise="objective"),
        number=_next(goal.objectives.all()),
        title=title,
        owner_role=owner_role,
    )
    _audit("initiatives.objective_added", objective, by=by, key=objective.key, goal=goal.key)
    return objective


@transaction.atomic
def change_objective(
    *, objective_id: int, title: str, owner_role: str, by: Viewer, at: datetime
) -> Objective:
    """Put an objective in other words, or let another role answer for it."""
    objective = _locked(Objective.objects, objective_id, by=by)
    changes = {"title": _said(title), "owner_role": owner_role}
    _change(objective, changes, "initiatives.objective_changed", by=by)
    return objective


@transaction.atomic
def remove_objective(*, objective_id: int, by: Viewer, at: datetime) -> None:
    """Take back an objective that was set by mistake.

    Raises ``InitiativeRefused`` while a measure judges it or an initiative serves it.
    """
    objective = _locked(Objective.objects, objective_id, by=by)
    if objective.measures.exists():
        raise InitiativeRefused(_("A measure judges this objective. Remove the measure first."))
    if objective.initiatives.exists():
        raise InitiativeRefused(
            _("Initiatives serve this objective. Give them another first, or change its words.")
        )
    _audit("initiatives.objective_removed", objective, by=by, key=objective.key, goal=objective.goal.key)
    objective.delete()


@transaction.atomic
def link_measure(
    *,
    objective_id: int,
    measure_key: str,
    baseline: Decimal,
    baseline_on: date,
    target: Decimal,
    due: date,
    by: Viewer,
    at: datetime,
) -> MeasureLink:
    """Say by which measure an objective is judged: from where, to where, by when.

    A measure that is linked already gets the new baseline and target. Raises ``InitiativeRefused`` for a
    measure that nobody has registered and ``DateWrong`` for a target that is due before its baseline.
    """
    objective = _locked(Objective.objects, objective_id, by=by)
    try:
        registry.get(measure_key)
    except registry.UnknownMeasure as unknown:
        raise InitiativeRefused(
            _("There is no measure %(key)s. The page of measures lists them.") % {"key": measure_key},
            field="measure_key",
        ) from unknown
    if due <= baseline_on:
        raise DateWrong(_("The target must be due after the day of the baseline."), field="due")
    aim = {"baseline": baseline, "baseline_on": baseline_on, "target": target, "due": due}
    link = objective.measures.filter(measure_key=measure_key).first()
    if link is not None:
        _change(link, aim, "initiatives.measure_link_changed", by=by, measure=measure_key)
        return link
    link = MeasureLink.objects.create(objective=objective, measure_key=measure_key, **aim)
    _audit("initiatives.measure_linked", link, by=by, objective=objective.key, measure=measure_key)
    return link


@transaction.atomic
def unlink_measure(*, link_id: int, by: Viewer, at: datetime) -> None:
    """Judge an objective by this measure no more. The measure itself stays."""
    link = _locked(MeasureLink.objects, link_id, by=by)
    _audit(
        "initiatives.measure_unlinked", link, by=by, objective=link.objective.key, measure=link.measure_key
    )
    link.delete()


def _locked(rows: Any, pk: int, *, by: Viewer) -> Any:
    """The row for writing, or ``AccessDenied`` when the viewer lacks the permission or the row."""
    subject = f"{rows.model._meta.label}:{pk}"
    check(by, _PERMISSION, subject)
    row = visible(rows.select_for_update(of=("self",)), by).filter(pk=pk).first()
    if row is None:
        raise AccessDenied(_PERMISSION, subject)
    return row


def _change(row: Model, changes: dict[str, Any], action: str, *, by: Viewer, **detail: Any) -> None:
    """Write what differs, with one audit event; nothing when nothing does."""
    different = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not different:
        return
    for name, value in different.items():
        setattr(row, name, value)
    row.save(update_fields=sorted(different))
    _audit(action, row, by=by, fields=sorted(different), **detail)


def _said(title: str) -> str:
    if not title.strip():
        raise NothingSaid(field="title")
    return title.strip()


def _next(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    record(action, by=by, at=by.at, subject=f"{row._meta.label}:{row.pk}", detail=detail)
