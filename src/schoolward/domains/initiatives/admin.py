"""Initiatives in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

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
    Seat,
    StatusUpdate,
)


class LookOnly(admin.ModelAdmin):
    """Rows that only actions may write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Initiative)
class InitiativeAdmin(LookOnly):
    """Initiatives, programs and bodies."""

    list_display = ("number", "title", "kind", "strand", "status", "due")
    list_filter = ("kind", "strand", "status")
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
        Seat,
        StatusUpdate,
    ],
    LookOnly,
)
