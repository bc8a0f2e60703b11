"""How the list of collisions is narrowed."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes.models import Collision, CollisionSeverity, PositionQuality
from schoolward.domains.routes.queries import near_sites


class CollisionFilter(django_filters.FilterSet):
    """By day, site, gravity, who was involved, and how sure the position is."""

    start = django_filters.DateFilter(
        label=_("From"), field_name="day", lookup_expr="gte", widget=forms.DateInput()
    )
    end = django_filters.DateFilter(
        label=_("To"), field_name="day", lookup_expr="lte", widget=forms.DateInput()
    )
    campus = django_filters.ChoiceFilter(
        label=_("Site"), method="by_site", choices=lambda: list(campus_names().items())
    )
    near = django_filters.BooleanFilter(
        label=_("Within 402 m of a school"), method="by_near", widget=forms.CheckboxInput()
    )
    grave = django_filters.BooleanFilter(
        label=_("Killed or seriously injured on foot or by bike"),
        method="by_grave",
        widget=forms.CheckboxInput(),
    )
    severity = django_filters.ChoiceFilter(label=_("Gravest injury"), choices=CollisionSeverity.choices)
    quality = django_filters.ChoiceFilter(label=_("Position"), choices=PositionQuality.choices)

    class Meta:
        model = Collision
        fields: list[str] = []

    def by_site(self, queryset: QuerySet[Collision], name: str, value: str) -> QuerySet[Collision]:
        """Near one site."""
        return near_sites(queryset, int(value))

    def by_near(self, queryset: QuerySet[Collision], name: str, value: bool | None) -> QuerySet[Collision]:
        """Near any site when ticked; unticked is no filter."""
        return near_sites(queryset, None) if value else queryset

    def by_grave(self, queryset: QuerySet[Collision], name: str, value: bool | None) -> QuerySet[Collision]:
        """Only grave ones when ticked."""
        return queryset.filter(grave=True) if value else queryset


# "from" is no Python name, but it is the word in the address.
CollisionFilter.base_filters = {
    {"start": "from", "end": "to"}.get(name, name): made
    for name, made in CollisionFilter.base_filters.items()
}
