"""Editions in the administration: to look at, never to change. Changes go through the actions."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from schoolward.reports.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """A read-only list."""

    list_display = ("report", "number", "as_of", "state", "frozen_at", "published_at")
    list_filter = ("report", "state")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False
