"""The list of incidents."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.incidents.models import Incident, Method
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.tables import Table, chip


class IncidentTable(Table):
    """One row an incident, newest first."""

    occurred_at = django_tables2.Column(
        verbose_name=_("When"), linkify=("incidents:detail", {"pk": django_tables2.A("pk")})
    )
    category = django_tables2.Column(verbose_name=_("What happened"))
    offence = django_tables2.Column(verbose_name=_("As the source has it"), orderable=False)
    address = django_tables2.Column(verbose_name=_("Address"), orderable=False, empty_values=())
    campus = django_tables2.Column(verbose_name=_("Site"), orderable=False, default="")
    distance_m = django_tables2.Column(
        verbose_name=_("How it belongs to the site"), orderable=False, empty_values=()
    )
    in_school_hours = django_tables2.Column(verbose_name=_("School hours"), orderable=False)

    class Meta(Table.Meta):
        model = Incident
        fields = (
            "occurred_at",
            "category",
            "offence",
            "address",
            "campus",
            "distance_m",
            "in_school_hours",
        )
        order_by_field = "sort"

    def render_occurred_at(self, value: Any) -> str:
        return date_format(timezone.localtime(value), "j M Y, H:i")

    def value_occurred_at(self, value: Any) -> str:
        return timezone.localtime(value).isoformat(timespec="minutes")

    def render_category(self, value: str, record: Incident) -> SafeString:
        mark = chip(_t("Generated"), "stale") if record.generated else ""
        return format_html("{} {}", value, mark)

    def value_category(self, record: Incident) -> str:
        return record.category

    def render_address(self, record: Incident) -> str:
        request = getattr(self, "request", None)
        if request is not None and not readable(record, "address", viewer_of(request)):
            return _t("Not shown")
        return record.address or (_t("Grid %(grid)s") % {"grid": record.grid} if record.grid else "")

    def render_distance_m(self, record: Incident) -> str:
        return attribution_sentence(record)

    def render_in_school_hours(self, value: bool, record: Incident) -> str:
        if record.campus_id is None:
            return ""  # school hours are those of a site
        return _t("Yes") if value else _t("No")


def attribution_sentence(incident: Incident) -> str:
    """How an incident was attributed, in a few words: "by distance, 212 m (approximate)"."""
    if incident.method == Method.NONE:
        return ""
    if incident.method == Method.ADDRESS:
        return _t("At its address")
    metres = round(incident.distance_m or 0)
    if incident.is_approximate:
        return _t("About %(metres)d m away (placed by police grid)") % {"metres": metres}
    return _t("%(metres)d m away") % {"metres": metres}
