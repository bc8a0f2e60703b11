"""The lists of alarms."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.alarm_verification.urgency_points import WAITING_POINTS
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmingSchedule,
    CallContact,
    Case,
    CaseKind,
    CaseState,
    Line,
    Signal,
)
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.tables import ChipColumn, DayColumn, NumberColumn, Table, chip

STATE_TONES: dict[str, str] = {
    CaseState.WAITING: "watch",
    CaseState.CLAIMED: "info",
    CaseState.CLOSED: "good",
}


class MomentColumn(django_tables2.Column):
    """A moment in local time, to the second. Exports ISO 8601."""

    def render(self, value: Any) -> str:
        return date_format(timezone.localtime(value), "j M Y, H:i:s")

    def value(self, value: Any) -> str:
        return value.isoformat() if value else ""


class CaseTable(Table):
    """One row a case, the newest first."""

    number = django_tables2.Column(
        verbose_name=_("Number"),
        linkify=("alarms:case", {"number": django_tables2.A("number")}),
        attrs={"td": {"class": "code"}},
    )
    opened_at = MomentColumn(verbose_name=_("Began"))
    title = django_tables2.Column(verbose_name=_("What"))
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name", empty_values=())
    kind = django_tables2.Column(verbose_name=_("Kind"))
    state = ChipColumn(verbose_name=_("State"), tones=STATE_TONES)
    urgency = NumberColumn(verbose_name=_("Urgency"))
    verification_level = NumberColumn(verbose_name=_("Level"))
    disposition = django_tables2.Column(verbose_name=_("How it ended"), default="")
    cause = django_tables2.Column(verbose_name=_("What set it off"), default="")
    signal_count = NumberColumn(verbose_name=_("Signals"))

    class Meta(Table.Meta):
        model = Case
        fields: tuple[str, ...] = ()

    def value_number(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)

    def render_campus(self, record: Case) -> str:
        """The site; an outage of several is of none of them."""
        if record.campus is not None:
            return record.campus.name
        return _t("Several sites") if record.kind == CaseKind.SUPERVISION else _t("Not known")

    def value_campus(self, record: Case) -> str:
        """The same in exports."""
        return self.render_campus(record)

    def render_urgency(self, record: Case) -> str:
        """The points at the moment of looking: a case that nobody has answered gains by waiting."""
        return str(self.value_urgency(record))

    def value_urgency(self, record: Case) -> int:
        """The same, as a number."""
        return queries.standing_of(record, at=viewer_of(self.request).at).urgency

    def order_urgency(self, rows: QuerySet[Case], is_descending: bool) -> tuple[QuerySet[Case], bool]:
        """As on the desk; what has waited less than three minutes stands as if it had waited longer."""
        gains = Q(first_answer_at__isnull=True, verification_level__gt=0) & ~Q(state=CaseState.CLOSED)
        waited = Value(round(WAITING_POINTS))
        points = F("urgency") + models.Case(models.When(gains, then=waited), default=Value(0))
        return rows.order_by(points.desc() if is_descending else points.asc(), "opened_at", "pk"), True


class SignalTable(Table):
    """One row a signal, the newest first."""

    received_at = MomentColumn(
        verbose_name=_("Received"), linkify=("alarms:signal", {"pk": django_tables2.A("pk")})
    )
    account = django_tables2.Column(verbose_name=_("Account"), attrs={"td": {"class": "code"}})
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name", default=_("Not known"))
    code = django_tables2.Column(verbose_name=_("Code"), attrs={"td": {"class": "code"}})
    meaning = django_tables2.Column(verbose_name=_("Meaning"), orderable=False)
    zone_number = django_tables2.Column(verbose_name=_("Zone"), default="")
    kind = django_tables2.Column(verbose_name=_("Kind"))
    repeats = NumberColumn(verbose_name=_("Sent again"))
    case = django_tables2.Column(
        verbose_name=_("Case"),
        linkify=lambda record: _case_url(record),
        order_by="case__number",
        default="",
    )

    class Meta(Table.Meta):
        model = Signal
        fields: tuple[str, ...] = ()

    def value_received_at(self, value: Any) -> str:
        """Exports carry the moment, not the link."""
        return str(value.isoformat())

    def value_case(self, value: Any) -> str:
        """Exports carry the number."""
        return str(value)


def _case_url(signal: Signal) -> str | None:
    from django.urls import reverse

    return reverse("alarms:case", args=[signal.case.number]) if signal.case is not None else None


class SystemTable(Table):
    """One row a system, by site."""

    account = django_tables2.Column(
        verbose_name=_("Account"),
        linkify=("alarms:system", {"pk": django_tables2.A("pk")}),
        attrs={"td": {"class": "code"}},
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    title = django_tables2.Column(verbose_name=_("Title"), default="")
    line = django_tables2.Column(verbose_name=_("Line"))
    link = django_tables2.Column(verbose_name=_("Link"), empty_values=(), order_by="link__heard_at")
    supervision_seconds = NumberColumn(verbose_name=_("Supervised every (seconds)"), default="")

    class Meta(Table.Meta):
        model = AlarmSystem
        fields: tuple[str, ...] = ()

    def render_link(self, record: AlarmSystem) -> Any:
        """Whether it is heard from, as a chip."""
        words, tone = link_words(record)
        return chip(words, tone)

    def value_link(self, record: AlarmSystem) -> str:
        """The same in words."""
        return link_words(record)[0]

    def value_account(self, value: Any) -> str:
        """Exports carry the account, not the link."""
        return str(value)


def link_words(system: AlarmSystem) -> tuple[str, str]:
    """Whether a system is heard from, in words, and the tone of that."""
    link = getattr(system, "link", None)
    if system.supervision_seconds is None:
        return _t("Not supervised"), "plain"
    if link is None:
        return _t("Never heard"), "stale"
    if link.lost_at is not None and link.last_heard is None:
        return _t("Never heard"), "bad"
    if link.lost_at is not None:
        since = date_format(timezone.localtime(link.lost_at), "j M, H:i")
        return _t("Not heard since %(since)s") % {"since": since}, "bad"
    return _t("Heard"), "good"


class PlanTable(Table):
    """One row a plan."""

    title = django_tables2.Column(
        verbose_name=_("Plan"), linkify=("alarms:plan_edit", {"pk": django_tables2.A("pk")})
    )
    signal_kind = django_tables2.Column(verbose_name=_("Kind of signal"))
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name", default=_("Everywhere"))
    steps = django_tables2.Column(verbose_name=_("Steps"), orderable=False, empty_values=())
    valid_from = DayColumn(verbose_name=_("From"), default="")
    valid_to = DayColumn(verbose_name=_("To"), default="")

    class Meta(Table.Meta):
        model = ActionPlan
        fields: tuple[str, ...] = ()

    def render_steps(self, record: ActionPlan) -> str:
        """The steps in order."""
        return "; ".join(step.text for step in record.steps.all())

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class ContactTable(Table):
    """One row a contact, in the order in which a site's are called."""

    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    order = NumberColumn(verbose_name=_("Place"))
    title = django_tables2.Column(
        verbose_name=_("Role or office"), linkify=("alarms:contact_edit", {"pk": django_tables2.A("pk")})
    )
    phone = django_tables2.Column(verbose_name=_("Number"), attrs={"td": {"class": "code"}})
    wait_seconds = NumberColumn(verbose_name=_("Seconds to wait"))
    member = django_tables2.Column(verbose_name=_("Told by e-mail"), accessor="member__email")

    class Meta(Table.Meta):
        model = CallContact
        fields: tuple[str, ...] = ()

    def render_phone(self, record: CallContact) -> str:
        """The number, for those whose relation to the row opens it."""
        return record.phone if readable(record, "phone", viewer_of(self.request)) else ""

    def value_phone(self, record: CallContact) -> str:
        """The same in exports."""
        return self.render_phone(record)

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class ScheduleTable(Table):
    """One row a weekday of a system."""

    system = django_tables2.Column(
        verbose_name=_("System"), linkify=("alarms:system", {"pk": django_tables2.A("system_id")})
    )
    site = django_tables2.Column(verbose_name=_("Site"), accessor="system__campus")
    weekday = django_tables2.Column(
        verbose_name=_("Weekday"), linkify=("alarms:schedule_edit", {"pk": django_tables2.A("pk")})
    )
    on_school_days = django_tables2.Column(verbose_name=_("On"))
    opens = django_tables2.TimeColumn(verbose_name=_("Opens"), format="H:i")
    closes = django_tables2.TimeColumn(verbose_name=_("Closes"), format="H:i")
    tolerance_minutes = NumberColumn(verbose_name=_("Tolerance (minutes)"))
    valid_from = DayColumn(verbose_name=_("From"), default="")
    valid_to = DayColumn(verbose_name=_("To"), default="")

    class Meta(Table.Meta):
        model = ArmingSchedule
        fields: tuple[str, ...] = ()

    def render_weekday(self, value: int) -> Any:
        """The day's name."""
        from schoolward.domains.alarms.forms.keeping import WEEKDAYS

        return WEEKDAYS[value][1]

    def render_on_school_days(self, value: bool) -> str:
        """On which days."""
        return _t("School days") if value else _t("Days without school")

    def value_weekday(self, value: int) -> str:
        """The day's name, not the link."""
        return str(self.render_weekday(value))

    def value_system(self, value: Any) -> str:
        """The account, not the link."""
        return str(value)


class LineTable(Table):
    """One row a line."""

    name = django_tables2.Column(
        verbose_name=_("Line"), linkify=("alarms:line_edit", {"name": django_tables2.A("name")})
    )
    title = django_tables2.Column(verbose_name=_("Title"), default="")
    profile = django_tables2.Column(verbose_name=_("Interop profile"))
    outage_policy = django_tables2.Column(verbose_name=_("While the database does not answer"))

    class Meta(Table.Meta):
        model = Line
        fields: tuple[str, ...] = ()

    def value_name(self, value: Any) -> str:
        """Exports carry the name, not the link."""
        return str(value)
