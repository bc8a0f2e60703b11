"""How the lists of barriers, tallies, crossings and collisions are narrowed."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes.models import (
    OPEN_BARRIERS,
    Barrier,
    BarrierKind,
    BarrierState,
    ClassTally,
    Collision,
    CollisionSeverity,
    Control,
    Crossing,
    Direction,
    Owner,
    PositionQuality,
    Severity,
    TimeOfDay,
)
from schoolward.domains.routes.queries import near_sites
from schoolward.platform.ui.search import holds_words

OPEN = "open"


def _site() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=_("Site"), field_name="campus_id", choices=lambda: list(campus_names().items())
    )


class BarrierFilter(django_filters.FilterSet):
    """By words, state, site, kind, owner, severity and time of day."""

    q = django_filters.CharFilter(label=_("Words or reference"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="by_state", choices=[(OPEN, _("All open")), *BarrierState.choices]
    )
    campus = _site()
    kind = django_filters.ChoiceFilter(label=_("What is in the way"), choices=BarrierKind.choices)
    owner = django_filters.ChoiceFilter(label=_("Whose ground"), choices=Owner.choices)
    severity = django_filters.ChoiceFilter(label=_("How bad"), choices=Severity.choices)
    time_of_day = django_filters.ChoiceFilter(label=_("When"), choices=TimeOfDay.choices)

    class Meta:
        model = Barrier
        fields: list[str] = []

    def search(self, queryset: QuerySet[Barrier], name: str, value: str) -> QuerySet[Barrier]:
        """Every word stands in the reference, the title or the place."""
        return queryset.filter(holds_words(value, "reference", "title", "place"))

    def by_state(self, queryset: QuerySet[Barrier], name: str, value: str) -> QuerySet[Barrier]:
        """One state, or all open ones."""
        return queryset.filter(state__in=OPEN_BARRIERS) if value == OPEN else queryset.filter(state=value)


class TallyFilter(django_filters.FilterSet):
    """By site, days and direction."""

    campus = _site()
    start = django_filters.DateFilter(label=_("From"), field_name="day", lookup_expr="gte")
    end = django_filters.DateFilter(label=_("To"), field_name="day", lookup_expr="lte")
    direction = django_filters.ChoiceFilter(label=_("Which way"), choices=Direction.choices)

    class Meta:
        model = ClassTally
        fields: list[str] = []


class CrossingFilter(django_filters.FilterSet):
    """By words, site and control."""

    q = django_filters.CharFilter(label=_("Words or reference"), method="search")
    campus = _site()
    control = django_filters.ChoiceFilter(label=_("What stops vehicles"), choices=Control.choices)

    class Meta:
        model = Crossing
        fields: list[str] = []

    def search(self, queryset: QuerySet[Crossing], name: str, value: str) -> QuerySet[Crossing]:
        """Every word stands in the reference or the place."""
        return queryset.filter(holds_words(value, "reference", "place"))


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
