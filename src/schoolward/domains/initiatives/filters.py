"""How the list of initiatives is narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models import Initiative, Kind, Status, Strand
from schoolward.domains.initiatives.queries import with_status
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today


class InitiativeFilter(django_filters.FilterSet):
    """By words, kind, strand, status and who answers for it."""

    q = django_filters.CharFilter(label=_("Words"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    strand = django_filters.ChoiceFilter(label=_("Where the paper speaks of it"), choices=Strand.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices, method="by_status")
    owner_role = django_filters.ChoiceFilter(
        label=_("Who answers for it"), choices=[(role.value, role.label) for role in HUMAN_ROLES]
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def by_status(self, queryset: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        """The status as of today."""
        return with_status(queryset, value, on=today(viewer_of(self.request).at))

    def search(self, queryset: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        """Every word must stand in the title or the summary."""
        for word in value.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return queryset
