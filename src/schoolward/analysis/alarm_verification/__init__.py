"""What is known of an alarm case: its level, whether enough was asked before a dispatch, its urgency.

Each rule is a row of a table with its source. The standards (ANSI/TMA AVS-01, TMA CS-V-01, EN 50518) are
told from notes and public accounts, not from their texts.
"""

from schoolward.analysis.alarm_verification.calls import (
    EXEMPTIONS,
    Call,
    CallFinding,
    CallOutcome,
    Exemption,
    same_number,
    two_call_rule,
)
from schoolward.analysis.alarm_verification.kinds import SignalKind
from schoolward.analysis.alarm_verification.levels import (
    CLEARING_RULES,
    LEVEL_RULES,
    AlarmLevel,
    AlarmScore,
    ClearingRule,
    Evidence,
    EvidenceKind,
    LevelRule,
    alarm_score,
)
from schoolward.analysis.alarm_verification.urgency_points import (
    KIND_RULES,
    AnswerTarget,
    KindRule,
    Occupancy,
    Urgency,
    answer_target,
    standing_urgency,
    urgency,
    waiting_urgency,
)

__all__ = [
    "CLEARING_RULES",
    "EXEMPTIONS",
    "KIND_RULES",
    "LEVEL_RULES",
    "AlarmLevel",
    "AlarmScore",
    "AnswerTarget",
    "Call",
    "CallFinding",
    "CallOutcome",
    "ClearingRule",
    "Evidence",
    "EvidenceKind",
    "Exemption",
    "KindRule",
    "LevelRule",
    "Occupancy",
    "SignalKind",
    "Urgency",
    "alarm_score",
    "answer_target",
    "same_number",
    "standing_urgency",
    "two_call_rule",
    "urgency",
    "waiting_urgency",
]
