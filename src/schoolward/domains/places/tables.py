"""The list of sites."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.models import Campus
from schoolward.platform.ui.tables import ChipColumn, NumberColumn, Table

KIND_LABELS = {
    "district": _("District school"),
    "charter": _("Directly funded charter only"),
    "other": _("Adult center or office"),
    "closed": _("No school on the day"),
}


class SiteTable(Table):
    """One row a site, with the schools that are there on the day of the list."""

    name = django_tables2.Column(
        verbose_name=_("Site"), linkify=("places:detail", {"slug": django_tables2.A("slug")})
    )
    schools = django_tables2.Column(verbose_name=_("Schools"), accessor="school_names")
    kind = ChipColumn(
        verbose_name=_("Kind"),
        accessor="kind_label",
        tones={str(KIND_LABELS["district"]): "info", str(KIND_LABELS["closed"]): "stale"},
    )
    address = django_tables2.Column(verbose_name=_("Address"))
    students = NumberColumn(verbose_name=_("Students"), accessor="students")
    jurisdiction = django_tables2.Column(verbose_name=_("Police jurisdiction"))

    class Meta(Table.Meta):
        model = Campus
        fields: tuple[str, ...] = ()
        sequence = ("name", "schools", "kind", "address", "students", "jurisdiction")

    def value_name(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)
