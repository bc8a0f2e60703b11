"""Reads of the audit."""

from __future__ import annotations

from django.db.models import QuerySet

from schoolward.platform.audit.models import Event


def events() -> QuerySet[Event]:
    """Every event, newest first."""
    return Event.objects.order_by("-sequence")


def events_of(subject: str) -> QuerySet[Event]:
    """What happened to one record (``"app.Model:pk"``), newest first."""
    return events().filter(subject=subject)
