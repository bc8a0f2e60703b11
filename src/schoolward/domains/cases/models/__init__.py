"""Youths, who stands for them, and what becomes of a referral. Every table here is protected."""

from schoolward.domains.cases.models.attendance import AttendanceDay, Attended
from schoolward.domains.cases.models.keeping import (
    DAYS_OF,
    LONGEST_CONTACT,
    MONTHS,
    Contact,
    FollowUp,
    Found,
    FoundBy,
    Goal,
    GoalState,
    Service,
    Way,
)
from schoolward.domains.cases.models.referrals import Referral, Step, of_referral
from schoolward.domains.cases.models.youth import Guardian, Language, ReachBy, Relation, Youth, of_youth

__all__ = [
    "DAYS_OF",
    "LONGEST_CONTACT",
    "MONTHS",
    "AttendanceDay",
    "Attended",
    "Contact",
    "FollowUp",
    "Found",
    "FoundBy",
    "Goal",
    "GoalState",
    "Guardian",
    "Language",
    "ReachBy",
    "Referral",
    "Relation",
    "Service",
    "Step",
    "Way",
    "Youth",
    "of_referral",
    "of_youth",
]
