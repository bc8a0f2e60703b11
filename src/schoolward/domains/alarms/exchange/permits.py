"""Permits, and appeals against fees, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions import CREATED, UNCHANGED, UPDATED
from schoolward.domains.alarms.actions.permits import file_appeal, keep_permit, set_appeal
from schoolward.domains.alarms.exchange.finding import ACCOUNT, LINE, Systems, apply_row
from schoolward.domains.alarms.models import Appeal, AppealOutcome
from schoolward.domains.alarms.ordinances import ordinance_keys
from schoolward.domains.alarms.queries.fees import appeals, permits
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register


@register
class AlarmPermits(Exchange):
    """Permits of alarm systems, by ordinance and number."""

    key = "alarm-permits"
    title = gettext_lazy("Alarm permits")
    description = gettext_lazy(
        "Which ordinance an alarm system falls under, and since when it has had a permit. Fees are reckoned "
        "anew from it at once."
    )
    columns = (
        ACCOUNT,
        LINE,
        Column(
            "ordinance",
            gettext_lazy("The ordinance by the name of its file."),
            required=True,
            parse=one_of([(key, key) for key in ordinance_keys()]),
            example="sacramento-city-ca",
        ),
        Column(
            "number",
            gettext_lazy("The permit's number."),
            required=True,
            parse=text_up_to(40),
            example="A-17",
        ),
        Column(
            "issued_on",
            gettext_lazy("The first day on which it holds."),
            required=True,
            parse=day,
            example="2012-07-01",
        ),
        Column("ends_on", gettext_lazy("The last day; blank for as long as the ordinance says."), parse=day),
        Column("cancelled_on", gettext_lazy("When the city took it back; blank unless it did."), parse=day),
    )
    permission = "alarms.keep"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        systems = Systems(context.by)
        for row in rows:
            system_id = systems.find(row, context)
            if system_id is None:
                continue

            def keep(values: Mapping[str, Any] = row.values, system_id: int = system_id) -> str:
                return keep_permit(
                    system_id=system_id,
                    ordinance=values["ordinance"],
                    number=values["number"],
                    issued_on=values["issued_on"],
                    ends_on=values.get("ends_on"),
                    cancelled_on=values.get("cancelled_on"),
                    by=context.by,
                    at=context.at,
                ).outcome

            apply_row(row, context, "number", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for permit in permits(viewer).order_by("ordinance", "number"):
            yield [
                permit.system.account,
                permit.system.line.name,
                permit.ordinance,
                permit.number,
                permit.issued_on,
                permit.ends_on,
                permit.cancelled_on,
            ]


@register
class AlarmAppeals(Exchange):
    """Appeals against fees, by the number of the case."""

    key = "alarm-appeals"
    title = gettext_lazy("Appeals against alarm fees")
    description = gettext_lazy(
        "What was appealed, on what grounds, and how it was decided. A granted appeal strikes the alarm out. "
        "An appeal that is there is corrected: its day, its grounds, its decision; a blank decision leaves "
        "one that was entered."
    )
    columns = (
        Column(
            "case",
            gettext_lazy("The number of the alarm case."),
            required=True,
            parse=text_up_to(24),
            example="20120906-0001",
        ),
        Column(
            "filed_on", gettext_lazy("When it was filed."), required=True, parse=day, example="2012-09-10"
        ),
        Column(
            "grounds",
            gettext_lazy("On what grounds; no names."),
            required=True,
            parse=text_up_to(500),
            example="A test with notice",
        ),
        Column("decided_on", gettext_lazy("When it was decided; blank while it is not."), parse=day),
        Column(
            "outcome",
            gettext_lazy("How it was decided; blank while it is not."),
            parse=one_of([(value, value) for value in AppealOutcome.values]),
        ),
    )
    permission = "alarms.appeal"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        for row in rows:
            case = queries.case_by_number(context.by, row.values["case"])
            if case is None:
                context.reject(
                    row, "case", _("is not a known case"), _("Write the number as the list of cases has it.")
                )
                continue
            if bool(row.values.get("decided_on")) != bool(row.values.get("outcome")):
                context.reject(
                    row,
                    "outcome",
                    _("does not stand with a day of decision"),
                    _("Give both the day and the outcome, or neither."),
                )
                continue

            def keep(values: Mapping[str, Any] = row.values, case_id: int = case.pk) -> str:
                return _keep_appeal(case_id, values, context)

            apply_row(row, context, "case", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for appeal in appeals(viewer).order_by("case__number"):
            yield [appeal.case.number, appeal.filed_on, appeal.grounds, appeal.decided_on, appeal.outcome]


def _keep_appeal(case_id: int, values: Mapping[str, Any], context: ImportContext) -> str:
    """File, correct and decide as far as the row says."""
    filed: dict[str, Any] = {
        "case_id": case_id,
        "filed_on": values["filed_on"],
        "grounds": values["grounds"],
        "by": context.by,
        "at": context.at,
    }
    is_new = not Appeal.objects.filter(case_id=case_id).exists()
    if is_new:
        file_appeal(**filed)
    changed = set_appeal(
        decided_on=values.get("decided_on"), outcome=str(values.get("outcome") or ""), **filed
    )
    return CREATED if is_new else UPDATED if changed else UNCHANGED
