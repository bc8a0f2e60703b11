"""Initiatives in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    DueChange,
    Fact,
    FundingFact,
    Goal,
    Initiative,
    MeasureLink,
    Meeting,
    Milestone,
    Objective,
    Reopening,
    Seat,
    StatusUpdate,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Initiative)
class InitiativeAdmin(LookOnly):
    """Initiatives, programs and bodies."""

    list_display = ("number", "title", "kind", "strand", "start", "due", "closed_on")
    list_filter = ("kind", "strand", "ended")
    search_fields = ("title", "summary")


admin.site.register(
    [
        Blocker,
        Decision,
        DueChange,
        Fact,
        FundingFact,
        Goal,
        MeasureLink,
        Meeting,
        Milestone,
        Objective,
        Reopening,
        Seat,
        StatusUpdate,
    ],
    LookOnly,
)
