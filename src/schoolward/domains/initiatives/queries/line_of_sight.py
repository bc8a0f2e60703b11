"""The line of sight from goals to initiatives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from schoolward.domains.initiatives.models import Goal, Objective
from schoolward.domains.initiatives.queries.judging import Judged, Standing, judged_links, standings
from schoolward.domains.initiatives.queries.listing import initiatives
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ObjectiveLine:
    """An objective with the measures that judge it and the initiatives that serve it."""

    objective: Objective
    measures: tuple[Judged, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class GoalTree:
    """The line of sight from goals to initiatives, and what stands outside it.

    ``orphans`` serve no objective; ``unmeasured`` objectives have no measure with baseline and target.
    """

    goals: tuple[tuple[Goal, tuple[ObjectiveLine, ...]], ...]
    orphans: tuple[Standing, ...]
    unmeasured: tuple[Objective, ...] = field(default=())


def goal_tree(viewer: Viewer, *, on: date) -> GoalTree:
    """Build the line of sight as of `on` from what the viewer may see."""
    stood = standings(initiatives(viewer), on=on)
    by_objective: dict[int | None, list[Standing]] = defaultdict(list)
    for one in stood:
        by_objective[one.initiative.objective_id].append(one)
    objectives = Objective.objects.prefetch_related("measures")
    goals = []
    unmeasured = []
    for goal in Goal.objects.prefetch_related(Prefetch("objectives", objectives)):
        lines = []
        for objective in goal.objectives.all():
            measures = tuple(judged_links(objective.measures.all(), on=on))
            if not measures:
                unmeasured.append(objective)
            lines.append(
                ObjectiveLine(
                    objective=objective, measures=measures, standings=tuple(by_objective[objective.pk])
                )
            )
        goals.append((goal, tuple(lines)))
    return GoalTree(goals=tuple(goals), orphans=tuple(by_objective[None]), unmeasured=tuple(unmeasured))
