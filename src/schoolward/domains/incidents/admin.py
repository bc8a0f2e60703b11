"""Incidents in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.incidents.models import HourTally, Incident, MonthTally, Offence
from schoolward.platform.access.look_only import LookOnly


@admin.register(Incident)
class IncidentAdmin(LookOnly):
    """All incidents."""

    list_display = ("source", "source_key", "occurred_at", "category", "campus", "method", "generated")
    list_filter = ("source", "category", "method", "generated")
    search_fields = ("=source_key", "=case_number")
    list_select_related = ("campus",)


admin.site.register([Offence, MonthTally, HourTally], LookOnly)
