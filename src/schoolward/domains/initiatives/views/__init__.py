"""Pages of initiatives: the goal tree, the list, one initiative, its forms, and a body's meeting."""

from schoolward.domains.initiatives.views.changes import (
    add_milestone,
    change_due,
    clear_blocker,
    close,
    edit,
    open_new,
    raise_blocker,
    reach_milestone,
    reopen,
    report,
)
from schoolward.domains.initiatives.views.goals import (
    add_goal,
    add_objective,
    change_goal,
    change_link,
    change_objective,
    goals,
    link_measure,
    remove_goal,
    remove_objective,
    unlink_measure,
)
from schoolward.domains.initiatives.views.meetings import agenda, decide, hold_meeting, report_line
from schoolward.domains.initiatives.views.pages import InitiativeList, detail

__all__ = [
    "InitiativeList",
    "add_goal",
    "add_milestone",
    "add_objective",
    "agenda",
    "change_due",
    "change_goal",
    "change_link",
    "change_objective",
    "clear_blocker",
    "close",
    "decide",
    "detail",
    "edit",
    "goals",
    "hold_meeting",
    "link_measure",
    "open_new",
    "raise_blocker",
    "reach_milestone",
    "remove_goal",
    "remove_objective",
    "reopen",
    "report",
    "report_line",
    "unlink_measure",
]
