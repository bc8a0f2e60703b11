"""How the lists of alarms are narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms.counting_filters import CountingFilters
from schoolward.domains.alarms.models import (
    AlarmSystem,
    Case,
    CaseKind,
    CaseState,
    Cause,
    Disposition,
    Signal,
    SignalKind,
)
from schoolward.domains.places.queries import campus_names
from schoolward.platform.ui.asking import LARGEST

OPEN = "open"


def _sites() -> list[tuple[int, str]]:
    return list(campus_names().items())


def _day(label: object, field: str, lookup: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(label=label, field_name=field, lookup_expr=lookup)


def _moment(lookup: str) -> django_filters.IsoDateTimeFilter:
    """To the second, for links to what a page has counted."""
    return django_filters.IsoDateTimeFilter(
        field_name="opened_at", lookup_expr=lookup, widget=django_filters.widgets.forms.HiddenInput()
    )


class CaseFilter(CountingFilters):
    """By words, state, kind, site, how they ended and when they began."""

    q = django_filters.CharFilter(label=_("Words or number"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="by_state", choices=[(OPEN, _("All open")), *CaseState.choices]
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=CaseKind.choices)
    signal_kind = django_filters.ChoiceFilter(label=_("Signal"), choices=SignalKind.choices)
    campus = django_filters.ChoiceFilter(label=_("Site"), field_name="campus_id", choices=_sites)
    disposition = django_filters.ChoiceFilter(label=_("How it ended"), choices=Disposition.choices)
    cause = django_filters.ChoiceFilter(label=_("What set it off"), choices=Cause.choices)
    zone = django_filters.NumberFilter(
        field_name="zone_id",
        label=_("Zone"),
        widget=django_filters.widgets.forms.HiddenInput(),
        min_value=1,
        max_value=LARGEST,
    )
    since = _day(_("From"), "opened_on", "gte")
    until = _day(_("To"), "opened_on", "lte")
    began_from = _moment("gte")
    began_until = _moment("lte")

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Every word must stand in the title, the number or the site."""
        for word in value.split():
            queryset = queryset.filter(
                Q(title__icontains=word) | Q(number__icontains=word) | Q(campus__name__icontains=word)
            )
        return queryset

    def by_state(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """One state, or whatever is not closed."""
        if value == OPEN:
            return queryset.exclude(state=CaseState.CLOSED)
        return queryset.filter(state=value)


class SignalFilter(django_filters.FilterSet):
    """By account, code, kind, site, case and when they came."""

    account = django_filters.CharFilter(label=_("Account"), lookup_expr="iexact")
    code = django_filters.CharFilter(label=_("Code"), lookup_expr="iexact")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=SignalKind.choices)
    campus = django_filters.ChoiceFilter(label=_("Site"), field_name="campus_id", choices=_sites)
    case = django_filters.CharFilter(label=_("Case"), field_name="case__number")
    since = _day(_("From"), "received_at", "date__gte")
    until = _day(_("To"), "received_at", "date__lte")

    class Meta:
        model = Signal
        fields: list[str] = []


class SystemFilter(django_filters.FilterSet):
    """By account, site, and whether it is heard from."""

    q = django_filters.CharFilter(label=_("Account, title or site"), method="search")
    campus = django_filters.ChoiceFilter(label=_("Site"), field_name="campus_id", choices=_sites)
    link = django_filters.ChoiceFilter(
        label=_("Link"),
        method="by_link",
        choices=[("lost", _("Not heard from")), ("heard", _("Heard from")), ("none", _("Not supervised"))],
    )

    class Meta:
        model = AlarmSystem
        fields: list[str] = []

    def search(self, queryset: QuerySet[AlarmSystem], name: str, value: str) -> QuerySet[AlarmSystem]:
        """Every word must stand in the account, the title or the site."""
        for word in value.split():
            queryset = queryset.filter(
                Q(account__icontains=word) | Q(title__icontains=word) | Q(campus__name__icontains=word)
            )
        return queryset

    def by_link(self, queryset: QuerySet[AlarmSystem], name: str, value: str) -> QuerySet[AlarmSystem]:
        """Lost, heard, or not supervised."""
        if value == "lost":
            return queryset.filter(link__lost_at__isnull=False)
        if value == "none":
            return queryset.filter(supervision_seconds__isnull=True)
        return queryset.filter(link__lost_at__isnull=True, link__heard_at__isnull=False)
