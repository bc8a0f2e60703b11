"""Funding in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.funding.models import (
    Allocation,
    Approval,
    AwardScope,
    CandidateFact,
    Plan,
    PriceOption,
    Scenario,
    TransferNeed,
    WorkLink,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Plan)
class PlanAdmin(LookOnly):
    """All plans."""

    list_display = ("title", "on", "by_name", "invented")
    search_fields = ("title",)


@admin.register(Scenario)
class ScenarioAdmin(LookOnly):
    """All scenarios."""

    list_display = ("title", "plan", "state", "by_name", "computed_at", "invented")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(Allocation)
class AllocationAdmin(LookOnly):
    """All money that was set aside."""

    list_display = ("work", "award", "line", "amount_cents", "match_cents", "on", "withdrawn_on")


admin.site.register([Approval, AwardScope, CandidateFact, PriceOption, TransferNeed, WorkLink], LookOnly)
