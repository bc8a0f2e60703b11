"""Incidents in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from schoolward.domains.incidents.models import HourTally, Incident, MonthTally, Offence


class LookOnly(admin.ModelAdmin[Any]):
    """Rows that only actions may write. No exact count: counting a million rows for a page is slow."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Incident)
class IncidentAdmin(LookOnly):
    """All incidents."""

    list_display = ("source", "source_key", "occurred_at", "category", "campus", "method", "generated")
    list_filter = ("source", "category", "method", "generated")
    search_fields = ("=source_key", "=case_number")
    list_select_related = ("campus",)


admin.site.register([Offence, MonthTally, HourTally], LookOnly)
