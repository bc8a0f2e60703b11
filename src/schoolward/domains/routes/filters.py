"""How the lists of barriers, tallies and crossings are narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes.models import (
    OPEN_BARRIERS,
    Barrier,
    BarrierKind,
    BarrierState,
    ClassTally,
    Control,
    Crossing,
    Direction,
    Owner,
    Severity,
    TimeOfDay,
)
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
