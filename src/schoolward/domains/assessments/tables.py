"""The register as a list."""

from __future__ import annotations

import django_tables2
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import Assessment
from schoolward.platform.ui.tables import DayColumn, Table


class AssessmentTable(Table):
    """One row an assessment."""

    reference = django_tables2.Column(verbose_name=_("Reference"))
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    kind = django_tables2.Column(verbose_name=_("Kind"))
    assessed_on = DayColumn(verbose_name=_("Done on"))
    assessor_role = django_tables2.Column(verbose_name=_("Who assessed"))
    document = django_tables2.Column(verbose_name=_("Document"), default="–")  # noqa: RUF001

    class Meta(Table.Meta):
        model = Assessment
        fields: tuple[str, ...] = ()
        sequence = ("reference", "campus", "kind", "assessed_on", "assessor_role", "document")
