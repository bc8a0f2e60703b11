"""Numbers about the way to school: the share of trips walked or ridden (M25), barriers closed (M26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.false_alarms.intervals import garwood
from schoolward.analysis.school_collisions import five_years_before
from schoolward.analysis.travel import share
from schoolward.domains.places import queries as places
from schoolward.domains.routes.examples import COLLISION_ROWS, build_barriers, build_collisions, build_tallies
from schoolward.domains.routes.models import (
    ACCEPTED_BARRIERS,
    Barrier,
    BarrierState,
    ClassTally,
    Collision,
    PositionQuality,
)
from schoolward.domains.routes.queries import (
    all_tallies,
    as_of,
    class_counts,
    grave_near,
    known_days,
    on_days,
    shown,
    with_trips,
)
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Ends, Example, Rows, measure

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
        "Of the hands that classes raised in travel tallies of the period, the share for walking or "
        "riding a bike, in percent. Tallies are taken on Tuesdays to Thursdays, on arrival and on "
        "departure, in the national form; a pupil counts once for each. The interval takes classes as "
        "clusters."
    ),
    unit="percent",
    parts_unit="trips",
    owner=Role.SAFE_ROUTES,
    record_class=RecordClass.EDUCATION,
    numerator=_("Trips walked or ridden"),
    denominator=_("Trips tallied"),
    code="M25",
    to_site="campus",
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
        "Of barriers that stood accepted, recommended, in work or closed at the end of the period, the "
        "share that was closed, in percent. A barrier is closed by work that somebody other than its doer "
        "has verified, and by nothing else."
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


_NO_COLLISION = _("No collisions of these years have been imported.")
_UNSURE = _("Some positions are as the report gives them, which is unreliable.")
_SHORT = _("The records do not reach over all of the five years: the number covers less.")
_MOST_BEHIND = timedelta(days=90)
"""The state publishes collisions with a delay; records that end earlier than this are told of."""
_INVENTED_COLLISIONS = _("Holds collisions that are invented for the demonstration.")
_FEW_STUDENTS = _("The site has fewer than 11 students, so its enrollment is withheld.")
_COLLISION_PERIOD = (date(2012, 1, 1), date(2012, 9, 6), date(2012, 9, 6))
_GRAVE = _(
    "Collisions of the five years that end with the period in which somebody walking or riding a bike was "
    "killed or seriously injured, within 402 m (a quarter mile, great-circle distance) of the point of a "
    "site with a school of kindergarten to grade 12 in operation on the day of the collision. Where the "
    "table of the injured was imported it tells who was hurt; else the collision's gravest injury counts "
    "where a pedestrian or bicyclist was involved."
)


def _grave(period: Period, scope: Scope) -> Rows:
    last = _last(period)
    first = five_years_before(last)
    rows = grave_near(first, last, scope.campus_id)
    days = known_days(period.as_of)
    notes = (
        _SHORT if days is not None and (days[0] > first or last - days[1] > _MOST_BEHIND) else "",
        _UNSURE if rows.filter(quality=PositionQuality.REPORTED).exists() else "",
        _INVENTED_COLLISIONS if rows.filter(invented=True).exists() else "",
    )
    said = [note for note in notes if note]
    return Rows(
        numerator=rows,
        collected=days is not None and days[0] <= last and days[1] >= first,
        missing=_NO_COLLISION,
        note=format_lazy(" ".join(["{}"] * len(said)), *said) if said else "",
        interval=lambda count, _of: garwood(int(count), 1.0),
    )


@measure(
    key="routes.collisions",
    title=_("Killed or seriously injured on foot or by bike near schools, five years"),
    definition=_GRAVE,
    unit="collisions",
    owner=Role.SAFE_ROUTES,
    record_class=RecordClass.PUBLIC,
    numerator=_("Such collisions in the five years that end with the period"),
    denominator="",
    code="M27",
    at_a_day=True,
    direction="down",
    example=Example(
        rows=COLLISION_ROWS,
        period=_COLLISION_PERIOD,
        value=3,
        records=("1", "2", "3"),
        build=build_collisions,
    ),
)
def collisions_near(period: Period, scope: Scope) -> Rows:
    """Grave collisions near schools; one that is near two sites counts once for the district."""
    return _grave(period, scope)


@measure(
    key="routes.collision_rate",
    title=_("Killed or seriously injured on foot or by bike near schools, per 1,000 enrolled"),
    definition=format_lazy(
        "{} {}",
        _GRAVE,
        _(
            "Held against 1,000 students of the schools there at the end of the period, by the latest "
            "enrollment known then; sites with fewer than 11 students are left out."
        ),
    ),
    unit="per 1,000 students",
    owner=Role.SAFE_ROUTES,
    record_class=RecordClass.PUBLIC,
    numerator=_("Such collisions near the sites whose enrollment is known and not small"),
    denominator=_("Students enrolled at these sites"),
    code="M27",
    at_a_day=True,
    direction="down",
    example=Example(
        rows=COLLISION_ROWS,
        period=_COLLISION_PERIOD,
        value=1.5,
        records=("1", "2", "3"),
        build=build_collisions,
    ),
)
def collision_rate(period: Period, scope: Scope) -> Rows:
    """Grave collisions over students; not collected where no enrollment is known, withheld where small."""
    last = _last(period)
    year = places.latest_enrolment_year(last)
    students = places.students_by_campus(year, last) if year is not None else {}
    if scope.campus_id is not None:
        students = {site: n for site, n in students.items() if site == scope.campus_id}
    found = _grave(period, scope)
    if year is not None and scope.campus_id in places.campuses_with_few_students(year, last):
        return Rows(numerator=Collision.objects.none(), withheld=True, note=_FEW_STUDENTS)
    enrolled = sum(students.values())
    if not enrolled:
        return replace(found, collected=False, missing=_("No enrollment is known."))
    return replace(
        found,
        numerator=found.numerator.filter(near__campus__in=students).distinct(),
        denominator=enrolled,
        factor=1000,
        interval=lambda count, of: garwood(int(count), float(of) / 1000),
    )
