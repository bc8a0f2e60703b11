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
from schoolward.domains.initiatives.views.meetings import agenda, decide, hold_meeting, report_line
from schoolward.domains.initiatives.views.pages import InitiativeList, detail, goals

__all__ = [
    "InitiativeList",
    "add_milestone",
    "agenda",
    "change_due",
    "clear_blocker",
    "close",
    "decide",
    "detail",
    "edit",
    "goals",
    "hold_meeting",
    "open_new",
    "raise_blocker",
    "reach_milestone",
    "reopen",
    "report",
    "report_line",
]
