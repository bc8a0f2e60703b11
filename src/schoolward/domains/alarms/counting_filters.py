"""By what the numbers of the reduction page open the list of cases: each is a filter that is not shown."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.utils import timezone

from schoolward.domains.alarms.models import Case, CaseKind
from schoolward.domains.alarms.queries.cases import ACTIVATIONS, FALSE, NOT_COUNTED

_HIDDEN: Any = django_filters.widgets.forms.HiddenInput


class CountingFilters(django_filters.FilterSet):
    """``counted=1``: what rates count; ``counted=false``: the false ones of it. Role, weekday and hour."""

    counted = django_filters.CharFilter(method="by_counted", widget=_HIDDEN())
    role = django_filters.CharFilter(field_name="cause_role", widget=_HIDDEN())
    sent = django_filters.CharFilter(method="by_sent", widget=_HIDDEN())
    weekday = django_filters.NumberFilter(method="by_weekday", widget=_HIDDEN())
    hour = django_filters.NumberFilter(method="by_hour", widget=_HIDDEN())

    def by_counted(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """What was set off, without tests and faults; with ``false`` the false alarms alone."""
        found = queryset.filter(kind=CaseKind.ALARM, signal_kind__in=ACTIVATIONS, is_test=False).exclude(
            disposition__in=NOT_COUNTED
        )
        return found.filter(disposition__in=FALSE) if value == "false" else found

    def by_sent(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Those to which police were sent; with ``verified`` those that had been verified before."""
        found = queryset.filter(police_dispatched_at__isnull=False)
        return found.filter(verified_before_dispatch=True) if value == "verified" else found

    def by_weekday(self, queryset: QuerySet[Case], name: str, value: Any) -> QuerySet[Case]:
        """0 is Monday, by the local clock."""
        day = ExtractIsoWeekDay("opened_at", tzinfo=timezone.get_default_timezone())
        return queryset.annotate(local_weekday=day).filter(local_weekday=int(value) + 1)

    def by_hour(self, queryset: QuerySet[Case], name: str, value: Any) -> QuerySet[Case]:
        """The hour in which it began, by the local clock."""
        hour = ExtractHour("opened_at", tzinfo=timezone.get_default_timezone())
        return queryset.annotate(local_hour=hour).filter(local_hour=int(value))
