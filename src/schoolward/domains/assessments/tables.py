"""Assessments, findings and reports of defects as lists."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import (
    Assessment,
    AssessmentState,
    DefectReport,
    DefectState,
    Finding,
    FindingState,
)
from schoolward.domains.assessments.wording import severity_label, trade_label
from schoolward.platform.ui.tables import ChipColumn, DayColumn, MoneyColumn, NumberColumn, Table, chip

STATE_TONES = {
    AssessmentState.PLANNED.value: "plain",
    AssessmentState.WALKING.value: "info",
    AssessmentState.SUBMITTED.value: "watch",
    AssessmentState.REVIEWED.value: "good",
}
FINDING_TONES = {
    FindingState.OPEN.value: "watch",
    FindingState.ACCEPTED.value: "info",
    FindingState.DECLINED.value: "stale",
    FindingState.RESOLVED.value: "good",
}
SEVERITY_TONES = {"urgent": "bad", "high": "watch", "medium": "plain", "low": "plain"}
DEFECT_TONES = {
    DefectState.NEW.value: "watch",
    DefectState.WORK.value: "info",
    DefectState.DISMISSED.value: "stale",
}


class _Words(django_tables2.Column):
    """A word that links on the page and is bare in an export."""

    def value(self, value: Any) -> str:
        return str(value)


class _SeverityColumn(django_tables2.Column):
    def render(self, value: str) -> SafeString:
        return chip(severity_label(value), SEVERITY_TONES.get(value, "plain"))

    def value(self, value: str) -> str:
        return severity_label(value)


class _TradeColumn(django_tables2.Column):
    def render(self, value: str) -> str:
        return trade_label(value)

    def value(self, value: str) -> str:
        return trade_label(value)


class AssessmentTable(Table):
    """One row an assessment."""

    reference = _Words(
        verbose_name=_("Reference"), linkify=("assessments:detail", {"pk": django_tables2.A("pk")})
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    kind = django_tables2.Column(verbose_name=_("Kind"))
    state = ChipColumn(verbose_name=_("State"), tones=STATE_TONES)
    planned_on = DayColumn(verbose_name=_("Planned for"), default="–")  # noqa: RUF001
    assessed_on = DayColumn(verbose_name=_("Done on"), default="–")  # noqa: RUF001
    score = NumberColumn(verbose_name=_("Score"), default="–")  # noqa: RUF001
    coverage = NumberColumn(verbose_name=_("Observed, %"), default="–")  # noqa: RUF001
    assessor_role = django_tables2.Column(verbose_name=_("Who assessed"))
    document = django_tables2.Column(verbose_name=_("Document"), default="–")  # noqa: RUF001

    class Meta(Table.Meta):
        model = Assessment
        fields: tuple[str, ...] = ()
        sequence = (
            "reference",
            "campus",
            "kind",
            "state",
            "planned_on",
            "assessed_on",
            "score",
            "coverage",
            "assessor_role",
            "document",
        )


class FindingTable(Table):
    """One row a finding; nothing of it that shows the way in."""

    title = _Words(
        verbose_name=_("Recommendation"), linkify=("assessments:finding", {"pk": django_tables2.A("pk")})
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    state = ChipColumn(verbose_name=_("State"), tones=FINDING_TONES)
    severity = _SeverityColumn(verbose_name=_("Severity"))
    trade = _TradeColumn(verbose_name=_("Trade"))
    found_on = DayColumn(verbose_name=_("Found"))
    due = DayColumn(verbose_name=_("Due"), accessor="work__due", default="–")  # noqa: RUF001
    estimate_cents = MoneyColumn(verbose_name=_("Estimate"), default="–")  # noqa: RUF001

    class Meta(Table.Meta):
        model = Finding
        fields: tuple[str, ...] = ()
        sequence = (
            "title",
            "campus",
            "state",
            "severity",
            "trade",
            "found_on",
            "due",
            "estimate_cents",
        )


class DefectTable(Table):
    """One row a report."""

    kind = django_tables2.Column(verbose_name=_("What is wrong"))
    point = django_tables2.Column(verbose_name=_("Where"), order_by="point__label")
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    at = DayColumn(verbose_name=_("Reported"))
    state = ChipColumn(verbose_name=_("State"), tones=DEFECT_TONES)
    text = django_tables2.Column(verbose_name=_("In their words"), default="–")  # noqa: RUF001

    class Meta(Table.Meta):
        model = DefectReport
        fields: tuple[str, ...] = ()
        sequence = ("kind", "point", "campus", "at", "state", "text")

    def render_kind(self, record: DefectReport) -> SafeString:
        """The page on which it is settled."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("assessments:defect_report", args=[record.pk]),
            record.get_kind_display(),
        )

    def value_kind(self, record: DefectReport) -> str:
        """Exports carry the words, not the link."""
        return record.get_kind_display()
