"""The list of work."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State
from schoolward.platform.ui.tables import ChipColumn, DayColumn, MoneyColumn, Table

TONES: dict[str, str] = {
    State.PROPOSED: "plain",
    State.ACCEPTED: "info",
    State.FUNDED: "info",
    State.SCHEDULED: "info",
    State.DONE: "watch",
    State.VERIFIED: "good",
    State.DECLINED: "stale",
}


class WorkTable(Table):
    """One row a piece of work."""

    reference = django_tables2.Column(verbose_name=_("Reference"), attrs={"td": {"class": "code"}})
    title = django_tables2.Column(
        verbose_name=_("Work"), linkify=("work:detail", {"pk": django_tables2.A("pk")})
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name", default=_("District"))
    state = ChipColumn(verbose_name=_("State"), tones=TONES)
    severity = ChipColumn(
        verbose_name=_("Severity"),
        tones={"urgent": "bad", "high": "watch", "medium": "plain", "low": "plain"},
    )
    trade = django_tables2.Column(verbose_name=_("Trade"))
    due = DayColumn(verbose_name=_("Due"))
    estimate_cents = MoneyColumn(verbose_name=_("Estimate"))

    class Meta(Table.Meta):
        model = WorkItem
        fields: tuple[str, ...] = ()
        sequence = (
            "reference",
            "title",
            "campus",
            "state",
            "severity",
            "trade",
            "due",
            "estimate_cents",
        )

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)
