"""Which day the years of keeping are counted from, for every table about a young person.

A child's row goes with or before the row that it hangs on: its day is that row's. Whoever is not served any
more is still a child, so that the young person and those who stand for them are counted from the eighteenth
birthday.
"""

from __future__ import annotations

from schoolward.platform.access.models.retention import KeptAfter
from schoolward.platform.access.retention.registry import Retained, retain

CLOSED, TURNED_18 = KeptAfter.CLOSED, KeptAfter.TURNED_18

#: By table: the day on which it is closed, or ``None`` where nothing closes it.
CLOSED_BY: dict[str, str | None] = {
    "Youth": None,
    "Guardian": None,
    "LookAlike": None,
    "RosterDifference": None,
    "AttendanceDay": None,
    "TruancyDeed": None,
    "BoardContract": "outcome_on",
    "Referral": "ended_on",
    "Step": "referral__ended_on",
    "Contact": "referral__ended_on",
    "Goal": "referral__ended_on",
    "Service": "referral__ended_on",
    "FollowUp": "referral__ended_on",
    "ClassSeat": "referral__ended_on",
    "SeatDuty": "seat__referral__ended_on",
    "MonthlyTrack": "referral__ended_on",
    "AcademyMember": "left_on",
    "ServiceHours": "member__left_on",
    "AcademyPresence": "member__left_on",
    "CentreVisit": "left_at",
    "ParentContact": "visit__left_at",
    "PlanStep": "visit__left_at",
    "ReleaseCorrection": "visit__left_at",
    "VisitFollowUp": "visit__left_at",
    "DiversionCase": "closed_on",
    "ContractTerm": "case__outcome_on",
    "TermProof": "term__case__outcome_on",
}

for _name, _closed in CLOSED_BY.items():
    _born = "born_on" if _name == "Youth" else "youth__born_on"
    _events: dict[str, str] = {TURNED_18: _born}
    if _closed:
        _events[CLOSED] = _closed
    retain(Retained(f"cases.{_name}", _events))
