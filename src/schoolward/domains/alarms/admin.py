"""Alarms in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmedDay,
    ArmedUntil,
    ArmingSchedule,
    CallContact,
    Case,
    CaseEntry,
    HandOver,
    Lease,
    Line,
    LinkState,
    OnTest,
    Permit,
    ReadPosition,
    Signal,
    Zone,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Case)
class CaseAdmin(LookOnly):
    """All cases."""

    list_display = ("number", "kind", "signal_kind", "state", "campus", "opened_at", "disposition", "cause")
    list_filter = ("state", "kind", "disposition", "cause", "generated")
    search_fields = ("=number",)
    list_select_related = ("campus",)


@admin.register(Signal)
class SignalAdmin(LookOnly):
    """All signals."""

    list_display = ("received_at", "account", "code", "zone_number", "kind", "case")
    list_filter = ("kind", "is_test", "generated")
    search_fields = ("=account",)
    list_select_related = ("case",)


@admin.register(AlarmSystem)
class AlarmSystemAdmin(LookOnly):
    """All systems. Their keys are not shown, not even sealed."""

    list_display = ("account", "line", "campus", "supervision_seconds", "invented")
    list_select_related = ("line", "campus")
    exclude = ("sealed_key",)


admin.site.register(
    [
        ActionPlan,
        ArmedDay,
        ArmedUntil,
        ArmingSchedule,
        CallContact,
        CaseEntry,
        HandOver,
        Lease,
        Line,
        LinkState,
        OnTest,
        Permit,
        ReadPosition,
        Zone,
    ],
    LookOnly,
)
