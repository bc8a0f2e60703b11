"""Assessments in the technical administration: to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from schoolward.domains.assessments.models import Assessment


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """The register. It is filled by its page and its import only."""

    list_display = ("reference", "campus", "kind", "assessed_on", "invented")
    list_filter = ("kind", "invented")
    list_select_related = ("campus",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
