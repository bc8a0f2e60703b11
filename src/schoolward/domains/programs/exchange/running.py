"""Places and offerings, in and out."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.exchange.tables import (
    MANY,
    Cells,
    ProgramTable,
    Values,
    acting,
    language_codes,
    program_column,
    program_of,
    short_name,
    site_of,
    weekdays,
    words,
)
from schoolward.domains.programs.models import (
    CancelReason,
    CapacityReport,
    Intake,
    Offering,
    Unit,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, day, one_of, whole_number
from schoolward.platform.exchange.registry import ImportContext, register

_PLACES = ("unit", "maximum", "taken", "waiting", "intake", "on")


def _hour(cell: str) -> time:
    """Read an hour: 15:30."""
    try:
        return datetime.strptime(cell[:5], "%H:%M").time()  # noqa: DTZ007 - an hour of the day has no zone
    except ValueError:
        raise CellError(_t("is not an hour"), _t("Write it as 15:30.")) from None


@register
class Places(ProgramTable):
    """Reports of places."""

    key = "program-places"
    title = _("Places of programs")
    description = _(
        "How many places there are, are taken and are waited for. Blank is not known, not none, "
        "or not for who takes it out."
    )
    columns = (
        program_column(),
        Column("on", _("The day."), required=True, parse=day, example="2012-09-04"),
        Column("unit", _("What a place is."), required=True, parse=one_of(Unit.choices), example="seat"),
        Column("maximum", _("How many there are."), required=True, parse=MANY, example="24"),
        Column("taken", _("How many are taken."), parse=MANY),
        Column("waiting", _("How many wait: a number."), parse=MANY),
        Column(
            "intake",
            _("Whether anybody new is taken."),
            required=True,
            parse=one_of(Intake.choices),
            example="open",
        ),
    )

    def rows(self, viewer: Viewer) -> Any:
        return queries.shown_reports(viewer, queries.capacity(viewer).order_by("on", "pk"))

    def cells(self, record: CapacityReport) -> Cells:
        return {**{name: getattr(record, name) for name in _PLACES}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> CapacityReport | None:
        same = {name: values.get(name) for name in _PLACES}
        exact = {
            (f"{name}__isnull" if v is None else name): True if v is None else v for name, v in same.items()
        }
        return program_of(values, context).capacity.filter(**exact).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.report_capacity(
            program_id=program_of(values, context).pk,
            **{name: values.get(name) for name in _PLACES},  # type: ignore[arg-type]
            **acting(context),
        )


_TERMS = ("starts_on", "ends_on", "place", "days", "begins", "ends", "language", "seats")
_NUMBERS = ("registered", "waiting", "waivers_on_file", "completed")


@register
class Offerings(ProgramTable):
    """What is offered where and when."""

    key = "program-offerings"
    title = _("Offerings of programs")
    description = _(
        "A program at a place for a time, with its numbers. Blank numbers are not counted, "
        "or not for who takes them out."
    )
    columns = (
        program_column(),
        Column(
            "number",
            _("Number within the program; the same number updates the same offering."),
            required=True,
            parse=whole_number(1, 1_000_000),
            example="1",
        ),
        Column("starts_on", _("First day."), required=True, parse=day, example="2012-08-27"),
        Column("ends_on", _("Last day."), required=True, parse=day, example="2012-12-14"),
        Column("site", _("Short name of the site."), parse=short_name),
        words("place", _("Where it is, when it is not at a site."), 120, example="City library"),
        Column("days", _("Days of the week: MO,WE."), parse=weekdays, example="MO,WE"),
        Column("begins", _("When it begins: 15:30."), parse=_hour),
        Column("ends", _("When it ends."), parse=_hour),
        Column("language", _("Code of the language. Blank is en."), parse=language_codes),
        Column("seats", _("Seats."), parse=MANY, example="24"),
        Column("registered", _("How many are registered."), parse=MANY, example="20"),
        Column("waiting", _("How many wait."), parse=MANY),
        Column("waivers_on_file", _("How many waivers are on file."), parse=MANY),
        Column("completed", _("How many completed it."), parse=MANY),
        Column("cancelled_on", _("From when on it was cancelled."), parse=day),
        Column("cancel_reason", _("Why."), parse=one_of(CancelReason.choices)),
    )
    columns_of = {"campus_id": "site"}

    def rows(self, viewer: Viewer) -> Any:
        return queries.shown_offerings(viewer, queries.offerings(viewer).order_by("program__key", "number"))

    def row_of(self, record: Offering) -> list[object]:
        cells = self.cells(record)
        hours = {name: f"{cells[name]:%H:%M}" for name in ("begins", "ends") if cells[name] is not None}
        return [{**cells, **hours}[name] for name in self.column_names]

    def cells(self, record: Offering) -> Cells:
        names = (*_TERMS, *_NUMBERS, "number", "cancelled_on", "cancel_reason")
        return {
            **{name: getattr(record, name) for name in names},
            "program": record.program.key,
            "site": record.campus.slug if record.campus else "",
        }

    def find(self, values: Values, context: ImportContext) -> Offering | None:
        rows = queries.offerings(context.by).filter(program=program_of(values, context))
        return rows.filter(number=values["number"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        blank = {"place": "", "days": "", "language": "en"}
        terms: dict[str, Any] = {name: values.get(name) for name in _TERMS if name in values}
        terms = {name: blank.get(name) if value is None else value for name, value in terms.items()}
        terms["campus_id"] = site_of(values)
        numbers = {name: values[name] for name in _NUMBERS if name in values}
        if there is None:
            there = actions.open_offering(
                program_id=program_of(values, context).pk,
                number=values["number"],
                **terms,
                **acting(context),
            )
            terms = {}
        if values.get("cancelled_on") is None or there.cancelled_on is None:
            actions.change_offering(offering_id=there.pk, changes={**terms, **numbers}, **acting(context))
        if values.get("cancelled_on") is not None and there.cancelled_on is None:
            actions.cancel_offering(
                offering_id=there.pk,
                reason=values.get("cancel_reason") or CancelReason.OTHER,
                cancelled_on=values["cancelled_on"],
                **acting(context),
            )
