"""The lists: cases, signals, systems, and what the desk stands on."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.filters import CaseFilter, SignalFilter, SystemFilter
from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmingSchedule,
    CallContact,
    Case,
    Line,
    Signal,
)
from schoolward.domains.alarms.tables import (
    CaseTable,
    ContactTable,
    LineTable,
    PlanTable,
    ScheduleTable,
    SignalTable,
    SystemTable,
)
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.lists import Action, Empty, ListPage

POINT_A_PANEL = gettext_lazy(
    "Bring in the accounts with “schoolward import alarm-accounts accounts.csv”, start “schoolward alarms "
    "receive”, and point a panel at it."
)


class CaseList(ListPage):
    """All cases that the viewer may see, the newest first."""

    title = gettext_lazy("Alarm cases")
    permission = "alarms.view"
    table_class = CaseTable
    filterset_class = CaseFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Case]:
        return queries.cases(viewer).defer("shape")

    def lead(self) -> str:
        waiting = queries.waiting_count(self.viewer)
        if not waiting:
            return _("Nothing waits at the desk.")
        return ngettext("%d case waits at the desk.", "%d cases wait at the desk.", waiting) % waiting

    def actions(self) -> list[Action]:
        return [Action(_("Desk"), reverse("alarms:desk"))]

    def empty(self) -> Empty:
        return Empty(_("No alarm cases yet"), str(POINT_A_PANEL))


class SignalList(ListPage):
    """All signals that the viewer may see, the newest first."""

    title = gettext_lazy("Signals")
    permission = "alarms.view"
    table_class = SignalTable
    filterset_class = SignalFilter
    export_fields = (
        "received_at",
        "account",
        "campus__name",
        "code",
        "meaning",
        "zone_number",
        "kind",
        "repeats",
        "case__number",
    )

    def queryset(self, viewer: Viewer) -> QuerySet[Signal]:
        return queries.signals(viewer)

    def lead(self) -> str:
        return _("What panels reported, one line an event; what a panel sent again is counted, not repeated.")

    def empty(self) -> Empty:
        return Empty(_("No signals yet"), str(POINT_A_PANEL))


class SystemList(ListPage):
    """All alarm systems that the viewer may see."""

    title = gettext_lazy("Alarm systems")
    permission = "alarms.view"
    table_class = SystemTable
    filterset_class = SystemFilter

    def queryset(self, viewer: Viewer) -> QuerySet[AlarmSystem]:
        return queries.systems(viewer)

    def lead(self) -> str:
        lost = queries.lost_links(self.viewer).count()
        if not lost:
            return _("Every supervised system is heard from.")
        return ngettext("%d system is not heard from.", "%d systems are not heard from.", lost) % lost

    def actions(self) -> list[Action]:
        if not may(self.viewer, "alarms.keep"):
            return []
        return [Action(_("Enter a system"), reverse("alarms:system_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No alarm systems yet"),
            str(POINT_A_PANEL),
            Action(_("Enter a system"), reverse("alarms:system_new"))
            if may(self.viewer, "alarms.keep")
            else None,
        )


class _KeptList(ListPage):
    """A list of what only those who keep alarms change."""

    permission = "alarms.keep"
    new_label: Any = ""
    new_url = ""

    def actions(self) -> list[Action]:
        return [Action(self.new_label, reverse(self.new_url))] if self.new_url else []


class PlanList(_KeptList):
    """Action plans."""

    title = gettext_lazy("Action plans")
    table_class = PlanTable
    new_label = gettext_lazy("Write a plan")
    new_url = "alarms:plan_new"

    def queryset(self, viewer: Viewer) -> QuerySet[ActionPlan]:
        return queries.plans(viewer)

    def lead(self) -> str:
        return _(
            "What is to be done about each kind of signal. A site's own plan comes before the general one."
        )

    def empty(self) -> Empty:
        return Empty(
            _("No plans yet"),
            _(
                "Write one for burglary first: whom to call, where to look, when to send. "
                "Operators follow it step by step."
            ),
            Action(_("Write a plan"), reverse("alarms:plan_new")),
        )


class ContactList(_KeptList):
    """Call lists."""

    title = gettext_lazy("Call lists")
    table_class = ContactTable
    new_label = gettext_lazy("Add a contact")
    new_url = "alarms:contact_new"

    def queryset(self, viewer: Viewer) -> QuerySet[CallContact]:
        return queries.contacts(viewer)

    def lead(self) -> str:
        return _("Whom the desk calls about each site, in order: roles and offices, never names.")

    def empty(self) -> Empty:
        return Empty(
            _("No call lists yet"),
            _(
                "Two different numbers are called before the police are sent, so each site needs "
                "two contacts or more."
            ),
            Action(_("Add a contact"), reverse("alarms:contact_new")),
        )


class ScheduleList(_KeptList):
    """Arming schedules."""

    title = gettext_lazy("Arming schedules")
    table_class = ScheduleTable

    def queryset(self, viewer: Viewer) -> QuerySet[ArmingSchedule]:
        return queries.schedules(viewer)

    def lead(self) -> str:
        return _("When systems are expected to be open. What opens or closes otherwise comes to the desk.")

    def empty(self) -> Empty:
        return Empty(
            _("No schedules yet"),
            _("A schedule is added on the page of its system; a system without one is held to none."),
            Action(_("Alarm systems"), reverse("alarms:systems")),
        )


class LineList(_KeptList):
    """Lines."""

    title = gettext_lazy("Lines")
    table_class = LineTable
    new_label = gettext_lazy("Add a line")
    new_url = "alarms:line_new"

    def queryset(self, viewer: Viewer) -> QuerySet[Line]:
        return queries.lines(viewer)

    def lead(self) -> str:
        return _("The ways by which panels report, each with the habits of its panels.")

    def empty(self) -> Empty:
        return Empty(
            _("No lines yet"),
            _("The first is made with the first system. Most districts need one, called main."),
            Action(_("Add a line"), reverse("alarms:line_new")),
        )
