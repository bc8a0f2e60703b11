"""How lists of assessments are narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import (
    UNRESOLVED,
    Assessment,
    AssessmentKind,
    AssessmentState,
    DefectKind,
    DefectReport,
    DefectState,
    Finding,
    FindingState,
)
from schoolward.domains.assessments.wording import SEVERITIES, TRADES
from schoolward.domains.places.queries import campus_names

UNRESOLVED_ONES = "unresolved"


class _BySite(django_filters.FilterSet):
    campus = django_filters.ChoiceFilter(
        label=_("Site"), field_name="campus_id", choices=lambda: list(campus_names().items())
    )


class AssessmentFilter(_BySite):
    """By site, kind, state and day."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=AssessmentKind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=AssessmentState.choices)
    since = django_filters.DateFilter(label=_("From"), field_name="assessed_on", lookup_expr="gte")

    class Meta:
        model = Assessment
        fields: list[str] = []


class FindingFilter(_BySite):
    """By state, site, severity and trade."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[(UNRESOLVED_ONES, _("All unresolved")), *FindingState.choices],
    )
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=SEVERITIES)
    trade = django_filters.ChoiceFilter(label=_("Trade"), choices=TRADES)
    area = django_filters.CharFilter(
        label=_("ZIP code"), field_name="campus__zip_code", lookup_expr="startswith"
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def by_state(self, queryset: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        """One state, or all that still need somebody."""
        return queryset.filter(state__in=UNRESOLVED if value == UNRESOLVED_ONES else [value])


class DefectFilter(_BySite):
    """By state, site and kind."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=DefectState.choices)
    kind = django_filters.ChoiceFilter(label=_("What is wrong"), choices=DefectKind.choices)

    class Meta:
        model = DefectReport
        fields: list[str] = []
