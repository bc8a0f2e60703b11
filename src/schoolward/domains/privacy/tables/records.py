"""Lists of agreements, consents and orders to seal."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.consenting import KEEP
from schoolward.platform.access.models import Agreement, Consent, Sealing
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.sharing import state
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.tables import DayColumn, Table, chip

AGREEMENT_STATES: dict[str, tuple[str | Promise, str]] = {
    "live": (_("in force"), "good"),
    "waits": (_("waits for signatures"), "watch"),
    "begins": (_("signed, not yet begun"), "info"),
    "ended": (_("run out"), "plain"),
    "revoked": (_("revoked"), "bad"),
    "suspended": (_("a party has left"), "bad"),
}
CONSENT_STATES: dict[str, tuple[str | Promise, str]] = {
    "holds": (_("holds"), "good"),
    "begins": (_("not yet begun"), "info"),
    "ended": (_("run out"), "plain"),
    "withdrawn": (_("withdrawn"), "bad"),
}


class AgreementTable(Table):
    """Sharing agreements with how they stand."""

    title = tables.Column(verbose_name=_("Agreement"))
    owner = tables.Column(verbose_name=_("Whose records"))
    recipient = tables.Column(verbose_name=_("Who may see them"))
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("To"))
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False)

    def render_title(self, record: Agreement) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("privacy:agreement", args=[record.pk]), record)

    def value_title(self, record: Agreement) -> str:
        return record.title

    def render_state(self, record: Agreement) -> SafeString:
        label, tone = AGREEMENT_STATES[state(record, viewer_of(self.request).at)]
        return chip(str(label), tone)

    def value_state(self, record: Agreement) -> str:
        return state(record, viewer_of(self.request).at)


class ConsentTable(Table):
    """Consents. A field that the viewer's relation does not open stays empty."""

    subject = tables.Column(verbose_name=_("About"), orderable=False)
    category = tables.Column(verbose_name=_("What may be read"), orderable=False, empty_values=())
    recipient = tables.Column(verbose_name=_("By whom"), orderable=False)
    purpose = tables.Column(verbose_name=_("For what"), orderable=False)
    given_by = tables.Column(verbose_name=_("Given by"), orderable=False, empty_values=())
    valid_to = DayColumn(verbose_name=_("Until"), orderable=False)
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False)

    def _field(self, record: Consent, name: str, shown: Any) -> Any:
        return shown if readable(record, name, viewer_of(self.request)) else ""

    def render_category(self, record: Consent) -> str:
        return str(self._field(record, "category", record.get_category_display()))

    def value_category(self, record: Consent) -> str:
        return str(self._field(record, "category", record.category))

    def render_given_by(self, record: Consent) -> str:
        return str(self._field(record, "given_by", record.get_given_by_display()))

    def value_given_by(self, record: Consent) -> str:
        return str(self._field(record, "given_by", record.given_by))

    def render_state(self, record: Consent) -> str | SafeString:
        viewer = viewer_of(self.request)
        stands = self.value_state(record)
        if not stands:
            return ""
        label, tone = CONSENT_STATES[stands]
        shown = chip(str(label), tone)
        keeps = may(viewer, KEEP) and record.agency_id == viewer.agency_id
        if stands in ("holds", "begins") and keeps:
            url = reverse("privacy:consent_withdraw", args=[record.pk])
            return format_html('{} <a href="{}">{}</a>', shown, url, _("Withdraw"))
        return shown

    def value_state(self, record: Consent) -> str:
        """How it stands, as far as its days and its withdrawal may be read."""
        viewer = viewer_of(self.request)
        known = all(readable(record, name, viewer) for name in ("valid_from", "valid_to", "withdrawn_at"))
        return record.state(viewer.at) if known else ""


class SealingTable(Table):
    """Orders to seal. Of what is sealed, only that it was, and how many records with it."""

    record = tables.Column(verbose_name=_("Record"), orderable=False)
    with_it = tables.Column(verbose_name=_("Sealed with it"))
    ground = tables.Column(verbose_name=_("Ground"))
    reason = tables.Column(verbose_name=_("Order or reason"), orderable=False)
    due_on = DayColumn(verbose_name=_("By"))
    state = tables.Column(verbose_name=_("State"), accessor="sealed_at", empty_values=())

    def render_record(self, record: Sealing) -> str:
        return str(_("A sealed record")) if is_hidden(record) else record.record

    def value_record(self, record: Sealing) -> str:
        return self.render_record(record)

    def render_reason(self, record: Sealing) -> str:
        return "" if is_hidden(record) else record.reason

    def value_reason(self, record: Sealing) -> str:
        return self.render_reason(record)

    def render_state(self, record: Sealing) -> SafeString:
        stands = self.value_state(record)
        if stands == "waits":
            url = reverse("privacy:seal", args=[record.pk])
            return format_html('{} <a href="{}">{}</a>', chip(str(_("waits")), "watch"), url, _("Seal it"))
        return chip(*((str(_("sealed")), "good") if stands == "sealed" else (str(_("lifted")), "plain")))

    def value_state(self, record: Sealing) -> str:
        if record.sealed_at is None:
            return "waits"
        return "sealed" if is_hidden(record) else "lifted"


def is_hidden(order: Sealing) -> bool:
    """Whether the order seals its record now."""
    return order.sealed_at is not None and not hasattr(order, "lifting")


class SealTable(Table):
    """Seals in force: when, on which ground, of how many records; of whom, nothing."""

    id = tables.Column(verbose_name=_("No."))
    ground = tables.Column(verbose_name=_("Ground"))
    sealed_at = DayColumn(verbose_name=_("Sealed on"))
    with_it = tables.Column(verbose_name=_("Sealed with it"))
    lift = tables.Column(verbose_name=_("Lift"), accessor="pk", orderable=False, exclude_from_export=True)

    def render_lift(self, record: Sealing) -> SafeString:
        url = reverse("privacy:seal_lift", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, _("Lift seal no. %(n)d") % {"n": record.pk})
