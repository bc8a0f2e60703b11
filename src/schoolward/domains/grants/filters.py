"""How the lists of grants are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.models import (
    FUNDERS,
    KINDS,
    REPORT_KINDS,
    Award,
    BudgetLine,
    Choice,
    Entry,
    Opportunity,
    ReportDue,
)
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today


def _holds(queryset: QuerySet[Any], value: str, *fields: str) -> QuerySet[Any]:
    """Every word must stand in one of the fields."""
    for word in value.split():
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": word})
        queryset = queryset.filter(condition)
    return queryset


class AwardFilter(django_filters.FilterSet):
    """By words, whose money it is, and how it stands."""

    q = django_filters.CharFilter(label=_("Words"), method="search")
    funder = django_filters.ChoiceFilter(label=_("Whose money"), choices=FUNDERS)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("under_way", _("Under way")), ("over", _("Over, not closed")), ("closed", _("Closed"))],
        method="by_state",
    )

    class Meta:
        model = Award
        fields: list[str] = []

    def search(self, queryset: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """Words of title, funder and number."""
        return _holds(queryset, value, "title", "funder_name", "number")

    def by_state(self, queryset: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """As of today."""
        day = today(viewer_of(self.request).at)
        if value == "closed":
            return queryset.filter(closed_on__isnull=False)
        open_ones = queryset.filter(closed_on__isnull=True)
        return (
            open_ones.filter(end__lt=day)
            if value == "over"
            else open_ones.filter(start__lte=day, end__gte=day)
        )


def lines_of(request: Any) -> QuerySet[BudgetLine]:
    """The lines of the award whose ledger is looked at."""
    key = request.resolver_match.kwargs.get("key") if request is not None else None
    return BudgetLine.objects.filter(award__key=key)


class EntryFilter(django_filters.FilterSet):
    """By words, kind, line, days, and whether it has a purpose."""

    q = django_filters.CharFilter(label=_("Words"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS)
    line = django_filters.ModelChoiceFilter(label=_("Line"), queryset=lines_of)
    since = django_filters.DateFilter(label=_("From"), field_name="on", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("To"), field_name="on", lookup_expr="lte")
    purpose = django_filters.ChoiceFilter(
        label=_("Purpose"), choices=[("none", _("Spent, and no purpose yet"))], method="by_purpose"
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def search(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Words of description, document and payee."""
        return _holds(queryset, value, "description", "document", "payee", "external_id")

    def by_purpose(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Expenditures that stand and of which nothing says what they were for."""
        standing = queryset.filter(kind="expenditure", reverses__isnull=True, reversed_by__isnull=True)
        return standing.filter(purposes__isnull=True)


class ReportFilter(django_filters.FilterSet):
    """By award, kind and whether it was sent."""

    award = django_filters.ModelChoiceFilter(label=_("Award"), queryset=Award.objects.all())
    kind = django_filters.ChoiceFilter(label=_("Report"), choices=REPORT_KINDS)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Not sent")), ("late", _("Late")), ("sent", _("Sent"))],
        method="by_state",
    )

    class Meta:
        model = ReportDue
        fields: list[str] = []

    def by_state(self, queryset: QuerySet[ReportDue], name: str, value: str) -> QuerySet[ReportDue]:
        """As of today."""
        if value == "sent":
            return queryset.filter(submitted_on__isnull=False)
        open_ones = queryset.filter(submitted_on__isnull=True)
        return open_ones.filter(due__lt=today(viewer_of(self.request).at)) if value == "late" else open_ones


class OpportunityFilter(django_filters.FilterSet):
    """By words and decision."""

    q = django_filters.CharFilter(label=_("Words"), method="search")
    choice = django_filters.ChoiceFilter(label=_("Decision"), choices=Choice.choices)

    class Meta:
        model = Opportunity
        fields: list[str] = []

    def search(self, queryset: QuerySet[Opportunity], name: str, value: str) -> QuerySet[Opportunity]:
        """Words of title and funder."""
        return _holds(queryset, value, "title", "funder_name")
