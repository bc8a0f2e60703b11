"""Writes of cases: each is one transaction and one event, and tells nothing of a child to the audit."""

from schoolward.domains.cases.actions.attendance import Taken, bring_in
from schoolward.domains.cases.actions.finding_pairs import find_pairs
from schoolward.domains.cases.actions.identity import decide as decide_pair
from schoolward.domains.cases.actions.identity import undo as undo_pair
from schoolward.domains.cases.actions.keeping import (
    change_youth,
    count_sessions,
    follow_up,
    full_on,
    is_due_for,
    keep_guardian,
    plan_service,
    review_goal,
    set_goal,
)
from schoolward.domains.cases.actions.passing import may_receive, pass_on
from schoolward.domains.cases.actions.recording import (
    CaseRefused,
    ChangedMeanwhile,
    NotTheirs,
    as_system,
    audit,
    locked,
    youth_for,
)
from schoolward.domains.cases.actions.referring import (
    ANSWERING,
    Booking,
    choose_program,
    refer,
    take,
)
from schoolward.domains.cases.actions.stalling import tell_of_stalled
from schoolward.domains.cases.actions.steps import (
    OF_A_DELIVERER,
    complete,
    consent,
    end,
    log_contact,
    reopen,
    start,
)

__all__ = [
    "ANSWERING",
    "OF_A_DELIVERER",
    "Booking",
    "CaseRefused",
    "ChangedMeanwhile",
    "NotTheirs",
    "Taken",
    "as_system",
    "audit",
    "bring_in",
    "change_youth",
    "choose_program",
    "complete",
    "consent",
    "count_sessions",
    "decide_pair",
    "end",
    "find_pairs",
    "follow_up",
    "full_on",
    "is_due_for",
    "keep_guardian",
    "locked",
    "log_contact",
    "may_receive",
    "pass_on",
    "plan_service",
    "refer",
    "reopen",
    "review_goal",
    "set_goal",
    "start",
    "take",
    "tell_of_stalled",
    "undo_pair",
    "youth_for",
]
