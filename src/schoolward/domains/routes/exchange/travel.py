"""Travel tallies and parents' forms, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.columns import RouteTable, site_column, site_of
from schoolward.domains.routes.models import (
    Allowed,
    Change,
    ClassTally,
    Direction,
    Distance,
    Grade,
    Mode,
    ParentSurvey,
    Weather,
    plain_key,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, day, one_of, text_up_to, whole_number
from schoolward.platform.exchange.records import Cells, Values, acting
from schoolward.platform.exchange.registry import ImportContext, register

_GRADE = one_of(Grade.choices, kinder="K", kindergarten="K", first="1", second="2", third="3")
_MODE = one_of(Mode.choices, bicycle="bike", bus="school_bus", car="family_vehicle", family="family_vehicle")


@register
class TravelTallies(RouteTable):
    """Tallies in the national form: a row a class, a day and a direction."""

    key = "travel-tallies"
    title = _("Travel tallies")
    description = _(
        "Hands raised in class by how pupils came or went: two of Tuesday to Thursday, morning and "
        "afternoon. A class has a label, and no name of a teacher or a pupil is ever read."
    )
    columns = (
        site_column(),
        Column(
            "class", _("Room or number, no name."), required=True, parse=text_up_to(20), example="Room 12"
        ),
        Column("grade", _("TK, K or 1 to 12."), required=True, parse=_GRADE, example="3"),
        Column(
            "enrolled",
            _("Pupils enrolled in the class."),
            required=True,
            parse=whole_number(1, 60),
            example="24",
            aliases=("enrolment", "enrollment", "students enrolled"),
        ),
        Column("day", _("A Tuesday, Wednesday or Thursday."), required=True, parse=day, example="2012-05-08"),
        Column(
            "direction",
            _("Arrival or departure."),
            required=True,
            parse=one_of(
                Direction.choices, am="arrival", pm="departure", morning="arrival", afternoon="departure"
            ),
            example="arrival",
            aliases=("am/pm",),
        ),
        Column(
            "weather",
            _("Sunny, rainy, overcast or snow."),
            required=True,
            parse=one_of(Weather.choices, S="sunny", R="rainy", O="overcast", Sn="snow"),
            example="sunny",
        ),
        *(
            Column(
                mode,
                label,
                parse=whole_number(0, 60),
                example=example,
            )
            for (mode, label), example in zip(Mode.choices, ("5", "2", "4", "8", "3", "1", "0"), strict=True)
        ),
    )
    columns_of = {"class_label": "class"}

    def rows(self, viewer: Viewer) -> Iterable[ClassTally]:
        return queries.counted_tallies(viewer).order_by("day", "campus__slug", "class_label", "direction")

    def cells(self, record: ClassTally) -> Cells:
        names = ("grade", "enrolled", "day", "direction", "weather", *Mode.values)
        return {
            "site": record.campus.slug,
            "class": record.class_label,
            **{name: getattr(record, name) for name in names},
        }

    def find(self, values: Values, context: ImportContext) -> ClassTally | None:
        return (
            queries.counted_tallies(context.by)
            .filter(
                campus_id=site_of(values, context),
                class_key=plain_key(actions.plain_label(values["class"])),
                day=values["day"],
                direction=values["direction"],
            )
            .first()
        )

    def is_same(self, column: str, stands: Any, value: Any) -> bool:
        if column == "class":
            return plain_key(stands) == plain_key(value)
        return super().is_same(column, stands, value)

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.keep_tally(
            campus_id=site_of(values, context),
            class_label=values["class"],
            counts={mode: values.get(mode) or 0 for mode in Mode.values},
            **{name: values[name] for name in ("grade", "enrolled", "day", "direction", "weather")},
            **acting(context),
        )


def changes_in(cell: str) -> list[str]:
    """Read what would change it: keys with commas between."""
    found = [part.strip().lower() for part in cell.split(",") if part.strip()]
    strange = [part for part in found if part not in Change.values]
    if strange:
        raise CellError(
            _t("has a value that is not known: %(value)s") % {"value": strange[0]},
            _t("Write some of: %(values)s.") % {"values": ", ".join(Change.values)},
        )
    return sorted(set(found), key=Change.values.index)


@register
class ParentSurveys(RouteTable):
    """Parents' short forms. They go out to those alone who keep them."""

    key = "parent-surveys"
    title = _("Parent surveys of the way to school")
    description = _(
        "Short forms as parents answered them. No name, no address and no class; the number is that printed "
        "on the form. Shown anywhere else, counts under eleven are hidden."
    )
    permission = "routes.survey_forms"
    export_permission = "routes.survey_forms"
    columns = (
        site_column(),
        Column("number", _("The number on the form."), required=True, parse=text_up_to(20), example="A-0012"),
        Column("day", _("When it came in."), required=True, parse=day, example="2012-05-08"),
        Column("grade", _("The child's grade."), required=True, parse=_GRADE, example="3"),
        Column(
            "distance",
            _("How far home is."),
            required=True,
            parse=one_of(Distance.choices),
            example="half",
        ),
        Column("mode", _("How the child mostly comes."), required=True, parse=_MODE, example="walk"),
        Column(
            "allowed",
            _("From which grade the child may walk or ride alone."),
            required=True,
            parse=one_of(Allowed.choices),
            example="g35",
        ),
        Column(
            "changes",
            _("What would change it, with commas between."),
            parse=changes_in,
            example="speed,crossings",
        ),
    )

    def rows(self, viewer: Viewer) -> Iterable[ParentSurvey]:
        return queries.survey_forms(viewer).order_by("day", "campus__slug", "number")

    def cells(self, record: ParentSurvey) -> Cells:
        names = ("number", "day", "grade", "distance", "mode", "allowed", "changes")
        return {"site": record.campus.slug, **{name: getattr(record, name) for name in names}}

    def row_of(self, record: ParentSurvey) -> list[object]:
        values = super().row_of(record)
        values[-1] = ",".join(record.changes)
        return values

    def find(self, values: Values, context: ImportContext) -> ParentSurvey | None:
        rows = queries.survey_forms(context.by)
        return rows.filter(campus_id=site_of(values, context), number_key=plain_key(values["number"])).first()

    def is_same(self, column: str, stands: Any, value: Any) -> bool:
        if column == "number":
            return plain_key(stands) == plain_key(value)
        if column == "changes":
            # A form without a wish is written out as an empty cell.
            return (stands or []) == (value or [])
        return super().is_same(column, stands, value)

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        names = ("number", "day", "grade", "distance", "mode", "allowed")
        actions.keep_survey(
            campus_id=site_of(values, context),
            changes=values.get("changes") or [],
            **{name: values[name] for name in names},
            **acting(context),
        )
