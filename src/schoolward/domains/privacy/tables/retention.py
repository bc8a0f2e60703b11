"""Lists of schedules, holds and certificates."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolward.domains.privacy.forms.retention import title_of
from schoolward.platform.access.models import Certificate, LitigationHold, RetentionSchedule
from schoolward.platform.access.sealing import shown
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.tables import DayColumn, NumberColumn, Table, chip

DISPOSAL_STATES: dict[str, tuple[str | Promise, str]] = {
    "proposed": (_("waits for another person"), "watch"),
    "refused": (_("refused"), "plain"),
    "approved": (_("approved, to be carried out"), "info"),
    "done": (_("carried out"), "good"),
}


class ScheduleTable(Table):
    """How long what is kept, by which rule."""

    table = tables.Column(verbose_name=_("Records"))
    record_class = tables.Column(verbose_name=_("Class"))
    version = NumberColumn(verbose_name=_("Version"))
    years = NumberColumn(verbose_name=_("Years"))
    after = tables.Column(verbose_name=_("After"))
    citation = tables.Column(verbose_name=_("Rule"), orderable=False)
    is_confirmed = tables.Column(verbose_name=_("Counsel"))
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("To"))
    set_by = tables.Column(verbose_name=_("Set by"), orderable=False, empty_values=())

    def render_table(self, record: RetentionSchedule) -> str:
        return title_of(record.table)

    def value_table(self, record: RetentionSchedule) -> str:
        return record.table

    def render_is_confirmed(self, record: RetentionSchedule) -> SafeString:
        if record.is_confirmed:
            return chip(str(_("confirmed")), "good")
        return chip(str(_("to be confirmed by counsel")), "watch")

    def value_is_confirmed(self, record: RetentionSchedule) -> str:
        return "confirmed" if record.is_confirmed else "to be confirmed by counsel"

    def render_set_by(self, record: RetentionSchedule) -> str:
        return str(record.set_by or _("The system"))


class HoldTable(Table):
    """What is held for litigation."""

    matter = tables.Column(verbose_name=_("Matter"))
    covers = tables.Column(verbose_name=_("Holds"))
    named = tables.Column(verbose_name=_("Which"), accessor="names", orderable=False)
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    placed_at = DayColumn(verbose_name=_("From"))
    placed_by = tables.Column(verbose_name=_("By"), orderable=False, empty_values=())
    state = tables.Column(verbose_name=_("State"), accessor="lifted_at", empty_values=())

    def render_named(self, record: LitigationHold) -> str:
        first = ", ".join(shown(record.names[:3]))
        more = len(record.names) - 3
        return first if more <= 0 else str(_("%(first)s and %(n)d more") % {"first": first, "n": more})

    def value_named(self, record: LitigationHold) -> str:
        return " ".join(shown(record.names))

    def render_placed_by(self, record: LitigationHold) -> str:
        return str(record.placed_by or _("The system"))

    def render_state(self, record: LitigationHold) -> SafeString:
        if record.lifted_at is not None:
            lifted = chip(str(_("lifted")), "plain")
            return format_html("{} {}: {}", lifted, record.lifted_by or _("The system"), record.lifted_reason)
        holds = chip(str(_("holds")), "info")
        if record.agency_id is None and not viewer_of(self.request).is_system:
            return holds
        url = reverse("privacy:hold_lift", args=[record.pk])
        return format_html('{} <a href="{}">{}</a>', holds, url, _("Lift it"))

    def value_state(self, record: LitigationHold) -> str:
        return "lifted" if record.lifted_at else "holds"


class CertificateTable(Table):
    """What stays of records that were disposed of."""

    on = DayColumn(verbose_name=_("Day"))
    table = tables.Column(verbose_name=_("Records"))
    record_class = tables.Column(verbose_name=_("Class"))
    rows = NumberColumn(verbose_name=_("How many"))
    rule = tables.Column(verbose_name=_("Rule"), accessor="schedule", orderable=False)
    proposed_by = tables.Column(verbose_name=_("Proposed by"), orderable=False)
    reviewed_by = tables.Column(verbose_name=_("Reviewed by"), orderable=False)

    def render_table(self, record: Certificate) -> str:
        return title_of(record.table)

    def value_table(self, record: Certificate) -> str:
        return record.table

    def render_rule(self, record: Certificate) -> str:
        rule = record.schedule
        return str(_("version %(n)d: %(citation)s") % {"n": rule.version, "citation": rule.citation})
