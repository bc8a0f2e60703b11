"""Tables of site assessment: instruments, assessments and their walks, findings, defects and upkeep."""

from schoolward.domains.assessments.models.assessments import Assessment, AssessmentKind, AssessmentState
from schoolward.domains.assessments.models.crosswalks import CrosswalkFile
from schoolward.domains.assessments.models.fillings import Filling, FillingFile, FillingWay
from schoolward.domains.assessments.models.findings import (
    UNRESOLVED,
    Finding,
    FindingState,
    ReinspectionRequest,
    Sighting,
)
from schoolward.domains.assessments.models.instruments import (
    Instrument,
    InstrumentFormat,
    InstrumentItem,
    InstrumentVersion,
)
from schoolward.domains.assessments.models.journal import WalkEntry, WalkPhoto
from schoolward.domains.assessments.models.settlements import Settlement, SettlementEffect
from schoolward.domains.assessments.models.upkeep import (
    DefectKind,
    DefectPoint,
    DefectReport,
    DefectState,
    PlanRun,
    PreventivePlan,
    Recurrence,
)
from schoolward.domains.assessments.models.walks import Answer, AnswerPhoto, Mark, SitePlan, Walk

__all__ = [
    "UNRESOLVED",
    "Answer",
    "AnswerPhoto",
    "Assessment",
    "AssessmentKind",
    "AssessmentState",
    "CrosswalkFile",
    "DefectKind",
    "DefectPoint",
    "DefectReport",
    "DefectState",
    "Filling",
    "FillingFile",
    "FillingWay",
    "Finding",
    "FindingState",
    "Instrument",
    "InstrumentFormat",
    "InstrumentItem",
    "InstrumentVersion",
    "Mark",
    "PlanRun",
    "PreventivePlan",
    "Recurrence",
    "ReinspectionRequest",
    "Settlement",
    "SettlementEffect",
    "Sighting",
    "SitePlan",
    "Walk",
    "WalkEntry",
    "WalkPhoto",
]
