"""The lists of awards, entries, reports, accounts and opportunities."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.grants.models import Award, Choice, Entry, LedgerAccount, Opportunity, ReportDue
from schoolward.domains.grants.queries import Standing
from schoolward.domains.grants.wording import dollars
from schoolward.platform.ui.tables import DayColumn, MoneyColumn, Table, chip

DASH = "\N{EN DASH}"


def tone_of(stood: Standing) -> tuple[str, str]:
    """How an award stands in one word, and the tone of that."""
    if stood.award.closed_on is not None:
        return _("Closed"), "plain"
    if stood.is_over:
        return _("To be closed"), "watch"
    if stood.on < stood.award.start:
        return _("Ahead"), "plain"
    lapse = stood.lapse
    if lapse is None:
        return _("Too young to tell"), "info"
    if lapse.low > 0 and lapse.has_pace:
        return _("Will lapse"), "bad"
    if lapse.expected > 0 or stood.gap > 15:
        return _("May lapse"), "watch"
    return _("On pace"), "good"


class AwardTable(Table):
    """One row an award. ``standings`` maps each one's number to how it stands."""

    title = django_tables2.Column(
        verbose_name=gettext_lazy("Award"), linkify=("grants:award", {"key": django_tables2.A("key")})
    )
    funder_name = django_tables2.Column(verbose_name=gettext_lazy("Funder"))
    end = DayColumn(verbose_name=gettext_lazy("Ends"))
    amount_cents = MoneyColumn(verbose_name=gettext_lazy("Awarded"))
    spent = MoneyColumn(verbose_name=gettext_lazy("Spent"), empty_values=(), orderable=False)
    obligated = MoneyColumn(verbose_name=gettext_lazy("Obligated"), empty_values=(), orderable=False)
    left = MoneyColumn(verbose_name=gettext_lazy("Left"), empty_values=(), orderable=False)
    lapse = MoneyColumn(verbose_name=gettext_lazy("Will lapse"), empty_values=(), orderable=False)
    stands = django_tables2.Column(
        verbose_name=gettext_lazy("Stands"),
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "day"}},
    )

    class Meta(Table.Meta):
        model = Award
        fields: tuple[str, ...] = ()
        sequence = (
            "title",
            "funder_name",
            "end",
            "stands",
            "amount_cents",
            "spent",
            "obligated",
            "left",
            "lapse",
        )

    standings: dict[int, Standing] = {}

    def _cents(self, record: Award, column: str) -> int | None:
        stood = self.standings.get(record.pk)
        if stood is None:
            return None
        lapse = stood.lapse if column == "lapse" else None
        return {
            "spent": stood.balances.expended,
            "obligated": stood.balances.unliquidated,
            "left": stood.award.amount_cents - stood.balances.committed,
            "lapse": lapse.expected if lapse else None,
        }[column]

    def _shown(self, record: Award, column: str) -> str:
        cents = self._cents(record, column)
        return DASH if cents is None else dollars(round(cents / 100) * 100).removesuffix(".00")

    def render_spent(self, record: Award) -> str:
        return self._shown(record, "spent")

    def render_obligated(self, record: Award) -> str:
        return self._shown(record, "obligated")

    def render_left(self, record: Award) -> str:
        return self._shown(record, "left")

    def render_lapse(self, record: Award) -> str:
        return self._shown(record, "lapse")

    def render_stands(self, record: Award) -> SafeString | str:
        stood = self.standings.get(record.pk)
        return chip(*tone_of(stood)) if stood else DASH

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class EntryTable(Table):
    """One row an entry of an award's ledger."""

    on = DayColumn(verbose_name=gettext_lazy("Day"))
    kind = django_tables2.Column(verbose_name=gettext_lazy("Kind"))
    description = django_tables2.Column(
        verbose_name=gettext_lazy("What"), linkify=("grants:entry", {"pk": django_tables2.A("pk")})
    )
    line = django_tables2.Column(verbose_name=gettext_lazy("Line"), accessor="line__code", default=DASH)
    document = django_tables2.Column(verbose_name=gettext_lazy("Document"), default=DASH)
    payee = django_tables2.Column(verbose_name=gettext_lazy("Paid to"), default=DASH)
    amount_cents = MoneyColumn(verbose_name=gettext_lazy("Amount"))
    notes = django_tables2.Column(verbose_name=gettext_lazy("Note"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Entry
        fields: tuple[str, ...] = ()
        sequence = ("on", "kind", "description", "line", "document", "payee", "amount_cents", "notes")

    def render_amount_cents(self, value: int) -> str:
        return dollars(value)

    def render_notes(self, record: Entry) -> str:
        if record.reverses_id is not None:
            return _("Takes back")
        if getattr(record, "reversed_by", None) is not None:
            return _("Taken back")
        if record.override_id is not None:
            return _("Let by")
        return ""

    def value_description(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class ReportTable(Table):
    """One row a report that is owed or was sent. ``on`` is the day from which lateness is told."""

    due = DayColumn(verbose_name=gettext_lazy("Due"))
    award = django_tables2.Column(
        verbose_name=gettext_lazy("Award"), linkify=("grants:award", {"key": django_tables2.A("award__key")})
    )
    kind = django_tables2.Column(verbose_name=gettext_lazy("Report"))
    start = DayColumn(verbose_name=gettext_lazy("From"))
    end = DayColumn(verbose_name=gettext_lazy("To"))
    submitted_on = DayColumn(verbose_name=gettext_lazy("Sent"), default=DASH)
    state = django_tables2.Column(verbose_name=gettext_lazy("Stands"), empty_values=(), orderable=False)
    act = django_tables2.Column(
        verbose_name=gettext_lazy("Next step"), empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta(Table.Meta):
        model = ReportDue
        fields: tuple[str, ...] = ()
        sequence = ("due", "award", "kind", "start", "end", "state", "submitted_on", "act")

    today: date = date.max
    may_manage = False

    def render_kind(self, record: ReportDue, value: str) -> str:
        return _("%(kind)s, final") % {"kind": value} if record.is_final else value

    def _state(self, record: ReportDue) -> tuple[str, str]:
        if record.submitted_on is not None:
            return (_("Sent"), "good") if record.submitted_on <= record.due else (_("Sent late"), "watch")
        if record.due < self.today:
            return _("Late"), "bad"
        return (_("Due"), "watch") if record.end < self.today else (_("Ahead"), "plain")

    def render_state(self, record: ReportDue) -> SafeString:
        return chip(*self._state(record))

    def value_state(self, record: ReportDue) -> str:
        return self._state(record)[0]

    def render_act(self, record: ReportDue) -> SafeString | str:
        is_sent = record.submitted_on is not None
        if not self.may_manage or (record.end >= self.today and not is_sent):
            return ""
        if is_sent and record.award.closed_on is not None:
            return ""
        return format_html(
            '<a href="{}">{}<span class="usa-sr-only">: {}</span></a>',
            reverse("grants:report_unsent" if is_sent else "grants:report_sent", args=[record.pk]),
            _("Was not sent") if is_sent else _("Mark as sent"),
            f"{record.award} {record}",
        )

    def value_award(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class OpportunityTable(Table):
    """One row an opportunity and what came of it."""

    title = django_tables2.Column(
        verbose_name=gettext_lazy("Opportunity"),
        linkify=("grants:opportunity", {"key": django_tables2.A("key")}),
    )
    funder_name = django_tables2.Column(verbose_name=gettext_lazy("Funder"))
    closes = DayColumn(verbose_name=gettext_lazy("Closes"))
    ceiling_cents = MoneyColumn(verbose_name=gettext_lazy("At most"), default=DASH)
    choice = django_tables2.Column(verbose_name=gettext_lazy("Decision"))
    outcome = django_tables2.Column(
        verbose_name=gettext_lazy("Application"), empty_values=(), orderable=False
    )

    class Meta(Table.Meta):
        model = Opportunity
        fields: tuple[str, ...] = ()
        sequence = ("title", "funder_name", "closes", "ceiling_cents", "choice", "outcome")

    def render_choice(self, record: Opportunity, value: str) -> SafeString:
        tones: dict[str, str] = {Choice.GO: "good", Choice.NO_GO: "stale", Choice.OPEN: "info"}
        return chip(str(value), tones[record.choice])

    def value_choice(self, value: str) -> str:
        return str(value)

    def render_outcome(self, record: Opportunity) -> str:
        application = getattr(record, "application", None)
        return str(application.get_outcome_display()) if application else DASH

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class AccountTable(Table):
    """One row an account of the general ledger."""

    account = django_tables2.Column(verbose_name=gettext_lazy("Account"))
    award = django_tables2.Column(
        verbose_name=gettext_lazy("Award"), linkify=("grants:award", {"key": django_tables2.A("award__key")})
    )
    line = django_tables2.Column(verbose_name=gettext_lazy("Line"), default=DASH)
    kind = django_tables2.Column(verbose_name=gettext_lazy("Its rows are"))
    act = django_tables2.Column(
        verbose_name=gettext_lazy("Next step"), empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta(Table.Meta):
        model = LedgerAccount
        fields: tuple[str, ...] = ()
        sequence = ("account", "award", "line", "kind", "act")

    may_unmap = False

    def render_act(self, record: LedgerAccount) -> SafeString | str:
        if not self.may_unmap:
            return ""
        return format_html(
            '<a href="{}">{}<span class="usa-sr-only"> {}</span></a>',
            reverse("grants:account_unmap", args=[record.pk]),
            _("Remove"),
            record.account,
        )
