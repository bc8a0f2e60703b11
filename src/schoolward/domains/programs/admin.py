"""Programs in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.programs.models import (
    Assignment,
    CapacityReport,
    Cohort,
    Contest,
    ContestAnswer,
    DosagePlan,
    EligibilityRule,
    Equipment,
    EvidenceRating,
    FidelityCheck,
    InstrumentResult,
    Offering,
    Oversight,
    Program,
    Proposal,
    Provider,
    Session,
    SessionCount,
    Vetting,
    Volunteer,
    Waiver,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Program)
class ProgramAdmin(LookOnly):
    """The catalogue."""

    list_display = ("title", "kind", "provider", "starts_on", "pilot_until", "ended_on")
    list_filter = ("kind",)
    search_fields = ("title", "summary")


admin.site.register(
    [
        Assignment,
        CapacityReport,
        Cohort,
        Contest,
        ContestAnswer,
        DosagePlan,
        EligibilityRule,
        Equipment,
        EvidenceRating,
        FidelityCheck,
        InstrumentResult,
        Offering,
        Oversight,
        Proposal,
        Provider,
        Session,
        SessionCount,
        Vetting,
        Volunteer,
        Waiver,
    ],
    LookOnly,
)
