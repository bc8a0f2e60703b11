"""Crossings, counts at them, posts of guards and who stands there, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.columns import (
    RouteTable,
    account_of,
    clock,
    clock_out,
    decimal,
    point_columns,
    reference_column,
    site_column,
    site_of,
)
from schoolward.domains.routes.models import (
    Control,
    Crossing,
    CrossingCount,
    GuardAssignment,
    GuardPost,
    Shift,
)
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to, whole_number, yes_no
from schoolward.platform.exchange.records import Cells, NotThere, Values, acting, filled
from schoolward.platform.exchange.registry import ImportContext, register

_HOURS = ("morning_begins", "morning_ends", "afternoon_begins", "afternoon_ends")


def crossing_of(values: Values, context: ImportContext) -> Crossing:
    """The crossing that a row names. Raises :class:`NotThere`."""
    found = queries.crossings(context.by).filter(reference=values["crossing"]).first()
    if found is None:
        raise NotThere("crossing")
    return found


def post_of(values: Values, context: ImportContext) -> GuardPost:
    """The post that a row names. Raises :class:`NotThere`."""
    found = queries.posts(context.by).filter(reference=values["post"]).first()
    if found is None:
        raise NotThere("post")
    return found


@register
class Crossings(RouteTable):
    """Crossings."""

    key = "route-crossings"
    title = _("School crossings")
    description = _("Where pupils cross, with what the warrants for guards ask about the place.")
    columns = (
        reference_column(_("Your own number for it."), "X-12"),
        site_column(),
        Column("place", _("The corner."), required=True, parse=text_up_to(200), example="Oak St and 1st Ave"),
        *point_columns(),
        Column(
            "control",
            _("What stops vehicles: none, stop or signal."),
            required=True,
            parse=one_of(Control.choices),
            example="none",
        ),
        Column("lanes", _("Lanes to cross."), required=True, parse=whole_number(1, 12), example="2"),
        Column("divided", _("Whether the street is divided."), parse=yes_no, example="no"),
        Column(
            "width_ft",
            _("Curb to curb, in feet."),
            required=True,
            parse=decimal(1, 300),
            example="40",
        ),
        Column("has_refuge", _("Whether there is an island."), parse=yes_no, example="no"),
        Column("rural", _("Whether it is in the country."), parse=yes_no, example="no"),
        Column("speed_85_mph", _("85th-percentile speed, in mph."), parse=decimal(1, 100), example="34"),
        Column(
            "controlled_within_ft",
            _("Feet to the next controlled crossing; blank where there is none."),
            parse=decimal(0, 100_000),
            example="900",
        ),
    )

    def rows(self, viewer: Viewer) -> Iterable[Crossing]:
        return queries.crossings(viewer).order_by("reference")

    def cells(self, record: Crossing) -> Cells:
        names = ("reference", *actions.CROSSING_FIELDS)
        return {"site": record.campus.slug, **{name: getattr(record, name) for name in names}}

    def find(self, values: Values, context: ImportContext) -> Crossing | None:
        return queries.crossings(context.by).filter(reference=values["reference"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        told = {name: values.get(name) for name in actions.CROSSING_FIELDS}
        told |= {name: bool(told[name]) for name in ("divided", "has_refuge", "rural")}
        actions.keep_crossing(
            campus_id=site_of(values, context),
            values=told,
            reference=values["reference"],
            crossing_id=there.pk if there else None,
            **acting(context),
        )


@register
class CrossingCounts(RouteTable):
    """Counts at crossings."""

    key = "route-crossing-counts"
    title = _("Counts at school crossings")
    description = _("Vehicles, pupils and gaps in a stretch of a day. Numbers only.")
    columns = (
        Column("crossing", _("The crossing's reference."), required=True, example="X-12"),
        Column("day", _("The day."), required=True, parse=day, example="2012-05-08"),
        Column("begins", _("When the count began."), required=True, parse=clock, example="07:30"),
        Column(
            "minutes",
            _("How long was counted."),
            required=True,
            parse=whole_number(5, 240),
            example="60",
        ),
        Column("vehicles", _("Vehicles."), required=True, parse=whole_number(0, 20_000), example="410"),
        Column(
            "turning",
            _("Of them turning through the crosswalk."),
            parse=whole_number(0, 20_000),
            example="35",
        ),
        Column("pupils", _("Pupils who crossed."), required=True, parse=whole_number(0, 5000), example="46"),
        Column(
            "rows",
            _("Rows of the larger groups, five abreast."),
            parse=whole_number(1, 20),
            example="2",
        ),
        Column("gaps", _("Gaps long enough to cross."), parse=whole_number(0, 5000), example="52"),
    )

    def rows(self, viewer: Viewer) -> Iterable[CrossingCount]:
        return queries.counts(viewer).order_by("crossing__reference", "day", "begins")

    def cells(self, record: CrossingCount) -> Cells:
        names = ("day", "begins", "minutes", "vehicles", "turning", "pupils", "rows", "gaps")
        return {"crossing": record.crossing.reference, **{name: getattr(record, name) for name in names}}

    def row_of(self, record: CrossingCount) -> list[object]:
        values = super().row_of(record)
        values[self.column_names.index("begins")] = clock_out(record.begins)
        return values

    def find(self, values: Values, context: ImportContext) -> CrossingCount | None:
        rows = queries.counts(context.by).filter(crossing=crossing_of(values, context))
        return rows.filter(day=values["day"], begins=values["begins"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        names = ("day", "begins", "minutes", "vehicles", "pupils")
        actions.keep_count(
            crossing_id=crossing_of(values, context).pk,
            gaps=values.get("gaps"),
            **{name: values[name] for name in names},
            **filled(values, "turning", "rows", turning=0, rows=1),
            **acting(context),
        )


@register
class GuardPosts(RouteTable):
    """Posts of crossing guards."""

    key = "guard-posts"
    title = _("Posts of crossing guards")
    description = _("Where guards are to stand, at which hours, and which agency answers for it.")
    columns = (
        reference_column(_("Your own number for it."), "G-3"),
        Column("crossing", _("The crossing's reference."), required=True, example="X-12"),
        Column("agency", _("The agency's key."), required=True, example="city"),
        Column("morning_begins", _("When the morning begins."), parse=clock, example="07:30"),
        Column("morning_ends", _("When the morning ends."), parse=clock, example="08:15"),
        Column("afternoon_begins", _("When the afternoon begins."), parse=clock, example="14:15"),
        Column("afternoon_ends", _("When the afternoon ends."), parse=clock, example="15:00"),
        Column("guards", _("How many guards it takes."), parse=whole_number(1, 10), example="1"),
        Column("valid_from", _("The first day."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("The last day; blank while it stands."), parse=day),
        Column("note", _("No names of people."), parse=text_up_to(200)),
    )

    def rows(self, viewer: Viewer) -> Iterable[GuardPost]:
        return queries.posts(viewer).order_by("reference")

    def cells(self, record: GuardPost) -> Cells:
        names = ("reference", *actions.POST_FIELDS)
        return {
            **{name: getattr(record, name) for name in names},
            "crossing": record.crossing.reference,
            "agency": record.agency.key,
        }

    def row_of(self, record: GuardPost) -> list[object]:
        values = super().row_of(record)
        for name in _HOURS:
            values[self.column_names.index(name)] = clock_out(getattr(record, name))
        return values

    def find(self, values: Values, context: ImportContext) -> GuardPost | None:
        return queries.posts(context.by).filter(reference=values["reference"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        agency = agencies().filter(key=values["agency"]).first()
        if agency is None:
            raise NotThere("agency")
        told = {name: values.get(name) for name in actions.POST_FIELDS}
        told |= {"guards": told["guards"] or 1, "note": told["note"] or ""}
        actions.keep_post(
            crossing_id=crossing_of(values, context).pk,
            agency_id=agency.pk,
            values=told,
            reference=values["reference"],
            post_id=there.pk if there else None,
            **acting(context),
        )


@register
class GuardAssignments(RouteTable):
    """Guards at posts. They go out to those alone who run them."""

    key = "guard-assignments"
    title = _("Crossing guards at their posts")
    description = _(
        "One account a row, or a number of guards whom only their agency knows. Nothing else about them."
    )
    export_permission = "routes.manage"
    columns = (
        Column("post", _("The post's reference."), required=True, example="G-3"),
        Column("account", _("E-mail address of an account; blank for guards in number."), example=""),
        Column("guards", _("How many."), parse=whole_number(1, 10), example="1"),
        Column("shift", _("Morning, afternoon or both."), parse=one_of(Shift.choices), example="both"),
        Column("valid_from", _("The first day."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("The last day."), parse=day),
    )

    def rows(self, viewer: Viewer) -> Iterable[GuardAssignment]:
        return queries.assignments(viewer).order_by("post__reference", "valid_from", "pk")

    def cells(self, record: GuardAssignment) -> Cells:
        names = ("guards", "shift", "valid_from", "valid_to")
        return {
            "post": record.post.reference,
            "account": record.account.email if record.account else None,
            **{name: getattr(record, name) for name in names},
        }

    def find(self, values: Values, context: ImportContext) -> GuardAssignment | None:
        account = account_of(values, context) if values.get("account") else None
        rows = queries.assignments(context.by).filter(post=post_of(values, context))
        shift = values.get("shift") or Shift.BOTH
        return rows.filter(account=account, valid_from=values["valid_from"], shift=shift).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        if there is None:
            actions.assign_guard(
                post_id=post_of(values, context).pk,
                account_id=account_of(values, context) if values.get("account") else None,
                valid_from=values["valid_from"],
                valid_to=values.get("valid_to"),
                **filled(values, "guards", "shift"),
                **acting(context),
            )
        elif values.get("valid_to") is not None and values.get("guards") in (None, there.guards):
            actions.end_assignment(assignment_id=there.pk, last_day=values["valid_to"], **acting(context))
        else:
            raise actions.RouteRefused(
                _("This assignment stands with other numbers. End it, and make a new one."), field="guards"
            )
