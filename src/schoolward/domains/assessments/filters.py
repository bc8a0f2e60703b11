"""How the register is narrowed."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import Assessment, AssessmentKind
from schoolward.domains.places.queries import campus_names


class AssessmentFilter(django_filters.FilterSet):
    """By site, kind and day."""

    campus = django_filters.ChoiceFilter(
        label=_("Site"), field_name="campus_id", choices=lambda: list(campus_names().items())
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=AssessmentKind.choices)
    since = django_filters.DateFilter(label=_("From"), field_name="assessed_on", lookup_expr="gte")

    class Meta:
        model = Assessment
        fields: list[str] = []
