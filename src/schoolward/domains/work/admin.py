"""Work in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from schoolward.domains.work.models import DueChange, Evidence, Transition, WorkItem


class LookOnly(admin.ModelAdmin):
    """Rows that only actions may write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WorkItem)
class WorkItemAdmin(LookOnly):
    """All work."""

    list_display = ("reference", "title", "campus", "state", "due", "invented")
    list_filter = ("state", "kind", "trade", "severity", "invented")
    search_fields = ("reference", "title")
    list_select_related = ("campus",)


@admin.register(Transition)
class TransitionAdmin(LookOnly):
    """Every move."""

    list_display = ("item", "number", "from_state", "to_state", "on", "by_name")
    list_select_related = ("item",)


admin.site.register([DueChange, Evidence], LookOnly)
