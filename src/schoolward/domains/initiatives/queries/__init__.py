"""Reads of initiatives: how each stands on a day, what changed since a meeting, and the way from goal to
record.
"""

from schoolward.domains.initiatives.queries.judging import Judged, Standing, judged_links, standing, standings
from schoolward.domains.initiatives.queries.line_of_sight import GoalTree, ObjectiveLine, goal_tree
from schoolward.domains.initiatives.queries.listing import (
    blockers,
    due_soon,
    facts_known,
    fresh_on,
    funding_facts,
    goals,
    initiatives,
    measure_links,
    milestones,
    objectives,
    open_on,
    status_updates,
    with_status,
)
from schoolward.domains.initiatives.queries.meeting_agenda import Agenda, Change, agenda, next_meeting

__all__ = [
    "Agenda",
    "Change",
    "GoalTree",
    "Judged",
    "ObjectiveLine",
    "Standing",
    "agenda",
    "blockers",
    "due_soon",
    "facts_known",
    "fresh_on",
    "funding_facts",
    "goal_tree",
    "goals",
    "initiatives",
    "judged_links",
    "measure_links",
    "milestones",
    "next_meeting",
    "objectives",
    "open_on",
    "standing",
    "standings",
    "status_updates",
    "with_status",
]
