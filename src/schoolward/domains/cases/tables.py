"""The board of referrals, what a referrer sees of the own ones, and incidents of discipline."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident, Referral
from schoolward.domains.cases.queries.consents import GONE, yes_of
from schoolward.domains.cases.states import State, Told
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.tables import DayColumn, Table, chip
from schoolward.protocols.calpads import RESULTS

STATE_TONES: dict[str, str] = {
    State.REFERRED: "watch",
    State.CONTACTED: "info",
    State.CONSENTED: "info",
    State.STARTED: "good",
    State.COMPLETED: "good",
    State.ENDED: "stale",
}
TOLD_TONES: dict[str, str] = {Told.RECEIVED: "info", Told.STARTED: "good", Told.ENDED: "stale"}


class BoardTable(Table):
    """One row a referral, by its clock. What the viewer may not see of it stays empty."""

    who = django_tables2.Column(verbose_name=_("Who"), accessor="pk", orderable=False)
    program = django_tables2.Column(verbose_name=_("Program"), accessor="pk", order_by=("program__title",))
    state = django_tables2.Column(verbose_name=_("Stands"))
    due_on = django_tables2.Column(verbose_name=_("Next step by"), empty_values=())
    since = DayColumn(verbose_name=_("Since"))
    coordinator = django_tables2.Column(verbose_name=_("With"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        order_by = ()

    def _may_read(self, record: Referral, field: str) -> bool:
        return readable(record, field, viewer_of(self.request))

    def render_who(self, record: Referral) -> SafeString:
        # The name was read on the record by the page; a join would pass the young person's own policy by.
        name = getattr(record, "shown_name", "") or _t("Referral")
        url = reverse("cases:referral", args=[record.pk])
        words = _t("%(name)s, no. %(number)d") % {"name": name, "number": record.pk}
        return format_html('<a href="{}">{}</a>', url, words)

    def value_who(self, record: Referral) -> str:
        return str(record.pk)

    def render_program(self, record: Referral) -> str:
        return record.program.title if record.program else _t("To be chosen")

    def render_state(self, record: Referral) -> SafeString:
        stands = chip(str(record.get_state_display()), STATE_TONES[record.state])
        if self._yes_is_gone(record):
            return format_html("{} {}", stands, chip(_t("ask the family again"), "bad"))
        return stands

    def _yes_is_gone(self, record: Referral) -> bool:
        viewer = viewer_of(self.request)
        return self._may_read(record, "consent") and yes_of(record, today(viewer.at)) in GONE

    def value_state(self, record: Referral) -> str:
        return record.state

    def render_due_on(self, record: Referral) -> Any:
        if record.due_on is None:
            return ""
        day = today(viewer_of(self.request).at)
        text = f"{record.due_on:%b} {record.due_on.day}"
        if record.is_stalled(day):
            late = (day - record.due_on).days
            return chip(_t("%(days)d days late") % {"days": late}, "bad")
        return text

    def value_due_on(self, record: Referral) -> str:
        return record.due_on.isoformat() if record.due_on else ""

    def render_coordinator(self, record: Referral) -> Any:
        if not self._may_read(record, "coordinator"):
            return ""
        if record.coordinator is None:
            return chip(_t("Nobody yet"), "watch")
        mine = record.coordinator_id == viewer_of(self.request).account_id
        return _t("You") if mine else str(record.coordinator)

    def value_coordinator(self, record: Referral) -> str:
        return str(record.coordinator or "")


class OwnTable(Table):
    """What somebody has referred: a number, a day, the program that they named, and one word."""

    number = django_tables2.Column(verbose_name=_("Referral"), accessor="pk", orderable=False)
    referred_on = DayColumn(verbose_name=_("Referred on"), orderable=False)
    named_program = django_tables2.Column(
        verbose_name=_("Program that you named"), empty_values=(), orderable=False
    )
    told = django_tables2.Column(verbose_name=_("What became of it"), orderable=False)

    class Meta(Table.Meta):
        sequence = ("number", "referred_on", "named_program", "told")

    def render_number(self, record: Referral) -> str:
        return _t("No. %(number)d") % {"number": record.pk}

    def value_number(self, record: Referral) -> int:
        return int(record.pk)

    def render_named_program(self, record: Referral) -> str:
        return record.named_program.title if record.named_program else _t("None")

    def render_told(self, record: Referral) -> SafeString:
        return chip(str(record.get_told_display()), TOLD_TONES[record.told])

    def value_told(self, record: Referral) -> str:
        return record.told


class DisciplineTable(Table):
    """One row an incident of discipline, the newest first."""

    month = django_tables2.Column(verbose_name=_("Month"))
    school = django_tables2.Column(verbose_name=_("School"), order_by=("school__name",))
    number = django_tables2.Column(verbose_name=_("Number"))
    statutory = django_tables2.Column(verbose_name=_("Statutory offense"))
    offenses = django_tables2.Column(verbose_name=_("Offenses"), accessor="pk", orderable=False)
    weapons = django_tables2.Column(verbose_name=_("Weapons"), accessor="pk", orderable=False)
    results = django_tables2.Column(verbose_name=_("What followed"), accessor="pk", orderable=False)

    class Meta(Table.Meta):
        model = DisciplineIncident
        fields = ("month", "school", "number", "statutory", "offenses", "weapons", "results")
        order_by = ()

    def render_month(self, value: Any) -> str:
        return date_format(value, "M Y")

    def render_number(self, value: str, record: DisciplineIncident) -> SafeString:
        mark = chip(_t("Invented"), "stale") if record.invented else ""
        return format_html("{} {}", value, mark)

    def render_statutory(self, value: bool) -> str:
        return _t("Yes") if value else _t("No")

    def render_offenses(self, record: DisciplineIncident) -> str:
        return _codes(record, DisciplineAbout.OFFENSE)

    def render_weapons(self, record: DisciplineIncident) -> str:
        return _codes(record, DisciplineAbout.WEAPON)

    def render_results(self, record: DisciplineIncident) -> str:
        return _codes(record, DisciplineAbout.RESULT)


def _codes(record: DisciplineIncident, about: str) -> str:
    words = RESULTS if about == DisciplineAbout.RESULT else {}
    return ", ".join(words.get(one.code, one.code) for one in record.lines.all() if one.about == about)
