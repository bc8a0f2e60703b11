"""Editions in the administration: to look at, never to change. Changes go through the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.platform.access.look_only import LookOnly
from schoolward.reports.models import Edition


@admin.register(Edition)
class EditionAdmin(LookOnly):
    """A read-only list."""

    list_display = ("report", "number", "as_of", "state", "frozen_at", "published_at")
    list_filter = ("report", "state")
