"""Grants in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.grants.models import (
    Amendment,
    Application,
    ApplicationPart,
    Award,
    BudgetLine,
    CalendarFeed,
    Entry,
    Evidence,
    LapseAlert,
    LedgerAccount,
    MonthSum,
    Opportunity,
    OverrideRequest,
    Position,
    PositionFunding,
    Purpose,
    ReportDue,
    SignOff,
    Transfer,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Award)
class AwardAdmin(LookOnly):
    """All awards."""

    list_display = ("title", "funder_name", "start", "end", "closed_on", "invented_ledger")
    list_filter = ("funder",)
    search_fields = ("title", "number")


@admin.register(Entry)
class EntryAdmin(LookOnly):
    """Every entry."""

    list_display = ("award", "kind", "amount_cents", "on", "description")
    list_filter = ("kind", "award")
    list_select_related = ("award",)


admin.site.register(
    [
        Amendment,
        Application,
        ApplicationPart,
        BudgetLine,
        CalendarFeed,
        Evidence,
        LapseAlert,
        LedgerAccount,
        MonthSum,
        Opportunity,
        OverrideRequest,
        Position,
        PositionFunding,
        Purpose,
        ReportDue,
        SignOff,
        Transfer,
    ],
    LookOnly,
)
