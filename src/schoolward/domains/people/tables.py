"""Lists of people, accounts and audit events."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import Account, Agency
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.roles import Role
from schoolward.platform.access.sealed_events import shown_detail, shown_subject
from schoolward.platform.access.views import viewer_of
from schoolward.platform.audit.models import Event
from schoolward.platform.ui.tables import DayColumn, Table


class PeopleTable(Table):
    """Contact cards."""

    name = tables.Column(verbose_name=_("Name"))
    position = tables.Column(verbose_name=_("Position"))
    agency = tables.Column(verbose_name=_("Agency"))
    phone = tables.Column(verbose_name=_("Work telephone"))
    email = tables.Column(verbose_name=_("Work e-mail"), empty_values=())

    def render_name(self, record: Any) -> str:
        """The name; for whoever keeps the cards, the way to change one."""
        if not may(viewer_of(self.request), "people.edit"):
            return str(record.name)
        return format_html('<a href="{}">{}</a>', reverse("people:edit", args=[record.pk]), record.name)

    def value_name(self, record: Any) -> str:
        return str(record.name)

    def render_email(self, record: Any) -> str:
        """The address, where the viewer's relation to the card opens it."""
        return record.email if readable(record, "email", viewer_of(self.request)) else ""

    def value_email(self, record: Any) -> str:
        return self.render_email(record)


class NumberTable(Table):
    """Whom to call about which ground."""

    title = tables.Column(verbose_name=_("Who"))
    phone = tables.Column(verbose_name=_("Telephone"))
    serves = tables.Column(verbose_name=_("For"))
    use = tables.Column(verbose_name=_("Used for"))
    agency = tables.Column(verbose_name=_("Agency"))

    def render_title(self, record: Any) -> str:
        """What the desk shows; for whoever keeps the numbers, the way to change it."""
        if not may(viewer_of(self.request), "people.numbers"):
            return str(record.title)
        return format_html(
            '<a href="{}">{}</a>', reverse("people:number_edit", args=[record.pk]), record.title
        )

    def value_title(self, record: Any) -> str:
        return str(record.title)

    def render_phone(self, value: str) -> SafeString:
        return format_html('<a href="tel:{}">{}</a>', value, value)

    def value_phone(self, value: str) -> str:
        return value


class AgencyTable(Table):
    """Agencies with the people who act for them."""

    name = tables.Column(verbose_name=_("Name"))
    kind = tables.Column(verbose_name=_("Kind"))
    people = tables.Column(verbose_name=_("Memberships that hold"))
    revoked_at = DayColumn(verbose_name=_("Left"))

    def render_name(self, record: Agency) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("people:agency_edit", args=[record.key]), record)

    def value_name(self, record: Agency) -> str:
        return str(record)


class AccountTable(Table):
    """Accounts with what they act as."""

    name = tables.Column(verbose_name=_("Name"))
    email = tables.Column(verbose_name=_("E-mail"))
    state = tables.Column(verbose_name=_("State"), accessor="is_active", empty_values=())
    acts_as = tables.Column(verbose_name=_("Acts as"), accessor="pk", orderable=False)
    second_factor = tables.Column(verbose_name=_("Second factor"), accessor="has_second_factor")
    last_login = tables.Column(verbose_name=_("Last sign-in"))

    def render_name(self, record: Account) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("people:account", args=[record.pk]), record)

    def value_name(self, record: Account) -> str:
        return str(record)

    def render_state(self, record: Account) -> str:
        return str(_("open") if record.is_active else _("closed"))

    def render_acts_as(self, record: Account) -> str:
        live = [str(one) for one in record.memberships.all() if one.revoked_at is None]
        return "; ".join(live)

    def render_second_factor(self, value: bool) -> str:
        return str(_("yes") if value else _("no"))


class EventTable(Table):
    """Audit events."""

    sequence = tables.Column(verbose_name=_("No."))
    at = tables.Column(verbose_name=_("When"))
    account_name = tables.Column(verbose_name=_("Who"))
    role = tables.Column(verbose_name=_("As"))
    action = tables.Column(verbose_name=_("What"))
    subject = tables.Column(verbose_name=_("Record"))
    outcome = tables.Column(verbose_name=_("Outcome"))
    detail = tables.Column(verbose_name=_("Detail"), orderable=False)

    def render_at(self, value: Any) -> str:
        return date_format(localtime(value), "j M Y H:i:s")

    def value_at(self, value: Any) -> str:
        return str(value.isoformat())

    def render_role(self, value: str) -> str:
        return str(Role(value).label) if value in Role.values else value

    def render_detail(self, record: Event) -> str:
        return ", ".join(f"{key}: {item}" for key, item in sorted(shown_detail(record).items()))

    def render_subject(self, record: Event) -> str:
        value = shown_subject(record)
        return format_html('<a href="?subject={}">{}</a>', value, value) if value == record.subject else value

    def value_subject(self, record: Event) -> str:
        return shown_subject(record)
