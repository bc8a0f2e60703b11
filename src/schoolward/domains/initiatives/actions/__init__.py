"""Writes of initiatives: each one transaction and one audit event."""

from schoolward.domains.initiatives.actions.goals import (
    add_goal,
    add_objective,
    change_goal,
    change_objective,
    link_measure,
    remove_goal,
    remove_objective,
    unlink_measure,
)
from schoolward.domains.initiatives.actions.meetings import decide, hold_meeting
from schoolward.domains.initiatives.actions.planning import (
    DESCRIPTIVE_FIELDS,
    add_milestone,
    change_due,
    close,
    describe,
    open_initiative,
    reopen,
)
from schoolward.domains.initiatives.actions.refusals import (
    DateWrong,
    InitiativeClosed,
    InitiativeRefused,
    NothingSaid,
    NotUnderWay,
    OverrideUnjustified,
)
from schoolward.domains.initiatives.actions.reporting import (
    clear_blocker,
    judge_with_report,
    raise_blocker,
    reach_milestone,
    report_status,
)

__all__ = [
    "DESCRIPTIVE_FIELDS",
    "DateWrong",
    "InitiativeClosed",
    "InitiativeRefused",
    "NotUnderWay",
    "NothingSaid",
    "OverrideUnjustified",
    "add_goal",
    "add_milestone",
    "add_objective",
    "change_due",
    "change_goal",
    "change_objective",
    "clear_blocker",
    "close",
    "decide",
    "describe",
    "hold_meeting",
    "judge_with_report",
    "link_measure",
    "open_initiative",
    "raise_blocker",
    "reach_milestone",
    "remove_goal",
    "remove_objective",
    "reopen",
    "report_status",
    "unlink_measure",
]
