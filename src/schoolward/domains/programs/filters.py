"""How the list of programs is narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.kinds import Kind
from schoolward.domains.programs.models import Program, ProgramState, Provider
from schoolward.domains.programs.queries import with_state
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today


class ProgramFilter(django_filters.FilterSet):
    """By words, kind, provider, age and how it stands."""

    q = django_filters.CharFilter(label=_("Words"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    provider = django_filters.ModelChoiceFilter(label=_("Provider"), queryset=Provider.objects.all())
    age = django_filters.NumberFilter(label=_("For age"), method="by_age", min_value=0, max_value=25)
    state = django_filters.ChoiceFilter(label=_("Stands"), choices=ProgramState.choices, method="by_state")

    class Meta:
        model = Program
        fields: list[str] = []

    def search(self, queryset: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Every word must stand in the title or the summary."""
        for word in value.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return queryset

    def by_age(self, queryset: QuerySet[Program], name: str, value: float) -> QuerySet[Program]:
        """Programs that take this age, or say nothing about age."""
        return queryset.filter(
            Q(min_age__isnull=True) | Q(min_age__lte=value), Q(max_age__isnull=True) | Q(max_age__gte=value)
        )

    def by_state(self, queryset: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """How it stands today."""
        return with_state(queryset, value, on=today(viewer_of(self.request).at))
