"""Assessments in the technical administration: to look at."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    Assessment,
    CrosswalkFile,
    DefectPoint,
    DefectReport,
    Filling,
    FillingFile,
    Finding,
    Instrument,
    InstrumentVersion,
    PreventivePlan,
    ReinspectionRequest,
    Sighting,
    Walk,
    WalkEntry,
    WalkPhoto,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Assessment)
class AssessmentAdmin(LookOnly):
    """The register. It is filled by its page and its import only."""

    list_display = ("reference", "campus", "kind", "state", "assessed_on", "invented")
    list_filter = ("kind", "state", "invented")
    list_select_related = ("campus",)


admin.site.register(
    [
        Instrument,
        InstrumentVersion,
        Walk,
        Answer,
        AnswerPhoto,
        WalkEntry,
        WalkPhoto,
        Filling,
        FillingFile,
        Finding,
        Sighting,
        ReinspectionRequest,
        CrosswalkFile,
        DefectPoint,
        DefectReport,
        PreventivePlan,
    ],
    LookOnly,
)
