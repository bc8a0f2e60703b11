"""What takes place, in and out: groups, sessions with their heads, checklists."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.exchange.tables import (
    MANY,
    Cells,
    NotThere,
    ProgramTable,
    Values,
    acting,
    filled,
    offering_column,
    offering_of,
    program_column,
    words,
)
from schoolward.domains.programs.models import (
    CancelReason,
    Cohort,
    FidelityCheck,
    Observer,
    Offering,
    Session,
    SessionState,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, whole_number
from schoolward.platform.exchange.registry import ImportContext, register


@register
class Groups(ProgramTable):
    """Groups of offerings: a number and a size."""

    key = "program-groups"
    title = _("Groups of offerings")
    description = _("Groups within an offering. A group has a number and a size, no name.")
    columns = (
        program_column(),
        offering_column(),
        Column("number", _("The group's number."), required=True, parse=whole_number(1, 1000), example="1"),
        Column("size", _("How many are in it."), parse=MANY, example="10"),
        Column("completed", _("How many completed it."), parse=MANY),
    )

    def rows(self, viewer: Viewer) -> QuerySet[Cohort]:
        rows = queries.cohorts(viewer).order_by("offering__program__key", "offering__number", "number")
        return _whole(rows, viewer)

    def cells(self, record: Cohort) -> Cells:
        return {
            "program": record.offering.program.key,
            "offering": record.offering.number,
            **{name: getattr(record, name) for name in ("number", "size", "completed")},
        }

    def find(self, values: Values, context: ImportContext) -> Cohort | None:
        return offering_of(values, context).cohorts.filter(number=values["number"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.keep_cohort(
            offering_id=offering_of(values, context).pk,
            number=values["number"],
            size=values.get("size"),
            completed=values.get("completed"),
            **acting(context),
        )


def _whole(rows: QuerySet[Any], viewer: Viewer) -> Any:
    """Of rows that may hold a handful of heads, those that the viewer may read whole."""
    return [row for row in rows if queries.may_write(viewer, row)]


@register
class Sessions(ProgramTable):
    """Sessions with what became of them."""

    key = "program-sessions"
    title = _("Sessions of programs")
    description = _("Sessions as planned, held or cancelled. Heads only: no list of names is ever read.")
    columns = (
        program_column(),
        offering_column(),
        Column(
            "number", _("The session's number."), required=True, parse=whole_number(1, 1_000_000), example="1"
        ),
        Column("on", _("The day."), required=True, parse=day, example="2012-08-29"),
        Column("group", _("Number of the group, if there are several."), parse=whole_number(1, 1000)),
        Column(
            "minutes_planned",
            _("Minutes as planned."),
            required=True,
            parse=whole_number(5, 1440),
            example="45",
        ),
        Column("state", _("What became of it. Blank is planned."), parse=one_of(SessionState.choices)),
        Column("cancel_reason", _("Why it did not take place."), parse=one_of(CancelReason.choices)),
        Column("minutes_held", _("Minutes as held."), parse=whole_number(1, 1440)),
        Column("attended", _("How many young people came."), parse=MANY),
        Column("adults", _("How many parents came."), parse=MANY),
        Column("expected", _("Written out, not read in: how many were registered."), parse=MANY),
    )
    written_out = frozenset({"expected"})
    columns_of = {"minutes": "minutes_planned", "cohort_id": "group"}

    def rows(self, viewer: Viewer) -> QuerySet[Session]:
        order = ("offering__program__key", "offering__number", "number")
        return _whole(queries.sessions(viewer).order_by(*order), viewer)

    def cells(self, record: Session) -> Cells:
        names = ("number", "on", "minutes_planned", "state", "cancel_reason", "minutes_held", "attended")
        return {
            **{name: getattr(record, name) for name in (*names, "adults", "expected")},
            "program": record.offering.program.key,
            "offering": record.offering.number,
            "group": record.cohort.number if record.cohort else None,
        }

    def find(self, values: Values, context: ImportContext) -> Session | None:
        rows = queries.sessions(context.by).filter(offering=offering_of(values, context))
        return rows.filter(number=values["number"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        offering = offering_of(values, context)
        if there is None:
            there = self._planned(offering, values, context)
        else:
            for name in ("on", "minutes_planned"):
                if getattr(there, name) != values[name]:
                    raise actions.ProgramRefused(
                        _t("Another session has this number. Give this one a new number."), field="number"
                    )
        state = values.get("state") or SessionState.PLANNED
        if state == SessionState.HELD:
            for name in ("attended", "minutes_held"):
                if values.get(name) is None:
                    raise actions.ProgramRefused(_t("A session that was held needs this number."), field=name)
            actions.record_count(
                session_id=there.pk,
                attended=values["attended"],
                adults=values.get("adults"),
                minutes=values["minutes_held"],
                **acting(context),
            )
        elif state == SessionState.CANCELLED:
            reason = values.get("cancel_reason") or CancelReason.OTHER
            actions.cancel_session(session_id=there.pk, reason=reason, **acting(context))

    @staticmethod
    def _planned(offering: Offering, values: Values, context: ImportContext) -> Session:
        cohort = None
        if values.get("group") is not None:
            cohort = offering.cohorts.filter(number=values["group"]).first()
            if cohort is None:
                raise NotThere("group")
        return actions.plan_session(
            offering_id=offering.pk,
            on=values["on"],
            minutes=values["minutes_planned"],
            cohort_id=cohort.pk if cohort else None,
            number=values["number"],
            **acting(context),
        )


_CHECK = ("instrument", "observer", "on", "items_observed", "items_met")


@register
class Checks(ProgramTable):
    """Results of fidelity checklists."""

    key = "program-fidelity"
    title = _("Fidelity checks of programs")
    description = _("How much of what the manual asks for was seen, by the name of the checklist.")
    columns = (
        program_column(),
        offering_column(),
        words("instrument", _("The checklist's name."), 120, required=True, example="Lesson checklist"),
        Column(
            "observer",
            _("Who filled it in."),
            required=True,
            parse=one_of(Observer.choices),
            example="peer",
        ),
        Column("on", _("The day."), required=True, parse=day, example="2012-08-29"),
        Column(
            "items_observed", _("Items looked at."), required=True, parse=whole_number(1, 1000), example="20"
        ),
        Column("items_met", _("Items met."), required=True, parse=whole_number(0, 1000), example="18"),
    )

    def rows(self, viewer: Viewer) -> QuerySet[FidelityCheck]:
        return queries.fidelity(viewer).order_by("offering__program__key", "offering__number", "on", "pk")

    def cells(self, record: FidelityCheck) -> Cells:
        return {
            **{name: getattr(record, name) for name in _CHECK},
            "program": record.offering.program.key,
            "offering": record.offering.number,
        }

    def find(self, values: Values, context: ImportContext) -> FidelityCheck | None:
        same = {name: values[name] for name in ("instrument", "observer", "on")}
        return offering_of(values, context).fidelity.filter(**same).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.check_fidelity(
            offering_id=offering_of(values, context).pk, **filled(values, *_CHECK), **acting(context)
        )
