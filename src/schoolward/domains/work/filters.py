"""How the list of work is narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.work.models import LABELS_OF_STATES, Severity, Trade, WorkItem, WorkKind
from schoolward.domains.work.queries import details_open_to, is_late
from schoolward.domains.work.states import OPEN_STATES
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

OPEN, OVERDUE = "open", "overdue"


class WorkFilter(django_filters.FilterSet):
    """By words, state, site, trade, severity, kind and who looks after it."""

    q = django_filters.CharFilter(label=_("Words or reference"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[(OPEN, _("All open")), (OVERDUE, _("Overdue")), *LABELS_OF_STATES],
    )
    campus = django_filters.ChoiceFilter(
        label=_("Site"), field_name="campus_id", choices=lambda: list(campus_names().items())
    )
    kind = django_filters.ChoiceFilter(label=_("What asked for it"), choices=WorkKind.choices)
    trade = django_filters.ChoiceFilter(label=_("Trade"), choices=Trade.choices)
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=Severity.choices)
    owner_role = django_filters.ChoiceFilter(
        label=_("Who looks after it"), choices=[(role.value, role.label) for role in HUMAN_ROLES]
    )

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def search(self, queryset: QuerySet[WorkItem], name: str, value: str) -> QuerySet[WorkItem]:
        """Every word must stand in the title, the reference, or a description that the viewer may read."""
        readable = details_open_to(viewer_of(self.request))
        for word in value.split():
            described = Q(description__icontains=word) & readable
            queryset = queryset.filter(Q(title__icontains=word) | described | Q(reference__icontains=word))
        return queryset

    def by_state(self, queryset: QuerySet[WorkItem], name: str, value: str) -> QuerySet[WorkItem]:
        """One state, all open ones, or what is overdue today."""
        if value == OPEN:
            return queryset.filter(state__in=OPEN_STATES)
        if value == OVERDUE:
            return queryset.filter(is_late(today(viewer_of(self.request).at)))
        return queryset.filter(state=value)
