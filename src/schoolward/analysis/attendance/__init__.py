"""Attendance: truancy as dated law, chronic absence, whether attendance rose, and when to look again.

Pure: marks of days in, states, duties and numbers out. What the law asks is in `law.toml`, which a person
can read and correct.
"""

from schoolward.analysis.attendance.absence import ChronicShare, Days, chronic_share, is_chronic
from schoolward.analysis.attendance.following_up import STEPS, FollowUp, follow_ups
from schoolward.analysis.attendance.gain import WINDOW, Change, Gain, change, gain
from schoolward.analysis.attendance.law import law
from schoolward.analysis.attendance.marks import Mark, Series, Status
from schoolward.analysis.attendance.release import ReleaseNotice, release_notice
from schoolward.analysis.attendance.truancy import (
    Deeds,
    Duty,
    DutyKind,
    DutyState,
    Occasion,
    State,
    Truancy,
    truancy,
)

__all__ = [
    "STEPS",
    "WINDOW",
    "Change",
    "ChronicShare",
    "Days",
    "Deeds",
    "Duty",
    "DutyKind",
    "DutyState",
    "FollowUp",
    "Gain",
    "Mark",
    "Occasion",
    "ReleaseNotice",
    "Series",
    "State",
    "Status",
    "Truancy",
    "change",
    "chronic_share",
    "follow_ups",
    "gain",
    "is_chronic",
    "law",
    "release_notice",
    "truancy",
]
