"""Rows of a worked example made into initiatives and their last status updates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.initiatives.models import (
    Goal,
    Initiative,
    MeasureLink,
    Objective,
    Status,
    StatusUpdate,
)
from schoolward.domains.initiatives.rag import RULE_VERSION, Colour
from schoolward.platform.access.roles import Role


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one initiative a row, with an update on ``updated`` and, where ``measure`` names one, a measured
    objective.
    """
    goal = Goal.objects.create(key="example", number=1, title="Example")
    return {row["initiative"]: _initiative(row, goal, number) for number, row in enumerate(rows, start=1)}


def _initiative(row: dict[str, str], goal: Goal, number: int) -> Initiative:
    closed = date.fromisoformat(row["closed"]) if row["closed"] else None
    initiative = Initiative.objects.create(
        key=f"example-{number}",
        title=row["initiative"],
        kind=row["kind"],
        owner_role=Role.LEAD,
        objective=_objective(row, goal, number) if row.get("measure") else None,
        ended=Status.COMPLETE if closed else "",
        start=date.fromisoformat(row["start"]),
        closed_on=closed,
    )
    if row.get("updated"):
        day = date.fromisoformat(row["updated"])
        StatusUpdate.objects.create(
            initiative=initiative,
            note="As planned.",
            percent=50,
            colour=Colour.GREEN,
            rule_colour=Colour.GREEN,
            rule_sentence="On time.",
            rule_version=RULE_VERSION,
            on=day,
            at=datetime(day.year, day.month, day.day, 19, tzinfo=UTC),
            by_name="example",
        )
    return initiative


def _objective(row: dict[str, str], goal: Goal, number: int) -> Objective:
    objective = Objective.objects.create(
        goal=goal, key=f"example-{number}", number=number, title="Example", owner_role=Role.LEAD
    )
    MeasureLink.objects.create(
        objective=objective,
        measure_key=row["measure"],
        baseline=0,
        baseline_on=date(2011, 9, 6),
        target=100,
        due=date(2013, 6, 30),
    )
    return objective
