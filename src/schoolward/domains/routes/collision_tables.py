"""The list of collisions on foot or by bike."""

from __future__ import annotations

import django_tables2
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.models import Collision
from schoolward.platform.ui.tables import Table, chip


class CollisionTable(Table):
    """One row a collision, the newest first."""

    day = django_tables2.DateColumn(
        verbose_name=_("Day"), linkify=("collisions:detail", {"pk": django_tables2.A("pk")})
    )
    severity = django_tables2.Column(verbose_name=_("Gravest injury"))
    who = django_tables2.Column(verbose_name=_("Who"), empty_values=(), orderable=False)
    streets = django_tables2.Column(verbose_name=_("Where"), orderable=False)
    quality = django_tables2.Column(verbose_name=_("Position"))
    layout = django_tables2.Column(verbose_name=_("System"), orderable=False)
    number = django_tables2.Column(verbose_name=_("Number"), orderable=False)

    class Meta(Table.Meta):
        model = Collision
        fields = ("day", "severity", "who", "streets", "quality", "layout", "number")
        order_by_field = "sort"

    def render_severity(self, value: str, record: Collision) -> SafeString:
        mark = chip(_t("Invented"), "stale") if record.invented else ""
        return format_html("{} {}", value, mark)

    def value_severity(self, record: Collision) -> str:
        return record.severity

    def render_who(self, record: Collision) -> str:
        found = [_t("On foot")] if record.pedestrian else []
        return ", ".join([*found, *([_t("By bike")] if record.bicycle else [])])
