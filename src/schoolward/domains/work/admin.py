"""Work in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.work.models import DueChange, Evidence, Transition, WorkItem
from schoolward.platform.access.look_only import LookOnly


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
