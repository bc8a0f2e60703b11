"""The list of programs, with places as last reported."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models import CapacityReport, Intake, Program, ProgramState
from schoolward.platform.ui.tables import Table, chip

STATE_TONES: dict[str, str] = {
    ProgramState.RUNNING: "good",
    ProgramState.PILOT: "info",
    ProgramState.PLANNED: "plain",
    ProgramState.ENDED: "stale",
}
INTAKE_TONES: dict[str, str] = {
    Intake.OPEN: "good",
    Intake.WAITING: "watch",
    Intake.FULL: "bad",
    Intake.CLOSED: "stale",
}
NOTHING = "–"  # noqa: RUF001


def ages(program: Program) -> str:
    """The ages that a program takes, in words."""
    if program.min_age is None and program.max_age is None:
        return ""
    if program.max_age is None:
        return _t("from %(age)d") % {"age": program.min_age}
    if program.min_age is None:
        return _t("up to %(age)d") % {"age": program.max_age}
    return _t("%(from)d to %(to)d") % {"from": program.min_age, "to": program.max_age}


class ProgramTable(Table):
    """One row a program. ``capacity`` maps a program's number to its last report of places."""

    title = django_tables2.Column(
        verbose_name=_("Program"), linkify=("programs:detail", {"key": django_tables2.A("key")})
    )
    kind = django_tables2.Column(verbose_name=_("Kind"))
    provider = django_tables2.Column(verbose_name=_("Provider"), order_by=("provider__name",))
    ages = django_tables2.Column(verbose_name=_("Ages"), empty_values=(), order_by=("min_age", "max_age"))
    state = django_tables2.Column(verbose_name=_("Stands"), empty_values=(), orderable=False)
    intake = django_tables2.Column(verbose_name=_("Places"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Program
        fields: tuple[str, ...] = ()
        sequence = ("title", "kind", "provider", "ages", "state", "intake")

    capacity: dict[int, CapacityReport] = {}
    day: date = date.min

    def render_ages(self, record: Program) -> str:
        return ages(record) or NOTHING

    def render_state(self, record: Program) -> SafeString:
        state = record.state_on(self.day)
        return chip(str(state.label), STATE_TONES[state])

    def render_intake(self, record: Program) -> SafeString | str:
        report = self.capacity.get(record.pk)
        if report is None:
            return NOTHING
        label = str(report.get_intake_display())
        if report.vacant is not None:
            label = _t("%(label)s: %(free)d free") % {"label": label, "free": report.vacant}
        return chip(label, INTAKE_TONES[report.intake])

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)
