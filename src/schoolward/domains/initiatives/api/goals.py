"""Goals, objectives and the measures that judge them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from ninja.errors import HttpError

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.api.routing import router
from schoolward.domains.initiatives.forms import GoalForm, LinkForm, ObjectiveForm
from schoolward.domains.initiatives.models import Objective
from schoolward.domains.initiatives.queries import ObjectiveLine
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import Text, cleaned


class GoalIn(Schema):
    """What a goal needs."""

    title: Text


class ObjectiveIn(Schema):
    """What an objective needs."""

    title: Text
    owner_role: Text


class LinkIn(Schema):
    """By which measure an objective is judged: from where, to where, by when."""

    measure: Text
    baseline: Decimal
    baseline_on: date
    target: Decimal
    due: date


class LinkOut(LinkIn):
    """A linked measure with where it stands; ``value`` is empty while nothing is collected."""

    value: float | None


class ObjectiveOut(ObjectiveIn):
    """An objective with its measures and the short names of the initiatives that serve it."""

    key: str
    invented: bool
    measures: list[LinkOut]
    initiatives: list[str]


class GoalOut(GoalIn):
    """A goal with its objectives."""

    key: str
    invented: bool
    objectives: list[ObjectiveOut]


class KeyOut(Schema):
    """What was written, by its short name."""

    key: str


def _objective_out(line: ObjectiveLine) -> dict[str, Any]:
    one = line.objective
    return {
        "key": one.key,
        "title": one.title,
        "owner_role": one.owner_role,
        "invented": one.invented,
        "measures": [
            {
                "measure": judged.link.measure_key,
                "baseline": judged.link.baseline,
                "baseline_on": judged.link.baseline_on,
                "target": judged.link.target,
                "due": judged.link.due,
                "value": judged.reading.value if judged.reading else None,
            }
            for judged in line.measures
        ],
        "initiatives": [stood.initiative.key for stood in line.standings],
    }


def _planner(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    check(viewer, "initiatives.plan")
    return viewer


def _written(action: Any, viewer: Viewer, **fields: Any) -> Any:
    try:
        return action(by=viewer, at=now(viewer.at), **fields)
    except actions.InitiativeRefused as refusal:
        raise HttpError(422, str(refusal)) from refusal


@router.get("/goals", url_name="goals", response=list[GoalOut])
def goals(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """The line of sight from goals to initiatives, with the measures as of the day (today if not given)."""
    viewer = viewer_of(request)
    check(viewer, "initiatives.view")
    tree = queries.goal_tree(viewer, on=as_of or today(viewer.at))
    return [
        {
            "key": goal.key,
            "title": goal.title,
            "invented": goal.invented,
            "objectives": [_objective_out(line) for line in lines],
        }
        for goal, lines in tree.goals
    ]


@router.post("/goals", url_name="goal_add", response={201: KeyOut})
def add_goal(request: HttpRequest, sent: GoalIn) -> Status[Any]:
    """Add a goal."""
    return Status(201, _written(actions.add_goal, _planner(request), **cleaned(GoalForm(sent.dict()))))


@router.put("/goals/{key}", url_name="goal", response=KeyOut)
def change_goal(request: HttpRequest, key: str, sent: GoalIn) -> Any:
    """Put a goal in other words."""
    viewer = _planner(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    return _written(actions.change_goal, viewer, goal_id=goal.pk, **cleaned(GoalForm(sent.dict())))


@router.delete("/goals/{key}", url_name="goal_remove", response=KeyOut)
def remove_goal(request: HttpRequest, key: str) -> Any:
    """Take back a goal that has no objectives."""
    viewer = _planner(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    _written(actions.remove_goal, viewer, goal_id=goal.pk)
    return {"key": key}


@router.post("/goals/{key}/objectives", url_name="objective_add", response={201: KeyOut})
def add_objective(request: HttpRequest, key: str, sent: ObjectiveIn) -> Status[Any]:
    """Add an objective to a goal."""
    viewer = _planner(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    fields = cleaned(ObjectiveForm(sent.dict()))
    return Status(201, _written(actions.add_objective, viewer, goal_id=goal.pk, **fields))


def _objective(viewer: Viewer, key: str) -> Objective:
    return get_object_or_404(queries.objectives(viewer), key=key)


@router.put("/objectives/{key}", url_name="objective", response=KeyOut)
def change_objective(request: HttpRequest, key: str, sent: ObjectiveIn) -> Any:
    """Put an objective in other words, or let another role answer for it."""
    viewer = _planner(request)
    one = _objective(viewer, key)
    fields = cleaned(ObjectiveForm(sent.dict()))
    return _written(actions.change_objective, viewer, objective_id=one.pk, **fields)


@router.delete("/objectives/{key}", url_name="objective_remove", response=KeyOut)
def remove_objective(request: HttpRequest, key: str) -> Any:
    """Take back an objective that no measure judges and no initiative serves."""
    viewer = _planner(request)
    _written(actions.remove_objective, viewer, objective_id=_objective(viewer, key).pk)
    return {"key": key}


@router.post("/objectives/{key}/measures", url_name="objective_link", response={201: LinkIn})
def link_measure(request: HttpRequest, key: str, sent: LinkIn) -> Status[Any]:
    """Link a measure to an objective, or give a linked one another baseline and target."""
    viewer = _planner(request)
    one = _objective(viewer, key)
    fields = cleaned(LinkForm({**sent.dict(), "measure_key": sent.measure}))
    _written(actions.link_measure, viewer, objective_id=one.pk, **fields)
    return Status(201, sent)


@router.delete("/objectives/{key}/measures/{measure}", url_name="objective_unlink", response=KeyOut)
def unlink_measure(request: HttpRequest, key: str, measure: str) -> Any:
    """Judge an objective by this measure no more."""
    viewer = _planner(request)
    link = get_object_or_404(queries.measure_links(viewer), objective__key=key, measure_key=measure)
    _written(actions.unlink_measure, viewer, link_id=link.pk)
    return link.objective
