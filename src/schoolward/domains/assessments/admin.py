"""Assessments in the technical administration: to look at."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.assessments.models import Assessment
from schoolward.platform.access.look_only import LookOnly


@admin.register(Assessment)
class AssessmentAdmin(LookOnly):
    """The register. It is filled by its page and its import only."""

    list_display = ("reference", "campus", "kind", "assessed_on", "invented")
    list_filter = ("kind", "invented")
    list_select_related = ("campus",)
