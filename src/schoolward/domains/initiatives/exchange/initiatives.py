"""Initiatives and the reports on them, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.exchange.names import role, short_name
from schoolward.domains.initiatives.models import Initiative, Kind, Objective, StatusUpdate, Strand
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to, whole_number
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_INITIATIVE_COLUMNS = (
    Column(
        "key",
        gettext_lazy("Short name; the same name updates the same initiative."),
        required=True,
        parse=short_name,
        example="bicycle-lockers",
    ),
    Column(
        "title",
        gettext_lazy("What it is called."),
        required=True,
        parse=text_up_to(200),
        example="Bicycle lockers at the middle schools",
    ),
    Column(
        "kind",
        gettext_lazy("Initiative, program or body."),
        parse=one_of(Kind.choices, program=Kind.PROGRAMME),
    ),
    Column("strand", gettext_lazy("Where the board's paper speaks of it."), parse=one_of(Strand.choices)),
    Column("summary", gettext_lazy("What it is, in two sentences."), parse=text_up_to(2000)),
    Column("objective", gettext_lazy("Short name of the objective that it serves."), parse=short_name),
    Column("part_of", gettext_lazy("Short name of the initiative that it is part of."), parse=short_name),
    Column(
        "owner_role",
        gettext_lazy("Which role answers for it."),
        required=True,
        parse=role,
        example="facilities",
    ),
    Column("start", gettext_lazy("Since when."), parse=day, example="2012-08-13"),
    Column("due", gettext_lazy("Until when."), parse=day, example="2013-03-29"),
    Column("cadence", gettext_lazy("How often a body meets, in words."), parse=text_up_to(120)),
    Column("status", gettext_lazy("Written out, not read in: it follows from dates and from closing.")),
)
INITIATIVE_COLUMN_NAMES = [column.name for column in _INITIATIVE_COLUMNS]


def initiative_row(one: Initiative, *, on: date) -> list[object]:
    """The values of one initiative in the order of the columns; its status is that of the day."""
    return [
        one.key,
        one.title,
        one.kind,
        one.strand,
        one.summary,
        one.objective.key if one.objective else "",
        one.part_of.key if one.part_of else "",
        one.owner_role,
        one.start,
        one.due,
        one.cadence,
        one.status_on(on).value,
    ]


@register
class Initiatives(Exchange):
    """The register of initiatives, programs and bodies."""

    key = "initiatives"
    title = gettext_lazy("Initiatives")
    description = gettext_lazy("Initiatives, programs and bodies. Progress comes in by status updates.")
    columns = _INITIATIVE_COLUMNS
    permission = "initiatives.import"
    export_permission = "initiatives.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        objectives = dict(Objective.objects.values_list("key", "pk"))
        known = {one.key: one for one in queries.initiatives(context.by)}
        for row in rows:
            unknown = self._unknown(row, objectives, known)
            if unknown:
                context.reject(
                    row, unknown, _("is not known"), _("Bring it in first, or leave the cell blank.")
                )
                continue
            part_of = row.values.get("part_of")
            fields = {
                "title": row.values["title"],
                "kind": row.values.get("kind") or Kind.INITIATIVE.value,
                "strand": row.values.get("strand") or Strand.INITIATIVE.value,
                "summary": row.values.get("summary") or "",
                "objective_id": objectives.get(row.values.get("objective") or ""),
                "part_of_id": known[part_of].pk if part_of else None,
                "owner_role": row.values["owner_role"],
                "start": row.values.get("start"),
                "cadence": row.values.get("cadence") or "",
            }
            try:
                self._apply(row, fields, known, context)
            except actions.InitiativeRefused as refusal:
                context.reject(row, refusal.field or "key", str(refusal))

    def _unknown(self, row: Row, objectives: dict[str, int], known: dict[str, Initiative]) -> str:
        """The column whose reference leads nowhere, or an empty text."""
        objective, part_of = row.values.get("objective"), row.values.get("part_of")
        if objective and objective not in objectives:
            return "objective"
        return "part_of" if part_of and (part_of not in known or part_of == row.values["key"]) else ""

    def _apply(
        self, row: Row, fields: dict[str, Any], known: dict[str, Initiative], context: ImportContext
    ) -> None:
        one, due = known.get(row.values["key"]), row.values.get("due")
        if one is None:
            made = actions.open_initiative(
                key=row.values["key"], due=due, by=context.by, at=context.at, **fields
            )
            known[made.key] = made
            context.report.created += 1
            return
        if due is not None and due != one.due:
            context.reject(
                row,
                "due",
                _("differs from the due date, which is %(due)s") % {"due": one.due or _("not set")},
                _("Move the due date on the initiative's page, with a reason; leave the cell blank here."),
            )
            return
        changed = {name: value for name, value in fields.items() if getattr(one, name) != value}
        if not changed:
            context.report.unchanged += 1
            return
        known[one.key] = actions.describe(initiative_id=one.pk, changes=changed, by=context.by, at=context.at)
        context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        # Whole before part, so that the file can be read in again from top to bottom.
        rows = list(queries.initiatives(viewer))
        for one in sorted(rows, key=lambda row: row.part_of_id is not None):
            yield initiative_row(one, on=today(viewer.at))


@register
class StatusUpdates(Exchange):
    """Reports on initiatives. They are never changed: a row that is there already is left as it is."""

    key = "status-updates"
    title = gettext_lazy("Status updates")
    description = gettext_lazy("Reports on initiatives. The color is worked out by the rule, not read in.")
    columns = (
        Column(
            "initiative",
            gettext_lazy("Short name of the initiative."),
            required=True,
            parse=short_name,
            example="bicycle-lockers",
        ),
        Column(
            "on", gettext_lazy("The day that it is about."), required=True, parse=day, example="2012-09-04"
        ),
        Column(
            "percent", gettext_lazy("How far it is."), required=True, parse=whole_number(0, 100), example="40"
        ),
        Column(
            "note",
            gettext_lazy("What is new."),
            required=True,
            parse=text_up_to(2000),
            example="Two bids are in.",
        ),
        Column("evidence", gettext_lazy("What shows it."), parse=text_up_to(2000)),
        Column("color", gettext_lazy("Written out, not read in.")),
        Column("why", gettext_lazy("The rule's sentence. Written out, not read in.")),
    )
    permission = "initiatives.import"
    export_permission = "initiatives.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {one.key: one.pk for one in queries.initiatives(context.by)}
        there = set(StatusUpdate.objects.values_list("initiative__key", "on", "note"))
        for row in rows:
            identity = (row.values["initiative"], row.values["on"], row.values["note"])
            if identity in there:
                context.report.unchanged += 1
                continue
            if identity[0] not in known:
                context.reject(
                    row, "initiative", _("is not a known initiative"), _("Bring the initiative in first.")
                )
                continue
            try:
                actions.report_status(
                    initiative_id=known[identity[0]],
                    note=identity[2],
                    percent=row.values["percent"],
                    evidence=row.values.get("evidence") or "",
                    on=identity[1],
                    by=context.by,
                    at=self._moment(identity[1], context.at),
                )
            except actions.InitiativeRefused as refusal:
                context.reject(row, refusal.field or "initiative", str(refusal))
            except AccessDenied:
                context.reject(row, "initiative", _("is not yours to report on"), _("Leave the row out."))
            else:
                there.add(identity)
                context.report.created += 1

    @staticmethod
    def _moment(on: Any, at: datetime) -> datetime:
        """Noon of the day that the report is about, or now where that is earlier."""
        return min(at, datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone()))

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for update in queries.status_updates(viewer):
            yield [
                update.initiative.key,
                update.on,
                update.percent,
                update.note,
                update.evidence,
                update.colour,
                update.override_reason or update.rule_sentence,
            ]
