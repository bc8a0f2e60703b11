"""Forms of the way to school. Each says what happens next, and none asks for a pupil's name."""

from schoolward.domains.routes.forms.application import ApplicationForm
from schoolward.domains.routes.forms.barriers import (
    AcceptForm,
    AnswerForm,
    CorrectForm,
    PhotoForm,
    PlanAuditForm,
    ReasonForm,
    RecommendForm,
    ReportForm,
    TakeForm,
    WhatForm,
)
from schoolward.domains.routes.forms.buses import BusForm, LeaderForm, RunForm, StopsForm
from schoolward.domains.routes.forms.crossings import AssignForm, CountForm, CrossingForm, EndForm, PostForm
from schoolward.domains.routes.forms.fields import only_site
from schoolward.domains.routes.forms.placing import BusPlanForm, GuardsForm
from schoolward.domains.routes.forms.plans import AskForm, PupilsForm
from schoolward.domains.routes.forms.travel import CompareForm, SurveyForm, TallyCorrection, TallyForm
from schoolward.domains.routes.forms.zones import WalkZoneForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "ApplicationForm",
    "AskForm",
    "AssignForm",
    "BusForm",
    "BusPlanForm",
    "CompareForm",
    "CorrectForm",
    "CountForm",
    "CrossingForm",
    "EndForm",
    "GuardsForm",
    "LeaderForm",
    "PhotoForm",
    "PlanAuditForm",
    "PostForm",
    "PupilsForm",
    "ReasonForm",
    "RecommendForm",
    "ReportForm",
    "RunForm",
    "StopsForm",
    "SurveyForm",
    "TakeForm",
    "TallyCorrection",
    "TallyForm",
    "WalkZoneForm",
    "WhatForm",
    "only_site",
]
