"""Tables of alarms: what is received, what it means, what was done about it, and what it costs.

``receiving`` is written by receivers that know nothing of Django; ``signals`` and ``cases`` by the one
process that reads their journal; the rest by people.
"""

from schoolward.domains.alarms.models.answers import ANSWERED, CallOutcome, EvidenceKind, PoliceAgency
from schoolward.domains.alarms.models.armed import ArmedDay, ArmedUntil
from schoolward.domains.alarms.models.cases import (
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    Cause,
    Disposition,
    EntryKind,
    HandOver,
)
from schoolward.domains.alarms.models.permits import Appeal, AppealOutcome, Permit
from schoolward.domains.alarms.models.plans import (
    ActionPlan,
    ArmingSchedule,
    CallContact,
    OnTest,
    PlanStep,
    StepKind,
)
from schoolward.domains.alarms.models.receiving import (
    JournalSegment,
    Lease,
    LinkState,
    ReadPosition,
    Transport,
)
from schoolward.domains.alarms.models.signals import Oddity, Signal, SignalKind
from schoolward.domains.alarms.models.systems import AlarmSystem, Device, Line, OutagePolicy, Zone

__all__ = [
    "ANSWERED",
    "ActionPlan",
    "AlarmSystem",
    "Appeal",
    "AppealOutcome",
    "ArmedDay",
    "ArmedUntil",
    "ArmingSchedule",
    "CallContact",
    "CallOutcome",
    "Case",
    "CaseEntry",
    "CaseKind",
    "CaseState",
    "Cause",
    "Device",
    "Disposition",
    "EntryKind",
    "EvidenceKind",
    "HandOver",
    "JournalSegment",
    "Lease",
    "Line",
    "LinkState",
    "Oddity",
    "OnTest",
    "OutagePolicy",
    "Permit",
    "PlanStep",
    "PoliceAgency",
    "ReadPosition",
    "Signal",
    "SignalKind",
    "StepKind",
    "Transport",
    "Zone",
]
