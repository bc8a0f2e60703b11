"""The lists of plans, and of what was approved."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.funding.models import Allocation, Plan
from schoolward.domains.funding.queries import AllocationNow
from schoolward.domains.grants.wording import dollars
from schoolward.platform.ui.tables import DayColumn, MoneyColumn, NumberColumn, Table, chip

DASH = "\N{EN DASH}"


class PlanTable(Table):
    """One row a plan. ``scenarios`` counts the scenarios of each."""

    title = django_tables2.Column(
        verbose_name=gettext_lazy("Plan"), linkify=("funding:plan", {"pk": django_tables2.A("pk")})
    )
    on = DayColumn(verbose_name=gettext_lazy("Of the day"))
    by_name = django_tables2.Column(verbose_name=gettext_lazy("Made by"))
    scenario_count = NumberColumn(verbose_name=gettext_lazy("Scenarios"), empty_values=())
    stands = django_tables2.Column(verbose_name=gettext_lazy("Stands"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Plan
        fields: tuple[str, ...] = ()
        sequence = ("title", "on", "by_name", "scenario_count", "stands")

    def _state(self, record: Plan) -> tuple[str, str]:
        if getattr(record, "approval", None) is not None:
            return _("Approved"), "good"
        return (_("Waits for approval"), "info") if record.ready_count else (_("No scenario yet"), "plain")  # type: ignore[attr-defined]

    def render_stands(self, record: Plan) -> SafeString:
        return chip(*self._state(record))

    def value_stands(self, record: Plan) -> str:
        return self._state(record)[0]

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class AllocationTable(Table):
    """One row an allocation. ``standings`` maps each one's number to how it stands in the ledger."""

    work = django_tables2.Column(
        verbose_name=gettext_lazy("Work"), linkify=("work:detail", {"pk": django_tables2.A("work_id")})
    )
    award = django_tables2.Column(
        verbose_name=gettext_lazy("Award"), linkify=("grants:award", {"key": django_tables2.A("award__key")})
    )
    line = django_tables2.Column(verbose_name=gettext_lazy("Line"), accessor="line__code")
    amount_cents = MoneyColumn(verbose_name=gettext_lazy("Set aside"))
    match_cents = MoneyColumn(verbose_name=gettext_lazy("Match"))
    bound = MoneyColumn(verbose_name=gettext_lazy("Obligated or spent"), empty_values=(), orderable=False)
    open = MoneyColumn(verbose_name=gettext_lazy("Still open"), empty_values=(), orderable=False)
    on = DayColumn(
        verbose_name=gettext_lazy("Approved"),
        linkify=("funding:approval", {"pk": django_tables2.A("approval_id")}),
    )
    stands = django_tables2.Column(verbose_name=gettext_lazy("Stands"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Allocation
        fields: tuple[str, ...] = ()
        sequence = ("work", "award", "line", "amount_cents", "match_cents", "bound", "open", "stands", "on")

    standings: dict[int, AllocationNow] = {}

    def _cents(self, record: Allocation, name: str) -> str:
        now = self.standings.get(record.pk)
        return DASH if now is None else dollars(getattr(now, name))

    def render_amount_cents(self, value: int) -> str:
        return dollars(value)

    def render_match_cents(self, value: int) -> str:
        return dollars(value)

    def render_bound(self, record: Allocation) -> str:
        return self._cents(record, "bound")

    def render_open(self, record: Allocation) -> str:
        return self._cents(record, "open")

    def value_bound(self, record: Allocation) -> str:
        return f"{self.standings[record.pk].bound / 100:.2f}"

    def value_open(self, record: Allocation) -> str:
        return f"{self.standings[record.pk].open / 100:.2f}"

    def _state(self, record: Allocation) -> tuple[str, str]:
        return standing_in_a_word(self.standings[record.pk])

    def render_stands(self, record: Allocation) -> SafeString:
        return chip(*self._state(record))

    def value_stands(self, record: Allocation) -> str:
        return self._state(record)[0]

    def value_work(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)

    def value_award(self, value: Any) -> str:
        return str(value)


def standing_in_a_word(now: AllocationNow) -> tuple[str, str]:
    """How an allocation stands, and the tone of that."""
    if now.allocation.withdrawn_on is not None:
        return _("Withdrawn"), "stale"
    if not now.is_open:
        return _("Bound in the ledger"), "good"
    return (_("Partly bound"), "info") if now.bound else (_("Set aside"), "info")
