"""How the list of incidents is narrowed."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.incidents.models import Category, Incident, Source
from schoolward.domains.incidents.queries import ALL_CRIMES, AT, NEAR, numbered
from schoolward.domains.places.queries import campus_names

MOST_OF_A_NUMBER = 500
"""So many incidents of one number are listed: a case has few, and a statement takes only so many keys."""


class IncidentFilter(django_filters.FilterSet):
    """By day, kind, place, school hours, source and number."""

    number = django_filters.CharFilter(label=_("Number"), method="by_number")
    start = django_filters.DateFilter(
        label=_("From"), field_name="local_date", lookup_expr="gte", widget=forms.DateInput()
    )
    end = django_filters.DateFilter(
        label=_("To"), field_name="local_date", lookup_expr="lte", widget=forms.DateInput()
    )
    category = django_filters.ChoiceFilter(
        label=_("What happened"),
        method="by_category",
        choices=[(ALL_CRIMES, _("All crimes")), *Category.choices],
    )
    campus = django_filters.ChoiceFilter(
        label=_("Site"), field_name="campus_id", choices=lambda: list(campus_names().items())
    )
    where = django_filters.ChoiceFilter(
        label=_("Where"),
        method="by_place",
        choices=[(AT, _("At a site's address")), (NEAR, _("Within 1,000 feet of a site"))],
    )
    hours = django_filters.BooleanFilter(
        label=_("In school hours"), method="by_hours", widget=forms.CheckboxInput()
    )
    source = django_filters.ChoiceFilter(label=_("Source"), choices=Source.choices)

    class Meta:
        model = Incident
        fields: list[str] = []

    def by_number(self, queryset: QuerySet[Incident], name: str, value: str) -> QuerySet[Incident]:
        """The source's own number, a case number, or ours."""
        return queryset.filter(pk__in=numbered(value, most=MOST_OF_A_NUMBER))

    def by_category(self, queryset: QuerySet[Incident], name: str, value: str) -> QuerySet[Incident]:
        """One category, or everything that is a crime."""
        return queryset.filter(is_crime=True) if value == ALL_CRIMES else queryset.filter(category=value)

    def by_place(self, queryset: QuerySet[Incident], name: str, value: str) -> QuerySet[Incident]:
        """At the address of a site, or near one."""
        return queryset.filter(at_campus=True) if value == AT else queryset.filter(near_campus=True)

    def by_hours(self, queryset: QuerySet[Incident], name: str, value: bool | None) -> QuerySet[Incident]:
        """Only in school hours when ticked; unticked is no filter."""
        return queryset.filter(in_school_hours=True) if value else queryset


# "from" is no Python name, but it is the word in the address and on the command line.
IncidentFilter.base_filters = {
    {"start": "from", "end": "to"}.get(name, name): made for name, made in IncidentFilter.base_filters.items()
}
