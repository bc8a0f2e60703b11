"""How many came, and how many seats were used: heads and numbers, no names."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.examples import build_offerings, build_sessions
from schoolward.domains.programs.kinds import WITH_SEATS, Kind
from schoolward.domains.programs.measures.counting import left_out, offerings, sessions
from schoolward.domains.programs.models import SessionState
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Example, Rows, measure

_PERIOD = (date(2012, 8, 27), date(2012, 9, 6), date(2012, 9, 6))


@measure(
    key="programs.headcount",
    title=_("Heads at drop-in events"),
    definition=_(
        "Heads counted at drop-in events of youth programs in the time. Whoever comes twice counts "
        "twice: nobody is "
        "registered. Events that nobody counted are left out and named; they are not none."
    ),
    unit="heads",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Heads counted"),
    denominator="",
    to_site="offering__campus",
    by_program="offering__program__key",
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            session | kind       | on         | state     | came
            --------|------------|------------|-----------|-----
            Derby   | event      | 2012-09-01 | held      | 86
            Visit   | event      | 2012-09-04 | held      | 0
            Rain    | event      | 2012-09-05 | cancelled |
            Silent  | event      | 2012-09-05 | planned   |
            Lesson  | curriculum | 2012-09-05 | held      | 20
        """,
        period=(date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30)),
        value=86,
        records=("Derby", "Visit"),
        build=build_sessions,
    ),
)
def headcount(period: Period, scope: Scope) -> Rows:
    rows = sessions(period, scope, Kind.EVENT)
    held = rows.filter(state=SessionState.HELD)
    return Rows(
        numerator=held,
        amount="attended",
        collected=held.exists(),
        missing=_("No event of the time has been counted yet."),
        note=left_out(rows),
    )


@measure(
    key="programs.seats_used",
    title=_("Seats used"),
    definition=_(
        "Of all seats of teams, curricula and classes that ran in the time, the share that was "
        "registered for, in "
        "percent. Offerings of which seats or registered are not known are left out."
    ),
    unit="percent",
    parts_unit="seats",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PUBLIC,
    numerator=_("Registered"),
    denominator=_("Seats"),
    by_program="program__key",
    direction="up",
    example=Example(
        rows="""
            offering  | kind       | from       | to         | seats | registered | cancelled
            ----------|------------|------------|------------|-------|------------|-----------
            Season    | team       | 2012-08-27 | 2012-12-14 | 20    | 15         |
            Saturday  | class      | 2012-09-01 | 2012-09-01 | 20    | 17         |
            Unknown   | curriculum | 2012-08-27 | 2012-12-14 | 20    |            |
            Cancelled | team       | 2012-08-27 | 2012-12-14 | 20    | 2          | 2012-09-03
            Later     | class      | 2012-09-22 | 2012-09-22 | 20    | 20         |
            Over      | team       | 2012-02-01 | 2012-05-31 | 20    | 1          |
        """,
        period=_PERIOD,
        value=80.0,
        records=("Season", "Saturday"),
        build=build_offerings,
    ),
)
def seats_used(period: Period, scope: Scope) -> Rows:
    rows = offerings(period, scope).filter(
        program__kind__in=WITH_SEATS, seats__isnull=False, registered__isnull=False
    )
    return Rows(
        numerator=rows,
        amount="registered",
        denominator=rows,
        denominator_amount="seats",
        factor=100,
        needs_denominator=True,
        missing=_("No offering with seats of the time is counted yet."),
    )
