"""Writes of programs: each one transaction and one audit event."""

from schoolward.domains.programs.actions.attendance import MOST_COUNTS, Answer, HeadCount, take_counts
from schoolward.domains.programs.actions.catalogue import (
    PROGRAM_FIELDS,
    PROVIDER_FIELDS,
    add_program,
    add_provider,
    change_provider,
    describe_program,
    end_program,
    oversee,
    rate,
    set_plan,
)
from schoolward.domains.programs.actions.counting import AnotherCountStands, record_count
from schoolward.domains.programs.actions.means import ask_for_waiver, keep_equipment, record_result
from schoolward.domains.programs.actions.offerings import (
    NUMBERS,
    TERMS,
    WEEKDAYS,
    cancel_offering,
    change_offering,
    keep_cohort,
    open_offering,
    report_capacity,
)
from schoolward.domains.programs.actions.proposals import decide, end_pilot, propose
from schoolward.domains.programs.actions.recording import ProgramRefused
from schoolward.domains.programs.actions.rules import answer_contest, contest_rule, take_back_rule, write_rule
from schoolward.domains.programs.actions.sessions import (
    cancel_session,
    check_fidelity,
    plan_session,
    plan_sessions,
    reinstate_session,
)
from schoolward.domains.programs.actions.volunteers import (
    add_volunteer,
    assign,
    end_volunteer,
    unassign,
    vet,
)

__all__ = [
    "MOST_COUNTS",
    "NUMBERS",
    "PROGRAM_FIELDS",
    "PROVIDER_FIELDS",
    "TERMS",
    "WEEKDAYS",
    "AnotherCountStands",
    "Answer",
    "HeadCount",
    "ProgramRefused",
    "add_program",
    "add_provider",
    "add_volunteer",
    "answer_contest",
    "ask_for_waiver",
    "assign",
    "cancel_offering",
    "cancel_session",
    "change_offering",
    "change_provider",
    "check_fidelity",
    "contest_rule",
    "decide",
    "describe_program",
    "end_pilot",
    "end_program",
    "end_volunteer",
    "keep_cohort",
    "keep_equipment",
    "open_offering",
    "oversee",
    "plan_session",
    "plan_sessions",
    "propose",
    "rate",
    "record_count",
    "record_result",
    "reinstate_session",
    "report_capacity",
    "set_plan",
    "take_back_rule",
    "take_counts",
    "unassign",
    "vet",
    "write_rule",
]
