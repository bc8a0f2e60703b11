"""Forms of alarms: short ones for the answers at the desk, and those that keep what the desk stands on."""

from schoolward.domains.alarms.forms.answers import (
    AbortForm,
    CallForm,
    CloseForm,
    EvidenceForm,
    GuardForm,
    HandOverForm,
    ImpossibleForm,
    NothingForm,
    PoliceForm,
    ReasonForm,
    StepForm,
    TextForm,
)
from schoolward.domains.alarms.forms.keeping import (
    ContactForm,
    LineForm,
    PlanForm,
    ScheduleForm,
    SystemForm,
    TestForm,
    ZoneForm,
)

__all__ = [
    "AbortForm",
    "CallForm",
    "CloseForm",
    "ContactForm",
    "EvidenceForm",
    "GuardForm",
    "HandOverForm",
    "ImpossibleForm",
    "LineForm",
    "NothingForm",
    "PlanForm",
    "PoliceForm",
    "ReasonForm",
    "ScheduleForm",
    "StepForm",
    "SystemForm",
    "TestForm",
    "TextForm",
    "ZoneForm",
]
