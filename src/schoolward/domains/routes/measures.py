"""Numbers about the way to school: the share of trips walked or ridden (M25), barriers closed (M26)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.travel import share
from schoolward.domains.places.queries import FEWEST_STUDENTS
from schoolward.domains.routes.examples import build_barriers, build_tallies
from schoolward.domains.routes.models import ACCEPTED_BARRIERS, Barrier, BarrierState, ClassTally
from schoolward.domains.routes.queries import (
    all_tallies,
    as_of,
    class_counts,
    on_days,
    shown,
    with_trips,
)
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Ends, Example, Rows, measure

_NO_TALLY = _("No class has tallied in this period.")
_NO_BARRIER = _("No barrier had been accepted by this day.")
_INVENTED = _("Holds tallies or barriers that are invented for the demonstration.")
_FEW = _("Fewer than eleven trips were walked or ridden, or were not: withheld.")


def _last(period: Period) -> date:
    return period.as_of if period.end is None else min(period.end, period.as_of)


def _by_classes(rows: QuerySet[ClassTally]) -> Callable[[float, float], Ends]:
    """The interval of a share of trips, in percent, with classes as clusters (``analysis.travel``)."""

    def ends(_active: float, _trips: float) -> Ends:
        found = share(class_counts(rows))
        return 100 * (found.low or 0.0), 100 * (1.0 if found.high is None else found.high)

    return ends


@measure(
    key="routes.active_share",
    title=_("Trips to and from school on foot or by bike"),
    definition=_(
        "Of the hands that classes raised in travel tallies of the period, the share for walking or riding a "
        "bike, in percent. Tallies are taken on Tuesdays to Thursdays, on arrival and on departure, in the "
        "national form; a pupil counts once for each. The interval takes classes as clusters."
    ),
    unit="percent",
    parts_unit="trips",
    owner=Role.SAFE_ROUTES,
    record_class=RecordClass.EDUCATION,
    numerator=_("Trips walked or ridden"),
    denominator=_("Trips tallied"),
    code="M25",
    minimum_count=FEWEST_STUDENTS,
    direction="up",
    example=Example(
        rows="""
            tally  | site | class   | day        | direction | walk | bike | car
            -------|------|---------|------------|-----------|------|------|----
            Come   | Oak  | Room 1  | 2012-05-08 | arrival   | 8    | 2    | 14
            Gone   | Oak  | Room 1  | 2012-05-08 | departure | 9    | 1    | 14
            Other  | Oak  | Room 2  | 2012-05-09 | arrival   | 4    | 0    | 20
            Driven | Elm  | Room 1  | 2012-05-10 | arrival   | 0    | 0    | 28
            Before | Oak  | Room 1  | 2011-10-05 | arrival   | 20   | 0    | 4
        """,
        period=(date(2012, 1, 1), date(2012, 6, 30), date(2012, 9, 6)),
        value=24.0,
        records=("Come", "Gone", "Other"),
        build=build_tallies,
    ),
)
def active_share(period: Period, scope: Scope) -> Rows:
    """Hands for walking and riding over all hands."""
    rows = with_trips(on_days(all_tallies(), period.start, _last(period), scope.campus_id))
    told = share(class_counts(rows))
    withheld = not shown(told)
    notes = _FEW if withheld else _INVENTED if rows.filter(invented=True).exists() else ""
    return Rows(
        numerator=rows.filter(active_trips__gt=0),
        denominator=rows,
        amount="active_trips",
        denominator_amount="all_trips",
        factor=100,
        collected=bool(told.trips),
        missing=_NO_TALLY,
        note=notes,
        withheld=withheld,
        interval=_by_classes(rows),
    )


@measure(
    key="routes.barriers_closed",
    title=_("Barriers on the way to school that are closed"),
    definition=_(
        "Of barriers that stood accepted, recommended, in work or closed at the end of the period, the share "
        "that was closed, in percent. A barrier is closed by work that somebody other than its doer has "
        "verified, and by nothing else."
    ),
    unit="percent",
    owner=Role.SAFE_ROUTES,
    record_class=RecordClass.PUBLIC,
    numerator=_("Barriers closed"),
    denominator=_("Barriers accepted"),
    code="M26",
    at_a_day=True,
    direction="up",
    example=Example(
        rows="""
            barrier  | accepted   | closed     | reopened   | declined
            ---------|------------|------------|------------|-----------
            Open     | 2012-02-01 |            |            |
            Fixed    | 2012-02-01 | 2012-06-01 |            |
            Later    | 2012-02-01 | 2012-10-01 |            |
            Again    | 2012-02-01 | 2012-04-01 | 2012-06-01 |
            New      |            |            |            |
            Declined |            |            |            | 2012-03-01
        """,
        period=(date(2012, 1, 1), date(2012, 6, 30), date(2012, 9, 6)),
        value=25.0,
        records=("Fixed",),
        build=build_barriers,
    ),
)
def barriers_closed(period: Period, scope: Scope) -> Rows:
    """Closed barriers over accepted ones, as they stood at the end of the period."""
    rows = as_of(Barrier.objects.all(), _last(period)).filter(state_then__in=ACCEPTED_BARRIERS)
    if scope.campus_id is not None:
        rows = rows.filter(campus_id=scope.campus_id)
    is_any = rows.exists()
    return Rows(
        numerator=rows.filter(state_then=BarrierState.CLOSED),
        denominator=rows,
        factor=100,
        collected=is_any,
        missing=_NO_BARRIER,
        note=_INVENTED if rows.filter(invented=True).exists() else "",
    )
